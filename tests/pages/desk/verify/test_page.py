"""The desk without a browser: what is shown, and what each button does."""

from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from observations.actions.entries import ActionReport
from observations.actions.recording import submit as log_action
from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Role
from observations.occurrences.occurrence import receipt_number
from observations.verification.decisions import Reason, Verdict
from observations.verification.leases import take_one
from observations.verification.statuses import VerificationStatus
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from tests.support.photographs import plain_jpeg
from tests.support.sightings import observer_of, phone, photo, record, said
from tests.support.site import Site

PAGE = "desk/verify/page.py"


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def key(page: AppTest, name: str):
    return next(button for button in page.button if button.key.startswith(f"{name}_"))


def ready(page: AppTest, words: str):
    return next(button for button in page.button if words in button.label)


def sighting(device, **changes):
    return record(runtime.store(), device, now_utc(), **changes)


def review(subject_id):
    return runtime.store().verification.review(subject_id)


def test_an_empty_queue_is_good_news(staff: Site) -> None:
    assert "都看完了" in read(staff.open(PAGE))


def test_the_record_that_another_looks_at_is_not_shown(staff: Site, device) -> None:
    now = now_utc()
    first = sighting(device)
    sighting(device, taxon_id=None, name="第二条")
    take_one(runtime.store(), new_id(), [first], now)

    page = staff.open(PAGE)
    assert "第二条" in read(page)
    assert key(page, "accept")


def test_all_that_is_left_may_be_at_other_desks(staff: Site, device) -> None:
    take_one(runtime.store(), new_id(), [sighting(device)], now_utc())

    page = staff.open(PAGE)
    assert "剩下的都有人在看" in read(page) and "都看完了" not in read(page)


def test_a_decision_on_what_another_looks_at_has_to_be_meant(staff: Site, device) -> None:
    first = sighting(device)
    take_one(runtime.store(), new_id(), [first], now_utc())

    page = staff.open(PAGE, id=str(first))
    assert "另一位核实员正在看这一条" in read(page)
    assert not [button for button in page.button if button.key.startswith(("accept_", "withhold_"))]
    key(page, "intend").click().run()
    key(page, "accept").click().run()
    assert review(first).decision_id


def test_a_second_decision_has_to_be_meant(staff: Site, device) -> None:
    first = sighting(device)
    said(runtime.store(), first, Verdict.ACCEPT, now=now_utc())

    page = staff.open(PAGE, id=str(first))
    assert not [button for button in page.button if button.key.startswith(("accept_", "reject_"))]
    key(page, "intend").click().run()
    assert key(page, "accept")


def test_a_record_opens_by_its_receipts_number_and_a_wrong_one_opens_none(
    staff: Site, device
) -> None:
    first = sighting(device, taxon_id=None, name="第一条")
    sighting(device, taxon_id=None, name="第二条")
    field = staff.open(PAGE).text_input(key="desk_find")

    page = field.set_value(receipt_number(first).lower().replace("-", " ")).run()
    assert "第一条" in read(page)
    page = page.text_input(key="desk_find").set_value("LJ-0000-0000").run()
    assert "没有这一条" in read(page)
    assert not [button for button in page.button if button.key.startswith("accept_")]
    page.button(key="back_to_queue").click().run()
    assert key(page, "accept")


@pytest.mark.parametrize("asked", ["019e0a00-0000-7000-8000-00000000dead", "LJ-0000-0000", "<b>"])
def test_an_address_of_nothing_opens_no_other_record(staff: Site, device, asked: str) -> None:
    sighting(device)
    page = staff.open(PAGE, id=asked)
    assert "没有这一条" in read(page) and "没有在等的" not in read(page)
    assert not [button for button in page.button if button.key.startswith("accept_")]


def test_a_session_that_has_ended_leads_to_the_sign_in(site: Site) -> None:
    site.arrive()
    site.cookies[STAFF_COOKIE] = "ended"
    page = site.open(PAGE)
    assert "登录已经结束" in read(page)
    assert not page.button


