"""Every page opens: for a stranger, for an observer, for staff; in both languages; empty."""

import pytest

from observations.base.roles import VISIT, Role
from pages.parts.site import PAGES, Entry, written
from tests.support.site import Site

PUBLIC = [entry for entry in written() if entry.action == VISIT]
STAFF = [entry for entry in written() if entry.action != VISIT]


def name_of(entry: Entry) -> str:
    return entry.path or "home"


def opens(site: Site, entry: Entry) -> bool:
    page = site.open(entry.script if entry.path else None)
    assert not page.exception, page.exception[0].message
    return True


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("entry", PUBLIC, ids=name_of)
def test_a_stranger_may_open_it(site: Site, entry: Entry, language: str) -> None:
    site.speak(language)

    assert opens(site, entry)


@pytest.mark.parametrize("entry", PUBLIC, ids=name_of)
def test_an_observer_without_records_may_open_it(site: Site, entry: Entry) -> None:
    site.arrive(consents=True)

    assert opens(site, entry)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("entry", STAFF, ids=name_of)
def test_staff_may_open_it(site: Site, entry: Entry, language: str) -> None:
    site.arrive()
    site.speak(language)
    site.sign_in(Role.ADMIN)

    assert opens(site, entry)


@pytest.mark.parametrize("entry", STAFF, ids=name_of)
def test_a_stranger_finds_no_staff_page(site: Site, entry: Entry) -> None:
    site.arrive()

    with pytest.raises(ValueError, match=r"page|Page"):
        site.open(entry.script)


def test_every_page_is_linked_from_somewhere() -> None:
    """By the tabs, the bar, the footer, the switch of the record tab, or a link elsewhere."""
    texts = {path: path.read_text("utf-8") for path in PAGES.rglob("*.py")}

    def is_linked(entry: Entry) -> bool:
        elsewhere = [text for path, text in texts.items() if path.parent.name != folder_of(entry)]
        addresses = (f'"/{entry.path}"', f'"/{entry.path}?', f'"/{entry.path}#', entry.script)
        stands_in_bars = entry.tab or entry.nav or entry.foot or entry.mode
        return bool(stands_in_bars) or any(a in text for text in elsewhere for a in addresses)

    def folder_of(entry: Entry) -> str:
        return (PAGES / entry.script).parent.name

    del texts[PAGES / "parts" / "site.py"]
    assert [entry.path for entry in PUBLIC if not is_linked(entry)] == []
