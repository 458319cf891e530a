"""The one function that counts a festival: for its pages, its wall, its result and its export.

Counted is what somebody of a team saw on the festival's days (Asia/Shanghai), in its districts and
its area, and what was received before uploads ended. One species by one observer within an hour and
100 m counts once, however often it was sent: 50 herons in a minute are one encounter. Species are
counted by the leaf rule (`observations/taxa/leaves.py`). What is set apart (`set_apart.py`) counts
once a verifier has accepted it. Nothing of a hidden record is among the entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from observations.festivals.entry import Entry
from observations.festivals.festival import Festival, Team
from observations.festivals.set_apart import Suspicion, set_apart
from observations.places.distance import metres_between
from observations.places.outline import Outline
from observations.taxa.leaves import leaf_count

RULES = 1  # the version of what this module and `set_apart.py` say; on every result
ONCE_WITHIN, ONCE_WITHIN_M = timedelta(hours=1), 100.0


@dataclass(frozen=True)
class Encounter:
    """One species met once by one observer: the first entry of it, and its repeats."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The entry that was seen first."""
        return self.entries[0]

    @property
    def confirmed(self) -> Entry | None:
        """The first entry that a verifier accepted."""
        return next((entry for entry in self.entries if entry.is_confirmed), None)


@dataclass(frozen=True)
class Tally:
    """Encounters and species `so_far` and confirmed; `people` had one at least."""

    so_far: int = 0
    confirmed: int = 0
    species_so_far: int = 0
    species: int = 0
    people: int = 0


@dataclass(frozen=True)
class Count:
    """What a festival counts: as a whole, by team, every encounter, and what is set apart."""

    whole: Tally
    teams: Mapping[UUID, Tally]
    encounters: Sequence[Encounter]
    apart: Sequence[tuple[Entry, Suspicion]]

    def tally(self, team_id: UUID) -> Tally:
        """The numbers of one team."""
        return self.teams.get(team_id, Tally())


def count(festival: Festival, teams: Iterable[Team], entries: Iterable[Entry]) -> Count:
    """Count a festival: `entries` are those of it, `teams` all of its teams.

    Hidden teams count nowhere.
    """
    shown = {team.team_id for team in teams if not team.is_hidden}
    area = Outline(list(festival.area)) if festival.area else None
    inside = [
        entry
        for entry in entries
        if entry.team_id in shown
        and (area is None or area.contains(entry.latitude, entry.longitude))
    ]
    suspicions = set_apart(festival, inside)
    scored = [entry for entry in inside if entry.occurrence_id not in suspicions]
    met = encounters(scored)
    by_team: dict[UUID, list[Encounter]] = defaultdict(list)
    for encounter in met:
        by_team[encounter.first.team_id].append(encounter)
    return Count(
        whole=tally(met),
        teams={team_id: tally(own) for team_id, own in by_team.items()},
        encounters=met,
        apart=[
            (entry, suspicions[entry.occurrence_id])
            for entry in inside
            if entry.occurrence_id in suspicions
        ],
    )


def encounters(entries: Iterable[Entry]) -> list[Encounter]:
    """The entries in the order in which they were seen, repeats with what they repeat."""
    met: dict[tuple[UUID, UUID], list[list[Entry]]] = defaultdict(list)
    in_order: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda entry: (entry.event_date, entry.occurrence_id)):
        earlier = met[entry.observer_id, entry.taxon_id]
        same = next((own for own in reversed(earlier) if _is_repeat(own[0], entry)), None)
        if same is None:
            same = []
            earlier.append(same)
            in_order.append(same)
        same.append(entry)
    return [Encounter(tuple(own)) for own in in_order]


def _is_repeat(first: Entry, entry: Entry) -> bool:
    if entry.event_date - first.event_date > ONCE_WITHIN:
        return False
    here = entry.latitude, entry.longitude
    return metres_between(first.latitude, first.longitude, *here) <= ONCE_WITHIN_M


def tally(met: Sequence[Encounter]) -> Tally:
    """The numbers of some encounters."""
    confirmed = [entry for encounter in met if (entry := encounter.confirmed)]
    return Tally(
        so_far=len(met),
        confirmed=len(confirmed),
        species_so_far=leaf_count(encounter.first.leaf for encounter in met),
        species=leaf_count(entry.leaf for entry in confirmed),
        people=len({encounter.first.observer_id for encounter in met}),
    )
