"""The page of a record for its three audiences."""

import pytest
from streamlit.testing.v1 import AppTest

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import Person
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from pages.parts import runtime
from tests.support.sightings import phone, record, said
from tests.support.site import Site

PAGE = "visit/sighting/page.py"
ELLIOT = str(taxon_id_of("Syrmaticus ellioti"))
EXACT = "30.26940, 120.06310"


def read(page: AppTest) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def sighting(device, **changes):
    return record(runtime.store(), device, now_utc(), **changes)


def public_id(subject) -> str:
    return str(runtime.store().occurrences.occurrence(subject).public_id)


def test_before_its_release_it_is_not_there_for_others(site: Site) -> None:
    subject = sighting(phone(runtime.store(), now_utc()))
    site.arrive()
    for id_ in (str(subject), public_id(subject), str(new_id()), "nonsense", ""):
        assert "没有找到这次遇见" in read(site.open(PAGE, id=id_))


def test_the_public_sees_where_when_and_how_exact(site: Site) -> None:
    subject = sighting(phone(runtime.store(), now_utc()), note="只给工作人员看")
    said(runtime.store(), subject, Verdict.ACCEPT)

    text = read(site.open(PAGE, id=str(subject)))

    for words in ("夜鹭", "已核实", "西湖区", "准确位置，±8 米", "CC BY 4.0", "核实过：就是它"):
        assert words in text, words
    assert "只给工作人员看" not in text and "编号" not in text


def test_of_a_sensitive_species_the_public_sees_a_rough_place_the_month_and_why(
    site: Site,
) -> None:
    subject = sighting(phone(runtime.store(), now_utc()), taxon_id=ELLIOT)
    said(runtime.store(), subject, Verdict.ACCEPT)
    site.arrive()

    assert "没有找到这次遇见" in read(site.open(PAGE, id=str(subject)))
    text = read(site.open(PAGE, id=public_id(subject)))

    assert "大致位置，约 11 公里的方格：国家重点保护" in text
    assert EXACT not in text and "30.2694" not in text and str(subject) not in text


def test_its_observer_sees_everything_and_what_others_see(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = sighting(device, taxon_id=ELLIOT, note="我的话")

    text = read(site.open(PAGE, id=str(subject)))

    for words in (EXACT, "我的话", "LJ-", "现在只有记录的人和工作人员看得到", "核实中"):
        assert words in text, words


def test_an_answer_goes_back_to_the_desk(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = sighting(device)
    question = said(runtime.store(), subject, Verdict.QUERY, message="多大？")
    page = site.open(PAGE, id=str(subject))
    assert "多大？" in read(page)

    page.text_area(key=f"answer_{question.decision_id}").input("像乌鸦 <b>").run()
    page = page.button(key=f"send_answer_{question.decision_id}").click().run()

    assert "答复收到了" in read(page) and "像乌鸦 &lt;b&gt;" in read(page)
    assert runtime.store().verification.review(subject).is_waiting


def test_an_empty_answer_is_refused_beside_the_field(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = sighting(device)
    question = said(runtime.store(), subject, Verdict.QUERY, message="多大？")
    page = site.open(PAGE, id=str(subject))
    page = page.button(key=f"send_answer_{question.decision_id}").click().run()
    assert "写一句话再交" in read(page)


def test_the_name_is_corrected_from_the_checklist(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = sighting(device)
    said(runtime.store(), subject, Verdict.ACCEPT)
    page = site.open(PAGE, id=str(subject))
    page = page.text_input(key=f"correct_name_{subject}").input("bailu").run()

    name_button = next(button for button in page.button if "白鹭" in button.label)
    page = name_button.click().run()

    assert "名字换好了" in read(page)
    occurrence = runtime.store().occurrences.occurrence(subject)
    assert (occurrence.vernacular_name, occurrence.release_status) == ("白鹭", "pending")


def test_a_record_is_withdrawn_and_then_nothing_more_can_be_done(site: Site) -> None:
    device = site.arrive(consents=True)
    subject = sighting(device)
    said(runtime.store(), subject, Verdict.ACCEPT)
    page = site.open(PAGE, id=str(subject))

    page = page.button(key=f"sure_{subject}").click().run()

    assert "已撤回" in read(page) and not page.button
    assert runtime.store().occurrences.public_by_occurrence(subject) is None


def test_staff_see_who_decided_and_a_way_to_the_desk(site: Site) -> None:
    subject = sighting(phone(runtime.store(), now_utc()))
    said(runtime.store(), subject, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)
    site.arrive()
    site.sign_in()

    text = read(site.open(PAGE, id=str(subject)))

    assert EXACT in text and "照片看不清" in text and f"/verify?id={subject}" in text
    assert "名字在名录里" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_speaks_both_languages(site: Site, language: str) -> None:
    subject = sighting(phone(runtime.store(), now_utc()))
    said(runtime.store(), subject, Verdict.ACCEPT)
    site.speak(language)
    text = read(site.open(PAGE, id=str(subject)))
    assert ("Black-crowned Night" in text) == (language == "en")


def parts(page: AppTest) -> list[str]:
    """The labels of the parts that open."""
    return [part.label for part in page.expander]


def chosen(page: AppTest, field: str, subject, **values) -> AppTest:
    """What the browser's part of a field passes to the page."""
    occurrence = runtime.store().occurrences.occurrence(subject)
    key = f"{field}_{subject}_{occurrence.decision_id}"
    page.session_state[key] = {"change": values}
    return page


CHUNAN = {"latitude": 29.6, "longitude": 119.04, "uncertainty_m": 40, "source": "map"}


def test_place_and_time_can_be_corrected_and_a_photo_added(site: Site) -> None:
    subject = sighting(site.arrive(consents=True))
    page = site.open(PAGE, id=str(subject))
    wanted = ["地点不对？改一改", "时间不对？改一改", "补一张照片", "名字不对？换一个"]
    assert parts(page)[:4] == wanted
    said(runtime.store(), subject, Verdict.WITHDRAW, observer_of_(subject))
    assert parts(site.open(PAGE, id=str(subject))) == []


def observer_of_(subject) -> Person:
    return Person(observer_id=runtime.store().occurrences.owner_of(subject)[0])


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("地图上的点，是你看见它的地方吗？", "地点不对？改一改"),
        ("Where was it?", "地点不对？改一改"),
        ("那天是几点看到的？", "时间不对？改一改"),
        ("有没有叶子背面的照片？", "补一张照片"),
        ("你是从哪里认出它的？叫声、叶子、花，都可以说说。", ""),
    ],
)
def test_a_question_brings_the_very_field_that_it_asks_for(
    site: Site, question: str, field: str
) -> None:
    subject = sighting(site.arrive(consents=True))
    said(runtime.store(), subject, Verdict.QUERY, message=question)
    page = site.open(PAGE, id=str(subject))
    assert not page.exception
    is_open = [part.label for part in page.expander if part.proto.expanded]
    assert is_open == ([field] if field else [])
    assert len(set(parts(page))) == len(parts(page)) == 5
