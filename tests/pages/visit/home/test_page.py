"""The home page, empty and in both languages."""

import pytest

from observations.base.clock import now_utc
from observations.verification.decisions import Verdict
from pages.parts import runtime
from pages.parts import site as pages_of_the_site
from tests.support.sightings import record, said
from tests.support.site import Site


def _read(test: object) -> str:
    return " ".join(element.body for element in test.get("html"))  # type: ignore[attr-defined]


def test_an_empty_city_invites_the_first_record(site: Site) -> None:
    page = site.open()

    assert not page.exception
    assert "还没有绿迹" in _read(page)
    assert 'href="/record"' in _read(page)


def test_the_citys_figures_stand_on_their_source(site: Site) -> None:
    read = _read(site.open())

    assert "这座城的自然账" in read
    assert read.index("来源：杭州市生态环境局") > read.index("100")


def test_whoever_is_asked_by_a_verifier_learns_so_at_home(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = record(runtime.store(), device, now_utc())
    assert "核实员想问你" not in _read(site.open())

    said(runtime.store(), subject, Verdict.QUERY, message="多大？")

    assert "核实员想问你 1 件事" in _read(site.open())
    assert 'href="/me"' in _read(site.open())
    site.arrive()
    assert "核实员想问你" not in _read(site.open())


@pytest.mark.parametrize("entry", pages_of_the_site.written(), ids=lambda entry: entry.script)
def test_every_page_that_everyone_may_open_opens(
    site: Site, entry: pages_of_the_site.Entry
) -> None:
    if entry.action != pages_of_the_site.VISIT:
        return
    page = site.open(entry.script if entry.path else None)

    assert not page.exception
