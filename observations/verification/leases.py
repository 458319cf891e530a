"""Sharing the queue: a subject belongs to one verifier for a while, and others get another one."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried
from observations.verification.store import VerificationWrites

LEASE = timedelta(minutes=2)
RENEWED_BELOW = LEASE / 2  # what is left of a lease when it is taken again, to spare writes


@dataclass(frozen=True)
class Lease:
    """One subject is one verifier's until then, and so are those that come next."""

    subject_id: UUID
    staff_id: UUID
    until: datetime
    next_ids: tuple[UUID, ...] = ()

    @property
    def subject_ids(self) -> tuple[UUID, ...]:
        """All that it covers, in the order in which they come."""
        return self.subject_id, *self.next_ids

    def serves(self, subjects: Sequence[UUID], now: datetime) -> bool:
        """Whether it still covers all of these for long enough."""
        return set(subjects) <= set(self.subject_ids) and self.until - now > RENEWED_BELOW


class Transaction(Protocol):
    """The writes that a lease needs."""

    @property
    def verification(self) -> VerificationWrites: ...


class Store(Protocol):
    """The storage that a lease needs."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One transaction."""
        ...


@retried
def take_one(
    store: Store, staff_id: UUID, subjects: Sequence[UUID], now: datetime, ahead: int = 0
) -> Lease | None:
    """Lease the first of these subjects that nobody else looks at, until `LEASE` after `now`.

    With it go as many of those after it as `ahead` says, so that what is drawn before it is asked
    for stays this verifier's. What the verifier held before is free again. None where others hold
    all of them. `now` is aware. Raises `StorageError`.
    """
    until = now + LEASE
    with store.transaction() as tx:
        tx.verification.end_leases(staff_id, now)
        for begin in range(0, len(subjects), ahead + 1):
            few = subjects[begin : begin + ahead + 1]
            leased = tx.verification.lease(few, staff_id, until)
            if leased:
                first, *others = (one for one in few if one in leased)
                return Lease(first, staff_id, until, tuple(others))
    return None
