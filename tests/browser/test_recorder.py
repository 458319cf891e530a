"""A sighting on a phone, from the first photograph to 已收到, and all that may go wrong between."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from observations.taxa.taxon import taxon_id_of
from tests.browser.devices import PHONE
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs

HANGZHOU = {"latitude": 30.2741, "longitude": 120.1551, "accuracy": 8}


@pytest.fixture
def context(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A phone of its own for each test, whose position may be read."""
    opened = browser.new_context(
        **PHONE, base_url=server.url, geolocation=HANGZHOU, permissions=["geolocation"]
    )
    yield opened
    opened.close()


@pytest.fixture
def recorder(context: BrowserContext, tmp_path: Path) -> Recorder:
    """The recorder as a stranger finds it."""
    return Recorder(context.new_page(), tmp_path).open()


@pytest.fixture
def photo() -> bytes:
    return photographs.hangzhou_jpeg()


@pytest.fixture
def begun(recorder: Recorder, photo: bytes) -> Recorder:
    """One photograph with place and time, agreed to and stored."""
    recorder.album(photo)
    recorder.agree()
    recorder.ready()
    return recorder


def test_a_photograph_tells_place_and_time_and_is_sent_in_six_taps(begun: Recorder) -> None:
    # 记录, 从相册选, the photograph, the tick, 同意, and now:
    begun.is_at("西湖区")
    begun.is_at("±8 米")
    expect(begun.page.locator(".fact").nth(1)).to_contain_text("5月9日 09:42")

    begun.send()

    begun.receipt()
    assert begun.sent()["event_date"] == "2026-05-09T09:42:00+08:00"
    assert begun.sent()["place"]["source"] == "exif"
    expect(begun.page.get_by_text(re.compile("编号 LJ-"))).to_be_visible()


def test_nothing_leaves_the_phone_before_consent(recorder: Recorder, photo: bytes) -> None:
    recorder.album(photo)
    recorder.page.get_by_role("button", name="先不同意").tap()

    expect(recorder.page.get_by_text("没有同意，就交不上去")).to_be_visible()
    expect(recorder.page.get_by_text("只在这部手机里")).to_be_visible()
    assert recorder.posted == []

    recorder.send()
    recorder.agree()
    recorder.receipt()


def test_without_consent_to_the_place_only_a_district_is_sent(
    recorder: Recorder, photo: bytes
) -> None:
    recorder.album(photo)
    recorder.agree(place=False)
    recorder.ready()

    expect(recorder.page.get_by_role("button", name="手机定位")).to_be_hidden()
    recorder.page.get_by_role("combobox", name="地名").fill("没有的地方")
    recorder.page.get_by_role("option", name=re.compile("淳安县")).tap()
    recorder.send()
    recorder.receipt()

    upload = next(each for each in recorder.posted if each.url.endswith("/media"))
    assert b"Exif\x00\x00" not in (upload.post_data_buffer or b"")
    assert recorder.sent()["place"]["source"] == "named"
    expect(recorder.page.get_by_text("淳安县", exact=True).first).to_be_visible()
    expect(recorder.page.get_by_text("没有的地方")).to_have_count(0)


def test_a_second_tap_sends_nothing_twice(begun: Recorder) -> None:
    begun.page.get_by_role("button", name="交上这次遇见").dblclick()
    begun.receipt()

    assert len([each for each in begun.posted if each.url.endswith("/records")]) == 1


def test_a_lost_reply_is_made_good_and_the_sighting_counted_once(begun: Recorder) -> None:
    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    begun.page.route("**/api/v1/records", lose, times=1)
    begun.send()
    expect(begun.page.get_by_role("heading", name="存在手机里了")).to_be_visible()

    begun.page.evaluate("dispatchEvent(new Event('online'))")

    begun.receipt()


def test_without_network_it_waits_on_the_phone_and_sends_itself(
    begun: Recorder, context: BrowserContext
) -> None:
    context.set_offline(True)
    begun.album(photographs.plain_jpeg())
    begun.send()
    expect(begun.page.get_by_role("heading", name="存在手机里了")).to_be_visible()

    context.set_offline(False)
    begun.page.evaluate("dispatchEvent(new Event('online'))")

    begun.receipt()
    assert len(begun.sent()["photos"]) == 2


def test_what_was_begun_is_there_after_a_reload(begun: Recorder) -> None:
    begun.page.get_by_label("还想说点什么？").fill("在水边 <b>")
    begun.page.reload()
    begun.page.get_by_role("button", name="继续").tap()

    expect(begun.page.get_by_label("还想说点什么？")).to_have_value("在水边 <b>")
    begun.is_at("西湖区")
    begun.send()
    begun.receipt()
    assert begun.sent()["note"] == "在水边 <b>"


