"""Where it was: coordinates that were pasted, whose they are, the map under one finger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observations.places.datum import gcj02_of, wgs84_of
from tests.browser.devices import PHONE
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs

POINTS = [(30.25, 120.15), (29.55, 118.9), (30.6, 119.4), (29.2, 120.7)]
CONVERTED = """async (points) => {
    const { gcj02Of, wgs84Of } = await import("/assets/recorder/datum.js");
    return points.map(([latitude, longitude]) => [gcj02Of, wgs84Of].map((convert) => {
        const to = convert({ latitude, longitude });
        return [to.latitude, to.longitude];
    }));
}"""
READ = """async (texts) => {
    const { coordinatesIn } = await import("/assets/recorder/coordinates.js");
    const box = { south: 29.18, west: 118.33, north: 30.59, east: 120.75 };
    return texts.map((text) => coordinatesIn(text, box));
}"""
GROUPED = """async (photos) => {
    const { grouped } = await import("/assets/recorder/grouping.js");
    return grouped(photos).map((row) => row.map(({ name }) => name).join(""));
}"""


@pytest.fixture
def bare(phone: BrowserContext) -> Page:
    """A page of this origin with nothing on it, to try single scripts on."""
    page = phone.new_page()
    page.goto("/healthz")
    return page


@pytest.fixture
def begun(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Recorder]:
    """A photograph without a place, agreed to and stored."""
    context = browser.new_context(**PHONE, base_url=server.url)
    recorder = Recorder(context.new_page(), tmp_path).open()
    recorder.album(photographs.hangzhou_jpeg(place=None))
    recorder.agree()
    recorder.ready()
    yield recorder
    context.close()


def test_the_phone_converts_as_the_server_does(bare: Page) -> None:
    for point, (to_gcj, to_wgs) in zip(POINTS, bare.evaluate(CONVERTED, POINTS), strict=True):
        assert to_gcj == pytest.approx(gcj02_of(*point), abs=1e-9)
        assert to_wgs == pytest.approx(wgs84_of(*point), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "latitude", "longitude", "metres"),
    [
        ("30.25,120.15", 30.25, 120.15, 1471),
        ("120.150123, 30.250456", 30.250456, 120.150123, 30),
        ("30.2501，120.1502", 30.2501, 120.1502, 30),
        ("https://uri.amap.com/marker?position=120.15012,30.25034&x=1", 30.25034, 120.15012, 30),
        ("我在 30.251 120.152 这里", 30.251, 120.152, 148),
    ],
)
def test_pasted_coordinates_are_found(
    bare: Page, text: str, latitude: float, longitude: float, metres: int
) -> None:
    (found,) = bare.evaluate(READ, [text])

    assert (found["latitude"], found["longitude"]) == (latitude, longitude)
    assert found["uncertainty_m"] == pytest.approx(metres, abs=2)


def test_what_is_no_pair_of_coordinates_is_none(bare: Page) -> None:
    assert bare.evaluate(READ, ["西溪", "30.25", "12,13", "", "330.5,200.1"]) == [None] * 5


def test_photographs_are_put_together_by_rule(bare: Page) -> None:
    def photo(name: str, taken: str | None = None, east_m: float | None = None) -> dict[str, Any]:
        place = None if east_m is None else {"latitude": 30.25, "longitude": 120 + east_m / 96_160}
        when = f"2026-05-09T{taken}+08:00" if taken else None
        return {"name": name, "facts": {"taken": when, "place": place}}

    rows = bare.evaluate(
        GROUPED,
        [
            photo("c", "09:10:00", 0),  # the album gives them in an order of its own
            photo("a", "09:00:00", 0),
            photo("b", "09:00:59", 30),
            photo("d", "09:10:10", 200),  # seconds later, far away: another
            photo("e"),  # says nothing of itself: stays with its neighbour
        ],
    )

    assert rows == ["ab", "c", "de"]


def test_coordinates_of_a_chinese_map_are_sent_as_given(begun: Recorder) -> None:
    page = begun.page
    page.get_by_role("button", name="选地名").tap()
    page.get_by_role("combobox", name="地名").fill("30.2500,120.1500")
    expect(page.get_by_text("这是谁的坐标？")).to_be_visible()
    expect(page.get_by_role("button", name="交上这次遇见")).to_be_disabled()

    page.get_by_role("radio", name="高德、微信、腾讯").check()

    begun.is_at("你给的坐标 ±30 米")
    place: dict[str, Any] = {}
    page.on("request", lambda request: place.update(_place_in(request)))
    begun.send()
    begun.receipt()
    assert (place["latitude"], place["longitude"], place["datum"]) == (30.25, 120.15, "GCJ-02")


def _place_in(request: Any) -> dict[str, Any]:
    is_record = request.method == "POST" and request.url.endswith("/records")
    return dict(request.post_data_json["place"]) if is_record else {}


def test_one_finger_scrolls_the_page_over_the_map(begun: Recorder) -> None:
    page = begun.page
    page.get_by_role("button", name="在地图上点").tap()
    expect(page.locator(".map[data-ready=yes]")).to_be_visible(timeout=60_000)
    box = page.locator(".map").bounding_box()
    assert box
    scrolled = page.evaluate("document.querySelector('.stMain').scrollTop")
    swipe(page, box["x"] + 60, box["y"] + 200, -150)

    page.wait_for_function(
        "(was) => document.querySelector('.stMain').scrollTop > was + 100", arg=scrolled
    )
    expect(page.locator(".fact").first).to_contain_text("还没有地点")


def swipe(page: Page, x: float, y: float, by: float) -> None:
    """Draw one finger down (or, below zero, up) the screen, as the touch screen reports it."""
    session = page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        point = {"x": x, "y": y + by * step / 10}
        session.send(touch, {"type": "touchMove", "touchPoints": [point]})
    session.send(touch, {"type": "touchEnd", "touchPoints": []})


def test_android_taking_the_place_out_is_said_with_the_ways_to_mend_it(begun: Recorder) -> None:
    expect(begun.page.get_by_text("安卓手机把照片交给网页时，会先去掉地点")).to_be_visible()
    expect(begun.page.get_by_role("button", name="手机定位")).to_be_visible()

    begun.page.locator("label.link input[type=file]").set_input_files(
        photographs.write(begun.folder, "original.jpg", photographs.hangzhou_jpeg())
    )

    begun.is_at("照片里的地点 ±8 米")
    expect(begun.page.get_by_text("安卓手机把照片")).to_be_hidden()
