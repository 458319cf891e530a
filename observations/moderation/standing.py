"""Suspending somebody for a time, and setting aside what of theirs waits; both with undo."""

from datetime import datetime, timedelta
from uuid import UUID

from observations.actions import deciding as actions
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.moderation.order import ACTION, Suspension, SuspensionReason, Waiting
from observations.moderation.order_store import Store, Transaction
from observations.occurrences import deciding as occurrences
from observations.verification.decisions import DecisionRequest, Kind, Verdict

DAYS = (1, 7, 30)
AT_ONCE = 300
"""So many records are set aside in one step: one transaction, which others wait for."""


@retried
def suspend(
    store: Store,
    person: Person,
    observer_id: UUID,
    reason: SuspensionReason,
    days: int,
    now: datetime,
) -> Suspension:
    """Suspend somebody on all their browsers, for one of `DAYS`; what they sent before stays.

    `now` is aware. Raises `Refused`: `role.may_not`, `suspend.days`, `suspend.unknown` (nobody, or
    erased), `suspend.already`.
    """
    require(person, ACTION)
    if days not in DAYS:
        raise Refused("suspend.days")
    assert person.staff_id is not None  # only staff may keep order
    with store.transaction() as tx:
        nickname = tx.order.nickname(observer_id)
        if nickname is None:
            raise Refused("suspend.unknown")
        if tx.order.suspension_of(observer_id, now):
            raise Refused("suspend.already")
        suspension = Suspension(
            new_id(now), observer_id, nickname, reason, now + timedelta(days=days), now, None
        )
        tx.order.suspend(suspension, person.staff_id)
        details: dict[str, object] = {"reason": str(reason), "days": days}
        tx.log.add(LogEntry("observer.suspended", observer_id, person, now, details))
    return suspension


@retried
def lift(store: Store, person: Person, suspension_id: UUID, now: datetime) -> Suspension:
    """End a suspension at once. Raises `Refused`: `role.may_not`, `suspend.over`."""
    require(person, ACTION)
    assert person.staff_id is not None  # only staff may keep order
    with store.transaction() as tx:
        running = {one.suspension_id: one for one in tx.order.suspensions(now)}
        suspension = running.get(suspension_id)
        if suspension is None:
            raise Refused("suspend.over")
        tx.order.lift(suspension, person.staff_id, now)
        tx.log.add(LogEntry("observer.unsuspended", suspension.observer_id, person, now))
    return suspension


@retried
def set_aside(store: Store, person: Person, observer_id: UUID, now: datetime) -> int:
    """Withhold what of this sender waits, at most `AT_ONCE`; gives how many.

    `now` is aware. Raises `Refused`: `role.may_not`, `suspend.unknown`, `aside.nothing`,
    `decision.own_record`.
    """
    require(person, ACTION)
    assert person.staff_id is not None  # only staff may keep order
    with store.transaction() as tx:
        if tx.order.nickname(observer_id) is None:
            raise Refused("suspend.unknown")
        waiting = tx.order.waiting_of(observer_id, AT_ONCE)
        if not waiting:
            raise Refused("aside.nothing")
        set_aside_id = new_id(now)
        for one in waiting:
            _decide(tx, one, Verdict.WITHHOLD, person, now, set_aside_id)
        tx.order.set_aside(set_aside_id, observer_id, person.staff_id, now)
        details: dict[str, object] = {"records": len(waiting)}
        tx.log.add(LogEntry("observer.set_aside", observer_id, person, now, details))
    return len(waiting)


@retried
def put_back(store: Store, person: Person, set_aside_id: UUID, now: datetime) -> int:
    """Put everything that was set aside together back into the queue, where it was; gives how many.

    What was decided on since stays as it is. Raises `Refused`: `role.may_not`,
    `aside.nothing` (nothing of it stands any more).
    """
    require(person, ACTION)
    with store.transaction() as tx:
        standing = tx.order.standing_of(set_aside_id)
        if not standing:
            raise Refused("aside.nothing")
        for one in standing:
            _decide(tx, one, Verdict.UNDO, person, now)
        details: dict[str, object] = {"records": len(standing)}
        tx.log.add(LogEntry("observer.put_back", set_aside_id, person, now, details))
    return len(standing)


def _decide(
    tx: Transaction,
    one: Waiting,
    verdict: Verdict,
    person: Person,
    now: datetime,
    batch_id: UUID | None = None,
) -> None:
    request = DecisionRequest(one.subject_id, verdict, person, one.decision_id, batch_id=batch_id)
    if one.kind is Kind.ACTION:
        actions.record_decision(tx, request, now)
    else:
        occurrences.record_decision(tx, request, now)
