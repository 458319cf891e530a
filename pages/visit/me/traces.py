"""An observer's sightings, actions and points: one statement a list, whatever its length."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry, EntryLine
from observations.occurrences.occurrence import Occurrence
from observations.occurrences.own_records import Glance, State
from observations.points.postings import CauseKind, Posting
from observations.verification.decisions import Decision
from pages.parts.runtime import store
from pages.parts.sighting.status import latest_of_each

MOST_ASKED = 10  # questions that are shown at once; the others follow when these are answered


@dataclass(frozen=True)
class Traces:
    """An observer's lists, the latest first, and what their rows refer to, by its id.

    `own` are all their sightings at a glance; `sightings` those of the list, `questions` those that
    a verifier asks about.

    `decisions` are the latest on each sighting; `catalogue` holds the actions of all entries in
    the version of their day.
    """

    own: Sequence[Glance]
    questions: Sequence[Occurrence]
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


def traces_of(
    observer_id: UUID, own: Sequence[Glance], listed: Sequence[UUID], actions: int, postings: int
) -> Traces:
    """The lists of an observer, each up to a number of rows; `listed` are sightings of the list."""
    rooms = store()
    paid = rooms.points.entries_of(observer_id, postings)
    causes = _causes(paid, are_sightings=True)
    to_answer = [one.occurrence_id for one in own if one.state is State.ASKED][:MOST_ASKED]
    whole = rooms.occurrences.occurrences_with([*dict.fromkeys([*to_answer, *listed, *causes])])
    sightings = [whole[one][0] for one in listed if one in whole]
    questions = [whole[one][0] for one in to_answer if one in whole]
    lines = rooms.actions.entries_of(observer_id, actions)
    entries = rooms.actions.entries_with(_causes(paid, are_sightings=False))
    logged = [line.entry for line in lines] + list(entries.values())
    return Traces(
        own=own,
        questions=questions,
        sightings=sightings,
        decisions=latest_of_each([*sightings, *questions]),
        actions=lines,
        postings=paid,
        paid_sightings={one: whole[one][0] for one in causes if one in whole},
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
