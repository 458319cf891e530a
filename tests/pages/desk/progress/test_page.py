"""The progress of the desk, as a page."""

import pytest

from observations.base.clock import now_utc
from observations.base.roles import Role
from pages.parts import runtime
from tests.support.sightings import phone, record
from tests.support.site import Site

PAGE = "desk/progress/page.py"


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def test_it_says_what_waits_where(site: Site) -> None:
    site.sign_in()
    assert "没有在等的" in read(site.open(PAGE))

    store, now = runtime.store(), now_utc()
    record(store, phone(store, now), now)
    page = read(site.open(PAGE))

    assert "西湖区" in page
    assert "鸟类" in page
    assert "这几天还没有人做决定" in page


def test_an_organiser_does_not_see_it(site: Site) -> None:
    site.sign_in(Role.ORGANISER)

    with pytest.raises(ValueError, match="navigation page"):
        site.open(PAGE)
