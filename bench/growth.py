"""Time of reads by pages and routes, in a small city and in one a hundred times as large.

Every page is opened and run again as Streamlit runs it, without a browser, by somebody with a
hundred sightings and by staff; the routes that a phone calls are called too. Each time the stamp of
public data has changed, so that nothing is answered from a cache. The floor of a row is the same at
10,000 sightings; differences under a few milliseconds are not shown. A million with `--full`.
"""

import functools
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from bench import whole_city
from bench.measurement import Measurement, middle
from db.ask import Ask
from db.opening import open_store
from db.store import Store
from observations.base.roles import Role
from observations.people.presence import presence_of
from pages.parts import runtime
from pages.parts.session import CSRF_COOKIE, STAFF_COOKIE, cookies_for
from pages.shell.routes import routes
from tests.support.postgres import PostgreSQL
from tests.support.sightings import XIXI
from tests.support.site import FRAME, PATIENCE_S, Site

SMALL, SIZES, FULL_SIZES = 10_000, (100_000,), (100_000, 1_000_000)
TURNS = 3
GROWTH_GOAL, ALIKE_MS = 1.5, 10.0
LIMITS_MS = {"/me": 150, "/verify": 150, "records/check": 50}
ME = 7  # the person whose pages are opened
PAGES = {
    "home": ("visit/home/page.py", {}),
    "map": ("visit/map/page.py", {}),
    "species": ("visit/species/page.py", {}),
    "species, a group": ("visit/species/page.py", {"group": "bird"}),
    "species, one": ("visit/species/page.py", {"taxon": "TAXON"}),
    "sighting": ("visit/sighting/page.py", {"id": "PUBLIC"}),
    "sighting, one's own": ("visit/sighting/page.py", {"id": "OWN"}),
    "boards": ("visit/boards/page.py", {}),
    "boards, people": ("visit/boards/page.py", {"by": "person"}),
    "boards, teams": ("visit/boards/page.py", {"by": "team"}),
    "boards, progress": ("visit/boards/page.py", {"by": "improved"}),
    "record": ("visit/record/page.py", {}),
    "action": ("visit/action/page.py", {}),
    "places": ("visit/places/page.py", {}),
    "festival": ("visit/festival/page.py", {}),
    "discoveries": ("visit/discoveries/page.py", {}),
    "/me": ("visit/me/page.py", {}),
    "/verify": ("desk/verify/page.py", {}),
    "desk of festivals": ("desk/festivals/page.py", {}),
    "desk of names": ("desk/taxa/page.py", {}),
    "desk of actions": ("desk/actions/page.py", {}),
}
ROUTES = {
    "a tile far away": "/tiles/8/213/105.json?wide=1",
    "a tile near": "/tiles/12/3412/1683.json",
    "a tile of birds": "/tiles/10/853/420.json?group=bird",
    "the picture of a species": "/tiles/city.svg?taxon_id=TAXON",
    "occurrences": "/api/v1/occurrences?limit=100",
    "occurrences of a species": "/api/v1/occurrences?limit=100&taxon_id=TAXON",
    "occurrences of a district": "/api/v1/occurrences?limit=100&district=330106",
    "board of points": "/api/v1/boards/points",
    "names": "/api/v1/taxa?q=lu",
    "a photo": "/photos/PHOTO/thumb.webp",
}
Times = dict[str, float]


@contextmanager
def listening() -> Iterator[Times]:
    """Time every statement of stores opened in the block, on any thread.

    Gives the seconds by the statement's name, summed until they are cleared.
    """
    seconds: defaultdict[str, float] = defaultdict(float)

    def timed(plain: Callable[..., Any], name_of: Callable[..., str]) -> Callable[..., Any]:
        def asked(self: Ask, *names: str, **values: object) -> Any:
            started = time.perf_counter()
            try:
                return plain(self, *names, **values)
            finally:
                seconds[name_of(*names)] += time.perf_counter() - started

        return asked

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ask, "__call__", timed(Ask.__call__, _block))
        patch.setattr(Ask, "fragment", timed(Ask.fragment, _asker))
        patch.setattr(Ask, "by_name", timed(Ask.by_name, _asker))
        yield seconds


def _block(file: str, name: str) -> str:
    return f"{Path(file).stem}.{name}"


def _asker(_sql: str) -> str:
    """The method of the room that sent the statement."""
    frame = sys._getframe(3)
    while frame.f_back and frame.f_code.co_name.startswith("_"):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"


def measure(full: bool = False) -> Iterator[Measurement]:
    """DuckDB, then PostgreSQL."""
    sizes = FULL_SIZES if full else SIZES
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:

        def file_of(size: int) -> str:
            return f"duckdb:///{Path(folder) / f'{size}.duckdb'}"

        yield from _on("", file_of, sizes, Path(folder))
        server = PostgreSQL(durable=True)
        try:
            yield from _on(
                " on PostgreSQL", lambda _size: server.database_url(), sizes, Path(folder)
            )
        finally:
            server.stop()


