"""My page: figures, lists, what to do next, and how to leave."""

import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

from streamlit.testing.v1 import AppTest

from observations.actions.entries import ActionReport
from observations.actions.recording import submit as log_action
from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from observations.occurrences.sighting_points import SIGHTING_POINTS
from observations.people.recovery import recover
from observations.privacy.compacting import COMPACTED
from observations.privacy.downloading import everything_of
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from pages.parts import runtime
from pages.parts.leaving import is_confirmed
from tests.support.sightings import observer_of, phone, record, said
from tests.support.site import Site

PAGE = "visit/me/page.py"
PHEASANT = taxon_id_of("Syrmaticus ellioti")  # category 2


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def contributor(site: Site):
    """Somebody with a sighting that was accepted."""
    device = site.arrive(consents=True)
    subject = record(runtime.store(), device, now_utc())
    said(runtime.store(), subject, Verdict.ACCEPT)
    return device, subject


def observer(device):
    return runtime.store().people.observer_of_device(device)


def test_the_first_day_invites(site: Site) -> None:
    site.arrive()
    text = read(site.open(PAGE))
    assert "<h1>我的</h1>" in text and "还没有绿迹" in text
    assert 'href="/record"' in text and 'action="/recover"' in text


def test_the_figures_are_ones_own(site: Site) -> None:
    device, _ = contributor(site)
    log_action(
        runtime.store(), ActionReport(new_id(), "TRV-METRO", Decimal(2), day_of(now_utc())),
        device, now_utc(),
    )  # fmt: skip
    text = read(site.open(PAGE))
    assert observer(device).nickname in text
    points = runtime.store().points.balance_of(observer(device).observer_id)
    assert f'g-num">{points}<' in text and 'g-num">1<small>种' in text
    assert "坐了一趟地铁" in text and "自己填报，按一半计" in text and "夜鹭，已核实" in text


def test_points_that_wait_stand_beside_the_confirmed(site: Site) -> None:
    record(runtime.store(), site.arrive(consents=True), now_utc())
    assert f"待核 {SIGHTING_POINTS}<" in read(site.open(PAGE))


def test_every_action_of_the_catalogue_can_stand_in_the_list(site: Site) -> None:
    device = site.arrive(consents=True)
    store, now = runtime.store(), now_utc()
    logged = [
        log_action(
            store, ActionReport(new_id(), what.code, what.choices[0], day_of(now)), device, now
        )
        for what in store.actions.catalogue(day_of(now))
        if not what.not_with
    ]
    page = site.open(PAGE)
    while more := [button for button in page.button if button.key == "me_more_actions"]:
        page = more[0].click().run()
    assert read(page).count('class="g-spot"') == len(logged)


def test_a_slip_is_taken_back(site: Site) -> None:
    device = site.arrive(consents=True)
    report = ActionReport(new_id(), "TRV-METRO", Decimal(2), day_of(now_utc()))
    log_action(runtime.store(), report, device, now_utc())
    page = site.open(PAGE)
    assert page.button(key="me_action_sure").disabled
    page = page.selectbox(key="me_action_back").set_value(report.id).run()
    page = page.button(key="me_action_sure").click().run()
    text = read(page)
    assert "已撤回。谢谢你说一声。" in text and "退回：坐了一趟地铁" in text
    assert runtime.store().points.balance_of(observer(device).observer_id) == 0
    assert [box.key for box in page.selectbox] == ["me_home"]  # nothing is left to take back


def test_every_record_has_its_badge_and_leads_to_its_page(site: Site) -> None:
    device, accepted = contributor(site)
    store = runtime.store()
    rejected, waiting = (record(store, device, now_utc()) for _ in range(2))
    said(store, rejected, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)
    record(store, device, now_utc(), taxon_id=None, name="不认识")
    text = read(site.open(PAGE))
    for words in ("已核实", "未采用", "核实中", "待认"):
        assert words in text, words
    for subject in (accepted, rejected, waiting):
        assert f"/sighting?id={subject}" in text


def test_a_question_is_answered_right_here(site: Site) -> None:
    device, _ = contributor(site)
    store = runtime.store()
    subject = record(store, device, now_utc())
    question = said(store, subject, Verdict.QUERY, message="多大？")
    page = site.open(PAGE)
    assert "多大？" in read(page) and "想请你补充" in read(page)
    page.text_area(key=f"answer_{question.decision_id}").input("不大").run()
    page = page.button(key=f"send_answer_{question.decision_id}").click().run()
    assert "答复收到了" in read(page)
    assert store.verification.review(subject).is_waiting


def test_the_nickname_can_be_changed_but_not_to_somebody_elses(site: Site) -> None:
    device, _ = contributor(site)
    page = site.open(PAGE)
    page = page.text_input(key="me_nickname").input("<i>湖边的人</i>").run()
    assert "昵称换好了，现在叫“&lt;i&gt;湖边的人&lt;/i&gt;”" in read(page)
    other = phone(runtime.store(), now_utc())
    record(runtime.store(), other, now_utc())
    taken = runtime.store().people.observer_of_device(other).nickname
    page = page.text_input(key="me_nickname").input(taken).run()
    assert "已经有人叫这个名字了" in read(page)
    assert observer(device).nickname == "<i>湖边的人</i>"


def test_the_home_can_be_changed(site: Site) -> None:
    device, _ = contributor(site)
    page = site.open(PAGE).selectbox(key="me_home").set_value("330106").run()
    assert "记下了：西湖区" in read(page)
    assert observer(device).home_district == "330106"


