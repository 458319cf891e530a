"""What staff had typed when their session ended, in a browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from tests.browser.devices import DESKTOP, wait_app
from tests.browser.server import Server, command
from tests.browser.signing_in import PASSWORD, VERIFIER, add_verifier, fill_in, sign_in
from tests.browser.test_desk import HERON, opened, press, said, sent
from tests.pages.api.phone import Phone
from tests.support.health import health_of


@pytest.fixture
def sender(server: Server) -> Phone:
    """Somebody who records."""
    return Phone(server.url)


def end_session(page: Page, server: Server) -> None:
    """End the demo's verifier's sign-ins, as an operator would, and wait until the page says so."""
    command(server.home, "staff", "sign-out", DEMO_USERNAME)
    page.get_by_role("button", name="问出去").click()
    expect(page.get_by_text("登录已经结束")).to_be_visible()


def test_what_was_typed_when_the_session_ended_is_there_after_the_sign_in(
    browser: Browser, server: Server, sender: Phone
) -> None:
    """On the same record, for the same account; what was sent before is not given back."""
    context = browser.new_context(**DESKTOP, base_url=server.url)
    sign_in(context)
    record = sent(sender, taxon_id=None, name="小鸟甲", group="bird")
    page = opened(context.new_page(), record)
    press(page, "q")
    field = page.get_by_label("要问的话")
    field.fill("它在水边，还是在 1 号桥上？")
    waiting = health_of(server).json()["waiting"]
    end_session(page, server)
    page.get_by_role("link", name="去登录").click()
    fill_in(page, DEMO_USERNAME, DEMO_PASSWORD)
    page.wait_for_url(lambda url: f"/verify?id={record}" in url)

    wait_app(page)
    expect(page.get_by_text("登录以前写的还留着")).to_be_visible()
    expect(page.locator("html[data-desk-keys]")).to_have_count(1)
    press(page, "q")
    expect(field).to_have_value("它在水边，还是在 1 号桥上？")
    assert health_of(server).json()["waiting"] == waiting
    page.get_by_role("button", name="问出去").click()
    said(page).to_contain_text("“小鸟甲”：问一句")
    opened(page, sent(sender, taxon_id=HERON, name=None))
    press(page, "q")
    expect(field).to_have_value("")
    context.close()


def test_another_account_is_not_given_what_somebody_typed(
    browser: Browser, server: Server, sender: Phone
) -> None:
    add_verifier(server)
    context = browser.new_context(**DESKTOP, base_url=server.url)
    sign_in(context)
    record = sent(sender, taxon_id=HERON, name=None)
    page = opened(context.new_page(), record)
    press(page, "q")
    field = page.get_by_label("要问的话")
    field.fill("只给我自己看的")
    end_session(page, server)
    page.get_by_role("link", name="去登录").click()
    fill_in(page, VERIFIER, PASSWORD)
    page.wait_for_url(lambda url: f"/verify?id={record}" in url)

    wait_app(page)
    page.get_by_role("button", name="我也要做一个决定").click()  # the other had it open
    expect(page.get_by_role("button", name="属实，公开")).to_be_visible()
    press(page, "q")
    expect(field).to_have_value("")
    assert page.evaluate("JSON.stringify(sessionStorage)").count("只给我自己看的") == 0
    context.close()
