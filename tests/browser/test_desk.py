"""The desk in a browser: one key press a decision, on a desktop and on a phone."""

import re
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from observations.base.ids import new_id
from observations.occurrences.occurrence import receipt_number
from observations.taxa.taxon import taxon_id_of
from tests.browser.axe import violations
from tests.browser.devices import DESKTOP, wait_app
from tests.browser.server import Server
from tests.browser.tour import settle
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.health import health_of

HERON = str(taxon_id_of("Nycticorax nycticorax"))


# A finger from left to right over the photo.
SWIPE = """photo => {
  const touch = (type, x) => {
    const [one] = [new Touch({ identifier: 1, target: photo, clientX: x, clientY: 200 })];
    const touches = type === "touchend" ? [] : [one];
    photo.dispatchEvent(new TouchEvent(
        type, { touches, changedTouches: [one], bubbles: true, cancelable: true }));
  };
  touch("touchstart", 60);
  for (const x of [100, 180, 300]) touch("touchmove", x);
  touch("touchend", 300);
}"""
Count = Callable[[], int]


@pytest.fixture
def sender(server: Server) -> Phone:
    """Somebody who records."""
    return Phone(server.url)


@pytest.fixture
def waiting_now(server: Server) -> Count:
    """How many records wait for the desk."""
    return lambda: int(health_of(server).json()["waiting"])


@pytest.fixture(scope="module")
def session(browser: Browser, server: Server) -> StorageState:
    """The cookies of the demo's verifier, signed in once: sign-ins of a name are limited."""
    context = browser.new_context(**DESKTOP, base_url=server.url)
    page = context.new_page()
    page.goto("/staff/login")
    page.get_by_role("button", name="用演示核实员登录").click()
    page.wait_for_url(lambda url: "/staff/login" not in url)
    state = context.storage_state()
    context.close()
    return state


def sent(sender: Phone, **changes: object) -> str:
    """A sighting with a photo; its id."""
    upload_id = str(new_id())
    assert sender.upload(noise_jpeg(), upload_id).status_code == 201
    answer = sender.record(photos=[upload_id], **changes)
    assert answer.status_code == 201, answer.text
    return str(UUID(answer.json()["id"]))


@pytest.fixture
def desk(desktop: BrowserContext, session: StorageState) -> Iterator[Page]:
    """A desk, signed in; not opened yet."""
    desktop.add_cookies(session["cookies"])
    page = desktop.new_page()
    yield page
    page.goto("about:blank")


def opened(page: Page, record_id: str) -> Page:
    """The desk with this record on the screen."""
    page.goto(f"/verify?id={record_id}")
    wait_app(page)
    expect(page.get_by_role("button", name="属实，公开")).to_be_visible()
    expect(page.locator("html[data-desk-keys]")).to_have_count(1)
    return page


def press(page: Page, key: str) -> None:
    page.locator("body").press(key)


def said(page: Page) -> object:
    return expect(page.get_by_role("status").first)


def test_one_key_decides_and_the_next_record_is_there(desk: Page, sender: Phone) -> None:
    first = sent(sender, taxon_id=HERON, name=None)
    sent(sender, name="第二条", taxon_id=None)
    opened(desk, first)
    expect(desk.get_by_role("heading", name="夜鹭")).to_be_visible()
    expect(desk.locator(".g-shot img").first).to_have_js_property("naturalWidth", 320)

    press(desk, "a")

    said(desk).to_contain_text("“夜鹭”：属实，已公开")
    expect(desk.get_by_role("heading", name="夜鹭")).to_have_count(0)


def test_a_name_is_chosen_by_digit_and_accepted_without_a_mouse(desk: Page, sender: Phone) -> None:
    opened(desk, sent(sender, name="不认识", taxon_id=None))

    press(desk, "n")
    desk.keyboard.type("yelu")
    expect(desk.locator(".st-key-names button").first).to_contain_text("夜鹭")
    desk.keyboard.press("1")
    expect(desk.get_by_text("改名为“夜鹭”")).to_be_visible()
    wait_app(desk)
    press(desk, "a")

    said(desk).to_contain_text("“夜鹭”：属实，已公开")


def test_a_number_typed_to_find_a_record_decides_nothing(desk: Page, sender: Phone) -> None:
    """Its letters are keys of the desk, were they typed elsewhere."""
    first, second = (sent(sender, name=name, taxon_id=None) for name in ("第一条", "第二条"))
    opened(desk, first)
    desk.get_by_role("button", name="查找和筛选").click()
    field = desk.get_by_label("找编号、名字、留言或昵称")
    field.click()
    field.press_sequentially("hjakxz")
    field.fill(receipt_number(UUID(second)))
    expect(desk.get_by_role("heading", name="第一条")).to_be_visible()
    field.press("Enter")

    expect(desk.get_by_role("heading", name="第二条")).to_be_visible()
    expect(desk.get_by_role("button", name="属实，公开")).to_be_visible()


