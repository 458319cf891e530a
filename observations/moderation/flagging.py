"""What the public finds wrong with a public sighting: enough of them bring it back to the desk."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.moderation.order import FlagReason
from observations.moderation.order_store import Store
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.standing import require_standing
from observations.verification.recalling import recall

THRESHOLD = 3
"""So many people who flag a sighting, since staff last decided on it, bring it back."""


@retried
def flag(store: Store, public_id: UUID, device_id: UUID, reason: FlagReason, now: datetime) -> None:
    """Store what somebody finds wrong; a second flag by the same person replaces the first.

    `THRESHOLD` people bring the sighting back to the desk; it stays public until somebody decides.
    `now` is aware. Raises `Refused`: `consent.missing`, `person.suspended`, `community.unknown` (no
    such sighting is public), `flag.own_record`.
    """
    with store.transaction() as tx:
        require_consent(tx, device_id)
        require_standing(tx, device_id, now)
        sighting = tx.occurrences.public(public_id)
        if sighting is None:
            raise Refused("community.unknown", "record")
        observer = ensure_observer(tx, device_id, now)
        subject_id = sighting.occurrence_id
        if tx.occurrences.owner_of(subject_id) == (observer.observer_id,):
            raise Refused("flag.own_record")
        tx.order.flag(subject_id, observer.observer_id, reason, now)
        if tx.order.people_who_flag(subject_id, now) >= THRESHOLD:
            recall(tx, subject_id, now)
        person = Person(observer_id=observer.observer_id)
        details: dict[str, object] = {"reason": str(reason)}
        tx.log.add(LogEntry("occurrence.flagged", subject_id, person, now, details))