def test_what_was_thrown_away_is_gone(begun: Recorder) -> None:
    begun.page.reload()
    begun.page.get_by_role("button", name="不要了").tap()
    expect(begun.page.locator(".shot[data-state=empty]")).to_be_visible()
    begun.page.reload()

    expect(begun.page.locator(".shot[data-state=empty]")).to_be_visible()


def test_a_photograph_without_place_offers_the_phones_position(
    recorder: Recorder,
) -> None:
    recorder.album(photographs.hangzhou_jpeg(place=None))
    recorder.agree()
    expect(recorder.page.get_by_text("这张照片里没有地点")).to_be_visible()
    expect(recorder.page.get_by_role("button", name="交上这次遇见")).to_be_disabled()

    recorder.page.get_by_role("button", name="手机定位").tap()

    expect(recorder.page.locator(".chip")).to_have_text("±8 米")
    recorder.send()
    recorder.receipt()
    assert recorder.sent()["place"]["source"] == "device"


def test_a_tap_on_the_map_is_a_place_as_exact_as_the_map(begun: Recorder) -> None:
    begun.page.locator(".fact").first.tap()
    begun.page.get_by_role("button", name="在地图上点").tap()
    expect(begun.page.locator(".map[data-ready=yes]")).to_be_visible(timeout=60_000)

    def tap_until_placed() -> None:
        box = begun.page.locator(".map").bounding_box()
        assert box
        begun.page.touchscreen.tap(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)
        expect(begun.page.locator(".fact").first).to_contain_text("地图上点的", timeout=2_000)

    patiently(tap_until_placed)
    begun.send()
    begun.receipt()
    assert begun.sent()["place"]["source"] == "map"
    assert begun.sent()["place"]["uncertainty_m"] > 20


def patiently(attempt: Callable[[], None], times: int = 5) -> None:
    """A drawn map on a slow machine misses a tap now and then (its frames take too long)."""
    for left in reversed(range(times)):
        try:
            return attempt()
        except AssertionError:
            if not left:
                raise
    return None


def test_a_place_outside_the_city_is_said_at_once(recorder: Recorder) -> None:
    recorder.album(photographs.hangzhou_jpeg(place=(43.4631, 11.8853)))
    recorder.agree()
    recorder.page.locator(".fact").first.tap()

    expect(recorder.page.get_by_text("这个地点不在杭州")).to_be_visible()
    expect(recorder.page.get_by_role("button", name="交上这次遇见")).to_be_disabled()


def test_a_time_ahead_is_said_at_once_and_put_right(begun: Recorder) -> None:
    begun.page.locator(".fact").nth(1).tap()
    begun.page.get_by_label("时间", exact=True).last.fill("2099-01-01T08:00")
    begun.page.get_by_label("时间", exact=True).last.blur()
    expect(begun.page.get_by_text("这个时间还没到")).to_be_visible()

    begun.page.get_by_role("button", name="就是现在").tap()

    begun.send()
    begun.receipt()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (photographs.text_named_jpg(), "这个文件不是照片"),
        (photographs.truncated_jpeg(), "没有存完整"),
    ],
)
def test_what_is_no_photograph_is_refused_and_the_rest_kept(
    begun: Recorder, content: bytes, why: str
) -> None:
    begun.album(content)
    expect(begun.page.get_by_text(why)).to_be_visible()
    expect(begun.page.locator(".bar")).to_contain_text("换一张或移去")
    begun.send()
    expect(begun.page.locator(".thumb")).to_have_count(2)

    begun.page.get_by_role("button", name="移去").tap()
    begun.send()

    begun.receipt()
    assert len(begun.sent()["photos"]) == 1


def test_a_photograph_of_48_megapixels_is_made_smaller_and_stored(recorder: Recorder) -> None:
    recorder.album(photographs.large_jpeg())
    recorder.agree()
    recorder.ready()

    upload = next(each for each in recorder.posted if each.url.endswith("/media"))
    assert len(upload.post_data_buffer or b"") < 6 * 2**20
    recorder.is_at("西湖区")


def test_a_heic_goes_up_as_it_is_and_its_place_is_read(recorder: Recorder) -> None:
    recorder.album(photographs.heic(), name="photo.heic")
    recorder.agree()
    recorder.ready()

    recorder.is_at("西湖区")
    recorder.send()
    recorder.receipt()


def test_a_name_is_found_by_pinyin_and_chosen_by_keyboard(begun: Recorder) -> None:
    field = begun.page.get_by_role("combobox", name="它是谁？")
    field.press_sequentially("ziteng")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(begun.page.get_by_role("option", name="紫藤").first).to_be_visible()
    active = field.get_attribute("aria-activedescendant")
    assert begun.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    field.press("Enter")
    expect(begun.page.locator(".chosen")).to_contain_text("Wisteria sinensis")

    begun.send()
    expect(begun.page.get_by_text("它是野生的，还是种的？")).to_be_visible()
    begun.page.get_by_role("radio", name="种的或养的").check()
    begun.send()

    begun.receipt()
    assert begun.sent()["establishment_means"] == "planted_or_captive"


