"""The home page, empty and in both languages."""

import pytest

from pages.parts import site as pages_of_the_site
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


@pytest.mark.parametrize("entry", pages_of_the_site.written(), ids=lambda entry: entry.script)
def test_every_page_that_everyone_may_open_opens(
    site: Site, entry: pages_of_the_site.Entry
) -> None:
    if entry.action != pages_of_the_site.VISIT:
        return
    page = site.open(entry.script if entry.path else None)

    assert not page.exception
