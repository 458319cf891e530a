"""However somebody uses it: keys alone, type of 200 %, sideways, no motion, forced colours.

The recorder by keys and in large letters: `test_recorder_without_eyes.py`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.devices import PHONE, SMALL_PHONE, wait_app
from tests.browser.faults import overflow
from tests.browser.server import Server
from tests.browser.test_recorder_without_eyes import FOCUSED
from tests.browser.tour import settle

MOST_TABS = 90
PLACES = ("/record", "/action", "/satisfaction", "/map", "/boards", "/me")
SIDEWAYS = {**PHONE, "viewport": {"width": 844, "height": 390}}
BIG = """addEventListener("DOMContentLoaded", () =>
    document.documentElement.style.setProperty("font-size", "34px", "important"))"""
# Whether what has the focus shows it: it, or what holds it, has an outline of its own.
SHOWS_FOCUS = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    for (let n = 0; n < 6 && at; n += 1) {
        const { outlineStyle, outlineWidth } = getComputedStyle(at);
        if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) return true;
        at = at.parentElement ?? at.getRootNode().host;
    }
    return false;
}"""
# What of the height the bars at both edges leave to the page, and how far the main button's middle
# is from what can be tapped there.
ROOM = """() => {
    const bars = [...document.querySelectorAll(".st-key-topbar, .stBottom")].map((bar) => {
        const box = bar.getBoundingClientRect();
        return getComputedStyle(bar).display === "none" ? 0 : box.height; });
    return innerHeight - bars.reduce((sum, height) => sum + height, 0);
}"""
IS_HIT = """(button) => {
    const { x, y, width, height } = button.getBoundingClientRect();
    let at = document.elementFromPoint(x + width / 2, y + height / 2);
    while (at?.shadowRoot?.elementFromPoint(x + width / 2, y + height / 2))
        at = at.shadowRoot.elementFromPoint(x + width / 2, y + height / 2);
    return Boolean(at) && (button === at || button.contains(at));
}"""
MOVING = """() => document.getAnimations().filter((each) => each.playState === "running"
    && each.effect.getComputedTiming().duration > 1).map((each) => each.effect.target.className)"""
# The colours that tell one choice from the next, whichever property has them.
LOOK = """(node) => { const s = getComputedStyle(node);
    return [s.backgroundColor, s.outlineStyle === "none" ? "" : s.outlineColor,
        s.borderBottomWidth, s.borderBottomColor].join(" "); }"""


@pytest.fixture(scope="module")
def phone(browser: Browser, demo_server: Server) -> Iterator[Page]:
    """One page of one phone for all that is done by keys: what one did before is remembered."""
    context = browser.new_context(**PHONE, base_url=demo_server.url)
    yield context.new_page()
    context.close()


