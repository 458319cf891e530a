"""Before it is sent: what may be the same, advice in plain words, pictures of what it may be.

The routes that answer are stood in for here: what is proven is what a person sees of an answer,
and that nothing depends on there being one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.devices import PHONE
from tests.browser.recording import Recorder
from tests.browser.server import Server
from tests.support import photographs

CHECK = "**/api/v1/records/check"
LIKELY = "**/api/v1/taxa/likely?*"
BEFORE = {
    "id": "019e0a00-0000-7000-8000-000000000009",
    "number": "LJ-7K2M-Q9XB",
    "minutes_ago": 3,
    "metres_away": 12,
    "thumb": None,
    "sighting": "/sighting?id=019e0a00-0000-7000-8000-000000000009",
    "message": "3 分钟前、12 米外，你记过同一种",
}
MIXED_UP = {
    "code": "datum.mixed_up",
    "field": "place",
    "message": "两个位置相差 520 米。",
    "suggestion": {"latitude": 30.2718, "longitude": 120.0584},
}


@pytest.fixture
def recorder(browser: Browser, server: Server, tmp_path: Path) -> Iterator[Recorder]:
    context = browser.new_context(**PHONE, base_url=server.url)
    yield Recorder(context.new_page(), tmp_path).open()
    context.close()


def begin(recorder: Recorder) -> None:
    recorder.album(photographs.hangzhou_jpeg())
    recorder.agree()
    recorder.ready()


def answer(recorder: Recorder, **found: Any) -> None:
    whole = {"duplicates": [], "advice": [], **found}
    recorder.page.route(CHECK, lambda route: route.fulfill(json=whole))


def test_the_same_again_is_asked_once_and_another_is_recorded(recorder: Recorder) -> None:
    answer(recorder, duplicates=[BEFORE])
    begin(recorder)
    recorder.send()
    box = recorder.page.get_by_role("group", name="可能是同一个")
    expect(box).to_contain_text("3 分钟前、12 米外，你记过同一种")
    expect(box.get_by_role("link", name="看看那条")).to_have_attribute("target", "_blank")
    bar = recorder.page.locator(".bar")
    expect(bar).to_contain_text("先在上面选一个")

    box.get_by_role("button", name="是另一个，照记").tap()
    expect(box).to_be_hidden()
    expect(bar).not_to_contain_text("先在上面选一个")
    recorder.send()

    recorder.receipt()


def test_the_same_is_not_recorded_and_leaves_the_phone(recorder: Recorder) -> None:
    answer(recorder, duplicates=[BEFORE])
    begin(recorder)
    recorder.send()
    recorder.page.get_by_role("button", name="是同一个，不再记").tap()

    expect(recorder.page.locator(".shot[data-state=empty]")).to_be_visible()
    recorder.page.reload()
    expect(recorder.page.locator(".shot[data-state=empty]")).to_be_visible()
    assert not [each for each in recorder.posted if each.url.endswith("/records")]


def test_advice_stands_at_its_field_and_stops_nobody(recorder: Recorder) -> None:
    answer(recorder, advice=[MIXED_UP])
    begin(recorder)
    expect(recorder.page.get_by_text("两个位置相差 520 米。")).to_be_visible()

    recorder.page.get_by_role("button", name="就用这个地点").tap()
    recorder.send()

    recorder.receipt()
    assert recorder.sent()["place"]["latitude"] == 30.2718


@pytest.mark.parametrize("status", [404, 503])
def test_without_an_answer_it_is_sent_all_the_same(recorder: Recorder, status: int) -> None:
    recorder.page.route(CHECK, lambda route: route.fulfill(status=status, json={}))
    begin(recorder)
    recorder.send()

    recorder.receipt()


def test_a_check_that_never_answers_holds_nobody_up(recorder: Recorder) -> None:
    routes: list[Route] = []
    recorder.page.route(CHECK, lambda route: routes.append(route))
    begin(recorder)
    recorder.send()

    recorder.receipt()


def test_what_it_may_be_is_chosen_by_its_picture(recorder: Recorder) -> None:
    urls: list[str] = []

    def likely(route: Route) -> None:
        urls.append(route.request.url)
        taxon = recorder.page.request.get("/api/v1/taxa?q=yelu&limit=1").json()["taxa"][0]
        heron = {
            "taxon_id": taxon["taxon_id"],
            "chinese_name": "夜鹭",
            "scientific_name": taxon["scientific_name"],
            "english_name": "",
            "group": "bird",
            "count": 41,
            "photo": None,
        }
        route.fulfill(json={"taxa": [heron]})

    recorder.page.route(LIKELY, likely)
    begin(recorder)
    recorder.page.get_by_role("button", name="认不出，请大家帮忙").tap()
    recorder.page.get_by_role("radio", name="鸟类").check()
    tile = recorder.page.get_by_role("group", name="可能是这些").get_by_role("button")
    expect(tile).to_contain_text("41 条")
    tile.tap()
    expect(recorder.page.locator(".chosen")).to_contain_text("夜鹭")
    recorder.send()

    recorder.receipt()
    assert recorder.sent()["taxon_id"]
    assert "lat=30.3&lon=120.1&on=2026-05-09" in urls[0]  # no more exact than that


def test_of_a_plant_alone_it_is_asked_where_it_comes_from(recorder: Recorder) -> None:
    begin(recorder)
    recorder.page.get_by_role("button", name="认不出，请大家帮忙").tap()
    recorder.page.get_by_role("radio", name="鸟类").check()
    expect(recorder.page.get_by_text("它怎么来的？")).to_be_hidden()
    expect(recorder.page.get_by_label("有几只？")).to_be_visible()

    recorder.page.get_by_role("radio", name="植物").check()

    expect(recorder.page.get_by_text("它怎么来的？")).to_be_visible()
    expect(recorder.page.get_by_label("有几只？")).to_be_hidden()
    recorder.page.get_by_role("radio", name="不确定").check()
    recorder.send()

    recorder.receipt()
    assert recorder.sent()["establishment_means"] == "unsure"
