"""Staff open and close a wave; people say why, where, with a photo; staff answer. On a phone."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from observations.satisfaction.waves import wave_of
from tests.browser.axe import violations
from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server, command
from tests.browser.signing_in import PASSWORD, sign_in
from tests.browser.test_satisfaction import answer, consent, live_in, send
from tests.pages.api.phone import noise_jpeg

ADMIN = "linxi"
WAVE = wave_of(datetime.now(UTC))


@pytest.fixture(scope="module")
def admin(server: Server) -> str:
    """A member of staff who runs waves."""
    command(*(server.home, "staff", "add", ADMIN, "--role", "admin"), typed=f"{PASSWORD}\n")
    return ADMIN


@pytest.fixture
def staff(browser: Browser, server: Server, admin: str) -> Iterator[BrowserContext]:
    """That member of staff, on a phone of their own."""
    context = browser.new_context(**PHONE, base_url=server.url)
    sign_in(context, admin, PASSWORD)
    yield context
    context.close()


def opened(context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(path)
    wait_app(page)
    return page


def test_a_reason_a_place_and_a_photo_reach_staff_who_answer(
    phone: BrowserContext, staff: BrowserContext
) -> None:
    page = opened(phone, "/satisfaction")
    consent_with_place(page)
    live_in(page, "西湖区")
    answer(page, "noise", "1")
    page.locator(".st-key-card_reason textarea").fill("夜里有<b>施工</b>")
    page.get_by_label("在哪里？路口、小区或河段的名字").fill("文一西路口")
    page.get_by_label("在哪里？路口、小区或河段的名字").press("Enter")
    wait_app(page)
    point_at_the_map(page)
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": noise_jpeg()}
    page.locator("input[type=file]").nth(1).set_input_files(photo)
    expect(page.get_by_text("照片已收到")).to_be_visible()
    wait_app(page)
    assert list(violations(page)) == []
    send(page)
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()

    desk = opened(staff, "/admin-themes")
    theme = desk.get_by_text(re.compile("西湖区 · 噪声：1 条等答复"))
    expect(theme).to_be_visible()
    theme.tap()
    expect(desk.get_by_text("夜里有<b>施工</b>")).to_be_visible()
    expect(desk.get_by_text("文一西路口")).to_be_visible()
    expect(desk.locator(".g-list img")).to_have_js_property("complete", True)
    assert desk.locator(".g-list img").evaluate("image => image.naturalWidth") > 0
    assert list(violations(desk)) == []
    desk.get_by_label("做了什么（会公开）").fill("和工地说好，22 点后停工。")
    desk.get_by_role("button", name="答复", exact=True).tap()
    expect(desk.get_by_role("status").filter(has_text="答复了 1 人")).to_be_visible()

    board = opened(phone, "/boards?board=satisfaction")
    for hidden in ("和工地说好，22 点后停工。", "文一西路口"):  # one person's alone: never public
        expect(board.get_by_text(hidden)).to_have_count(0)
    page.goto("/satisfaction")
    wait_app(page)
    expect(page.get_by_text("和工地说好，22 点后停工。")).to_be_visible()
    expect(page.get_by_label("在哪里？路口、小区或河段的名字")).to_have_value("文一西路口")


def test_staff_close_a_wave_and_open_it_again(phone: BrowserContext, staff: BrowserContext) -> None:
    page = opened(phone, "/satisfaction")
    consent(page)
    live_in(page, "余杭区")
    answer(page, "air", "4")

    desk = opened(staff, "/admin-waves")
    assert list(violations(desk)) == []
    close = desk.get_by_role("button", name="关上这一季")
    expect(close).to_be_disabled()
    desk.get_by_text("关上之后，居民不能再评、不能再改").tap()
    expect(close).to_be_enabled()
    close.tap()
    expect(desk.get_by_role("status").filter(has_text="关上了")).to_be_visible()

    send(page)
    expect(page.get_by_text("的评分没有开放")).to_be_visible()

    desk.get_by_role("button", name="重新开放").tap()
    expect(desk.get_by_role("status").filter(has_text="开放了")).to_be_visible()
    page.reload()
    wait_app(page)
    expect(page.get_by_role("heading", name="你住在哪个区？")).to_be_visible()


def test_a_slip_made_by_staff_makes_an_answer_surer(
    phone: BrowserContext, staff: BrowserContext
) -> None:
    desk = opened(staff, "/admin-waves")
    desk.get_by_role("button", name="做一张给一个人的").tap()
    code = desk.locator(".g-code").inner_text()
    assert len(code) == 8

    page = opened(phone, "/satisfaction")
    consent(page)
    live_in(page, "上城区")  # the first of the list, which the slip is for
    answer(page, "air", "5")
    page.get_by_label("居住码（没有就空着）").fill(code)
    page.get_by_label("居住码（没有就空着）").press("Enter")
    wait_app(page)
    send(page)
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    desk.reload()
    wait_app(desk)
    expect(desk.get_by_text("用了 1 / 1")).to_be_visible()


def test_a_wrong_margins_file_says_which_line_and_imports_nothing(staff: BrowserContext) -> None:
    desk = opened(staff, "/admin-waves")
    upload = desk.locator(".st-key-card_margins input[type=file]")
    wrong = io.BytesIO(
        b"scope,variable,category,people,source,source_year\n330100,district,330102,-5,x,2020\n"
    )
    upload.set_input_files({"name": "m.csv", "mimeType": "text/csv", "buffer": wrong.getvalue()})
    button = desk.locator(".st-key-margins_import").get_by_role("button")
    expect(button).to_be_enabled()
    button.tap()
    expect(desk.get_by_role("alert").filter(has_text="第 2 行的 people 不对")).to_be_visible()


def test_the_official_survey_is_imported_and_stands_beside_ours(
    phone: BrowserContext, staff: BrowserContext
) -> None:
    desk = opened(staff, "/admin-waves")
    upload = desk.locator(".st-key-card_official input[type=file]")
    head = "scope,year,dimension,score,note,source,confidence\n"
    rows = head + "330106,2030,total,91.57,,made up for this test,high\n"
    upload.set_input_files({"name": "o.csv", "mimeType": "text/csv", "buffer": rows.encode()})
    button = desk.locator(".st-key-official_import").get_by_role("button")
    expect(button).to_be_enabled()
    button.tap()
    expect(desk.get_by_role("status").filter(has_text="导入好了")).to_be_visible()

    board = opened(phone, "/boards?board=satisfaction")
    beside = board.locator(".g-card").filter(has_text="省里的年度调查（2030 年）")
    expect(beside).to_contain_text("91.57")
    expect(beside).to_contain_text("两边的分数不能放在一起比")
    expect(board.get_by_text("91.57")).to_have_count(1)  # beside ours, and in none of ours


def test_a_stranger_finds_neither_page(phone: BrowserContext) -> None:
    for path in ("/admin-waves", "/admin-themes"):
        page = phone.new_page()
        page.goto(path)
        expect(page.locator("body")).to_contain_text(re.compile("登录|没有|找不到"))
        expect(page.get_by_role("button", name="关上这一季")).to_have_count(0)
        expect(page.get_by_label("做了什么（会公开）")).to_have_count(0)
        page.close()


def consent_with_place(page: Page) -> None:
    page.get_by_role("button", name="看一看，然后开始").tap()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(page.get_by_role("heading", name="你住在哪个区？")).to_be_visible()


def point_at_the_map(page: Page) -> None:
    page.get_by_role("button", name="在地图上点").tap()
    canvas = page.locator(".map[data-ready=yes]")
    expect(canvas).to_be_visible()
    canvas.scroll_into_view_if_needed()
    canvas.click(position={"x": 150, "y": 120})
    expect(page.get_by_text("位置已记下，只有工作人员看得到。")).to_be_visible()
    wait_app(page)
