"""Logging an action, without a browser; the component's choice is put into the session."""

from datetime import timedelta
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from observations.actions.allowance import next_points
from observations.actions.codes import CodeKind
from observations.actions.programmes import Programme, make_codes
from observations.base.clock import KnownTime, day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from pages.parts import runtime
from tests.observations.actions.shelf import an_upload
from tests.support.sightings import add_row_of_photo
from tests.support.site import Site

PAGE = "visit/action/page.py"


def read(page: AppTest) -> str:
    assert not page.exception
    return " ".join(element.body for element in page.get("html"))


def choose(page: AppTest, code: str) -> AppTest:
    page.session_state[f"action_tiles_{page.session_state['action_report']}"] = {"code": code}
    return page.run()


def attach(page: AppTest, upload_id: object) -> AppTest:
    field = f"action_photo_{page.session_state['action_report']}"
    page.session_state[field] = {"upload_id": str(upload_id), "is_sending": False}
    return page.run()


def send(page: AppTest) -> str:
    return read(page.button(key="action_send").click().run())


@pytest.fixture
def page(site: Site) -> AppTest:
    """The page, opened by someone who has consented."""
    site.device_id = site.arrive(consents=True)
    return site.open(PAGE)


def observer(site: Site):
    return runtime.store().people.observer_of_device(site.device_id)


def entries(site: Site):
    return [
        line.entry for line in runtime.store().actions.entries_of(observer(site).observer_id, 9)
    ]


def test_a_stranger_may_look_and_is_asked_for_consent_before_anything_is_sent(site: Site) -> None:
    site.arrive()
    page = site.open(PAGE)
    assert "今天做了哪件小事" in read(page)
    assert "同意之前，什么都不会离开你的手机" in read(page)
    assert not page.button


def test_the_days_allowance_stands_there_before_anything_is_chosen(page: AppTest) -> None:
    assert "一天最多 20 绿点，今天还能得 20" in read(page)
    assert page.button(key="action_send").disabled


def test_a_chosen_action_says_what_it_counts_for_and_where_that_comes_from(page: AppTest) -> None:
    words = read(choose(page, "TRV-METRO"))
    assert "坐了一趟地铁 · 1 趟" in words
    assert "1 × 0.137 = <b>0.14 千克二氧化碳</b>" in words
    assert "武汉“碳碳星球”规则（媒体报道），自己填报的一趟，年份未注明" in words
    assert "自己填报得一半，2 绿点；附上照片，核实后得全额 3" in words


def test_an_action_without_a_factor_says_that_no_carbon_is_counted(page: AppTest) -> None:
    words = read(choose(page, "USE-CUP"))
    assert "不计碳量" in words
    assert "千克二氧化碳" not in words


