"""What a tap did is said where the finger is, in a real browser."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.devices import wait_app
from tests.browser.recording import Recorder
from tests.support.photographs import hangzhou_jpeg, plain_jpeg

ONE_LINE_PX = 45
SHANGHAI = (31.2304, 121.4737)


def test_a_photo_from_elsewhere_says_so_at_once_and_a_refused_position_how_to_allow_it(
    phone: BrowserContext, tmp_path: Path
) -> None:
    recorder = Recorder(phone.new_page(), tmp_path).open()
    page = recorder.page
    recorder.album(hangzhou_jpeg(SHANGHAI))
    recorder.agree()

    outside = page.get_by_role("status").filter(has_text="照片里的地点不在杭州")
    expect(outside).to_be_in_viewport(ratio=1)
    page.locator(".fact").first.tap()
    page.get_by_role("button", name="手机定位").tap()
    expect(page.get_by_text("在安卓手机上")).to_be_visible()


def test_the_code_is_copied_by_a_tap_and_a_new_nickname_is_said_beside_its_field(
    phone: BrowserContext,
) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = phone.new_page()
    page.goto("/action")
    wait_app(page)
    page.get_by_role("button", name="看一看，然后开始").tap()
    page.get_by_role("dialog").get_by_role("button", name="我已满 14 岁，同意").tap()
    page.get_by_role("radio", name=re.compile("坐了一趟地铁")).tap()
    page.get_by_role("button", name="记下这件事").tap()
    page.get_by_role("button", name="生成找回码").tap()

    code = page.locator("[data-copy]")
    expect(code).to_be_in_viewport(ratio=1)
    line = code.locator("code")
    assert line.evaluate("node => node.clientHeight") < ONE_LINE_PX
    code.tap()
    expect(code).to_contain_text("复制好了")
    assert page.evaluate("navigator.clipboard.readText()") == line.inner_text()

    page.locator("#root .st-key-tabs a", has_text="我的").tap()
    wait_app(page)
    page.locator(".st-key-me_change summary").tap()
    name = page.get_by_role("textbox", name="昵称")
    name.fill("爱看云的人")
    name.press("Enter")
    expect(page.get_by_role("status").filter(has_text="昵称换好了")).to_be_in_viewport(ratio=1)


def test_a_message_that_came_above_the_screen_is_scrolled_to(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/about")
    wait_app(page)
    page.evaluate(
        """() => {
            document.querySelector("#root .stMain").scrollTo(0, 1500);
            const note = document.createElement("div");
            note.className = "g-note g-said ok";
            note.dataset.said = "1";
            note.textContent = "said";
            document.querySelector("#root .stMain .g").prepend(note);
        }"""
    )
    expect(page.locator(".g-said")).to_be_in_viewport(ratio=1)


def test_ones_own_record_is_corrected_where_it_stands(
    phone: BrowserContext, tmp_path: Path
) -> None:
    recorder = Recorder(phone.new_page(), tmp_path).open()
    page = recorder.page
    recorder.album(hangzhou_jpeg())
    recorder.agree()
    recorder.ready()
    recorder.send()
    recorder.receipt()
    page.get_by_role("link", name="看这条记录").tap()
    wait_app(page)
    root = page.locator("#root")

    root.locator("summary", has_text="地点不对").tap()
    keep = root.get_by_role("button", name="就这样改")
    expect(keep).to_be_disabled()
    root.get_by_role("button", name="选地名").tap()
    root.get_by_role("combobox", name="地名、区县或坐标").fill("淳安")
    root.get_by_role("option", name=re.compile("淳安县")).first.tap()
    keep.tap()
    expect(page.get_by_role("status").filter(has_text="地点改好了")).to_be_in_viewport(ratio=1)
    expect(root.locator(".g-facts")).to_contain_text("淳安县")

    root.locator("summary", has_text="时间不对").tap()
    time = root.locator("input[type=datetime-local]")
    time.fill("2037-01-01T08:00")
    expect(root.get_by_text("这个时间还没到")).to_be_visible()
    expect(keep).to_be_disabled()
    time.fill("2026-05-01T08:30")
    keep.tap()
    expect(page.get_by_role("status").filter(has_text="时间改好了")).to_be_in_viewport(ratio=1)

    root.locator("summary", has_text="补一张照片").tap()
    extra = tmp_path / "extra.jpg"
    extra.write_bytes(plain_jpeg((640, 480)))
    root.locator("input[type=file]").last.set_input_files(extra)
    root.get_by_role("button", name="补上这张").tap()
    expect(page.get_by_role("status").filter(has_text="照片补上了")).to_be_in_viewport(ratio=1)
    expect(root.locator(".g-shot")).to_have_count(2)
