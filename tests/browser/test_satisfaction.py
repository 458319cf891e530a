"""Satisfaction on a phone: consent, seven questions, the receipt, the board."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.devices import wait_app


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    """The page of satisfaction as a stranger finds it."""
    opened = phone.new_page()
    opened.goto("/satisfaction")
    wait_app(opened)
    yield opened
    opened.close()


def consent(page: Page) -> None:
    page.get_by_role("button", name="看一看，然后开始").tap()
    page.get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(page.get_by_role("heading", name="你住在哪个区？")).to_be_visible()


def answer(page: Page, dimension: str, name: str) -> None:
    page.locator(f".st-key-card_{dimension}").get_by_role("radio", name=name, exact=True).tap()
    wait_app(page)


def live_in(page: Page, district: str) -> None:
    page.get_by_role("radio", name=district, exact=True).tap()
    wait_app(page)


def send(page: Page) -> None:
    page.locator(".st-key-send").get_by_role("button").tap()


def test_nothing_is_asked_before_consent(page: Page) -> None:
    posted: list[str] = []
    page.on("request", lambda request: request.method == "POST" and posted.append(request.url))
    expect(page.get_by_role("button", name="看一看，然后开始")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(0)
    page.get_by_role("button", name="看一看，然后开始").tap()
    page.get_by_role("button", name="先不同意").tap()
    expect(page.get_by_text("想好了随时再来")).to_be_visible()
    assert posted == []
    assert list(violations(page)) == []


def test_an_answer_goes_from_the_first_tap_to_the_board(page: Page) -> None:
    consent(page)
    live_in(page, "西湖区")
    answer(page, "air", "4")
    answer(page, "noise", "2")
    answer(page, "green", "说不清")
    page.locator(".st-key-card_reason textarea").fill("夜里有施工 <script>alert(1)</script>")
    assert list(violations(page)) == []
    send(page)
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
    assert list(violations(page)) == []

    page.get_by_role("link", name="看看满意度榜").tap()
    expect(page.get_by_text("第一次公布是")).to_be_visible()
    assert list(violations(page)) == []

    page.goto("/satisfaction")
    wait_app(page)
    expect(page.get_by_text("这一季你已经评过")).to_be_visible()
    expect(page.locator(".st-key-card_reason textarea")).to_have_value(
        "夜里有施工 <script>alert(1)</script>"
    )


def test_a_refusal_and_a_change_of_page_lose_nothing(page: Page) -> None:
    consent(page)
    answer(page, "water", "5")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("先选你住在哪个区")
    page.locator(".st-key-modes").get_by_role("link", name="行动").tap()
    expect(page.get_by_role("radio", name="5", exact=True)).to_have_count(0)
    page.locator(".st-key-modes").get_by_role("link", name="评分").tap()
    water = page.locator(".st-key-card_water").get_by_role("radio", name="5", exact=True)
    expect(water).to_have_attribute("aria-checked", "true")
    live_in(page, "余杭区")
    send(page)
    expect(page.get_by_role("heading", name="已收到")).to_be_visible()
