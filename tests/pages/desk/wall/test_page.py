"""The wall without a browser: what can be shown, what is on it, and the way back."""

import json

import pytest

from observations.base.clock import now_utc
from observations.base.roles import Role
from pages.parts import runtime
from tests.support.photographs import plain_jpeg
from tests.support.sightings import NIGHT_HERON, phone, photo, record
from tests.support.site import Site

PAGE = "desk/wall/page.py"


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def heron() -> str:
    store, now = runtime.store(), now_utc()
    device_id = phone(store, now)
    upload = photo(store, runtime.photos(), device_id, plain_jpeg(), now)
    return str(record(store, device_id, now, photos=[str(upload)], note="树上"))


def tiles(page):
    drawn = [json.loads(one.proto.json) for one in page.get("bidi_component")]
    [wall] = [data for data in drawn if "tiles" in data]
    return wall["tiles"]


def test_nobody_else_sees_a_wall(site: Site) -> None:
    site.sign_in(Role.ORGANISER)

    with pytest.raises(ValueError, match="navigation page"):
        site.open(PAGE)


def test_an_empty_city_has_no_wall(site: Site) -> None:
    site.sign_in()

    assert "没有可以铺成墙的" in read(site.open(PAGE))
    for address in ({"taxon": "x"}, {"taxon": str(NIGHT_HERON)}, {"festival": str(NIGHT_HERON)}):
        read(site.open(PAGE, **address))


def test_a_species_that_waits_is_offered_and_shown(site: Site) -> None:
    subject_id = heron()
    site.sign_in()

    assert f"taxon={NIGHT_HERON}" in read(site.open(PAGE))
    [tile] = tiles(site.open(PAGE, taxon=str(NIGHT_HERON)))
    assert tile["id"] == subject_id
    assert tile["thumb"].endswith("/thumb.webp")
    assert not tile["isOut"]
