"""The map in a browser: by finger, by keyboard, near and far, and from nobody but us."""

from collections.abc import Iterator
from contextlib import suppress
from math import asinh, pi, radians, tan
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from db.opening import open_store
from observations.map.exploring import Filters
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts.map.deck import TOWN, View
from pages.visit.map.views import SINGLE_SOUTH, SINGLE_ZOOM
from tests.browser.axe import violations
from tests.browser.devices import SMALL_PHONE, wait_app
from tests.browser.server import Server
from tests.browser.tour import settle
from tests.support.sightings import NIGHT_HERON, record, said
from tests.support.sightings import phone as device

XIXI = (30.2694, 120.0631)
SECRET = {"latitude": 30.211347, "longitude": 120.186759, "uncertainty_m": 4, "source": "exif"}
PHEASANT = str(taxon_id_of("Syrmaticus ellioti"))
HERON = str(NIGHT_HERON)
TILE_PX = 512
FIRST_CANVAS_MS = 90_000  # WebGL is compiled by the processor, among whatever else it does
TRIES, PAUSE_MS = 12, 1500  # software WebGL takes most taps for the start of a drag


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A city with three herons at 西溪 and a pheasant whose place is rough."""
    home = tmp_path_factory.mktemp("map") / "home"
    fill(home)
    server = Server(home, LUJI_DEMO="1").start()
    yield server
    server.stop()


def fill(home: Path) -> None:
    home.mkdir()
    store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
    device_id = device(store)
    for changes in ({}, {}, {}, {"taxon_id": PHEASANT, "place": SECRET}):
        said(store, record(store, device_id, **changes), Verdict.ACCEPT)
    assert len(store.map.listed(Filters(), 10)) == 4
    store.close()


def at_map(context: BrowserContext, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"/map{query}")
    wait_app(page)
    page.set_default_timeout(FIRST_CANVAS_MS)
    expect(page.locator("canvas").first).to_be_visible(timeout=FIRST_CANVAS_MS)
    settle(page)
    return page


def spot(page: Page, place: tuple[float, float], view: View) -> tuple[float, float]:
    """Where a WGS-84 place lies on the screen, by the Web Mercator projection."""
    box = page.locator("canvas").first.bounding_box()
    assert box
    world = TILE_PX * 2 ** view[2]

    def mercator(latitude: float, longitude: float) -> tuple[float, float]:
        return longitude / 360 * world, -asinh(tan(radians(latitude))) / (2 * pi) * world

    (x, y), (x0, y0) = mercator(*place), mercator(*view[:2])
    return box["x"] + box["width"] / 2 + x - x0, box["y"] + box["height"] / 2 + y - y0


def choose(page: Page, x: float, y: float) -> None:
    """Tap until the address names what was tapped, and goes on naming it.

    A busy page takes a tap seconds later; a second tap on what the first has chosen gives it up.
    """
    for _ in range(TRIES):
        page.touchscreen.tap(x, y)
        with suppress(TooLate):
            page.wait_for_url("**/map?*spot=*", timeout=PAUSE_MS)
        settle(page)
        wait_app(page)
        if "spot=" in page.url:
            return
    raise AssertionError("the map took no tap")


def sheet(page: Page) -> str:
    return page.locator(".st-key-sheet").inner_text()


def test_a_tap_on_a_cell_opens_it_in_the_sheet(phone: BrowserContext) -> None:
    page = at_map(phone)
    choose(page, *spot(page, XIXI, TOWN))
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("西溪国家湿地公园一带")
    assert "3 条记录" in sheet(page)
    page.get_by_role("button", name="看全城").click()
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("杭州全城")


def test_the_address_of_a_record_opens_the_map_there(phone: BrowserContext) -> None:
    features = phone.request.get("/api/v1/occurrences?taxon_id=" + HERON).json()["features"]
    page = at_map(phone, f"?spot={features[0]['id']}")
    expect(page.locator(".m-single")).to_contain_text("夜鹭")
    expect(page.get_by_role("link", name="看这次遇见")).to_be_visible()


def test_near_by_a_tap_on_a_point_opens_a_record(phone: BrowserContext) -> None:
    features = phone.request.get("/api/v1/occurrences?taxon_id=" + HERON).json()["features"]
    page = at_map(phone, f"?spot={features[0]['id']}")
    page.get_by_role("button", name="看全城").click()
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("杭州全城")
    settle(page)
    choose(page, *spot(page, XIXI, (XIXI[0] - SINGLE_SOUTH, XIXI[1], SINGLE_ZOOM)))
    expect(page.locator(".m-single")).to_contain_text("夜鹭")


def test_the_list_is_whole_by_keyboard_alone(desktop: BrowserContext) -> None:
    page = at_map(desktop)
    page.locator(".st-key-map_district input").focus()
    page.keyboard.type("西湖")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("西湖区")
    wait_app(page)
    heron = page.locator(".m-card", has_text="夜鹭").first
    heron.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(heron.get_by_role("link", name="看这次遇见")).to_be_visible()
    page.keyboard.press("Tab")
    assert "/sighting?id=" in page.evaluate("document.activeElement.href")


def test_a_filter_stands_in_the_address_and_opens_from_it(phone: BrowserContext) -> None:
    page = at_map(phone, "?group=plant")
    assert "这里还没有公开的记录" in sheet(page)
    page = at_map(phone, "?group=bird&status=verified")
    assert "4 条记录" in sheet(page)
    assert "group=bird" in page.url and "status=verified" in page.url


def test_the_map_asks_nobody_but_us(phone: BrowserContext, server: Server) -> None:
    urls: list[str] = []
    phone.on("request", lambda request: urls.append(request.url))
    at_map(phone)
    own = (server.url, server.url.replace("http", "ws"), "blob:", "data:")
    assert [url for url in urls if not url.startswith(own)] == []
    tiles = [url for url in urls if "/tiles/" in url]
    assert 1 <= len(tiles) <= 4, tiles


def test_the_map_fills_the_page_and_nothing_sticks_out(desktop: BrowserContext) -> None:
    page = at_map(desktop)
    box = page.locator("canvas").first.bounding_box()
    assert box and (box["x"], box["width"]) == (0, 1280)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_nothing_sticks_out_on_a_small_phone(phone: BrowserContext, server: Server) -> None:
    assert phone.browser
    small = phone.browser.new_context(**SMALL_PHONE, base_url=server.url)
    page = at_map(small)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small.close()


@pytest.mark.parametrize("query", ["", "?layer=new"])
def test_axe_finds_nothing_with_a_card_open(phone: BrowserContext, query: str) -> None:
    page = at_map(phone, query)
    page.locator(".m-card summary").first.click()
    expect(page.locator(".m-card[open]")).to_be_visible()
    assert list(violations(page)) == []
