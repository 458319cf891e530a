"""Every page opens: for a stranger, for an observer, for staff; in both languages; empty."""

import pytest

from observations.base.roles import VISIT, Role
from pages.parts.site import Entry, written
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
