"""Simulated festivals: honest people, guessers, and fakes that nothing has set apart."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import numpy as np

from observations.festivals.counting import Encounter
from observations.festivals.entry import Entry
from observations.festivals.forecast import Past
from observations.taxa.leaves import leaf_count

START = datetime(2026, 5, 16, 0, 0, tzinfo=UTC)
PEOPLE, EACH, SPECIES, TEAMS = 70, 16, 320, 8
GROUPS = ("plant", "bird", "insect")
HARDER = (1.0, 1.05, 0.82)  # what verifiers accept in a group, against the rest
GUESSERS, FAKES, VETERANS = 0.15, 0.05, 0.4
ENTRY = {
    "festival_id": UUID(int=1),
    "public_id": None,
    "scientific_name": "",
    "vernacular_name": "",
    "english_name": None,
    "submitted_at": START,
    "latitude": 30.27,
    "longitude": 120.06,
    "district": "330106",
    "is_time_known": True,
    "joined_at": START,
}


@dataclass(frozen=True)
class Simulated:
    """A festival in the middle of its checking, and how it came out."""

    met: list[Encounter]
    pasts: dict[tuple[UUID, str], Past]
    encounters: int
    species: int


def festival(seed: int) -> Simulated:
    """One festival. A third to two thirds are checked, what is easy first."""
    dice = np.random.default_rng(seed)
    kinds = dice.random(PEOPLE)
    is_guesser, is_fake = kinds < GUESSERS, kinds > 1 - FAKES
    skill = np.where(is_guesser, dice.beta(8, 8, PEOPLE), dice.beta(22, 2, PEOPLE))
    skill[is_fake] = dice.beta(2, 14, is_fake.sum())
    named = np.where(is_guesser, dice.beta(6, 4, PEOPLE), dice.beta(30, 2, PEOPLE))
    group_of = dice.integers(0, len(GROUPS), SPECIES)
    abundance = dice.lognormal(0, 1.6, SPECIES)
    person = np.repeat(np.arange(PEOPLE), 1 + dice.poisson(EACH - 1, PEOPLE))
    seen = dice.choice(SPECIES, len(person), p=abundance / abundance.sum())
    ease = np.array(HARDER)[group_of[seen]]
    is_accepted = dice.random(len(person)) < np.minimum(0.99, skill[person] * ease)
    is_as_named = is_accepted & (dice.random(len(person)) < named[person])
    common = dice.choice(SPECIES, len(person), p=abundance**2 / (abundance**2).sum())
    truth = np.where(is_as_named, seen, common)
    order = ease + abundance[seen] / abundance.max() + 0.5 * dice.random(len(person))
    is_checked = order > np.quantile(order, 1 - dice.uniform(1 / 3, 2 / 3))

    judged: dict[tuple[UUID, str], list[int]] = {}

    def note(who: int, group: int, accepted: bool, as_named: bool) -> None:
        sums = judged.setdefault((UUID(int=100 + who), GROUPS[group]), [0, 0, 0])
        for number, one in enumerate((True, accepted, as_named)):
            sums[number] += bool(one)

    for who in np.flatnonzero((dice.random(PEOPLE) < VETERANS) & ~is_fake):
        for group in dice.integers(0, len(GROUPS), dice.poisson(12)):
            accepted = dice.random() < min(0.99, skill[who] * HARDER[group])
            note(who, group, accepted, accepted and dice.random() < named[who])
    met = []
    for number in range(len(person)):
        who, group = int(person[number]), int(group_of[seen[number]])
        if is_checked[number]:
            note(who, group, is_accepted[number], is_as_named[number])
            if not is_accepted[number]:
                continue
        species = truth[number] if is_checked[number] else seen[number]
        met.append(Encounter((_entry(number, who, int(species), group, is_checked[number]),)))
    final = truth[is_accepted]
    return Simulated(
        met,
        {key: Past(*sums) for key, sums in judged.items()},
        int(is_accepted.sum()),
        leaf_count((f"G{species}", f"G{species} s") for species in final),
    )


def _entry(number: int, who: int, species: int, group: int, is_confirmed: bool) -> Entry:
    return Entry(
        **ENTRY,
        team_id=UUID(int=10 + who % TEAMS),
        observer_id=UUID(int=100 + who),
        occurrence_id=UUID(int=10_000 + number),
        taxon_id=UUID(int=1000 + species),
        genus=f"G{species}",
        species=f"G{species} s",
        group=GROUPS[group],
        event_date=START + timedelta(minutes=number),
        is_confirmed=bool(is_confirmed),
    )