def test_a_decision_is_taken_back_with_z(desk: Page, sender: Phone) -> None:
    record = sent(sender, taxon_id=HERON, name=None)
    opened(desk, record)
    press(desk, "k")
    said(desk).to_contain_text("可能，已公开")
    wait_app(desk)  # the words come before the keys

    press(desk, "z")

    said(desk).to_contain_text("已撤回对“夜鹭”的决定")
    expect(desk.get_by_role("heading", name="夜鹭")).to_be_visible()
    expect(desk.get_by_text("撤回决定")).to_be_visible()


def test_not_accepted_needs_one_of_six_reasons_by_digit(desk: Page, sender: Phone) -> None:
    opened(desk, sent(sender, taxon_id=HERON, name=None))
    press(desk, "x")
    expect(desk.get_by_role("button", name="照片看不清")).to_be_visible()
    press(desk, "1")
    said(desk).to_contain_text("“夜鹭”：不采用，暂不公开")


def test_escape_leaves_the_reasons_without_a_decision(desk: Page, sender: Phone) -> None:
    opened(desk, sent(sender, taxon_id=HERON, name=None))
    press(desk, "x")
    expect(desk.get_by_role("button", name="照片看不清")).to_be_visible()
    press(desk, "Escape")
    expect(desk.get_by_role("button", name="属实，公开")).to_be_visible()


def test_a_question_can_be_written_and_digits_in_it_decide_nothing(
    desk: Page, sender: Phone
) -> None:
    opened(desk, sent(sender, taxon_id=HERON, name=None))
    press(desk, "q")
    field = desk.get_by_label("要问的话")
    field.click()
    field.press_sequentially("1 还是 2 只？a x z")
    expect(field).to_have_value("1 还是 2 只？a x z")
    desk.get_by_role("button", name="问出去").click()
    said(desk).to_contain_text("“夜鹭”：问一句")


def test_a_new_name_goes_with_the_decision(desk: Page, sender: Phone) -> None:
    record = sent(sender, name="小鸟", group="bird")
    opened(desk, record)
    expect(desk.get_by_text("已排除敏感物种")).to_be_visible()
    press(desk, "n")
    desk.get_by_label("名字、拼音、拉丁名或英文名").fill("yelu")
    desk.get_by_role("button", name="夜鹭").click()
    expect(desk.get_by_text("改名为“夜鹭”")).to_be_visible()
    wait_app(desk)
    press(desk, "a")
    said(desk).to_contain_text("“夜鹭”：属实，已公开")


@pytest.mark.parametrize("key", ["n", "q"])
def test_what_is_typed_into_a_panel_decides_nothing(
    desk: Page, sender: Phone, waiting_now: Count, key: str
) -> None:
    """`huangli`, typed before the panel is drawn, has an H (withhold), an A (accept) and an N."""
    first, second = (sent(sender, taxon_id=HERON, name=None) for _ in range(2))
    opened(desk, first)
    press(desk, "k")
    said(desk).to_contain_text("可能，已公开")
    opened(desk, second)
    waiting = waiting_now()

    desk.keyboard.type(f"{key}huangli zkajx")

    field = desk.locator(".st-key-decide :is(input, textarea)")
    expect(field).to_have_value("huangli zkajx")
    expect(field).to_be_focused()
    settle(desk)
    assert waiting_now() == waiting
    field.evaluate("field => field.blur()")
    desk.keyboard.type("zh12")
    expect(field).to_be_focused()
    settle(desk)
    assert waiting_now() == waiting

    desk.keyboard.press("Escape")
    expect(desk.get_by_role("button", name="属实，公开")).to_be_visible()
    expect(desk.get_by_role("heading", name="夜鹭")).to_be_visible()
    assert waiting_now() == waiting


def test_a_key_pressed_before_the_keys_are_safe_decides_nothing(
    desk: Page, sender: Phone, waiting_now: Count
) -> None:
    desk.route("**/desk/panel_keys.js*", lambda route: route.abort())
    record = sent(sender, taxon_id=HERON, name=None)
    waiting = waiting_now()
    desk.goto(f"/verify?id={record}")
    wait_app(desk)
    expect(desk.get_by_role("button", name="属实，公开")).to_be_visible()
    desk.keyboard.type("nhax")
    settle(desk)
    assert waiting_now() == waiting
    expect(desk.get_by_role("button", name="属实，公开")).to_be_visible()


def test_while_reasons_are_open_only_their_digits_decide(
    desk: Page, sender: Phone, waiting_now: Count
) -> None:
    opened(desk, sent(sender, taxon_id=HERON, name=None))
    waiting = waiting_now()
    desk.keyboard.type("xhzak")
    expect(desk.get_by_role("button", name="照片看不清")).to_be_visible()
    desk.keyboard.type("hzakj9")
    settle(desk)
    expect(desk.get_by_role("button", name="照片看不清")).to_be_visible()
    assert waiting_now() == waiting


