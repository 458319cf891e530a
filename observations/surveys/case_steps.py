"""The steps of a case, all by staff: open, describe, judge blind, announce or close."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.occurrences import deciding
from observations.occurrences import store as occurrences
from observations.places.districts import DISTRICTS
from observations.surveys.cases import (
    VERIFIERS,
    Case,
    Closing,
    Description,
    GivenOpinion,
    Opinion,
    Stage,
    WholeCase,
)
from observations.surveys.levels import Confidence, Evidence, Level
from observations.surveys.new_record import NewRecord
from observations.taxa.taxon import group_of
from observations.verification.decisions import DecisionRequest, Verdict

TEXT_LENGTH, NAME_LENGTH = 1_000, 120


class CaseReads(Protocol):
    """Reads of cases. Every method may raise `StorageError`."""

    def all_cases(self) -> list[WholeCase]:
        """Every case, the newest first."""
        ...

    def case(self, case_id: UUID) -> WholeCase | None:
        """One case."""
        ...

    def days_to_announcement(self) -> list[int]:
        """Days from the sighting to the announcement, of every announced case."""
        ...


class CaseWrites(CaseReads, Protocol):
    """Writes of cases, inside a transaction."""

    def open_case(self, case: Case) -> None:
        """A new case."""
        ...

    def describe(
        self, case_id: UUID, description: Description, staff_id: UUID, now: datetime
    ) -> None:
        """What is known of it now."""
        ...

    def give_opinion(self, opinion: GivenOpinion) -> None:
        """One opinion."""
        ...

    def close_case(self, case_id: UUID, closing: Closing) -> None:
        """How it ended."""
        ...

    def announce(self, record: NewRecord, case_id: UUID, now: datetime) -> None:
        """A row of the list of new species."""
        ...


class Transaction(occurrences.Transaction, Protocol):
    """The rooms that a case writes to."""

    @property
    def cases(self) -> CaseWrites: ...


class Store(Protocol):
    """A store that reads cases and opens transactions."""

    @property
    def cases(self) -> CaseReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True)
class Candidate:
    """A sighting that may be new, for which a case is opened.

    `occurrence_id` None: it was not reported as a sighting.
    """

    occurrence_id: UUID | None
    level: Level
    group_code: str
    finder: str
    sighted_on: date


def cases_for(store: Store, person: Person) -> list[WholeCase]:
    """Every case with the opinions that this person may read, the newest first.

    Raises `Refused`: `role.may_not`.
    """
    require(person, "judge_case")
    cases = store.cases.all_cases()
    return [replace(whole, opinions=whole.heard_by(person.staff_id)) for whole in cases]


@retried
def open_case(store: Store, person: Person, candidate: Candidate, now: datetime) -> UUID:
    """Seal a candidate: its sighting is withheld until the case ends; the case's id.

    Raises `Refused`: `role.may_not`, `case.group`, `case.finder`, `case.day`, those of a decision.
    """
    staff_id = _staff(person)
    finder = clean_text(candidate.finder, "finder", NAME_LENGTH)
    _require(group_of(candidate.group_code) is not None, "case.group", "group")
    _require(bool(finder), "case.finder", "finder")
    _require(candidate.sighted_on <= day_of(now), "case.day", "sighted_on")
    case = Case(
        case_id=new_id(now),
        occurrence_id=candidate.occurrence_id,
        level=candidate.level,
        group_code=candidate.group_code,
        finder=finder,
        sighted_on=candidate.sighted_on,
        opened_by=staff_id,
        opened_at=now,
    )
    with store.transaction() as tx:
        if case.occurrence_id:
            _withhold(tx, person, case.occurrence_id, now)
        tx.cases.open_case(case)
        tx.log.add(LogEntry("case.opened", case.case_id, person, now))
    return case.case_id


@retried
def describe(
    store: Store, person: Person, case_id: UUID, description: Description, now: datetime
) -> None:
    """Say what is known of a case. Raises `Refused`: `role.may_not`, `case.…`, `text.…`."""
    staff_id = _staff(person)
    _require(
        not description.district or description.district in DISTRICTS,
        "district.unknown",
        "district",
    )
    texts = {
        field.name: clean_text(getattr(description, field.name), field.name, TEXT_LENGTH)
        for field in fields(description)
        if field.name != "type_origin"
    }
    with store.transaction() as tx:
        _open(tx, case_id)
        clean = Description(type_origin=description.type_origin, **texts)
        tx.cases.describe(case_id, clean, staff_id, now)
        tx.log.add(LogEntry("case.described", case_id, person, now))


@retried
def judge(
    store: Store, person: Person, case_id: UUID, opinion: Opinion, reason: str, now: datetime
) -> None:
    """Give one's opinion, without hearing the other's.

    Raises `Refused`: `role.may_not`, `case.unknown`, `case.closed`, `case.own_find`, `case.opener`
    (who opened it is not independent), `case.judged_already`, `case.decided`, `case.reason`.
    """
    staff_id = _staff(person)
    words = clean_text(reason, "reason", TEXT_LENGTH)
    _require(bool(words), "case.reason", "reason")
    with store.transaction() as tx:
        whole = _open(tx, case_id)
        _require_independent(tx, whole.case, person)
        number = whole.round
        if whole.stage is Stage.DIFFERING:
            number += 1
        elif len(whole.latest) >= VERIFIERS:
            raise Refused("case.decided")
        judged = [one for one in whole.opinions if one.round == number]
        _require(all(one.staff_id != staff_id for one in judged), "case.judged_already")
        tx.cases.give_opinion(GivenOpinion(case_id, number, staff_id, opinion, words, now))
        tx.log.add(LogEntry("case.judged", case_id, person, now))


@retried
def announce(store: Store, person: Person, case_id: UUID, now: datetime) -> str:
    """Make it public, crediting the finder; the code of its page.

    Raises `Refused`: `role.may_not`, `case.unknown`, `case.closed`, `case.not_agreed`,
    `case.incomplete` with the first field that is missing.
    """
    require(person, "announce_case")
    with store.transaction() as tx:
        whole = _open(tx, case_id)
        _require(whole.stage is Stage.AGREED_NEW, "case.not_agreed")
        record = _record(whole, now)
        tx.cases.announce(record, case_id, now)
        _close(tx, whole, person, Stage.ANNOUNCED, now)
    return record.code


@retried
def close(store: Store, person: Person, case_id: UUID, now: datetime) -> None:
    """End a case that was judged and is not new; its sighting goes back to the desk.

    Raises `Refused`: `role.may_not`, `case.unknown`, `case.closed`, `case.not_agreed`.
    """
    require(person, "announce_case")
    with store.transaction() as tx:
        whole = _open(tx, case_id)
        _require(whole.stage in (Stage.AGREED_NOT_NEW, Stage.DIFFERING), "case.not_agreed")
        _close(tx, whole, person, Stage.CLOSED, now)


def _close(
    tx: Transaction, whole: WholeCase, person: Person, outcome: Stage, now: datetime
) -> None:
    days = (day_of(now) - whole.case.sighted_on).days
    tx.cases.close_case(whole.case.case_id, Closing(outcome, days, _staff(person), now))
    tx.log.add(LogEntry(f"case.{outcome}", whole.case.case_id, person, now))


def _withhold(tx: Transaction, person: Person, occurrence_id: UUID, now: datetime) -> None:
    review = tx.verification.review(occurrence_id)
    _require(review is not None, "decision.unknown_subject")
    assert review is not None
    request = DecisionRequest(occurrence_id, Verdict.WITHHOLD, person, review.decision_id)
    deciding.record_decision(tx, request, now)


def _open(tx: Transaction, case_id: UUID) -> WholeCase:
    whole = tx.cases.case(case_id)
    if whole is None:
        raise Refused("case.unknown")
    _require(whole.closing is None, "case.closed")
    return whole


def _require_independent(tx: Transaction, case: Case, person: Person) -> None:
    """Neither who opened the case nor who found it judges it."""
    _require(case.opened_by != person.staff_id, "case.opener")
    owner = tx.occurrences.owner_of(case.occurrence_id) if case.occurrence_id else None
    observer_id = owner[0] if owner else None
    if observer_id is None:
        return
    own = {person.observer_id} | tx.people.observers_of_staff(_staff(person))
    _require(observer_id not in own, "case.own_find")


def _staff(person: Person) -> UUID:
    require(person, "judge_case")
    assert person.staff_id is not None
    return person.staff_id


def _require(holds: bool, code: str, field: str | None = None) -> None:
    if not holds:
        raise Refused(code, field)


NEEDED = ("literature", "specimen", "about_zh", "about_en")


def _record(whole: WholeCase, now: datetime) -> NewRecord:
    """The public row. It has no coordinates: the place is what the description's words say."""
    case, description = whole.case, whole.description
    for name in NEEDED:
        _require(bool(getattr(description, name)), "case.incomplete", name)
    is_named = bool(description.scientific_name or description.vernacular_name)
    _require(is_named, "case.incomplete", "scientific_name")
    blank = "locality_zh" if description.locality_en else "locality_en"
    _require(
        bool(description.locality_zh) == bool(description.locality_en), "case.incomplete", blank
    )
    return NewRecord(
        code=code_of(whole),
        level=case.level,
        year=day_of(now).year,
        scientific_name=description.scientific_name,
        authorship=description.authorship,
        vernacular_name=description.vernacular_name,
        group=case.group_code,
        of_the_survey="no",
        type_origin=description.type_origin,
        district=description.district,
        locality_zh=description.locality_zh,
        locality_en=description.locality_en,
        latitude=None,
        longitude=None,
        evidence=Evidence.JUDGED,
        source=f"{description.literature}; {description.specimen}",
        confidence=Confidence.HIGH if description.scientific_name else Confidence.MEDIUM,
        about_zh=description.about_zh,
        about_en=description.about_en,
        picture="",
        finder=case.finder,
    )


def code_of(whole: WholeCase) -> str:
    """The address of an announced case: the name, and enough of the case's random bits.

    A case that has ended is not described again, so its address stays the same.
    """
    words = re.sub(r"[^a-z]+", "-", whole.description.scientific_name.lower()).strip("-")
    return f"{words or 'find'}-{whole.case.case_id.hex[-6:]}"
