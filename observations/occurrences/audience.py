"""Who may see what of a sighting: the one rule of a record's page."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from observations.base.roles import Person, may
from observations.occurrences.occurrence import Occurrence, PublicOccurrence
from observations.occurrences.store import Store


class Audience(StrEnum):
    """The audiences of a record."""

    STAFF = "staff"
    OBSERVER = "observer"
    PUBLIC = "public"


@dataclass(frozen=True)
class View:
    """A record as one audience may see it.

    `whole` is None for the public; `public` is None while the record is not released.
    """

    audience: Audience
    whole: Occurrence | None
    public: PublicOccurrence | None


def view(store: Store, record_id: UUID, person: Person) -> View | None:
    """The record with this occurrence id or public id; None where this person may see none.

    The public finds a generalised record by its public id alone: its own id would reveal when it
    was made.
    """
    occurrences = store.occurrences
    public = occurrences.public(record_id) or occurrences.public_by_occurrence(record_id)
    whole = occurrences.occurrence(public.occurrence_id if public else record_id)
    if whole and public is None:
        public = occurrences.public(whole.public_id)
    if whole and may(person, "see_exact_place"):
        return View(Audience.STAFF, whole, public)
    if whole and whole.observer_id is not None and whole.observer_id == person.observer_id:
        return View(Audience.OBSERVER, whole, public)
    return _public(record_id, public)


def _public(record_id: UUID, public: PublicOccurrence | None) -> View | None:
    if public is None or (public.is_month_only and record_id != public.public_id):
        return None
    return View(Audience.PUBLIC, None, public)
