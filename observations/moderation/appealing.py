"""Objecting to a suspension, or to what was decided on one's own record; staff answer."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.moderation.order import ACTION, AppealKind
from observations.moderation.order_store import Store, Transaction
from observations.people.joining import require_observer

LENGTH = 500


@retried
def appeal(store: Store, device_id: UUID, subject_id: UUID, words: str, now: datetime) -> None:
    """Object to one's running suspension, or to the decision on a record of one's own, once.

    Who is suspended may do so too. `now` is aware. Raises `Refused`: `observer.unknown`,
    `appeal.empty`, `appeal.unknown` (neither is this person's), `appeal.already`, `text.…`.
    """
    text = clean_text(words, "words", LENGTH).strip()
    if not text:
        raise Refused("appeal.empty", "words")
    with store.transaction() as tx:
        observer = require_observer(tx, device_id)
        kind = _kind(tx, observer.observer_id, subject_id, now)
        if any(one.answer is None for one in tx.order.appeals_about(subject_id)):
            raise Refused("appeal.already")
        tx.order.appeal(new_id(now), observer.observer_id, kind, subject_id, text, now)
        person = Person(observer_id=observer.observer_id)
        tx.log.add(LogEntry("appeal.sent", subject_id, person, now, {"kind": str(kind)}))


def _kind(tx: Transaction, observer_id: UUID, subject_id: UUID, now: datetime) -> AppealKind:
    suspension = tx.order.suspension_of(observer_id, now)
    if suspension and suspension.suspension_id == subject_id:
        return AppealKind.SUSPENSION
    review = tx.verification.review(subject_id)
    if review is None or review.observer_id != observer_id or review.is_waiting:
        raise Refused("appeal.unknown")
    return AppealKind.RECORD


@retried
def answer(store: Store, person: Person, appeal_id: UUID, words: str, now: datetime) -> None:
    """Answer an appeal; the person concerned reads it. What is decided is decided elsewhere.

    Raises `Refused`: `role.may_not`, `appeal.empty`, `appeal.over` (answered before, or gone).
    """
    require(person, ACTION)
    assert person.staff_id is not None  # only staff may keep order
    text = clean_text(words, "words", LENGTH).strip()
    if not text:
        raise Refused("appeal.empty", "words")
    with store.transaction() as tx:
        waiting = {one.appeal_id: one for one in tx.order.open_appeals()}
        if appeal_id not in waiting:
            raise Refused("appeal.over")
        tx.order.answer(appeal_id, text, person.staff_id, now)
        tx.log.add(LogEntry("appeal.answered", waiting[appeal_id].subject_id, person, now))
