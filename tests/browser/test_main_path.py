"""The main job: record, log and answer on a phone; decide at the desk; see the map and boards."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from observations.base.clock import HANGZHOU, now_utc
from observations.people.demo_sign_in import DEMO_USERNAME
from tests.browser.conftest import StartServer
from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server
from tests.browser.signing_in import sign_in
from tests.support import photographs

NOTE = "<script>alert('note')</script> 在水边"
HERON = "夜鹭"


def this_morning() -> datetime:
    """An hour ago by Hangzhou's clock, as a camera writes it."""
    return (now_utc() - timedelta(hours=1)).astimezone(HANGZHOU).replace(tzinfo=None)


@pytest.fixture
def photo(tmp_path: Path) -> str:
    """A real photograph that says it was taken at 西溪 an hour ago."""
    taken = photographs.hangzhou_jpeg(taken=this_morning())
    return str(photographs.write(tmp_path, "heron.jpg", taken))


def choose_photo(page: Page, photo: str) -> None:
    """Choose from the album and wait until the server has it."""
    page.locator(".choose input[type=file]").nth(1).set_input_files(photo)
    sheet = page.get_by_role("dialog")
    stored = page.locator(".thumb[data-state=stored]")
    expect(sheet.or_(stored).first).to_be_visible(timeout=60_000)
    if sheet.is_visible():
        sheet.get_by_role("checkbox").check()
        sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(stored).to_have_count(1, timeout=60_000)


def record_a_heron(page: Page, photo: str) -> None:
    """From home to 已收到."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("记录一次遇见")).first.tap()
    expect(page.locator(".shot")).to_be_visible(timeout=60_000)
    choose_photo(page, photo)
    expect(page.get_by_text("西湖区").first).to_be_visible()
    page.get_by_role("combobox", name="它是谁？").press_sequentially("yelu")
    page.get_by_role("option", name=re.compile(HERON)).first.tap()
    note = page.get_by_label(re.compile("备注|想说|写一句|补充"))
    if not note.first.is_visible():
        page.locator("summary").first.tap()
    note.first.fill(NOTE)
    page.get_by_role("button", name="交上这次遇见").tap()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()


def log_a_bus_ride(page: Page) -> None:
    """A ride by bus, on one's own word."""
    page.goto("/action")
    wait_app(page)
    page.get_by_role("radio", name=re.compile("公交")).tap()
    wait_app(page)
    expect(page.get_by_role("radiogroup", name="多少趟？")).to_be_in_viewport(ratio=1)
    page.locator(".st-key-send").get_by_role("button").tap()
    expect(page.get_by_role("status").first).to_be_visible()


def rate_the_district(page: Page) -> None:
    """Two answers for where one lives."""
    page.goto("/satisfaction")
    wait_app(page)
    home = page.get_by_role("radio", name="西湖区", exact=True)
    expect(home.or_(page.locator(".st-key-card_air")).first).to_be_visible()
    if home.is_visible():
        home.tap()
        wait_app(page)
    for dimension, answer in (("air", "4"), ("overall", "5")):
        card = page.locator(f".st-key-card_{dimension}")
        card.get_by_role("radio", name=answer, exact=True).tap()
        wait_app(page)
    page.locator(".st-key-send").get_by_role("button").tap()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()


def accept_what_waits(page: Page) -> None:
    """The verifier's one key."""
    page.goto("/verify")
    wait_app(page)
    expect(page.get_by_role("heading", name=HERON)).to_be_visible()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_role("button", name="属实，公开")).to_be_visible()
    wait_app(page)  # the words come before the keys
    page.locator("body").press("a")
    expect(page.get_by_role("status").first).to_contain_text("属实，已公开")


def test_from_the_phone_to_the_map_and_the_boards(
    phone: BrowserContext, desktop: BrowserContext, server: Server, photo: str
) -> None:
    page = phone.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    record_a_heron(page, photo)
    page.get_by_role("button", name="西湖区").or_(
        page.get_by_role("radio", name="西湖区")
    ).first.tap()
    log_a_bus_ride(page)
    rate_the_district(page)

    sign_in(desktop, DEMO_USERNAME)
    accept_what_waits(desktop.new_page())

    page.goto("/map")
    wait_app(page)
    expect(page.locator("summary", has_text=HERON).first).to_be_visible()
    features = page.request.get("/api/v1/occurrences").json()["features"]
    assert [one["properties"]["vernacularName"] for one in features] == [HERON]
    assert NOTE not in str(features)

    page.goto("/boards")
    wait_app(page)
    expect(page.locator("table").first).to_contain_text("西湖区")
    board: dict[str, Any] = page.request.get("/api/v1/boards/points?by=district").json()
    assert "330106" in str(board)
    page.goto("/me")
    wait_app(page)
    expect(page.get_by_text(HERON).first).to_be_visible()
    expect(page.get_by_text("已核实").first).to_be_visible()
    assert dialogs == []


def test_what_was_acknowledged_survives_a_kill(
    start_server: StartServer, browser: Any, photo: str
) -> None:
    server = start_server(LUJI_DEMO="1")
    context = browser.new_context(**PHONE, base_url=server.url)
    page = context.new_page()
    record_a_heron(page, photo)
    server.kill()
    server.start()
    page.goto("/me")
    wait_app(page)
    expect(page.get_by_text(HERON).first).to_be_visible()
    picture = page.locator("img[src*='/photos/']").first
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    context.close()
