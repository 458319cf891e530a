"""Transactions at the same time that are independent do not conflict."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg
import pytest

from observations.base.errors import Conflict
from observations.base.ids import new_id
from observations.occurrences.deciding import record_decision
from observations.occurrences.occurrence import receipt_number
from observations.occurrences.recording import Receipt, submit
from observations.occurrences.report import read_report
from observations.points.awarding import award
from observations.points.postings import CauseKind
from observations.verification.decisions import DecisionRequest, Verdict
from tests.support.sightings import (
    NOW,
    SECOND_VERIFIER,
    VERIFIER,
    XIXI,
    observer_of,
    phone,
    record,
)

if TYPE_CHECKING:
    from db.store import Store, Transaction

ROUNDS = 20
EARLIER = NOW - timedelta(days=900)
PATIENCE_S = 20
WRITERS, EACH = 8, 5


@pytest.fixture
def full(full_postgresql_url: str) -> "Iterator[Store]":
    """A store with a history: on a nearly empty one PostgreSQL reads whole tables."""
    from db.opening import open_store

    store = open_store(full_postgresql_url)
    yield store
    store.close()


def conflicts(store: "Store", *writes: "Callable[[Transaction], object]") -> int:
    """The number of some writes that fail because of the others.

    Each transaction sees the store as it was before any of them wrote.
    """
    met = Barrier(len(writes), timeout=PATIENCE_S)

    def run(write: "Callable[[Transaction], object]") -> int:
        try:
            with store.transaction() as tx:
                tx.log.checksum("")  # the first statement says which moment is seen
                met.wait()
                write(tx)
        except Conflict:
            return 1
        return 0

    with ThreadPoolExecutor(len(writes)) as pool:
        return sum(pool.map(run, writes))


def decides(subject_id: UUID, verdict: Verdict, first: bool) -> "Callable[[Transaction], object]":
    def write(tx: "Transaction") -> object:
        review = tx.verification.review(subject_id)
        assert review
        person = VERIFIER if first else SECOND_VERIFIER
        return record_decision(
            tx, DecisionRequest(subject_id, verdict, person, review.decision_id), NOW
        )

    return write


def earns(observer_id: UUID | None, when: datetime) -> "Callable[[Transaction], object]":
    assert observer_id
    cause = new_id(when)
    return lambda tx: award(tx, observer_id, CauseKind.SELF_REPORT, cause, 5, NOW)


def conflicting_rounds(store: "Store", verdict: Verdict, rounds: int) -> int:
    """Two verifiers decide at once, on a record of today and on one of years ago."""
    count = 0
    for _ in range(rounds):
        new, old = (record(store, phone(store, when), when) for when in (NOW, EARLIER))
        count += conflicts(store, decides(new, verdict, True), decides(old, verdict, False))
    return count


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.WITHHOLD])
def test_decisions_on_different_records_never_conflict(full: "Store", verdict: Verdict) -> None:
    assert conflicting_rounds(full, verdict, ROUNDS) == 0


def test_neighbours_who_earn_at_once_never_conflict(full: "Store") -> None:
    """One board holds what their district has; each adds to it and waits for nobody."""
    count = 0
    for _ in range(ROUNDS):
        phones = [phone(full, when) for when in (NOW, EARLIER)]
        for device_id, when in zip(phones, (NOW, EARLIER), strict=True):
            record(full, device_id, when)
        people = [observer_of(full, device_id).observer_id for device_id in phones]
        with full.transaction() as tx:
            for person in filter(None, people):
                tx.people.choose_home_district(person, "330106")
        count += conflicts(full, earns(people[0], NOW), earns(people[1], EARLIER))
    assert count == 0


def test_people_who_record_at_once_never_conflict(
    store: "Store", monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even where the city is young, and every table lies on a few pages."""
    phones = [phone(store) for _ in range(WRITERS)]
    for device_id in phones:
        record(store, device_id)
    failed: list[Exception] = []
    is_conflict = store._engine.is_conflict

    def noted(error: Exception) -> bool:
        failed.append(error)
        return is_conflict(error)

    monkeypatch.setattr(store._engine, "is_conflict", noted)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda device_id: [record(store, device_id) for _ in range(EACH)], phones))

    assert failed == []


def test_one_record_sent_twice_at_once_is_stored_once(store: "Store") -> None:
    device_id = phone(store)
    record(store, device_id)
    one = read_report(
        {
            "id": str(new_id(NOW)),
            "event_date": (NOW - timedelta(hours=1)).isoformat(),
            "place": XIXI,
            "name": "夜鹭",
        },
        NOW,
    )
    met = Barrier(WRITERS, timeout=PATIENCE_S)

    def send(_turn: int) -> Receipt:
        met.wait()
        return submit(store, one, device_id, NOW)

    with ThreadPoolExecutor(WRITERS) as pool:
        receipts = list(pool.map(send, range(WRITERS)))

    assert [receipt.is_new for receipt in receipts].count(True) == 1
    assert {receipt.number for receipt in receipts} == {receipt_number(one.occurrence_id)}


def test_without_its_index_the_projection_makes_them_conflict(
    full: "Store", full_postgresql_url: str
) -> None:
    with psycopg.connect(full_postgresql_url, autocommit=True) as connection:
        connection.execute("drop index released_occurrence_id")
        try:
            assert conflicting_rounds(full, Verdict.ACCEPT, 3) == 3
        finally:
            connection.execute(
                "create index released_occurrence_id on released_occurrence (occurrence_id)"
            )


def test_decisions_on_one_record_conflict(full: "Store") -> None:
    one = record(full, phone(full))
    count = conflicts(
        full, decides(one, Verdict.ACCEPT, True), decides(one, Verdict.PLAUSIBLE, False)
    )
    assert count == 1
