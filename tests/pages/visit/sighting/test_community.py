"""我也认得: what everybody says of a record, on its page and on the desk."""

from uuid import UUID

import pytest

from observations.base.clock import now_utc
from observations.occurrences.community.saying import say
from observations.occurrences.community.voices import Opinion
from observations.occurrences.deciding import NewName
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import limits, runtime
from tests.support.sightings import NIGHT_HERON, NOW, phone, record, said
from tests.support.site import Site

PAGE, DESK = "visit/sighting/page.py", "desk/verify/page.py"
PHEASANT = taxon_id_of("Syrmaticus ellioti")


@pytest.fixture(autouse=True)
def _counted_anew() -> None:
    limits._limiter.storage.reset()


def read(page) -> str:
    assert not page.exception, page.exception[0].message
    return " ".join(element.body for element in page.get("html"))


def shown(device_id: UUID, **changes) -> tuple[UUID, UUID]:
    subject = record(runtime.store(), device_id, now_utc(), **changes)
    said(runtime.store(), subject, Verdict.ACCEPT)
    return subject, runtime.store().occurrences.occurrence(subject).public_id


def keys(page) -> set[str]:
    return {button.key for button in page.button}


def test_somebody_agrees_names_it_otherwise_doubts_it_and_takes_it_back(site: Site) -> None:
    _subject, public_id = shown(phone(runtime.store(), now_utc()))
    site.arrive(consents=True)
    page = site.open(PAGE, id=str(public_id))
    assert "大家的看法" not in read(page)

    page = page.button(key="community_agree").click().run()
    text = read(page)
    assert "记下了，谢谢你" in text and "<b>夜鹭</b>。2 人这样认，0 人不这样认，占 100%" in text
    assert "你说的：夜鹭" in text and "community_agree" not in keys(page)

    page = page.button(key="community_name").click().run()
    page = page.text_input(key="community_search").input("bailu").run()
    page = next(button for button in page.button if "白鹭" in button.label).click().run()
    assert "鹭科 Ardeidae" in read(page) and "你说的：白鹭" in read(page)

    page = page.button(key="community_doubt").click().run()
    page = page.button(key="doubt_genus").click().run()
    assert "不是夜鹭，只认到这一级：Nycticorax 属" in read(page)

    page = page.button(key="community_back").click().run()
    assert "收回了" in read(page) and "大家的看法" not in read(page)


def test_who_has_not_consented_is_asked_first_and_says_nothing_yet(site: Site) -> None:
    subject, public_id = shown(phone(runtime.store(), now_utc()))
    site.arrive()
    page = site.open(PAGE, id=str(public_id))
    page = page.button(key="community_agree").click().run()
    assert "先说好，再开始" in read(page)
    assert len(runtime.store().community.voices(subject, NOW)) == 1


def test_its_observer_reads_what_others_say_and_says_nothing_of_it(site: Site) -> None:
    _subject, public_id = shown(site.arrive(consents=True))
    page = site.open(PAGE, id=str(public_id))
    assert "大家怎么看" not in read(page)
    say(runtime.store(), public_id, phone(runtime.store()), Opinion(NIGHT_HERON), now_utc())
    page = site.open(PAGE, id=str(public_id))
    assert "2 人这样认" in read(page) and "一位是记录的人" in read(page)
    assert not {key for key in keys(page) if key.startswith("community")}


def test_a_sensitive_name_is_read_by_staff_alone(site: Site) -> None:
    store = runtime.store()
    subject, public_id = shown(phone(store, now_utc()))
    site.arrive()
    before = read(site.open(PAGE, id=str(public_id)))
    for _ in range(2):
        say(store, public_id, phone(store), Opinion(PHEASANT), now_utc())
    assert read(site.open(PAGE, id=str(public_id))) == before
    site.sign_in()
    for page in (site.open(PAGE, id=str(public_id)), site.open(DESK, id=str(subject))):
        assert "白颈长尾雉" in read(page) and "敏感物种，别人看不到" in read(page)


def test_the_desk_takes_the_name_over_with_its_decision(site: Site) -> None:
    store = runtime.store()
    subject, public_id = shown(phone(store, now_utc()), taxon_id=None, name="一种鹭", group="bird")
    for _ in range(2):
        say(store, public_id, phone(store), Opinion(NIGHT_HERON), now_utc())
    site.sign_in()
    page = site.open(DESK, id=str(subject))
    assert "2 人这样认" in read(page)
    page = page.button(key=f"community_{subject}").click().run()
    assert "改名为“夜鹭”，和下一个决定一起写下" in read(page)
    assert store.occurrences.occurrence(subject).taxon_id is None  # beside it, never instead
    said(store, subject, Verdict.ACCEPT, name=NewName(NIGHT_HERON))


def test_it_is_said_in_english_too(site: Site) -> None:
    _subject, public_id = shown(phone(runtime.store(), now_utc()))
    say(runtime.store(), public_id, phone(runtime.store()), Opinion(NIGHT_HERON), now_utc())
    site.speak("en")
    text = read(site.open(PAGE, id=str(public_id)))
    assert "What others think" in text and "2 agree" in text
