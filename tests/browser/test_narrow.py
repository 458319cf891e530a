"""A phone of 320 px: nothing of the bar and of the desk's keys is cut off, in either language."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import signing_in
from tests.browser.devices import SMALL_PHONE, wait_app
from tests.browser.server import Server, command
from tests.browser.tour import speak
from tests.pages.api.phone import Phone

WIDTH = SMALL_PHONE["viewport"]["width"]


@pytest.fixture(params=["zh", "en"])
def small(
    browser: Browser, server: Server, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """The smallest phone, in each language."""
    context = browser.new_context(**SMALL_PHONE, base_url=server.url)
    speak(context, server, request.param)
    yield context
    context.close()


def assert_in_one_row(page: Page, selector: str) -> None:
    """All of these lie inside the window, side by side, with room for their words."""
    expect(page.locator(selector).last).to_be_visible()
    boxes = page.locator(selector).evaluate_all(
        """all => all.map(one => ({...one.getBoundingClientRect().toJSON(),
            words: one.textContent, cut: one.scrollWidth > one.clientWidth + 1}))"""
    )
    assert boxes
    for box in boxes:
        assert box["left"] >= 0 and box["right"] <= WIDTH and not box["cut"], box
    for one, next_one in pairwise(boxes):
        assert one["right"] <= next_one["left"] + 0.5 or one["bottom"] <= next_one["top"] + 0.5


def test_the_bar_fits_with_its_demo_mark(small: BrowserContext) -> None:
    page = small.new_page()
    page.goto("/about")
    wait_app(page)
    assert_in_one_row(page, ".g-brand, .g-tools > :visible")


def test_the_bar_and_the_desks_keys_fit_for_staff(small: BrowserContext, server: Server) -> None:
    assert Phone(server.url).record(name="水边的鸟", taxon_id=None).status_code == 201
    signing_in.sign_in(small)
    page = small.new_page()
    page.goto("/verify")
    wait_app(page)
    expect(page.locator(".st-key-decide button").first).to_be_visible()
    assert_in_one_row(page, ".g-brand, .g-tools > :visible")
    assert_in_one_row(page, ".st-key-decide button")


@pytest.fixture(scope="module")
def administrator(server: Server) -> str:
    """An account that works at every desk."""
    typed = f"{signing_in.PASSWORD}\n"
    command(server.home, "staff", "add", "lujing", "--role", "admin", typed=typed)
    return "lujing"


def test_the_bar_fits_for_who_works_at_every_desk(
    small: BrowserContext, administrator: str
) -> None:
    signing_in.sign_in(small, administrator, signing_in.PASSWORD)
    page = small.new_page()
    page.goto("/about")
    wait_app(page)
    expect(page.locator(".g-tools a[href='/verify']")).to_be_visible()
    assert_in_one_row(page, ".g-brand, .g-tools > :visible")


def test_a_session_that_has_ended_is_told_where_to_sign_in(
    small: BrowserContext, server: Server
) -> None:
    small.add_cookies([{"name": "luji_staff", "value": "ended", "url": server.url}])
    page = small.new_page()
    page.goto("/verify")
    wait_app(page)
    link = page.locator("a[href^='/staff/login']")
    expect(link).to_be_visible()
    link.click()
    expect(page.locator("input[type=password]")).to_be_visible()
