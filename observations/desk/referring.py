"""Asking a colleague to decide on a record that waits."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, may, require
from observations.base.text import clean_text
from observations.desk.assignment import REFERRED, WORDS_LENGTH, Colleague
from observations.desk.store import Store
from observations.log.entries import AFTER, LogEntry
from observations.people.staff import Staff

ACTION = "verify"


def colleagues(
    store: Store, person: Person, group_code: str | None, district: str | None
) -> list[Colleague]:
    """Who else decides on records; those whose work this group and district is come first.

    Raises `Refused("role.may_not")`.
    """
    require(person, ACTION)
    assignments = store.desk.assignments()
    people = []
    for staff in store.people.staff_list():
        if _can_be_asked(staff, person):
            theirs = tuple(one for one in assignments if one.staff_id == staff.staff_id)
            fits = any(one.fits(group_code, district) for one in theirs)
            people.append(Colleague(staff.staff_id, staff.username, theirs, fits))
    return sorted(people, key=lambda one: not one.fits)


@retried
def refer(
    store: Store,
    person: Person,
    subject_id: UUID,
    expected_decision_id: UUID | None,
    staff_id: UUID,
    words: str,
    now: datetime,
) -> None:
    """Ask a colleague about a record that waits: for `REFERRED` nobody else is shown it.

    Whoever opens it by its number may still decide on it. Asked again, it goes to the later one.
    `now` is aware. Raises `Refused`: `role.may_not`, `decision.unknown_subject`, `decision.stale`
    (the state has changed since `expected_decision_id`), `referral.nobody`, `text.…`.
    """
    require(person, ACTION)
    question = clean_text(words, "words", WORDS_LENGTH)
    with store.transaction() as tx:
        review = tx.verification.review(subject_id)
        if review is None:
            raise Refused("decision.unknown_subject")
        if not review.is_waiting or review.decision_id != expected_decision_id:
            raise Refused("decision.stale")
        staff = tx.people.staff_member(staff_id)
        if person.staff_id is None or staff is None or not _can_be_asked(staff, person):
            raise Refused("referral.nobody")
        tx.verification.end_lease(subject_id)
        tx.desk.put_referral(review, person.staff_id, staff_id, question, now, now + REFERRED)
        entry = f"{review.kind}.referred"
        tx.log.add(LogEntry(entry, subject_id, person, now, personal={AFTER: staff.username}))


def _can_be_asked(staff: Staff, person: Person) -> bool:
    colleague = Person(staff_id=staff.staff_id, role=staff.role)
    return staff.staff_id != person.staff_id and not staff.is_disabled and may(colleague, ACTION)
