"""Staff keep order on one page; who is concerned reads it, and objects."""

from uuid import UUID

import pytest

from observations.base.clock import now_utc
from observations.moderation.flagging import flag
from observations.moderation.order import FlagReason
from observations.people.observer import Observer
from observations.verification.decisions import Reason, Verdict
from pages.parts import limits, runtime
from tests.support.sightings import phone, record, said
from tests.support.site import Site

PAGE, ME, SIGHTING = "desk/moderation/page.py", "visit/me/page.py", "visit/sighting/page.py"


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    limits._limiter.storage.reset()


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def observer(device_id: UUID) -> Observer:
    return runtime.store().people.observer_of_device(device_id)


def test_a_sender_is_suspended_reads_why_objects_is_answered_and_goes_on(site: Site) -> None:
    device_id = site.arrive(consents=True)
    citizen = dict(site.cookies)
    subject = record(runtime.store(), device_id, now_utc())
    who = observer(device_id)
    site.sign_in()
    staff = dict(site.cookies)

    page = site.open(PAGE, record=str(subject))
    assert who.nickname in read(page) and "1 条在等核实" in read(page)
    page = page.button(key=f"suspend_7_{who.observer_id}").click().run()
    assert "停 7 天" in read(page)
    [suspension] = runtime.store().order.suspensions(now_utc())

    site.cookies = citizen
    mine = site.open(ME)
    assert "你的记录先停到" in read(mine) and "短时间里交了太多" in read(mine)
    key = f"appeal_{suspension.suspension_id}"
    mine.text_area(key=key).input("是 <b>我</b> 带的学生").run()
    mine = mine.button(key=f"send_{key}").click().run()
    assert "工作人员会看" in read(mine) and "&lt;b&gt;" in read(mine)

    site.cookies = staff
    page = site.open(PAGE)
    assert "1 条没回" in read(page)
    [appeal] = runtime.store().order.open_appeals()
    page.text_area(key=f"answer_{appeal.appeal_id}").input("看过了，解除。").run()
    page = page.button(key=f"send_answer_{appeal.appeal_id}").click().run()
    page = page.button(key=f"lift_{suspension.suspension_id}").click().run()
    assert "又可以记录了" in read(page)
    site.cookies = citizen
    assert "你的记录先停到" not in read(site.open(ME))


def test_what_of_a_sender_waits_is_set_aside_and_put_back(site: Site) -> None:
    device_id = phone(runtime.store(), now_utc())
    for _ in range(3):
        record(runtime.store(), device_id, now_utc())
    who = observer(device_id)
    site.sign_in()
    page = site.open(PAGE)
    page = page.text_input(key="order_words").input(who.nickname[1:]).run()
    page = page.button(key=f"aside_{who.observer_id}").click().run()
    assert "3 条放下了" in read(page) and runtime.store().verification.count_waiting() == 0
    [batch] = runtime.store().order.sets_aside(9)
    page = page.button(key=f"back_{batch.set_aside_id}").click().run()
    assert "3 条放回原来的位置了" in read(page)
    assert runtime.store().verification.count_waiting() == 3


def test_the_public_flags_a_record_and_staff_read_why(site: Site) -> None:
    store = runtime.store()
    subject = record(store, phone(store, now_utc()), now_utc())
    said(store, subject, Verdict.ACCEPT)
    public_id = store.occurrences.occurrence(subject).public_id
    site.arrive(consents=True)
    page = site.open(SIGHTING, id=str(public_id))
    page = page.button(key="flag_open_button").click().run()
    page = page.button(key="flag_private").click().run()
    assert "谢谢你说一声" in read(page)
    for _ in range(2):
        flag(store, public_id, phone(store), FlagReason.SPAM, now_utc())
    assert store.verification.review(subject).is_waiting
    site.sign_in()
    text = read(site.open(PAGE))
    assert "夜鹭 · 3 人" in text and "车牌" in text and f"/verify?id={subject}" in text
    assert "大家" in read(site.open("desk/verify/page.py", id=str(subject)))


def test_an_observer_objects_to_a_decision_on_the_records_page(site: Site) -> None:
    device_id = site.arrive(consents=True)
    subject = record(runtime.store(), device_id, now_utc())
    assert "觉得判得不对" not in str(site.open(SIGHTING, id=str(subject)).expander)
    said(runtime.store(), subject, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)
    page = site.open(SIGHTING, id=str(subject))
    page = page.button(key=f"send_appeal_{subject}").click().run()
    assert "写一句话再交" in read(page)
    page.text_area(key=f"appeal_{subject}").input("放大看得清").run()
    page = page.button(key=f"send_appeal_{subject}").click().run()
    assert "放大看得清" in read(page)
    assert runtime.store().order.open_appeals()[0].subject_id == subject


def test_the_page_speaks_english(site: Site) -> None:
    site.sign_in()
    site.speak("en")
    assert "Keeping order" in read(site.open(PAGE))