def open_page(page: Page, path: str) -> None:
    page.goto(path)
    wait_app(page)
    settle(page)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until that has the focus; whatever has it on the way must show it."""
    for _ in range(MOST_TABS):
        focused = page.evaluate(FOCUSED)
        if re.search(name, focused):
            assert page.evaluate(SHOWS_FOCUS), f"the focus is not seen: {focused}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {name!r} within {MOST_TABS} presses of Tab")


def test_an_action_by_keys(phone: Page) -> None:
    open_page(phone, "/action")
    tab_to(phone, "^button 看一看，然后开始")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("dialog")).to_be_visible()
    tab_to(phone, "^button 我已满 14 岁，同意")
    phone.keyboard.press("Enter")
    tiles = phone.get_by_role("radio", name=re.compile("公交"))
    expect(tiles).to_be_visible()
    wait_app(phone)
    tab_to(phone, "^radio ")
    phone.keyboard.press("Space")
    expect(phone.locator("[class*=st-key-action_quantity_]").first).to_be_visible()
    wait_app(phone)
    tab_to(phone, "^submit 记下这件事")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="已收到")).to_be_visible()


def test_a_rating_by_keys(phone: Page) -> None:
    open_page(phone, "/satisfaction")
    tab_to(phone, "^radio ")  # the home district, asked once
    phone.keyboard.press("Space")
    wait_app(phone)
    question = phone.locator(".st-key-card_air")
    expect(question).to_be_visible()
    tab_to(phone, "^radio 1")
    for _ in range(3):
        phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Space")
    expect(question.get_by_role("radio", checked=True)).to_have_count(1)
    wait_app(phone)
    tab_to(phone, "^submit 交上评分")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="已收到")).to_be_visible()


def test_the_map_by_keys(phone: Page) -> None:
    open_page(phone, "/map")
    expect(phone.get_by_role("button", name="放大")).to_be_visible(timeout=60_000)
    tab_to(phone, "^combobox 在地图上找")
    phone.keyboard.type("断桥", delay=20)
    expect(phone.get_by_role("option").first).to_contain_text("断桥")
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile(r"[?&]at=30\.\d+,120\.\d+"))
    before = phone.url
    tab_to(phone, "^button 放大")
    phone.keyboard.press("Enter")
    expect(phone).not_to_have_url(before)
    tab_to(phone, "^[a-z]+ 地图下面这一页的高度")


def test_the_boards_by_keys(phone: Page) -> None:
    open_page(phone, "/boards")
    tab_to(phone, "^radio ")
    before = phone.url
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Space")
    expect(phone).not_to_have_url(before)


def test_erasing_by_keys(phone: Page) -> None:
    open_page(phone, "/me")
    tab_to(phone, "^[A-Za-z]+ [a-z_]*删除我")
    phone.keyboard.press("Enter")
    field = phone.locator("input[name=confirm]")
    expect(field).to_be_visible()
    tab_to(phone, "^text 写下")
    phone.keyboard.type("删除")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("你在这里的一切都删掉了")).to_be_visible()


def test_nothing_is_cut_at_320_px_with_type_of_200_per_cent(
    browser: Browser, demo_server: Server
) -> None:
    context = browser.new_context(**SMALL_PHONE, base_url=demo_server.url)
    context.add_init_script(BIG)
    page, wrong = context.new_page(), []
    for path in PLACES:
        open_page(page, path)
        wrong += [f"{path}: {line}" for line in overflow(page, SMALL_PHONE["viewport"]["width"])]
    context.close()
    assert not wrong, "\n".join(wrong)


def test_sideways_the_bars_leave_the_page_its_room(browser: Browser, demo_server: Server) -> None:
    context = browser.new_context(**SIDEWAYS, base_url=demo_server.url, reduced_motion="reduce")
    page = context.new_page()
    mains = {"/record": ".choose label", "/action": "#root .st-key-narrow button", "/map": ".round"}
    for path in PLACES:
        open_page(page, path)
        assert page.evaluate(ROOM) >= 390 / 2, path
        assert page.evaluate(MOVING) == [], path  # and nothing moves, as the phone asks
        if path in mains:
            button = page.locator(mains[path]).first
            button.scroll_into_view_if_needed()
            assert button.evaluate(IS_HIT), path
    context.close()


def test_in_forced_colours_a_choice_a_button_and_an_icon_are_seen(
    browser: Browser, demo_server: Server
) -> None:
    options: dict[str, Any] = {**PHONE, "forced_colors": "active"}
    context = browser.new_context(**options, base_url=demo_server.url)
    page = context.new_page()
    open_page(page, "/boards")
    chosen = page.locator("#root [role=radio][aria-checked=true]").first
    other = page.locator("#root [role=radio][aria-checked=false]").first
    assert chosen.evaluate(LOOK) != other.evaluate(LOOK)
    tabs = page.locator("#root .st-key-tabs a")
    here = tabs.filter(has=page.locator("strong"))
    assert here.evaluate(LOOK) != tabs.first.evaluate(LOOK)
    ground, icons = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".stApp")).backgroundColor,
            [...document.querySelectorAll("#root .st-key-tabs a")].map((link) =>
                getComputedStyle(link, "::before").backgroundColor)]"""
    )
    assert icons and ground not in icons

    open_page(page, "/")
    button = page.locator("#root .st-key-go_record a")
    edge = button.evaluate("(node) => getComputedStyle(node).borderTopWidth")
    assert float(edge.removesuffix("px")) >= 1
    context.close()
