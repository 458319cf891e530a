"""Sealed cases on both engines: withheld everywhere, judged blind, announced once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.map.exploring import Filters
from observations.surveys.case_steps import (
    Candidate,
    announce,
    cases_for,
    close,
    describe,
    judge,
    open_case,
)
from observations.surveys.cases import Description, Opinion, Stage
from observations.surveys.levels import Level
from observations.verification.decisions import Verdict
from tests.support.cast import CHEN_MO, HE_QING, LIN_XIA, ZHOU_HENG
from tests.support.sightings import NOW, phone, record, said

LI_MIN = Person(staff_id=new_id(), role=Role.VERIFIER)
KNOWN = Description(
    scientific_name="Zacco examplensis",
    vernacular_name="示例鱲",
    literature="Example Journal 1: 1–9",
    specimen="ZJU-0001",
    district="330110",
    about_zh="一句话。",
    about_en="A sentence.",
)
CANDIDATE = Candidate(None, Level.SCIENCE, "fish", "林夏", date(2026, 5, 1))


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code


def opened(store: Store, occurrence_id: UUID | None = None) -> UUID:
    return open_case(store, HE_QING, replace(CANDIDATE, occurrence_id=occurrence_id), NOW)


def judged(store: Store, case_id: UUID, *opinions: Opinion) -> None:
    for person, opinion in zip((ZHOU_HENG, LI_MIN), opinions, strict=False):
        judge(store, person, case_id, opinion, "看了标本", NOW)


def stage(store: Store, case_id: UUID) -> Stage:
    whole = store.cases.case(case_id)
    assert whole
    return whole.stage


def test_a_sealed_sighting_leaves_the_public_at_once_and_cant_be_released(store: Store) -> None:
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    assert len(store.map.listed(Filters(), 9)) == 1
    case_id = opened(store, occurrence_id)
    assert store.map.listed(Filters(), 9) == []
    for verdict in (Verdict.ACCEPT, Verdict.PLAUSIBLE):
        refused("decision.sealed", lambda verdict=verdict: said(store, occurrence_id, verdict))
    assert store.map.listed(Filters(), 9) == []
    judged(store, case_id, Opinion.NOT_NEW, Opinion.NOT_NEW)
    close(store, HE_QING, case_id, NOW)
    said(store, occurrence_id, Verdict.ACCEPT)
    assert len(store.map.listed(Filters(), 9)) == 1
    assert store.broken_invariants() == {}


def test_neither_verifier_hears_of_the_other_before_both_have_judged(store: Store) -> None:
    case_id = opened(store)
    judge(store, ZHOU_HENG, case_id, Opinion.NEW, "鳍条数不同", NOW)
    heard = {
        person: cases_for(store, person)[0].opinions for person in (ZHOU_HENG, LI_MIN, HE_QING)
    }
    assert [given.reason for given in heard[ZHOU_HENG]] == ["鳍条数不同"]
    assert heard[LI_MIN] == heard[HE_QING] == ()
    judge(store, LI_MIN, case_id, Opinion.NEW, "同意", NOW)
    assert len(cases_for(store, HE_QING)[0].opinions) == 2


def test_two_who_agree_may_be_announced_and_the_finder_is_credited(store: Store) -> None:
    case_id = opened(store)
    describe(store, ZHOU_HENG, case_id, KNOWN, NOW)
    judged(store, case_id, Opinion.NEW, Opinion.NEW)
    code = announce(store, HE_QING, case_id, NOW)
    record = store.surveys.new_records()[0]
    assert (record.code, record.finder, record.name) == (code, "林夏", "示例鱲")
    assert record.level is Level.SCIENCE
    assert (record.latitude, record.longitude, record.district) == (None, None, "330110")
    assert store.cases.days_to_announcement() == [8]
    assert store.broken_invariants() == {}
    refused("case.closed", lambda: announce(store, HE_QING, case_id, NOW))


def test_announced_finds_survive_a_new_list_of_the_seed(store: Store) -> None:
    case_id = opened(store)
    describe(store, ZHOU_HENG, case_id, KNOWN, NOW)
    judged(store, case_id, Opinion.NEW, Opinion.NEW)
    code = announce(store, HE_QING, case_id, NOW)
    seeds = [one for one in store.surveys.new_records() if one.code != code]
    with store.transaction() as tx:
        tx.surveys.replace_new_records(seeds)
    assert [one.code for one in store.surveys.new_records()] == [code, *(s.code for s in seeds)]


def test_those_who_differ_judge_again_and_may_agree(store: Store) -> None:
    case_id = opened(store)
    judged(store, case_id, Opinion.NEW, Opinion.UNSURE)
    assert stage(store, case_id) is Stage.DIFFERING
    refused("case.not_agreed", lambda: announce(store, HE_QING, case_id, NOW))
    judged(store, case_id, Opinion.NEW, Opinion.NEW)
    assert stage(store, case_id) is Stage.AGREED_NEW
    refused("case.decided", lambda: judge(store, ZHOU_HENG, case_id, Opinion.NEW, "再说", NOW))


def test_nothing_is_announced_before_everything_is_said(store: Store) -> None:
    case_id = opened(store)
    judged(store, case_id, Opinion.NEW, Opinion.NEW)
    refused("case.incomplete", lambda: announce(store, HE_QING, case_id, NOW))
    describe(store, ZHOU_HENG, case_id, replace(KNOWN, specimen=""), NOW)
    refused("case.incomplete", lambda: announce(store, HE_QING, case_id, NOW))
    later = NOW + timedelta(minutes=1)
    describe(store, ZHOU_HENG, case_id, KNOWN, later)
    assert announce(store, HE_QING, case_id, later)


def test_who_opened_or_found_it_does_not_judge(store: Store) -> None:
    device_id = phone(store)
    occurrence_id = record(store, device_id)
    observer = store.people.observer_of_device(device_id)
    assert observer
    case_id = opened(store, occurrence_id)
    refused("case.opener", lambda: judge(store, HE_QING, case_id, Opinion.NEW, "是", NOW))
    finder = replace(ZHOU_HENG, observer_id=observer.observer_id)
    refused("case.own_find", lambda: judge(store, finder, case_id, Opinion.NEW, "是", NOW))


def test_one_verifier_does_not_judge_twice(store: Store) -> None:
    case_id = opened(store)
    judge(store, ZHOU_HENG, case_id, Opinion.NEW, "是", NOW)
    refused("case.judged_already", lambda: judge(store, ZHOU_HENG, case_id, Opinion.NEW, "是", NOW))


@pytest.mark.parametrize("stranger", [LIN_XIA, CHEN_MO])
def test_who_is_not_staff_hears_nothing_and_does_nothing(store: Store, stranger: Person) -> None:
    case_id = opened(store)
    for act in (
        lambda: cases_for(store, stranger),
        lambda: open_case(store, stranger, CANDIDATE, NOW),
        lambda: describe(store, stranger, case_id, KNOWN, NOW),
        lambda: judge(store, stranger, case_id, Opinion.NEW, "是", NOW),
        lambda: announce(store, stranger, case_id, NOW),
        lambda: close(store, stranger, case_id, NOW),
    ):
        refused("role.may_not", act)


def test_only_an_admin_announces(store: Store) -> None:
    case_id = opened(store)
    refused("role.may_not", lambda: announce(store, ZHOU_HENG, case_id, NOW))


def test_a_case_needs_a_finder_a_group_and_a_day_that_has_been(store: Store) -> None:
    wrong = {
        "case.finder": replace(CANDIDATE, finder="  "),
        "case.group": replace(CANDIDATE, group_code="dragon"),
        "case.day": replace(CANDIDATE, sighted_on=date(2027, 1, 1)),
    }
    for code, candidate in wrong.items():
        refused(code, lambda candidate=candidate: open_case(store, HE_QING, candidate, NOW))
