"""The public map's data on the wire and its response times, from a thousand records on.

Only data counts: the websocket both ways, tiles, cards; not application files, photos and the page
itself. A phone opens the map, rests, drags it five times and zooms once. Up to 100,000 records it
is compared with `st.map` and a plain pydeck scatter plot of the same points. Then the server alone
is measured, with the tiles of views requested as a browser requests them.
"""

import random
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from bench.many_records import SEED, fill
from bench.measurement import Measurement, percentile
from db.opening import open_store
from observations.map.exploring import Filters, explore
from observations.places.key_places import KEY_PLACES
from pages.parts.map.deck import FAR, tiles_url
from tests.browser.devices import PHONE, launch_options, wait_app
from tests.browser.server import Server

SIZES, PLAIN_UP_TO = (1_000, 10_000, 100_000), 100_000
IDLE_GOAL, ALL_GOAL, GROWTH_GOAL, VIEW_GOAL_MS, DRAWN_GOAL_MS = 60_000, 200_000, 1.2, 150, 1_000
STEADY_FROM = 10_000
PANS, VIEWS, PATIENCE_MS = 5, 60, 120_000
NOT_DATA = ("/static", "/assets", "/photos", "/component", "/_stcore/h", "/favicon", "/manifest")
PLAIN = {
    "st.map": "st.map(data)",
    "pydeck scatter": (
        "st.pydeck_chart(pdk.Deck([pdk.Layer('ScatterplotLayer', data,"
        " get_position='[lon, lat]', get_radius=100)], map_provider=None,"
        " initial_view_state=pdk.ViewState(latitude=30.1, longitude=120.1, zoom=9)))"
    ),
}
APP = """import pandas as pd
import pydeck as pdk
import streamlit as st

data = pd.read_csv({file!r})
{draw}
"""
# When the finger last came down, by the machine's clock, which the bench reads too.
TOUCHED = "addEventListener('pointerdown', () => { window.touched = Date.now(); }, true)"
QUIET = """new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""
Tile = tuple[int, int, int]


class DataTraffic:
    """Bytes of data on the wire of one page, by Chromium's own accounting."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0.0
        self.last = time.perf_counter()
        self._urls: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._request)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._frame)
        session.on("Network.webSocketFrameSent", self._frame)

    def _request(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        url = self._urls.get(event["requestId"], "")
        path = urlsplit(url).path
        is_page = path in ("/", "/map")
        if url.startswith("http") and not is_page and not path.startswith(NOT_DATA):
            self.bytes += event["encodedDataLength"]
            self.last = time.perf_counter()

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        size = len(frame["payloadData"])
        self.bytes += size * 3 // 4 if frame["opcode"] == 2 else size
        self.last = time.perf_counter()


def measure(full: bool = False) -> Iterator[Measurement]:
    """The sizes that a short run has time for; `map_million` has the others."""
    yield from measured(SIZES)


def measured(sizes: Sequence[int]) -> Iterator[Measurement]:
    """Each size in a store of its own."""
    steady: float | None = None
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder, sync_playwright() as play:
        browser = play.chromium.launch(**launch_options())
        for size in sizes:
            home = Path(folder) / str(size)
            fill(home, size)
            points = _points(home) if size <= PLAIN_UP_TO else []
            url = tiles_of_city(f"duckdb:///{home / 'luji.duckdb'}")
            server = Server(home, LUJI_DEMO="1").start()
            try:
                ours = visited(browser, server, url)
            finally:
                server.stop()
            steady = steady or (ours["all"] if size == STEADY_FROM else None)
            yield from rows(f"map {size:,}", ours)
            if steady and size > STEADY_FROM:
                label = f"map {size:,}: all, beside that of {STEADY_FROM:,}"
                yield Measurement(label, ours["all"], steady, "bytes", 1, at_most=GROWTH_GOAL)
            yield from _plain(browser, Path(folder), size, points, ours["idle"])
        browser.close()


def visited(browser: Browser, server: Server, url: str) -> dict[str, float]:
    """The cost of a phone's visit to the map, and the time for the tiles of many views."""
    costs = _visit(browser, f"{server.url}/map", moves=True)
    costs["filter"] = _filtered(browser, server)
    times = sorted(_views(server, url))
    return costs | {"p50": percentile(times, 50), "p95": percentile(times, 95)}


def rows(name: str, ours: dict[str, float]) -> Iterator[Measurement]:
    """A visit beside its goals."""
    for part, unit, goal in (
        ("idle", "bytes", IDLE_GOAL),
        ("all", "bytes", ALL_GOAL),
        ("pan drawn", "ms", DRAWN_GOAL_MS),
        ("filter", "ms", DRAWN_GOAL_MS),
    ):
        yield Measurement(f"{name}: {part}", ours[part], None, unit, 1, at_most=goal)
    yield Measurement(f"{name}: a view, p50", ours["p50"], None, "ms", VIEWS)
    yield Measurement(f"{name}: a view, p95", ours["p95"], None, "ms", VIEWS, at_most=VIEW_GOAL_MS)


def _visit(browser: Browser, address: str, moves: bool) -> dict[str, float]:
    """Open, rest, and with `moves` drag and zoom: bytes until idle and in all, the slowest drag."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    traffic = DataTraffic(page)
    if moves:  # idle includes the first tiles, however late the canvas requests them
        with page.expect_response("**/tiles/**"):
            page.goto(address)
    else:
        page.goto(address)
    wait_app(page, PATIENCE_MS / 1000)
    _rest(page)
    costs = {"idle": traffic.bytes}
    if moves:
        costs["pan drawn"] = max(_timed(page, traffic, act) for act in (_drag,) * PANS)
        _timed(page, traffic, _zoom)
    costs["all"] = traffic.bytes
    context.close()
    return costs


def _timed(page: Page, traffic: DataTraffic, act: Callable[[Page], None]) -> float:
    """Milliseconds from the end of a gesture to the frame after the last byte it requested."""
    act(page)
    began = time.perf_counter()
    traffic.last = began
    _rest(page)
    drawn = time.perf_counter()
    page.evaluate(QUIET)
    return (max(traffic.last - began, 0) + time.perf_counter() - drawn) * 1000


def _filtered(browser: Browser, server: Server) -> float:
    """Milliseconds from a tap on a group to the frame after the last byte."""
    context = browser.new_context(**PHONE)
    context.add_init_script(TOUCHED)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    traffic = DataTraffic(page)
    page.goto(f"{server.url}/map")
    wait_app(page)
    _rest(page)
    page.locator(".st-key-map_group input").tap()
    birds = page.get_by_role("option", name="鸟类")
    birds.wait_for()
    birds.tap()
    page.wait_for_url("**group=bird*")
    wait_app(page)
    _rest(page)
    drawn = time.perf_counter()
    page.evaluate(QUIET)
    frame = time.perf_counter() - drawn
    began = time.perf_counter() - time.time() + float(page.evaluate("window.touched")) / 1000
    shown = (traffic.last - began + frame) * 1000
    context.close()
    return shown


def _drag(page: Page) -> None:
    page.mouse.move(280, 300)
    page.mouse.down()
    page.mouse.move(180, 240, steps=4)
    page.mouse.move(90, 190, steps=4)
    page.mouse.up()


def _zoom(page: Page) -> None:
    page.mouse.move(195, 260)
    page.mouse.wheel(0, -400)


def _rest(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate(QUIET)


def _plain(
    browser: Browser, folder: Path, size: int, points: Sequence[tuple[float, float]], ours: float
) -> Iterator[Measurement]:
    if not points:
        return
    file = folder / f"points-{size}.csv"
    file.write_text("lat,lon\n" + "".join(f"{lat},{lon}\n" for lat, lon in points), "utf-8")
    for kind, draw in PLAIN.items():
        app = folder / f"{kind.replace(' ', '-')}-{size}" / "app.py"
        app.parent.mkdir()
        app.write_text(APP.format(file=str(file), draw=draw), "utf-8")
        server = Server(app.parent / "home", app=app).start()
        try:
            floor_bytes = _visit(browser, server.url, moves=False)["idle"]
        except BrowserError:
            floor_bytes = 0.0
        finally:
            server.stop()
        name = f"map {size:,}: idle, beside {kind}"
        name = name if floor_bytes else f"{name}: failed at {size:,}"
        yield Measurement(name, ours, floor_bytes or None, "bytes", 1)


def _points(home: Path) -> list[tuple[float, float]]:
    store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
    points = [(one[1], one[2]) for one in store.map.singles(Filters(), PLAIN_UP_TO)]
    store.close()
    return points


def tiles_of_city(database: str) -> str:
    """The address of the map's tiles, as the page of this store requests them."""
    store = open_store(database)
    urls = tiles_url(Filters(), explore(store, Filters(), 20))
    store.close()
    return urls


def _views(server: Server, url: str) -> Iterator[float]:
    """Milliseconds until all tiles of a view have arrived, requested at once as by a browser."""
    dice = random.Random(SEED)
    with ThreadPoolExecutor(6) as pool:
        for _ in range(VIEWS):
            place = dice.choice(KEY_PLACES)
            tiles = _tiles_of(dice.choice((FAR, 10, 12, 13, 14)), place.latitude, place.longitude)
            urls = [
                server.url + url.format(z=zoom, x=x, y=y) + f"&fresh={dice.random()}"
                for zoom, x, y in tiles
            ]
            began = time.perf_counter()
            list(pool.map(_get, urls))
            yield (time.perf_counter() - began) * 1000


def _tiles_of(zoom: int, latitude: float, longitude: float) -> list[Tile]:
    """The tiles under a phone's screen of 390 x 844 pixels."""
    side = 2**zoom
    x = (longitude + 180) / 360 * side
    y = (1 - asinh(tan(radians(latitude))) / pi) / 2 * side
    across, down = 390 / 1024, 844 / 1024
    return [
        (zoom, column, row)
        for column in range(floor(x - across), floor(x + across) + 1)
        for row in range(floor(y - down), floor(y + down) + 1)
    ]


def _get(address: str) -> None:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        answer.read()
