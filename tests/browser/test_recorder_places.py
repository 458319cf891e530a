"""Where it was: coordinates that were pasted, whose they are, the map under one finger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devices import PHONE
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs


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


def test_a_name_is_found_by_its_initials_and_none_is_invented(begun: Recorder) -> None:
    page = begun.page
    page.get_by_role("button", name="选地名").tap()
    field = page.get_by_role("combobox", name="地名")
    field.fill("北京")
    expect(page.get_by_role("listbox").get_by_text("没有这个地名")).to_be_visible()
    options = page.get_by_role("option")
    expect(options).to_have_count(13)
    expect(options.filter(has_text="北京")).to_have_count(0)
    field.press("Enter")
    expect(page.locator(".fact").first).to_contain_text("还没有地点")

    field.fill("dq")
    expect(options.first).to_contain_text("断桥")
    field.press("Enter")
    begun.is_at("按地名 ±400 米")
    expect(page.get_by_text("记作断桥")).to_be_visible()


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
