"""Many photographs in one go: grouped into sightings, split and merged, named in one pass."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.devices import PHONE
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs

HANGZHOU = {"latitude": 30.2741, "longitude": 120.1551, "accuracy": 8}
XIXI = photographs.XIXI
FAR = (30.2489, 120.1480)

# Resolves when a draft with that name is on the phone.
ON_THE_SHELF = """async (name) => {
    const shelf = await import("/assets/recorder/shelf.js");
    while (!JSON.stringify(await shelf.all("drafts")).includes(name))
        await new Promise(requestAnimationFrame);
}"""


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
    return Recorder(context.new_page(), tmp_path).open()


def shot(seconds: int, place: photographs.Place | None = XIXI) -> bytes:
    """A small photograph taken so many seconds after the first; no two are the same picture."""
    taken = photographs.MORNING + timedelta(seconds=seconds)
    picture = photographs.drawn((400 + seconds % 97, 300))
    return photographs.as_jpeg(picture, photographs.exif_of(place, taken))


def entries(page: Page) -> Locator:
    return page.locator(".entry")


@pytest.fixture
def three(recorder: Recorder) -> Recorder:
    """Five photographs: two of one thing, one a quarter of an hour later, two far away."""
    recorder.album(shot(0), shot(20), shot(900), shot(930, FAR), shot(940, FAR))
    recorder.agree()
    recorder.ready(5)
    return recorder


def test_photographs_are_grouped_by_time_and_distance(three: Recorder) -> None:
    expect(three.page.get_by_role("heading", name="分成了 3 条")).to_be_visible()
    expect(entries(three.page)).to_have_count(3)
    counts = [entries(three.page).nth(at).locator(".thumb").count() for at in range(3)]
    assert counts == [2, 1, 2]
    expect(entries(three.page).nth(1)).to_contain_text("09:57")


def test_names_are_given_in_one_pass_and_the_receipt_lists_all(three: Recorder) -> None:
    for at, name in enumerate(("夜鹭", "麻雀", "野鸟")):
        entries(three.page).nth(at).get_by_role("combobox", name="它是谁？").fill(name)
    three.page.get_by_role("button", name="交上这 3 条").tap()

    three.receipt()
    expect(three.page.locator(".received-list li")).to_have_count(3)
    for name in ("夜鹭", "麻雀", "野鸟"):
        expect(three.page.locator(".received-list")).to_contain_text(name)
    expect(three.page.get_by_text("3 条都存好了")).to_be_visible()
    sent = [each.post_data_json for each in three.posted if each.url.endswith("/records")]
    assert [len(body["photos"]) for body in sent] == [2, 1, 2]
    assert len({body["id"] for body in sent}) == 3


def test_five_photographs_lie_in_one_row_and_the_last_is_in_reach(recorder: Recorder) -> None:
    recorder.album(*(shot(at) for at in (0, 10, 20, 30, 40, 900)))
    recorder.agree()
    recorder.ready(6)
    thumbs = entries(recorder.page).first.locator(".thumb")
    expect(thumbs).to_have_count(5)
    assert len({thumb.evaluate("one => one.offsetTop") for thumb in thumbs.all()}) == 1
    recorder.page.get_by_role("button", name="从第 5 张起另记一条").tap()

    expect(entries(recorder.page)).to_have_count(3)


def test_one_tap_parts_and_one_tap_puts_together(three: Recorder) -> None:
    three.page.get_by_role("button", name="从第 2 张起另记一条").first.tap()
    expect(entries(three.page)).to_have_count(4)

    entries(three.page).nth(1).get_by_role("button", name="和上一条合并").tap()
    expect(entries(three.page)).to_have_count(3)
    expect(entries(three.page).first.locator(".thumb")).to_have_count(2)

    for _ in range(2):
        entries(three.page).nth(1).get_by_role("button", name="和上一条合并").tap()
    three.send()  # one is left: the form of one sighting
    three.receipt()
    assert len(three.sent()["photos"]) == 5


def test_photographs_of_one_thing_are_one_sighting_and_may_be_parted(recorder: Recorder) -> None:
    recorder.album(shot(0), shot(15), shot(30))
    recorder.agree()
    recorder.ready(3)
    expect(entries(recorder.page)).to_have_count(0)

    recorder.page.get_by_role("button", name="从第 3 张起另记一条").tap()

    expect(entries(recorder.page)).to_have_count(2)


def test_several_survive_a_reload_and_are_offered_once_together(three: Recorder) -> None:
    entries(three.page).nth(1).get_by_role("combobox", name="它是谁？").fill("夜鹭")
    entries(three.page).nth(1).get_by_role("combobox", name="它是谁？").blur()
    expect(entries(three.page).nth(1).locator(".chosen")).to_contain_text("夜鹭")
    three.page.evaluate(ON_THE_SHELF, "夜鹭")
    three.page.reload()
    expect(three.page.locator(".offer")).to_contain_text("3 条")
    three.page.get_by_role("button", name="继续").tap()

    expect(entries(three.page)).to_have_count(3)
    again = entries(three.page).nth(1)
    expect(again).to_contain_text("夜鹭")
    three.page.get_by_role("button", name="交上这 3 条").tap()
    three.receipt()
    three.page.reload()
    expect(three.page.locator(".shot[data-state=empty]")).to_be_visible()


def test_those_parted_from_others_stand_where_they_stood_after_a_reload(three: Recorder) -> None:
    three.page.get_by_role("button", name="从第 2 张起另记一条").first.tap()
    expect(entries(three.page)).to_have_count(4)
    entries(three.page).nth(1).get_by_role("combobox", name="它是谁？").fill("夜鹭")
    entries(three.page).nth(1).get_by_role("combobox", name="它是谁？").blur()
    expect(entries(three.page).nth(1).locator(".chosen")).to_contain_text("夜鹭")
    three.page.evaluate(ON_THE_SHELF, "夜鹭")
    three.page.reload()
    three.page.get_by_role("button", name="继续").tap()

    expect(entries(three.page)).to_have_count(4)
    expect(entries(three.page).nth(1)).to_contain_text("夜鹭")
    assert [entries(three.page).nth(at).locator(".thumb").count() for at in range(4)] == [
        1,
        1,
        1,
        2,
    ]


def test_one_place_serves_all_that_have_none(recorder: Recorder) -> None:
    recorder.album(shot(0, None), shot(300, None), shot(600, None))
    recorder.agree()
    recorder.ready(3)
    expect(recorder.page.get_by_text("第 1 条还差：在杭州哪里")).to_be_visible()

    entries(recorder.page).first.get_by_role("button", name="手机定位").tap()
    expect(recorder.page.locator(".chip").first).to_have_text("±8 米")
    recorder.page.get_by_role("button", name="其余 2 条也用这里").tap()
    recorder.page.get_by_role("button", name="交上这 3 条").tap()

    recorder.receipt()


def test_without_network_several_wait_and_send_themselves(
    three: Recorder, context: BrowserContext
) -> None:
    context.set_offline(True)
    three.page.get_by_role("button", name="交上这 3 条").tap()
    expect(three.page.get_by_role("heading", name="存在手机里了")).to_be_visible()

    context.set_offline(False)
    three.page.evaluate("dispatchEvent(new Event('online'))")

    three.receipt()
    expect(three.page.get_by_text("3 条都存好了")).to_be_visible()


def test_the_next_one_keeps_the_place_until_its_photograph_knows_better(
    recorder: Recorder,
) -> None:
    recorder.album(shot(0))
    recorder.agree()
    recorder.ready()
    recorder.send()
    recorder.receipt()
    recorder.page.get_by_role("button", name="下一条，地点不变").tap()
    recorder.album(shot(400, None))
    recorder.is_at("沿用上一条 ±8 米")
    recorder.ready()
    recorder.send()
    recorder.receipt()
    assert recorder.sent()["place"]["latitude"] == pytest.approx(XIXI[0], abs=1e-4)

    recorder.page.get_by_role("button", name="下一条，地点不变").tap()
    recorder.album(shot(800, FAR))
    expect(recorder.page.locator(".fact").first).to_contain_text("照片里的地点")


def test_thirty_at_once_and_no_more(recorder: Recorder) -> None:
    recorder.album(*(shot(at * 5) for at in range(31)))
    recorder.agree()
    recorder.ready(30)

    expect(recorder.page.get_by_text("一次最多 30 张").first).to_be_visible()
    expect(entries(recorder.page)).to_have_count(5)  # six photographs a sighting at most
    expect(recorder.page.get_by_role("button", name="和上一条合并")).to_have_count(0)
    recorder.page.get_by_role("button", name="交上这 5 条").tap()
    recorder.receipt()
    sent = [each.post_data_json for each in recorder.posted if each.url.endswith("/records")]
    assert [len(body["photos"]) for body in sent] == [6] * 5


def test_a_sighting_has_six_photographs_at_most(recorder: Recorder) -> None:
    recorder.album(shot(0), shot(1), shot(2), shot(3))
    recorder.agree()
    recorder.ready(4)
    recorder.album(shot(4), shot(5), shot(6), name="more.jpg")

    expect(recorder.page.get_by_text("一条最多 6 张")).to_be_visible()
    recorder.ready(6)


def test_one_refused_of_several_comes_back_and_the_others_are_received(three: Recorder) -> None:
    def refuse_the_second(route) -> None:  # type: ignore[no-untyped-def]
        body = route.request.post_data_json
        if body["name"] != "野鸟":
            return route.continue_()
        error = {"code": "text.not_text", "message": "这个名字读不出来。", "field": "name"}
        return route.fulfill(status=422, json={"error": error})

    three.page.route("**/api/v1/records", refuse_the_second)
    entries(three.page).nth(1).get_by_role("combobox", name="它是谁？").fill("野鸟")
    three.page.get_by_role("button", name="交上这 3 条").tap()

    expect(three.page.get_by_text("这个名字读不出来。")).to_be_visible()
    expect(three.page.locator(".notice").first).to_contain_text("2 条，已收到")
    three.page.get_by_role("button", name="换一个").tap()
    three.page.get_by_role("combobox", name="它是谁？").fill("夜鹭")
    three.send()
    three.receipt()
    expect(three.page.locator(".received-list li")).to_have_count(3)


def test_what_waits_is_shown_among_my_things_and_sent_from_there(
    recorder: Recorder, context: BrowserContext
) -> None:
    recorder.album(shot(0))
    recorder.agree()
    recorder.ready()
    recorder.page.route("**/api/v1/records", lambda route: route.abort())
    recorder.send()
    expect(recorder.page.get_by_role("heading", name="存在手机里了")).to_be_visible()

    page = context.new_page()
    page.route("**/api/v1/records", lambda route: route.abort())
    page.goto("/me")
    expect(page.get_by_text("1 条存在手机里，等网络")).to_be_visible(timeout=60_000)
    page.unroute("**/api/v1/records")
    page.get_by_role("button", name="现在就交").tap()

    expect(page.get_by_text("刚才存着的 1 条，已收到。")).to_be_visible()
    expect(page.locator("a[href^='/sighting?id=']")).to_have_count(1)
    expect(page.get_by_text(re.compile("存在手机里"))).to_be_hidden()
