"""Leaving on a phone: the code that brings records back, and being erased."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg


@pytest.fixture
def mine(phone: BrowserContext, server: Server) -> Iterator[Page]:
    """My page, with one record that has a photo."""
    sender = Phone(server.url)
    upload = sender.upload(noise_jpeg()).json()["upload_id"]
    assert sender.record(photos=[upload], note="只给核实员").status_code == 201
    phone.add_cookies(
        [
            {"name": str(cookie.name), "value": str(cookie.value), "url": server.url}
            for cookie in sender.session.cookies
        ]
    )
    page = phone.new_page()
    page.goto("/me")
    wait_app(page)
    yield page
    page.close()


def test_a_code_brings_my_records_to_another_browser(
    mine: Page, browser: Browser, server: Server
) -> None:
    mine.get_by_role("button", name="生成找回码").tap()
    code = mine.locator(".g-code code")
    expect(code).to_have_text(re.compile(r"^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$"))
    assert list(violations(mine)) == []

    context = browser.new_context(**PHONE, base_url=server.url)
    other = context.new_page()
    other.goto("/me")
    wait_app(other)
    other.get_by_text("有找回码？在这里找回").tap()
    other.get_by_label("找回码").fill(code.inner_text().lower().replace("-", " "))
    other.get_by_role("button", name="找回我的记录").tap()
    wait_app(other)

    expect(other.get_by_text("找回来了")).to_be_visible()
    expect(other.locator(".g-rows img").first).to_have_js_property("complete", True)
    context.close()


def test_being_erased_ends_on_a_page_that_knows_nobody(mine: Page) -> None:
    mine.get_by_text("删除我", exact=True).tap()
    expect(mine.get_by_text("不能反悔")).to_be_visible()
    assert list(violations(mine)) == []
    mine.get_by_label("写下“删除”两个字来确认").fill("删除")
    mine.get_by_role("button", name="删除我的一切").tap()
    expect(mine.get_by_text("你在这里的一切都删掉了")).to_be_visible()
    assert list(violations(mine)) == []

    mine.goto("/me")
    wait_app(mine)
    expect(mine.get_by_text("还没有绿迹")).to_be_visible()


def test_my_data_come_as_one_file(mine: Page) -> None:
    with mine.expect_download() as download:
        mine.get_by_role("button", name="下载我的全部数据").tap()
    assert download.value.suggested_filename.endswith(".zip")
    assert download.value.path().read_bytes()[:2] == b"PK"
