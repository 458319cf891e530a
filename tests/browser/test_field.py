"""The field recorder on a phone: without a signal, closed and opened, sending by itself."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Route, expect

from observations.base.clock import HANGZHOU, now_utc
from tests.browser.devices import PHONE
from tests.browser.field_phone import FieldPhone, photo
from tests.browser.server import Server
from tests.browser.test_festival import makes_a_festival
from tests.support.waits import eventually

NOW = (now_utc() - timedelta(minutes=5)).astimezone(HANGZHOU)
# Whether the phone keeps no consent.
NO_CONSENT = """async () => new Promise((done) => {
    indexedDB.open("luji").onsuccess = ({ target }) => {
        const request = target.result.transaction("facts").objectStore("facts").get("consent");
        request.onsuccess = () => { target.result.close(); done(!request.result); };
    };
})"""
OpenPhone = Callable[..., FieldPhone]


@pytest.fixture
def open_phone(browser_type: BrowserType, server: Server, tmp_path: Path) -> Iterator[OpenPhone]:
    """`open_phone("name")`: a phone with the recorder open."""
    phones: list[FieldPhone] = []

    def opened(name: str = "a", path: str = "/field/") -> FieldPhone:
        phones.append(FieldPhone(browser_type, tmp_path / name, server.url))
        return phones[-1].open(path)

    yield opened
    for each in phones:
        each.close()


def test_in_airplane_mode_it_opens_records_and_sends_when_the_signal_is_back(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = open_phone().installed()
    phone.context.set_offline(True)
    phone.page.reload()
    expect(phone.page.get_by_text("没有网络，照样记")).to_be_visible()
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 1, NOW)], count=3)
    expect(phone.rows("phone")).to_have_count(1)
    expect(phone.rows("phone")).to_contain_text("夜鹭")
    expect(phone.rows("phone")).to_contain_text("3 只")

    phone.vanish()
    phone.open()
    expect(phone.page.get_by_text("等着交 1 条").or_(phone.rows("received"))).to_be_visible()
    expect(phone.rows("received")).to_contain_text(re.compile("LJ-[A-Z0-9]{4}-[A-Z0-9]{4}"))
    assert phone.page.evaluate("navigator.storage.persisted()") in (True, False)
    phone.page.reload()
    expect(phone.rows("received")).to_have_count(1)


def test_the_festival_s_qr_joins_a_team_also_without_a_signal(
    organiser: Page,
    open_phone: OpenPhone,
    tmp_path: Path,
) -> None:
    code = makes_a_festival(organiser, "西溪观察节")
    phone = open_phone().installed()
    page = phone.page
    phone.context.set_offline(True)
    page.goto(f"/field/?code={code}")
    expect(page).to_have_url(re.compile("/field/$"))
    page.get_by_label("队名").fill("白鹭")
    page.get_by_role("button", name="加入", exact=True).tap()
    expect(page.get_by_text("连上网就加入")).to_be_visible()
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 2, NOW)])

    phone.context.set_offline(False)
    expect(phone.rows("received")).to_have_count(1)
    expect(page.locator(".team").get_by_text("西溪观察节", exact=True)).to_be_visible()
    organiser.goto(f"/festival?code={code}")
    expect(organiser.locator(".g-board tbody tr").first).to_contain_text("白鹭")

    other = open_phone("b", f"/field/?code={code}")
    expect(other.page.get_by_role("heading", name="西溪观察节")).to_be_visible()
    expect(other.page.get_by_role("button", name="白鹭")).to_be_visible()


def test_digits_of_no_festival_are_said_to_be_none(open_phone: OpenPhone) -> None:
    page = open_phone("a", "/field/?code=000000").page
    expect(page.get_by_role("alert")).to_contain_text("没有")
    page.get_by_role("button", name="先不加入").tap()
    page.get_by_text("加入观察节的队").tap()
    page.get_by_label("六位数字").fill("12ab")
    page.get_by_role("button", name="继续").tap()
    expect(page.get_by_text("要六位数字。")).to_be_visible()


def test_a_phone_that_lost_its_cookies_sends_everything_once_and_asks_nothing(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    """Browsers write cookies late: a phone that runs out of power soon after a visit has none."""
    phone = open_phone().installed()
    answers = re.compile("/api/v1/(records|media)$")
    lost: list[str] = []

    def lose(route: Route) -> None:
        route.fetch()
        lost.append(route.request.url)
        route.abort()

    phone.page.route(answers, lose)  # the first photo arrives, and nobody hears of it
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 5, NOW)])
    eventually(lambda: phone.page.wait_for_timeout(100) or lost)
    phone.context.clear_cookies()
    phone.page.unroute(answers)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.rows("received")).to_have_count(1)

    phone.page.route("**/api/v1/records", lose)  # now the record
    phone.record("bl", "白鹭", [photo(tmp_path, "b.jpg", 66, NOW)])
    eventually(lambda: phone.page.wait_for_timeout(100) or len(lost) > 1)
    phone.context.clear_cookies()
    phone.page.unroute("**/api/v1/records")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(phone.rows("received")).to_have_count(2)
    expect(phone.page.get_by_role("dialog")).to_be_hidden()


def test_who_was_erased_on_this_phone_is_asked_again(open_phone: OpenPhone, tmp_path: Path) -> None:
    phone = open_phone()
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 7, NOW)])
    expect(phone.rows("received")).to_have_count(1)
    phone.page.goto("/me")
    phone.page.get_by_text("删除我", exact=True).tap()
    phone.page.get_by_label("写下“删除”两个字来确认").fill("删除")
    phone.page.get_by_role("button", name="删除我的一切").tap()
    expect(phone.page.get_by_text("你在这里的一切都删掉了")).to_be_visible()
    phone.page.wait_for_function(NO_CONSENT)

    phone.page.goto("/field/")
    phone.begin()
    picture = photo(tmp_path, "b.jpg", 8, NOW)
    phone.page.locator(".choose input[type=file]").nth(1).set_input_files(picture)
    expect(phone.page.get_by_role("dialog")).to_be_visible()


def test_all_that_waits_is_saved_to_a_file_and_sent_by_another_phone(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = open_phone().installed()
    phone.context.set_offline(True)
    for seed in (3, 4):
        phone.record("yl", "夜鹭", [photo(tmp_path, f"{seed}.jpg", seed, NOW)])
    phone.note()
    phone.page.get_by_text("存储和备份").tap()
    with phone.page.expect_download() as download:
        phone.page.get_by_role("button", name="存成文件").tap()
    saved = tmp_path / "all.luji"
    download.value.save_as(saved)
    expect(phone.page.get_by_text("2 条连照片一起存进了文件")).to_be_visible()
    phone.close()

    other = open_phone("b")
    page = other.page
    page.get_by_text("存储和备份").tap()
    field = page.get_by_label("读回文件")
    for name, content, words in (
        ("picture.jpg", b"\xff\xd8\xff", "这不是野外记录存的文件"),
        ("none.luji", b"", "这不是野外记录存的文件"),
        ("cut.luji", saved.read_bytes()[:-9], "这个文件不完整"),
        ("new.luji", b'{"luji": 99, "rows": []}\n', "更新的页面"),
        ("odd.luji", b'{"luji": 1, "rows": [{"shelf": "facts"}]}\n', "这不是野外记录存的文件"),
    ):
        field.set_input_files(files=[{"name": name, "mimeType": "", "buffer": content}])
        expect(page.get_by_text(words)).to_be_visible()
    expect(other.rows("phone")).to_have_count(0)
    field.set_input_files(saved)
    expect(page.get_by_text("读回了 2 条")).to_be_visible()
    expect(other.rows("phone")).to_have_count(2)
    other.note()
    assert other.hashes == phone.hashes
    field.set_input_files(saved)
    expect(page.get_by_text("读回了 0 条")).to_be_visible()


def refusing(page: Page, status: int, code: str, message: str) -> None:
    """The server answers every record so."""

    def answer(route: Route) -> None:
        error = {"error": {"code": code, "message": message, "field": None}}
        route.fulfill(status=status, content_type="application/json", body=json.dumps(error))

    page.route(re.compile("/api/v1/records$"), answer)


def test_a_record_says_when_it_has_to_be_mended_and_is_opened_from_the_list(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = open_phone()
    refusing(phone.page, 422, "date.future", "这个时间还没到。")
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 5, NOW)])
    expect(phone.rows("mend")).to_contain_text("这个时间还没到。")
    phone.page.unroute(re.compile("/api/v1/records$"))
    phone.rows("mend").get_by_role("button", name="打开改一改").tap()
    phone.page.get_by_role("button", name="交上这次遇见").tap()
    expect(phone.rows("received")).to_have_count(1)


@pytest.mark.parametrize("code", ["protocol.too_old", "protocol.too_new"])
def test_a_server_of_another_version_takes_nothing_and_nothing_is_lost(
    open_phone: OpenPhone, tmp_path: Path, code: str
) -> None:
    phone = open_phone()
    refusing(phone.page, 409, code, "这一页和服务器合不上。")
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 6, NOW)])
    expect(phone.page.get_by_text("这一页和服务器合不上。").first).to_be_visible()
    expect(phone.rows("phone")).to_have_count(1)
    phone.page.unroute(re.compile("/api/v1/records$"))
    phone.page.get_by_role("button", name="现在就交").first.tap()
    expect(phone.rows("received")).to_have_count(1)


def test_a_browser_that_lost_its_cookies_is_given_new_ones_and_asked_again(
    open_phone: OpenPhone, tmp_path: Path
) -> None:
    phone = open_phone()
    phone.context.clear_cookies(name=re.compile("luji_(csrf|device)"))
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 7, NOW)])
    expect(phone.rows("received")).to_have_count(1)


def test_the_browser_sends_with_the_page_closed(
    open_phone: OpenPhone, server: Server, tmp_path: Path
) -> None:
    phone = open_phone().installed()
    page = phone.page
    page.route(re.compile("/api/v1/"), lambda route: route.abort())
    phone.record("yl", "夜鹭", [photo(tmp_path, "a.jpg", 8, NOW)])
    expect(phone.rows("phone")).to_have_count(1)
    page.goto("/healthz")

    session = phone.context.new_cdp_session(page)
    known: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: known.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    eventually(lambda: page.evaluate("1") and known)  # its events come while it is asked
    event = {"origin": server.url, "registrationId": known[-1], "tag": "luji-outbox"}
    with phone.context.expect_event("response", lambda answer: "/records" in answer.url):
        session.send("ServiceWorker.dispatchSyncEvent", {**event, "lastChance": False})
    page.goto("/field/")
    expect(phone.rows("received")).to_have_count(1)


def test_a_phone_with_little_room_says_so_before_it_is_full(
    browser: Browser, server: Server
) -> None:
    context: BrowserContext = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(
        "navigator.storage.estimate = async () => ({ usage: 9e8, quota: 1e9 });"
    )
    page = context.new_page()
    page.goto("/field/")
    expect(page.get_by_text("手机里只剩 95 MB")).to_be_visible()
    context.close()


def test_it_can_be_installed_and_one_reload_brings_a_new_release(
    open_phone: OpenPhone, server: Server
) -> None:
    phone = open_phone().installed()
    page = phone.page
    session = phone.context.new_cdp_session(page)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [each for each in errors if each["errorId"] != "in-incognito"] == []
    [before] = page.evaluate("caches.keys()")
    server.stop()
    release = Server(server.home, LUJI_DEMO="1", LUJI_MAP_APPROVAL="浙S(2026)1号")
    release.port = server.port
    release.start()
    try:
        page.reload()
        assert "浙S(2026)1号" in page.content()
        # a promise is true at once for `wait_for_function`
        eventually(
            lambda: before not in (keys := page.evaluate("caches.keys()")) and len(keys) == 1
        )
        phone.context.set_offline(True)
        page.reload()
        assert "浙S(2026)1号" in page.content()
    finally:
        release.stop()
        server.start()
