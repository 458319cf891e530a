"""The wall: photos of one species or of one festival, side by side."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.desk.seen import Place, Seen
from observations.desk.store import Store
from observations.verification.leases import LEASE

WALL = 24


@retried
def take_wall(
    store: Store, person: Person, place: Place, now: datetime, without: Sequence[UUID] = ()
) -> list[Seen]:
    """Lease the next sightings of a wall, the longest waiting first, and give them.

    They are named, have a photo, were never decided, and are nobody's of the verifier's own; those
    `without` were left for the desk. What the verifier held before is free again. `now` is aware.
    Raises `Refused("role.may_not")`.
    """
    require(person, "verify")
    if person.staff_id is None:
        raise Refused("role.may_not")
    with store.transaction() as tx:
        tx.verification.end_leases(person.staff_id, now)
        sightings = tx.desk.for_wall(place, person.staff_id, now, without, WALL)
        ids = [one.subject_id for one in sightings]
        mine = tx.verification.lease(ids, person.staff_id, now + LEASE)
    return [one for one in sightings if one.subject_id in mine]