def test_a_stale_decision_is_refused_and_the_new_state_shown(
    desk: Page, sender: Phone, desktop: BrowserContext
) -> None:
    record = sent(sender, taxon_id=HERON, name=None)
    opened(desk, record)
    other = opened(desktop.new_page(), record)
    press(other, "h")
    said(other).to_contain_text("暂不公开")

    press(desk, "a")

    expect(desk.get_by_text("刚才有人先做了决定")).to_be_visible()
    expect(desk.get_by_text("现在：核实中，暂不公开")).to_be_visible()


def test_a_hasty_second_press_does_not_fall_on_the_next_record(
    desk: Page, sender: Phone, waiting_now: Count
) -> None:
    first = sent(sender, taxon_id=HERON, name=None)
    waiting = waiting_now()
    opened(desk, first)
    desk.evaluate(
        """() => { for (const repeat of [false, false, true]) document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "a", code: "KeyA", bubbles: true, repeat })); }"""
    )
    said(desk).to_contain_text("属实，已公开")
    wait_app(desk)
    assert waiting_now() == waiting - 1


def test_the_next_record_is_drawn_before_the_decision_is_stored(
    desk: Page, sender: Phone, waiting_now: Count
) -> None:
    """And what is pressed on it meanwhile falls on it, or nowhere and with a word."""
    for name in ("其一", "其二", "其三", "其四"):
        sent(sender, taxon_id=None, name=f"先画{name}")
    desk.goto("/verify?q=先画")
    wait_app(desk)
    expect(desk.locator("html[data-desk-keys]")).to_have_count(1)
    expect(desk.locator(".g-ahead")).to_have_count(3)
    waiting = waiting_now()
    drawn = desk.evaluate(
        """() => { document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "k", code: "KeyK", bubbles: true }));
            return document.querySelector(".g-next .g-name")?.textContent; }"""
    )
    assert drawn == "先画其二"
    desk.wait_for_function("performance.now() > (window.then ??= performance.now()) + 500")
    press(desk, "j")
    expect(desk.get_by_role("heading", name="先画其三")).to_be_visible()
    expect(desk.locator(".g-next")).to_have_count(0)
    assert waiting_now() == waiting - 1

    desk.context.set_offline(True)
    press(desk, "k")
    expect(desk.locator(".g-saving")).to_contain_text("还没有存上")
    desk.context.set_offline(False)


def test_on_a_phone_the_keys_stay_at_the_bottom_edge(
    phone: BrowserContext, session: StorageState, sender: Phone
) -> None:
    record = sent(sender, taxon_id=HERON, name=None, note="<b>写</b>给核实员")
    phone.add_cookies(session["cookies"])
    page = opened(phone.new_page(), record)
    expect(page.get_by_text("<b>写</b>给核实员")).to_be_visible()
    box = page.locator(".st-key-decide").bounding_box()
    assert box and abs(box["y"] + box["height"] - 844) <= 1
    for seen in (".g-shot img", ".g-name", ".g-evidence .g-checks"):
        here = page.locator(seen).first.bounding_box()
        assert here and here["y"] > 0 and here["y"] + here["height"] <= box["y"], seen
    expect(page.get_by_text("用按键")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    settle(page)
    assert list(violations(page)) == []
    page.locator(".st-key-desk_one .g-shot").first.evaluate(SWIPE)
    said(page).to_contain_text("属实，已公开")
    expect(page.get_by_text("按 Z 可以撤回")).to_be_hidden()
    page.get_by_role("button", name="撤回", exact=True).tap()
    said(page).to_contain_text("已撤回")


def test_a_stranger_finds_no_desk(desktop: BrowserContext) -> None:
    page = desktop.new_page()
    page.goto("/verify")
    expect(page.locator("body")).to_contain_text(re.compile("登录|没有|找不到"))
    expect(page.get_by_role("button", name="属实，公开")).to_have_count(0)


def test_all_of_a_wall_but_the_wrong_one_are_accepted_and_taken_back(
    phone: BrowserContext, session: StorageState, sender: Phone
) -> None:
    magpie = str(taxon_id_of("Pica serica"))
    for _ in range(3):
        sent(sender, taxon_id=magpie, name=None)
    phone.add_cookies(session["cookies"])
    page = phone.new_page()
    page.goto(f"/admin-wall?taxon={magpie}")
    wait_app(page)
    faces = page.locator(".face")
    expect(faces).to_have_count(3)
    for face in faces.all():  # whatever the checks have set aside is taken in first
        if face.get_attribute("aria-pressed") == "true":
            face.tap()
    faces.nth(1).tap()
    page.get_by_role("button", name="这 2 条都属实，公开").tap()
    expect(page.get_by_text("2 条属实，已公开。 1 条留在核实台。")).to_be_visible()
    expect(page.get_by_text("这面墙看完了")).to_be_visible()
    page.get_by_role("button", name="撤回刚才一起接受的 2 条").tap()
    expect(page.get_by_text("撤回了 2 条，它们又在核实台等。")).to_be_visible()
    page.goto("about:blank")
