"""How many statements a page asks: few, and no more of them where there is more to show.

Each page is opened and run again by somebody new, by the demo's most active person and by staff,
over the demo half-year with 60 more records at the desk and several of all that staff make. What
counts as a statement stands in `tests/support/statements.py`.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import VISIT, Role
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from pages.parts.site import Entry, written
from tests.support.cast import HE_QING
from tests.support.desks import fill_the_desks
from tests.support.sightings import phone, record
from tests.support.site import FRAME, PATIENCE_S, Site
from tests.support.statements import counted
from tests.support.store_rows import answer_of

EVERYBODYS, STAFFS, DESK = 13, 10, 17
"""At most: any page; a page of staff; the desk."""
WAITING, EACH = 60, 6
"""Records that wait beside the demo's; of each kind of thing that staff make."""

# What else a page may show, by its address. A page without a line here is opened as it is.
MORE: dict[str, list[dict[str, str]]] = {
    "map": [{"layer": "compared"}, {"layer": "districts"}, {"layer": "new"}],
    "species": [{"group": "bird"}, {"group": "bird", "by": "tree"}, {"taxon": "TAXON"}],
    "places": [{"id": "xixi"}],
    "sighting": [{"id": "OWN"}, {"id": "PUBLIC"}],
    "boards": [{"by": "person"}, {"by": "team"}, {"by": "improved"}, {"board": "satisfaction"}],
    "admin-rules": [{"side": "rules"}],
    "admin-actions": [{"side": "catalogue"}, {"side": "teams"}],
}


@dataclass
class City:
    """The demo's city, and the ids that addresses ask for."""

    site: Site
    active: UUID
    ids: dict[str, str]

    def visits(self) -> list[tuple[Entry, dict[str, str]]]:
        """Every page in every state."""
        return [
            (entry, {name: self.ids.get(value, value) for name, value in query.items()})
            for entry in written()
            for query in ({}, *MORE.get(entry.path, ()))
        ]


@dataclass
class Visit:
    """One browser that goes from page to page."""

    browser: AppTest
    over: dict[str, list[str]] = field(default_factory=dict)

    def count(self, entry: Entry, query: dict[str, str], most: int) -> None:
        """Open a page and run it again; keep what asks more than `most`."""
        self.browser.query_params.clear()
        for name, value in query.items():
            self.browser.query_params[name] = value
        with counted() as opening:
            self.browser.switch_page(str(FRAME.parent / entry.script)).run()
        with counted() as again:
            self.browser.run()
        assert not self.browser.exception, self.browser.exception[0].message
        for run, names in (("opened", opening), ("run again", again)):
            if len(names) > most:
                self.over[f"/{entry.path} {query} {run}: {len(names)}"] = sorted(names)


def browser() -> AppTest:
    return AppTest.from_file(str(FRAME), default_timeout=PATIENCE_S).run()


# Whose statement is the longest.
MOST_ACTIVE = "select observer_id from posting group by observer_id order by count(*) desc limit 1"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, demo_home: Path) -> Iterator[City]:
    """The demo's city with full desks."""
    home = tmp_path_factory.mktemp("city") / "home"
    shutil.copytree(demo_home, home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUJI_HOME", str(home))
        patch.setenv("LUJI_DEMO", "1")
        patch.delenv("LUJI_DATABASE_URL", raising=False)
        site = Site(home, patch)
        fill_the_desks(phone(runtime.store(), now_utc()), HE_QING, WAITING, EACH)
        active = UUID(str(answer_of(runtime.store(), MOST_ACTIVE)))
        latest = runtime.store().occurrences.latest_released(1)[0]
        own = runtime.store().occurrences.occurrences_of(active, 1)[0]
        ids = {"TAXON": latest.taxon_id, "PUBLIC": latest.public_id, "OWN": own.occurrence_id}
        yield City(site, active, {name: str(value) for name, value in ids.items()})
        site.close()


@pytest.fixture
def newcomer(city: City) -> City:
    """Somebody who has just sent their first sighting."""
    city.site.cookies.clear()
    record(runtime.store(), city.site.arrive(consents=True), now_utc())
    return city


@pytest.fixture
def regular(city: City) -> City:
    """The demo's most active person."""
    city.site.cookies.clear()
    device_id = city.site.arrive(consents=True)
    with runtime.store().transaction() as tx:
        tx.people.link_device(device_id, city.active, now_utc())
    return city


@pytest.fixture
def staff(city: City) -> City:
    """An admin, who records too."""
    city.site.cookies.clear()
    record(runtime.store(), city.site.arrive(consents=True), now_utc())
    city.site.sign_in(Role.ADMIN, str(new_id()))
    return city


def over(city: City) -> dict[str, list[str]]:
    """The pages that the visitor may open and that ask more than they should."""
    visit = Visit(browser())
    for entry, query in city.visits():
        is_staffs = entry.action != VISIT
        most = DESK if entry.path == "verify" else STAFFS if is_staffs else EVERYBODYS
        if not is_staffs or STAFF_COOKIE in city.site.cookies:
            visit.count(entry, query, most)
    return visit.over


def test_no_page_asks_a_newcomer_more(newcomer: City) -> None:
    assert over(newcomer) == {}


def test_no_page_asks_the_most_active_person_more(regular: City) -> None:
    assert over(regular) == {}


def test_no_page_asks_staff_more(staff: City) -> None:
    assert over(staff) == {}


def test_longer_lists_ask_no_more(regular: City) -> None:
    page = browser().switch_page(str(FRAME.parent / "visit/me/page.py")).run()
    with counted() as before:
        page.run()
    rows = _rows(page)

    for name in ("sightings", "actions", "points"):
        page.query_params[name] = "300"
    with counted() as after:
        page.run()

    assert _rows(page) > rows + 100
    assert sorted(after) == sorted(before)


@pytest.mark.parametrize("press", [["skip"] * 5, ["rename"], ["accept"], ["accept", "undo"]])
def test_no_key_makes_the_desk_ask_more(staff: City, press: list[str]) -> None:
    page = browser().switch_page(str(FRAME.parent / "desk/verify/page.py")).run()
    for name in press:
        next(one for one in page.button if one.key.startswith(name)).click().run()

    with counted() as names:
        page.run()

    assert not page.exception
    assert len(names) <= DESK, sorted(names)


@pytest.mark.parametrize("kind", ["occurrence", "action"])
def test_no_kind_and_no_festival_makes_the_desk_ask_more(staff: City, kind: str) -> None:
    page = browser().switch_page(str(FRAME.parent / "desk/verify/page.py")).run()
    page.segmented_control(key="kind").set_value(kind).run()
    with counted() as one_kind:
        page.run()
    festival = runtime.store().festivals.current(day_of(now_utc()))
    assert festival is not None
    page.selectbox(key="festival").set_value(str(festival.festival_id)).run()
    with counted() as one_festival:
        page.run()

    assert not page.exception
    assert len(one_kind) <= DESK, sorted(one_kind)
    assert len(one_festival) <= DESK, sorted(one_festival)


def _rows(page: AppTest) -> int:
    return sum(element.body.count("<li>") for element in page.get("html"))