def test_the_boards_are_joined_and_left_in_one_tap(site: Site) -> None:
    device, _ = contributor(site)
    page = site.open(PAGE).button(key="me_boards").click().run()
    assert observer(device).on_boards is True and "好，榜单上写你的昵称" in read(page)
    page.button(key="me_boards").click().run()
    assert observer(device).on_boards is False


def test_the_recovery_code_is_shown_once_and_works(site: Site) -> None:
    device, _ = contributor(site)
    page = site.open(PAGE).button(key="me_make_code").click().run()
    code = re.search(r"<code>([0-9A-Z-]{23})</code>", read(page)).group(1)

    page = page.button(key="me_code_kept").click().run()

    assert code not in read(page) and "换一个找回码" in [b.label for b in page.button]
    elsewhere = phone(runtime.store(), now_utc())
    recover(runtime.store(), elsewhere, code, now_utc())
    assert observer(elsewhere) == observer(device)


def test_what_the_forms_did_is_said(site: Site) -> None:
    site.arrive()
    assert "找回码对不上" in read(site.open(PAGE, refused="recovery.wrong_code"))
    assert "已经删除" in read(site.open(PAGE, erased="1"))
    assert "旧字节最迟 5 月 10 日 09:42 清掉" in read(site.open(PAGE, erased="1778290920"))
    with runtime.store().transaction() as tx:
        tx.log.add(LogEntry(COMPACTED, None, NOBODY, datetime(2026, 5, 9, 2, 0, tzinfo=UTC)))
    assert "旧字节也清掉了" in read(site.open(PAGE, erased="1778290920"))
    assert "找回来了" in read(site.open(PAGE, recovered="1"))
    assert "没有这个时间段" not in read(site.open(PAGE, refused="board.unknown_period"))


def test_erasing_is_explained_and_asks_for_a_word(site: Site) -> None:
    contributor(site)
    text = read(site.open(PAGE))
    assert 'action="/api/v1/erase"' in text and "指不回你" in text and "不能反悔" in text
    assert is_confirmed(" 删除 ") and is_confirmed("“删除”") and is_confirmed("ERASE")
    assert not is_confirmed("") and not is_confirmed("好")


def test_the_download_holds_what_is_mine(site: Site) -> None:
    device, subject = contributor(site)
    assert 'action="/api/v1/download"' in read(site.open(PAGE))
    me = observer_of(runtime.store(), device).observer_id
    whole = zipfile.ZipFile(
        io.BytesIO(everything_of(runtime.store(), runtime.settings().secret, me))
    )
    assert str(subject) in whole.read("me.json").decode()


def test_the_list_is_chosen_by_state_and_year_and_questions_stay(site: Site) -> None:
    device, _accepted = contributor(site)
    store, now = runtime.store(), now_utc()
    old = record(
        store, device, now, event_date="2024-03-02T08:00:00+08:00", taxon_id=None, name="旧友"
    )
    asked = record(store, device, now, taxon_id=None, name="谁")
    said(store, asked, Verdict.QUERY, message="多大？")
    gone = record(store, device, now, taxon_id=None, name="走了")
    said(store, gone, Verdict.WITHDRAW, observer_of(store, device))

    def listed(**query: str) -> set[str]:
        text = read(site.open(PAGE, **query))
        assert "多大？" in text and "核实员想问一句" in text
        return set(re.findall(r'g-plain" href="/sighting\?id=([0-9a-f-]+)', text))

    everything = listed()
    assert len(everything) == 4 and listed(state="nonsense", year="1066") == everything
    assert listed(year="2024") == {str(old)}
    assert listed(state="asked") == {str(asked)}
    assert listed(state="hidden") == {str(gone)}
    assert listed(state="confirmed", year="2024") == set()
    assert "这样的遇见还没有" in read(site.open(PAGE, state="confirmed", year="2024"))


def test_my_year_tells_what_it_brought_and_shares_no_place(site: Site) -> None:
    device, _ = contributor(site)
    day = day_of(now_utc())
    secret = record(runtime.store(), device, now_utc(), taxon_id=str(PHEASANT))
    said(runtime.store(), secret, Verdict.ACCEPT)
    text = read(site.open(PAGE))
    assert f"{day.year}，我的绿迹" in text and "第一次遇见的" in text and "白颈长尾雉" in text
    shared = re.search(r'data-share="/" data-title="[^"]*" data-text="([^"]*)"', text).group(1)
    assert "2 次" in shared and "夜鹭" in shared
    assert not any(word in shared for word in ("西湖", "30.26", "白颈长尾雉"))


def test_my_map_has_my_exact_places_once_it_is_opened(site: Site) -> None:
    contributor(site)
    page = site.open(PAGE)
    assert "我的地图" in [part.label for part in page.expander]
    page.session_state["me_map"] = True
    assert "准确的地点，只有你看得到" in read(page.run())


def test_a_question_stands_beside_my_tab_and_on_home(site: Site) -> None:
    device, subject = contributor(site)

    def links(page: AppTest) -> list[str]:
        return [link.proto.label for link in page.get("page_link")]

    assert not any("badge" in label for label in links(site.open()))
    said(runtime.store(), subject, Verdict.QUERY, message="多大？")
    home = site.open()
    assert "我的 :gray-badge[1]" in links(home) and "核实员想问你 1 件事" in read(home)
