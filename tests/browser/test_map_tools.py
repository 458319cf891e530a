"""The map's controls: what is found, where one is, the view in the address, the sheet's heights."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server
from tests.browser.test_map import FIRST_CANVAS_MS, fill

HERE = {"latitude": 30.3001, "longitude": 120.1002, "accuracy": 20}
LAKE = "30.2472,120.1417,12.0"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A city with three herons and a pheasant."""
    home = tmp_path_factory.mktemp("tools") / "home"
    fill(home)
    server = Server(home, LUJI_DEMO="1").start()
    yield server
    server.stop()


@pytest.fixture
def walker(browser: Browser, server: Server) -> Iterator[Page]:
    """A phone in the city, at the map of the lake by its address."""
    allowed: dict[str, object] = {"geolocation": HERE, "permissions": ["geolocation"]}
    context = browser.new_context(**PHONE | allowed, base_url=server.url)
    page = context.new_page()
    page.set_default_timeout(FIRST_CANVAS_MS)
    page.goto(f"/map?at={LAKE}")
    wait_app(page)
    expect(page.get_by_role("button", name="放大")).to_be_visible(timeout=FIRST_CANVAS_MS)
    yield page
    context.close()


def at(page: Page, zoom: str) -> None:
    expect(page).to_have_url(re.compile(rf"[?&]at=30\.\d+,120\.\d+,{zoom}(&|$)"))


def find(page: Page, typed: str, wanted: str) -> None:
    """Type into the search, and choose the first row once it is that."""
    field = page.get_by_role("combobox", name="在地图上找")
    field.fill(typed)
    expect(page.get_by_role("option").first).to_contain_text(wanted)
    field.press("Enter")


def test_the_view_is_in_the_address_but_never_where_one_is(walker: Page) -> None:
    page = walker
    assert f"at={LAKE}" in page.url
    page.get_by_role("button", name="放大").tap()
    at(page, r"13\.0")
    page.get_by_role("button", name="缩小").tap()
    at(page, r"12\.0")

    find(page, "yelu", "夜鹭")
    expect(page).to_have_url(re.compile("taxon="))
    expect(page.locator(".st-key-sheet h2").first).to_contain_text("夜鹭")
    wait_app(page)
    layer = page.locator(".st-key-layers .stSelectbox").bounding_box()
    back = page.locator(".st-key-map_back").bounding_box()
    assert layer and back and layer["x"] + layer["width"] <= back["x"]
    find(page, "dq", "断桥")
    at(page, r"1[3-6]\.\d")
    assert "taxon=" in page.url
    page.go_back()
    expect(page).not_to_have_url(re.compile("taxon="))
    at(page, r"12\.0")

    page.get_by_role("button", name="附近").tap()
    expect(page.get_by_text("不写进网址")).to_be_visible()
    page.get_by_role("button", name="看附近").tap()
    expect(page).not_to_have_url(re.compile("[?&]at="))
    page.get_by_role("button", name="放大").tap()
    find(page, "夜鹭", "夜鹭")
    expect(page).to_have_url(re.compile("taxon="))
    expect(page).not_to_have_url(re.compile("[?&]at="))
    addresses = page.evaluate("performance.getEntries().map((entry) => entry.name).join(' ')")
    assert "30.3001" not in addresses and "120.1002" not in addresses


def test_nothing_is_invented_and_the_sheet_has_three_heights(walker: Page) -> None:
    page = walker
    field = page.get_by_role("combobox", name="在地图上找")
    field.fill("东京塔")
    expect(page.get_by_role("listbox").get_by_text("没有这个地名")).to_be_visible()
    field.press("Enter")
    field.press("Escape")
    assert f"at={LAKE}" in page.url

    grip = page.get_by_role("slider", name="高度")
    sheet = page.locator(".st-key-sheet")
    heights = {}
    for key, words in (("Home", "低"), ("ArrowUp", "一半"), ("ArrowUp", "高")):
        grip.press(key)
        expect(grip).to_have_attribute("aria-valuetext", re.compile(words))
        page.wait_for_function(
            "document.querySelector('.st-key-sheet').getAnimations().length == 0"
        )
        box = sheet.bounding_box()
        assert box
        heights[words] = box["height"]
    assert heights["低"] < 120 < heights["一半"] < heights["高"] - 100

    box = grip.bounding_box()
    assert box and box["height"] >= 44 and box["width"] > 380
    page.mouse.move(box["x"] + 200, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 500, steps=6)
    page.mouse.up()
    expect(grip).to_have_attribute("aria-valuetext", re.compile("低"))
    english = re.compile("Fullscreen|Open|Close|Clear|Choose")
    for label in page.locator("#root [aria-label]").all():
        assert not english.search(label.get_attribute("aria-label") or "")
