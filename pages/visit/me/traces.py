"""An observer's sightings, actions and points: one statement a list, whatever its length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry, EntryLine
from observations.occurrences.occurrence import Occurrence
from observations.points.postings import CauseKind, Posting
from observations.verification.decisions import Decision
from pages.parts.runtime import store
from pages.parts.sighting.status import latest_of_each


@dataclass(frozen=True)
class Traces:
    """An observer's lists, the latest first, and what their rows refer to, by its id.

    `decisions` are the latest on each sighting; `catalogue` holds the actions of all entries in
    the version of their day.
    """

    sightings: Sequence[Occurrence]
    decisions: Mapping[UUID, Decision]
    actions: Sequence[EntryLine]
    postings: Sequence[Posting]
    paid_sightings: Mapping[UUID, Occurrence]
    paid_entries: Mapping[UUID, ActionEntry]
    catalogue: Mapping[tuple[str, date], Action]

    def action_of(self, entry: ActionEntry) -> Action | None:
        """What the catalogue says of an entry."""
        return self.catalogue.get((entry.action_code, entry.done_on))


def traces_of(observer_id: UUID, sightings: int, actions: int, postings: int) -> Traces:
    """The lists of an observer, each up to a number of rows."""
    rooms = store()
    own = rooms.occurrences.occurrences_of(observer_id, sightings)
    lines = rooms.actions.entries_of(observer_id, actions)
    paid = rooms.points.entries_of(observer_id, postings)
    entries = rooms.actions.entries_with(_causes(paid, are_sightings=False))
    logged = [line.entry for line in lines] + list(entries.values())
    paid_occurrences = rooms.occurrences.occurrences_with(_causes(paid, are_sightings=True))
    return Traces(
        sightings=own,
        decisions=latest_of_each(own),
        actions=lines,
        postings=paid,
        paid_sightings={one: sighting for one, (sighting, _taxon) in paid_occurrences.items()},
        paid_entries=entries,
        catalogue=rooms.actions.versions_on(
            {(entry.action_code, entry.done_on) for entry in logged}
        ),
    )


def _causes(postings: Sequence[Posting], *, are_sightings: bool) -> list[UUID]:
    """What the postings were for: sightings, or logged actions."""
    cause_ids = (
        posting.cause_id
        for posting in postings
        if (posting.cause_kind == CauseKind.OCCURRENCE) is are_sightings
    )
    return list(dict.fromkeys(cause_ids))
