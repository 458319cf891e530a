"""Codes of programmes and the catalogue on phones: made, scanned, used up; a new version."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server, command
from tests.browser.signing_in import PASSWORD, sign_in
from tests.browser.test_festival import agrees

ADMIN = "heqing"


@pytest.fixture(scope="module")
def admin(server: Server) -> str:
    """A member of staff who keeps the catalogue."""
    command(*(server.home, "staff", "add", ADMIN, "--role", "admin"), typed=f"{PASSWORD}\n")
    return ADMIN


@pytest.fixture
def organiser(browser: Browser, server: Server, admin: str) -> Iterator[Page]:
    """That member of staff, on a phone of their own."""
    context = browser.new_context(**PHONE, base_url=server.url)
    sign_in(context, admin, PASSWORD)
    yield context.new_page()
    context.close()


@pytest.fixture
def another(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """Somebody else's phone."""
    context = browser.new_context(**PHONE, base_url=server.url)
    yield context
    context.close()


def set_time(page: Page, label: str, hour: str, minute: str) -> None:
    """Type a time of day into its two spin buttons, and leave the field."""
    for part, digits in (("小时", hour), ("分钟", minute)):
        button = page.get_by_role("spinbutton", name=f"{part}, {label}")
        button.press_sequentially(digits)
        expect(button).to_have_attribute("aria-valuenow", str(int(digits)))
    page.keyboard.press("Tab")
    wait_app(page)


def makes_codes(page: Page, title: str, kind: str, count: int) -> list[str]:
    """A batch made and its sheet opened; the words of its codes."""
    page.goto("/admin-actions")
    wait_app(page)
    choice = page.get_by_role("radio", name=kind)
    choice.tap()
    expect(choice).to_have_attribute("aria-checked", "true")
    wait_app(page)
    page.get_by_label("活动的名字").fill(title)
    page.get_by_label("纸条几张").fill(str(count))
    set_time(page, "几点开始", "00", "00")
    set_time(page, "几点结束", "23", "59")
    page.get_by_role("button", name="做好这批码").tap()
    expect(page.get_by_text(re.compile(r"做好了 \d+ 个码"))).to_be_visible()
    batch = page.locator("[class*=st-key-card_batch_]").filter(has_text=title)
    sheet = batch.get_by_role("link", name="打印").get_attribute("href")
    page.goto(str(sheet))
    tokens = page.locator(".token").all_inner_texts()
    assert page.locator("svg").count() == len(tokens)
    return tokens


def scans(context: BrowserContext, token: str, is_new: bool = True) -> Page:
    """The code's link opened and its button pressed."""
    page = context.new_page()
    page.goto(f"/action?code={token}")
    wait_app(page)
    if is_new:
        agrees(page)
    page.get_by_role("button", name="用这个码记下").tap()
    return page


def is_paid(page: Page) -> None:
    expect(page.get_by_role("heading", name="已收到")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("+10 绿点")).to_be_visible()


def is_told(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="已收到")).to_have_count(0)


def test_a_slip_works_once_whoever_scans_it(
    organiser: Page, phone: BrowserContext, another: BrowserContext
) -> None:
    slips = makes_codes(organiser, "湖滨旧物修理日", "纸条", 2)
    assert len(slips) == 2
    is_paid(scans(phone, slips[0]))
    is_told(scans(phone, slips[0], is_new=False), "用过")
    is_told(scans(another, slips[0]), "用过")
    is_paid(scans(another, slips[1], is_new=False))


def test_a_poster_works_once_a_person(
    organiser: Page, phone: BrowserContext, another: BrowserContext
) -> None:
    [poster] = makes_codes(organiser, "运河清洁日", "海报", 9)
    is_paid(scans(phone, poster))
    is_told(scans(phone, poster, is_new=False), "用过")
    is_paid(scans(another, poster))


def test_a_change_of_the_catalogue_is_a_new_version_that_citizens_see(
    organiser: Page, phone: BrowserContext
) -> None:
    organiser.goto("/admin-actions?side=catalogue")
    wait_app(organiser)
    expect(organiser.get_by_text("第 2 版")).to_be_visible()
    organiser.get_by_label("一份给多少绿点").fill("8")
    organiser.get_by_label("为什么改").fill("夏天多坐地铁")
    organiser.get_by_role("button", name="存成新的一版").tap()
    expect(organiser.get_by_text("第 3 版存好了。")).to_be_visible()
    expect(organiser.get_by_text(re.compile("第 3 版，.*8 绿点"))).to_be_visible()
    expect(organiser.get_by_text(re.compile("第 2 版，.*3 绿点"))).to_be_visible()
    expect(organiser.get_by_text("夏天多坐地铁")).to_be_visible()

    page = phone.new_page()
    page.goto("/action")
    wait_app(page)
    agrees(page)
    metro = page.get_by_role("radio", name=re.compile("坐了一趟地铁"))
    expect(metro).to_contain_text("+4")  # half of it by one's word


def test_a_stranger_gets_no_sheet_of_codes(phone: BrowserContext) -> None:
    page = phone.new_page()
    answer = page.goto("/staff/codes/0190a000-0000-7000-8000-000000000001")
    assert answer is not None and answer.status == 403
