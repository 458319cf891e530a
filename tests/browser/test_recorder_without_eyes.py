"""The whole flow by keyboard alone, as a screen reader hears it, at 320 px and with large text."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import faults
from tests.browser.axe import violations
from tests.browser.devices import PHONE, SMALL_PHONE
from tests.browser.recorder_states import STATES, from_an_empty_shelf
from tests.browser.server import Server
from tests.support import photographs

MOST_TABS = 80
# What has the focus, through the shadow roots: its role or tag, and its name.
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const label = at.labels?.[0]?.textContent ?? "";
    return `${at.getAttribute("role") ?? at.type ?? at.tagName} `
        + (at.getAttribute("aria-label") ?? (label || at.textContent)).trim();
}"""
LARGE = "document.documentElement.style.fontSize = '200%'"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is wanted has the focus, as somebody does who cannot see the way."""
    for _ in range(MOST_TABS):
        if re.search(name, page.evaluate(FOCUSED)):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no {name!r} within {MOST_TABS} presses of Tab")


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(**PHONE, base_url=server.url)
    yield context.new_page()
    context.close()


def open_recorder(page: Page) -> None:
    page.goto("/record")
    expect(page.locator(".shot[data-state=empty]")).to_be_visible(timeout=60_000)


def test_by_keyboard_alone_from_the_photograph_to_the_receipt(page: Page, tmp_path: Path) -> None:
    photo = photographs.write(tmp_path, "heron.jpg", photographs.hangzhou_jpeg())
    # Caught from the start: a busy browser may take the key before the order to catch the chooser
    page.on("filechooser", lambda _chooser: None)
    open_recorder(page)
    tab_to(page, "^file 从相册选")
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(photo)

    sheet = page.get_by_role("dialog", name="交给大家之前")
    expect(sheet).to_be_visible()
    tab_to(page, "^checkbox 我同意使用")
    page.keyboard.press("Space")
    tab_to(page, "^button 我已满 14 岁，同意")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(page.locator(".thumb[data-state=stored]")).to_have_count(1, timeout=60_000)

    tab_to(page, "^combobox 它是谁")
    page.keyboard.type("ziteng", delay=20)
    expect(page.get_by_role("option", selected=True)).to_contain_text("紫藤")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    tab_to(page, "^radio 野生的")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="种的或养的")).to_be_checked()
    tab_to(page, "^textarea 还想说点什么")
    page.keyboard.type("在水边")
    tab_to(page, "^button 交上这次遇见")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="已收到")).to_be_focused()


def test_a_screen_reader_hears_every_part_and_what_changes(page: Page, tmp_path: Path) -> None:
    photo = photographs.write(tmp_path, "heron.jpg", photographs.hangzhou_jpeg(place=None))
    open_recorder(page)
    page.locator(".choose input[type=file]").nth(1).set_input_files(photo)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("checkbox").check()
    sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(page.locator(".thumb[data-state=stored]")).to_have_count(1, timeout=60_000)

    expect(page.get_by_role("region", name="照片")).to_match_aria_snapshot("""
      - region "照片":
        - figure:
          - img "第 1 张照片"
          - button "换一张"
          - button "移去"
        - group "照片":
          - button "第 1 张照片" [pressed]
        - list:
          - listitem:
            - button "还没有地点 在哪里遇见的？ 改" [expanded]
          - listitem:
            - button "5月9日 09:42 拍摄时间 改"
    """)
    status = page.get_by_role("status").filter(has_text="还差：在杭州哪里")
    expect(status).to_have_count(1)  # said when it changes, not only shown

    page.get_by_role("button", name="选地名").tap()
    field = page.get_by_role("combobox", name="地名、区县或坐标")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    field.press_sequentially("西湖")
    expect(page.get_by_role("listbox", name="可能的地点")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="找到")).to_have_count(1)
    field.press("Enter")
    expect(page.get_by_role("status").filter(has_text="记作")).to_have_count(1)


def test_a_finished_photograph_does_not_take_the_focus_away(page: Page, tmp_path: Path) -> None:
    photos = [
        photographs.write(tmp_path, f"{at}.jpg", photographs.plain_jpeg((900 + at, 700)))
        for at in range(3)
    ]
    open_recorder(page)
    routes: list[Any] = []
    page.route("**/api/v1/media", lambda route: routes.append(route))
    page.locator(".choose input[type=file]").nth(1).set_input_files(photos)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
    expect(page.locator(".thumb[data-state=sending]").first).to_be_visible(timeout=60_000)
    page.locator(".thumb").nth(1).focus()

    while routes:
        routes.pop().continue_()
    page.unroute("**/api/v1/media")

    expect(page.locator(".thumb[data-state=stored]").first).to_be_visible(timeout=60_000)
    expect(page.locator(".thumb").nth(1)).to_be_focused()


@pytest.fixture(scope="module")
def small(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    context = browser.new_context(**SMALL_PHONE, base_url=server.url)
    yield context
    context.close()


@pytest.mark.parametrize(("name", "act"), [(name, act) for name, act, _ in STATES])
def test_every_state_is_sound_narrow_and_with_large_text(
    small: BrowserContext, name: str, act: Any
) -> None:
    with closing(small.new_page()) as page:  # what it holds would be sent in the next state
        from_an_empty_shelf(act)(page)

        assert list(violations(page)) == []
        assert faults.overflow(page, 320) == []
        page.evaluate(LARGE)
        assert faults.overflow(page, 320) == []
