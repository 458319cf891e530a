"""Saying what somebody else's public sighting is: agree, name it more exactly, disagree."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.occurrences.community.store import Store, Transaction
from observations.occurrences.community.voices import Certainty, Opinion, ask_for_a_look
from observations.occurrences.occurrence import PublicOccurrence
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.standing import require_standing
from observations.verification.recalling import recall


@retried
def say(store: Store, public_id: UUID, device_id: UUID, opinion: Opinion, now: datetime) -> None:
    """Store what somebody says of a public sighting, in the place of what they said before.

    Nothing public of the sighting changes by it, neither its name nor its place. Where people agree
    on another name, or a sensitive one is named at an exact place, it goes back to the desk. `now`
    is aware. Raises `Refused`: `consent.missing`,
    `person.suspended`, `community.unknown` (no public sighting has this
    id), `community.own_record`, `taxon.unknown`, `community.other_name` (only the name that is
    shown can be doubted).
    """
    with store.transaction() as tx:
        record(tx, public_id, device_id, opinion, now)


def record(
    tx: Transaction, public_id: UUID, device_id: UUID, opinion: Opinion, now: datetime
) -> None:
    """Store it inside a transaction. Raises `Refused` as `say` does."""
    require_consent(tx, device_id)
    require_standing(tx, device_id, now)
    sighting = tx.occurrences.public(public_id)
    if sighting is None:
        raise Refused("community.unknown", "record")
    _require_sense(tx, sighting, opinion)
    observer = ensure_observer(tx, device_id, now)
    if tx.occurrences.owner_of(sighting.occurrence_id) == (observer.observer_id,):
        raise Refused("community.own_record")
    tx.community.say(sighting.occurrence_id, observer.observer_id, opinion, now)
    voices = tx.community.voices(sighting.occurrence_id, now)
    if opinion.taxon_id in ask_for_a_look(voices, sighting.taxon_id, sighting.grid is None):
        recall(tx, sighting.occurrence_id, now)
    person = Person(observer_id=observer.observer_id)
    tx.log.add(LogEntry("occurrence.named_by_community", sighting.occurrence_id, person, now))


def _require_sense(tx: Transaction, sighting: PublicOccurrence, opinion: Opinion) -> None:
    if opinion.taxon_id is None:
        return
    if tx.occurrences.taxon_facts(opinion.taxon_id) is None:
        raise Refused("taxon.unknown", "taxon_id")
    if opinion.certainty is not Certainty.TAXON and opinion.taxon_id != sighting.taxon_id:
        raise Refused("community.other_name", "taxon_id")