def test_it_is_of_the_known_day_where_the_servers_clock_was_set_back(
    site: Site, page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form offers that day, the entry has it, and its points are seen at once."""
    monkeypatch.setattr(runtime, "known_time", KnownTime())
    known = now_utc() + timedelta(days=30)
    runtime.known_time.note(known)
    choose(page, "TRV-METRO")

    assert "+2 绿点" in send(page)

    (entry,) = entries(site)
    assert entry.done_on in (day_of(known), day_of(known + timedelta(minutes=5)))
    assert "今天还能得 18" in read(site.open(PAGE))


def test_it_is_kept_paid_and_confirmed(site: Site, page: AppTest) -> None:
    choose(page, "TRV-METRO")
    page.segmented_control(key="action_quantity_TRV-METRO").set_value(Decimal(2)).run()
    words = send(page)
    assert "已收到" in words
    assert "+3 绿点" in words
    assert "今天自己填报还能得 17 绿点" in words
    [entry] = entries(site)
    assert (entry.activity_data, entry.points) == (2, 3)
    assert runtime.store().points.balance_of(observer(site).observer_id) == 3


def test_another_quantity_and_an_earlier_day_can_be_given(site: Site, page: AppTest) -> None:
    choose(page, "TRV-BIKE-KM")
    page.segmented_control(key="action_quantity_TRV-BIKE-KM").set_value(Decimal(-1)).run()
    page.number_input(key="action_typed_TRV-BIKE-KM").set_value(4.5).run()
    page.segmented_control(key="action_day").set_value(-1).run()
    page.date_input(key="action_date").set_value(day_of(now_utc()) - timedelta(days=6)).run()
    send(page)
    [entry] = entries(site)
    assert entry.activity_data == Decimal("4.5")
    assert entry.done_on == day_of(now_utc()) - timedelta(days=6)


def test_the_same_act_on_the_same_day_is_told_before_it_is_sent(site: Site, page: AppTest) -> None:
    choose(page, "TRV-WALK-STEP")
    send(page)
    page.button(key="action_again").click().run()
    words = read(choose(page, "TRV-WALK-KM"))
    assert "已经记过“步行的步数”" in words
    assert page.button(key="action_send").disabled


def test_a_refusal_stands_beside_the_button_and_everything_is_kept(site: Site, page) -> None:
    choose(page, "TRV-METRO")
    attach(page, site.device_id)
    assert "照片还没有传上来" in send(page)
    assert page.button(key="action_send")
    assert "坐了一趟地铁 · 1 趟" in read(page)


def test_with_a_photo_it_waits_for_the_desk(site: Site, page: AppTest) -> None:
    upload_id = add_row_of_photo(runtime.store(), an_upload(site.device_id))
    choose(page, "TRV-METRO")
    assert "附了照片：核实后得全额 3 绿点" in read(attach(page, upload_id))
    words = send(page)
    assert "核实后 +3" in words
    assert runtime.store().verification.count_waiting() == 1
    assert runtime.store().points.balance_of(observer(site).observer_id) == 0


def test_the_home_is_asked_once_and_what_was_taken_down_is_said(site: Site, page: AppTest) -> None:
    choose(page, "TRV-METRO")
    send(page)
    page.pills(key="board_home").set_value("330106").run()
    assert observer(site).home_district == "330106"
    assert not page.pills
    assert "记下了：西湖区" in read(page)
    assert "榜单上写你的昵称" not in read(page)


def test_another_can_be_logged_after_the_first(site: Site, page: AppTest) -> None:
    choose(page, "TRV-METRO")
    send(page)
    page.button(key="action_again").click().run()
    choose(page, "FOD-PLATE")
    send(page)
    assert {entry.action_code for entry in entries(site)} == {"TRV-METRO", "FOD-PLATE"}


def test_english_is_whole(site: Site) -> None:
    site.arrive(consents=True)
    site.speak("en")
    words = read(choose(site.open(PAGE), "TRV-METRO"))
    assert "Took the metro · 1 ride" in words
    assert "Factor: Wuhan" in words


def test_a_code_from_an_event_is_shown_used_once_and_paid(site: Site) -> None:
    site.device_id = site.arrive(consents=True)
    now = now_utc()
    programme = Programme(
        title="<b>修理日</b>",
        kind=CodeKind.SLIP,
        action_code="NAT-VOL",
        quantity=Decimal(1),
        points=10,
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(hours=1),
        count=1,
    )
    organiser = Person(staff_id=new_id(), role=Role.ORGANISER)
    [code] = make_codes(runtime.store(), organiser, programme, now)
    page = site.open(PAGE)
    page.text_input(key="action_code_typed").set_value(code.token.lower()).run()
    page.button(key="code_look").click().run()
    assert "&lt;b&gt;修理日&lt;/b&gt;" in read(page) and "+10" in read(page)
    page.button(key="code_send").click().run()
    words = read(page)
    assert "现场码对上了" in words and "+10 绿点" in words
    assert runtime.store().points.balance_of(observer(site).observer_id) == 10
    page.button(key="action_again").click().run()
    page.text_input(key="action_code_typed").set_value(code.token).run()
    page.button(key="code_look").click().run()
    page.button(key="code_send").click().run()
    assert "这个码你已经用过了" in read(page)


def test_limits_of_day_and_month_stand_there_before_it_is_sent(page: AppTest) -> None:
    words = read(choose(page, "TRV-METRO"))
    assert "一天最多算 4 趟，一个月最多算 88 趟，一个月里超过 40 趟 后按 50% 计" in words


def test_the_receipt_counts_green_days_in_a_row(page: AppTest) -> None:
    choose(page, "TRV-METRO")
    assert "连着的第 1 个绿色的日子" in send(page)


def test_a_tile_says_what_the_next_tap_earns(site: Site, page: AppTest) -> None:
    store, today = runtime.store(), day_of(now_utc())
    catalogue = store.actions.catalogue(today)
    points = next_points(store, catalogue, None, today)["TRV-METRO"]
    choose(page, "TRV-METRO")
    assert f"+{points} 绿点" in send(page)
    assert store.points.balance_of(observer(site).observer_id) == points

    for _again in range(12):
        page.button(key="action_again").click().run()
        choose(page, "TRV-METRO")
        page.button(key="action_send").click().run()
    assert next_points(store, catalogue, observer(site).observer_id, today)["TRV-METRO"] == 0


def test_the_recovery_code_is_offered_once_after_the_first_record(page: AppTest) -> None:
    choose(page, "TRV-METRO")
    assert "换了手机也找得回来" in send(page)
    text = read(page.button(key="me_make_code").click().run())
    assert "点一下复制" in text and "换了手机也找得回来" not in text
    page.button(key="me_code_kept").click().run()
    assert "换了手机也找得回来" not in read(page)