def test_the_evidence_is_on_one_screen(staff: Site, device) -> None:
    upload = photo(runtime.store(), runtime.photos(), device, plain_jpeg((1200, 900)), now_utc())
    sighting(device, photos=[str(upload)], note="<script>桥边</script>", count=3)

    text = read(staff.open(PAGE))

    for words in (
        "还有 1 条", "夜鹭", "Nycticorax nycticorax", "Ardeidae", "±8 米", "照片里的位置",
        "1200×900 原图", "1 条，0 条属实", "鸟类：还没有核实过的",
        "照片没有在别处出现过", "3 只", "large.webp",
        "&lt;script&gt;桥边&lt;/script&gt;", "名字：夜鹭",
    ):  # fmt: skip
        assert words in text, words


def test_another_record_with_the_same_photo_is_linked_without_blame(staff: Site, device) -> None:
    photos = runtime.store(), runtime.photos()
    data = plain_jpeg((1200, 900))
    first = sighting(device, photos=[str(photo(*photos, device, data, now_utc()))])
    said(runtime.store(), first, Verdict.ACCEPT, now=now_utc())
    stranger = phone(runtime.store(), now_utc())
    sighting(stranger, photos=[str(photo(*photos, stranger, data, now_utc()))])

    text = read(staff.open(PAGE))

    assert "同一张照片也在另一条记录里。" in text
    assert f'href="/sighting?id={first}"' in text
    assert receipt_number(first) in text


@pytest.mark.parametrize(
    ("button", "status"),
    [
        ("accept", VerificationStatus.ACCEPTED_CONSIDERED_CORRECT),
        ("plausible", VerificationStatus.PLAUSIBLE),
        ("withhold", VerificationStatus.UNCONFIRMED),
    ],
)
def test_one_button_is_one_decision(staff: Site, device, button: str, status: str) -> None:
    subject = sighting(device)
    page = key(staff.open(PAGE), button).click().run()

    assert review(subject).verification_status == status
    assert not review(subject).is_waiting
    assert "都看完了" in read(page) and "“夜鹭”：" in read(page)


def test_the_six_reasons(staff: Site, device) -> None:
    subject = sighting(device)
    page = key(staff.open(PAGE), "reject").click().run()
    assert review(subject).decision_id is None

    key(page, Reason.WRONG_NAME).click().run()

    assert review(subject).verification_status == VerificationStatus.NOT_ACCEPTED_INCORRECT


def test_a_ready_question_is_kept_in_the_source_language_and_shown_in_the_readers(
    staff: Site, device
) -> None:
    staff.speak("en")
    subject = sighting(device)
    page = key(staff.open(PAGE), "query").click().run()
    ready(page, "How big was it?").click().run()
    assert "How big was it?" in page.text_area[0].value
    next(one for one in page.button if one.label == "Ask").click().run()

    [decision] = runtime.store().verification.decisions(subject)
    assert decision.message == "它有多大？和麻雀比，或者和手掌比都行。"
    assert "How big was it?" in read(staff.open(PAGE, id=str(subject)))


def test_a_refusal_says_why_in_words_that_can_be_changed(staff: Site, device) -> None:
    subject = sighting(device)
    page = key(staff.open(PAGE), "reject").click().run()
    page = ready(page, "谢谢你拍下它").click().run()  # the words for newcomers
    assert not [one for one in page.button if one.label.startswith("照片不够定到种")]
    page.text_area[0].set_value("尾巴没有拍到。").run()
    key(page, Reason.NOT_ENOUGH).click().run()

    [decision] = runtime.store().verification.decisions(subject)
    assert (decision.reason, decision.message) == (Reason.NOT_ENOUGH, "尾巴没有拍到。")


def test_skipping_decides_nothing_and_shows_the_next(staff: Site, device) -> None:
    first, second = sighting(device), sighting(device, taxon_id=None, name="第二条")
    page = staff.open(PAGE)
    shown = read(page).index("夜鹭") < read(page).index("第二条")

    page = key(page, "skip").click().run()

    assert shown and "第二条" in read(page).split("g-name")[1][:60]
    assert review(first).is_waiting and review(second).is_waiting
    key(page, "skip").click().run()


def test_undo_goes_back_one_decision_at_a_time(staff: Site, device) -> None:
    first, second = sighting(device), sighting(device)
    page = staff.open(PAGE)
    page = key(page, "accept").click().run()
    page = key(page, "accept").click().run()
    page = page.button(key="undo_last").click().run()
    assert "它又回到这里" in read(page)

    page = key(page, "undo").click().run()

    assert review(first).is_waiting and review(second).is_waiting
    assert "还有 2 条" in read(page)