NAMES_STORED = """() => new Promise((done) => {
  const opening = indexedDB.open("luji");
  opening.onsuccess = () => {
    const shelf = opening.result.transaction("facts").objectStore("facts").get("names");
    shelf.onsuccess = () => { opening.result.close(); done(Boolean(shelf.result)); };
  };
})"""


def test_a_name_in_full_is_its_taxon_without_a_network(begun: Recorder) -> None:
    begun.page.wait_for_function(NAMES_STORED)
    begun.page.route("**/api/v1/taxa?*", lambda route: route.abort())
    field = begun.page.get_by_role("combobox", name="它是谁？")
    field.fill("夜 鹭")
    expect(begun.page.get_by_role("option", name="夜鹭").first).to_be_visible()
    field.fill("Nycticorax nycticorax")
    begun.send()

    begun.receipt()
    assert begun.sent()["taxon_id"] == str(taxon_id_of("Nycticorax nycticorax"))


def test_a_name_that_is_only_alike_stands_apart_and_is_not_taken_by_enter(begun: Recorder) -> None:
    field = begun.page.get_by_role("combobox", name="它是谁？")
    field.press_sequentially("白头")
    apart = begun.page.get_by_role("group", name="名字只是相近，选之前看一眼")
    expect(apart.get_by_role("option", name="白头鹎")).to_be_visible()
    expect(begun.page.get_by_role("option", selected=True)).to_have_count(0)
    field.press("Enter")
    expect(begun.page.locator(".chosen")).to_be_hidden()

    field.press("ArrowDown")
    field.press("Enter")
    expect(begun.page.locator(".chosen i")).to_be_visible()


def test_a_name_of_ones_own_is_sent_literally(begun: Recorder) -> None:
    begun.page.get_by_role("combobox", name="它是谁？").fill("<img src=x onerror=alert(1)>")
    begun.send()

    begun.receipt()
    assert begun.sent()["name"] == "<img src=x onerror=alert(1)>"
    expect(begun.page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()


def test_who_knows_no_name_points_at_a_group_and_counts(begun: Recorder) -> None:
    begun.page.get_by_role("button", name="认不出，请大家帮忙").tap()
    begun.page.get_by_role("radio", name="鸟类").check()
    begun.page.get_by_role("button", name="多一只").tap()
    begun.page.get_by_role("button", name="多一只").tap()
    begun.send()

    begun.receipt()
    sent = begun.sent()
    assert (sent["group"], sent["count"], sent["establishment_means"]) == ("bird", 2, "wild")


def test_a_name_without_a_photograph_is_a_sighting_too(recorder: Recorder) -> None:
    recorder.page.get_by_role("button", name="没拍到也能记").tap()
    recorder.page.get_by_role("combobox", name="它是谁？").fill("夜鹭叫声")
    recorder.page.get_by_role("button", name=re.compile("还没有地点")).tap()
    recorder.page.get_by_role("button", name="手机定位").tap()
    expect(recorder.page.locator(".chip")).to_have_text("±8 米")
    recorder.send()
    recorder.agree()

    recorder.receipt()
    assert recorder.sent()["photos"] == []


def test_a_note_too_long_stays_and_says_so(begun: Recorder) -> None:
    note = begun.page.get_by_label("还想说点什么？")
    note.fill("雨" * 2001)
    begun.send()
    expect(begun.page.get_by_text("太长了，最多 2,000 字。")).to_be_visible()
    expect(note).to_have_value("雨" * 2001)

    note.fill("雨" * 2000)
    begun.send()

    begun.receipt()


def test_home_is_asked_once_with_one_tap(begun: Recorder) -> None:
    begun.send()
    begun.receipt()
    begun.page.get_by_role("button", name="不住杭州").tap()
    expect(begun.page.get_by_text("记下了：不住杭州")).to_be_visible()

    begun.page.get_by_role("button", name="再记一次").tap()
    begun.album(photographs.hangzhou_jpeg())
    begun.ready()
    begun.send()

    begun.receipt()
    expect(begun.page.get_by_text("你住在哪里？")).to_be_hidden()


def test_the_tabs_are_back_with_the_receipt_and_go_with_the_next(begun: Recorder) -> None:
    expect(begun.page.locator(".st-key-tabs")).to_be_hidden()
    begun.send()
    begun.receipt()
    expect(begun.page.locator(".st-key-tabs")).to_be_visible()

    begun.page.get_by_role("button", name="再记一次").tap()

    expect(begun.page.locator(".st-key-tabs")).to_be_hidden()