def _on(
    where: str, url_of: Callable[[int], str], sizes: tuple[int, ...], home: Path
) -> Iterator[Measurement]:
    small: Mapping[str, Times] = {}
    for size in (SMALL, *sizes):
        url = url_of(size)
        store = open_store(url)
        whole_city.fill(store, size, datetime.now(UTC))
        store.close()
        times = visited(url, size, home)
        small = small or times
        if size != SMALL:
            yield from _rows(f"growth{where}, {size:,}", times, small)


def _rows(
    label: str, times: Mapping[str, Times], small: Mapping[str, Times]
) -> Iterator[Measurement]:
    """The reads of each visit beside the same at the small size, and the slowest parts."""
    for visit, statements in times.items():
        floor = max(small[visit]["reads"], ALIKE_MS)
        yield Measurement(
            f"{label}: {visit}", statements["reads"], floor, "ms", TURNS, at_most=GROWTH_GOAL
        )
        if visit in LIMITS_MS:
            yield Measurement(
                f"{label}: {visit}, whole", statements["whole"], None, "ms", TURNS,
                at_most=LIMITS_MS[visit],
            )  # fmt: skip


def visited(url: str, size: int, home: Path) -> dict[str, Times]:
    """Milliseconds of each visit: of its statements by name, of all (`reads`), and `whole`."""
    with pytest.MonkeyPatch.context() as patch, listening() as seconds:
        patch.setenv("LUJI_HOME", str(home))
        patch.setenv("LUJI_DATABASE_URL", url)
        patch.delenv("LUJI_DEMO", raising=False)
        site = Site(home, patch)
        store = runtime.store()
        words = _words(store, size)
        site.cookies |= {name: value for name, value, _ in cookies_for(whole_city.browser(ME))}
        site.sign_in(Role.ADMIN, f"bench {time.time_ns()}")
        _has_decided(store, site)
        visits = {**_pages(words), **_calls(site, words)}
        times = {name: _timed(store, visit, seconds) for name, visit in visits.items()}
        site.close()
    return times


def _has_decided(store: Store, site: Site) -> None:
    """Give the signed-in member of staff one verifier's decisions.

    Then the desk has decisions to undo.
    """
    staff = presence_of(store, None, site.cookies[STAFF_COOKIE], datetime.now(UTC)).staff
    assert staff
    with store._engine.writing() as connection:
        connection.execute(
            f"update decision set decided_by_staff = '{staff.staff_id}'"
            f" where decided_by_staff = '{whole_city.verifier(1)}'"
        )


def _words(store: Store, size: int) -> dict[str, str]:
    """Values for addresses: the most frequent taxon, one's own sighting, a public one, a photo."""
    people = whole_city.people(size)
    own = whole_city.sighting(size // 2 // people * people + ME - 1)
    latest = store.occurrences.latest_released(1)[0]
    photo = store.occurrences.photos(own)[0][0]
    return {
        "OWN": str(own),
        "PUBLIC": str(latest.public_id),
        "TAXON": str(store.taxa.all_taxa()[0].taxon_id),
        "PHOTO": photo,
    }


def _pages(words: Mapping[str, str]) -> dict[str, Callable[[], object]]:
    """Functions that open each page; the second run in the same browser is measured."""
    visits: dict[str, Callable[[], object]] = {}
    for name, (script, query) in PAGES.items():
        browser = AppTest.from_file(str(FRAME), default_timeout=PATIENCE_S * 4).run()
        for key, value in query.items():
            browser.query_params[key] = words.get(value, value)
        browser.switch_page(str(FRAME.parent / script)).run()
        assert not browser.exception, browser.exception[0].message
        visits[name] = browser.run
    return visits


def _calls(site: Site, words: Mapping[str, str]) -> dict[str, Callable[[], object]]:
    """The routes that a phone calls."""
    client = TestClient(Starlette(routes=routes()), cookies=dict(site.cookies))
    calls: dict[str, Callable[[], object]] = {}
    for name, path in ROUTES.items():
        for word, value in words.items():
            path = path.replace(word, value)
        calls[name] = functools.partial(client.get, path)
    draft = {
        "event_date": datetime.now(UTC).isoformat(),
        "place": XIXI,
        "taxon_id": words["TAXON"],
    }
    headers = {"Origin": "http://testserver", "X-CSRF-Token": site.cookies[CSRF_COOKIE]}

    def check() -> None:
        answer = client.post("/api/v1/records/check", json=draft, headers=headers)
        assert answer.status_code == 200, answer.text

    return {**calls, "records/check": check}


def _timed(store: Store, visit: Callable[[], object], heard: Times) -> Times:
    turns: list[Times] = []
    for _ in range(TURNS):
        with store.transaction() as tx:
            tx.map._stamp()
        heard.clear()
        started = time.perf_counter()
        visit()
        whole = time.perf_counter() - started
        seconds = {**heard, "reads": sum(heard.values()), "whole": whole}
        turns.append({name: value * 1000 for name, value in seconds.items()})
    names = {name for turn in turns for name in turn}
    return {name: middle([turn.get(name, 0.0) for turn in turns]) for name in names}