def test_a_new_name_goes_with_the_next_decision(staff: Site, device) -> None:
    subject = sighting(device, taxon_id=None, name="灰鸟", group="bird")
    page = key(staff.open(PAGE), "rename").click().run()
    page = page.text_input(key=f"name_{subject}").input("夜鹭").run()
    page = key(page, "taxon").click().run()
    assert "改名为“夜鹭”" in read(page)

    key(page, "accept").click().run()

    assert runtime.store().occurrences.occurrence(subject).vernacular_name == "夜鹭"


def test_sensitive_species_are_ruled_out_by_a_tick(staff: Site, device) -> None:
    subject = sighting(device, taxon_id=None, name="灰鸟", group="bird")
    page = staff.open(PAGE)
    page = page.checkbox(key=f"rules_out_{subject}").check().run()

    key(page, "plausible").click().run()

    public_id = runtime.store().occurrences.occurrence(subject).public_id
    assert runtime.store().occurrences.public(public_id).grid is None


def test_a_stale_decision_is_refused_and_the_new_state_is_shown(staff: Site, device) -> None:
    subject = sighting(device)
    page = staff.open(PAGE)
    said(runtime.store(), subject, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)

    page = key(page, "accept").click().run()

    assert "刚才有人先做了决定" in read(page) and "现在：未采用" in read(page)
    assert len(runtime.store().verification.decisions(subject)) == 1


def test_ones_own_record_is_refused_kindly(site: Site) -> None:
    own = site.arrive(consents=True)
    subject = sighting(own)
    site.sign_in()

    page = key(site.open(PAGE), "accept").click().run()

    assert "这是你自己的记录" in read(page)
    assert review(subject).is_waiting


def test_an_action_with_a_photo_is_decided_here_too(staff: Site, device) -> None:
    store = runtime.store()
    upload = photo(store, runtime.photos(), device, plain_jpeg(), now_utc())
    report = ActionReport(new_id(), "TRV-METRO", Decimal(2), day_of(now_utc()), upload)
    log_action(store, report, device, now_utc())
    page = staff.open(PAGE)
    text = read(page)
    assert "坐了一趟地铁" in text and "千克二氧化碳" in text and "来源" in text

    key(page, "accept").click().run()

    earned = store.points.balance_of(observer_of(store, device).observer_id)
    assert earned == store.actions.entry(report.id).points > 0


def test_one_kind_can_be_looked_at_alone(staff: Site, device) -> None:
    sighting(device)
    page = staff.open(PAGE)
    page = page.segmented_control(key="kind").set_value("action").run()
    assert "这样筛，没有在等的" in read(page)


def test_the_queue_is_limited_by_what_the_address_says(staff: Site, device) -> None:
    sighting(device)
    sighting(device, taxon_id=None, name="水边的鸟", group="bird", note="Corvidae?")

    page = staff.open(PAGE, group="bird", named="no", age="0", check="<b>", observer="nobody")
    assert "筛出 1 条" in read(page) and "水边的鸟" in read(page)
    assert "夜鹭" not in read(page)
    page.button(key="no_filter").click().run()
    assert "还有 2 条" in read(staff.open(PAGE))
    # eight letters that could be the end of a receipt's number, but are in a note
    page = staff.open(PAGE).text_input(key="desk_find").set_value("corvidae").run()
    assert "筛出 1 条" in read(page) and "水边的鸟" in read(page)
    page = key(page, "accept").click().run()
    assert "这样筛，没有在等的" in read(page)
    page.button(key="no_filter_here").click().run()
    assert "夜鹭" in read(page)


def test_a_filtered_queue_leaves_out_what_another_looks_at(staff: Site, device) -> None:
    take_one(runtime.store(), new_id(), [sighting(device)], now_utc())
    page = staff.open(PAGE, group="bird")
    assert "剩下的都有人在看" in read(page)


def test_an_organiser_has_no_desk(site: Site, device) -> None:
    site.arrive()
    site.sign_in(Role.ORGANISER)
    with pytest.raises(ValueError, match=r"[Pp]age"):
        site.open(PAGE)
