"""What will remain of a festival once every sighting is checked, with an interval.

For each observer and group, what verifiers decided before says how likely the rest is accepted. How
it is worked out, plainly:

1. The share accepted over all observers is the mean m of a Beta distribution; how far observers lie
   apart (method of moments) is its strength k. An observer of whom a of n were accepted has
   Beta(k m + a, k (1 - m) + n - a): without a past it is the crowd's, with a long one their own.
2. A group is easier or harder than the whole by a difference of log odds, itself drawn from what is
   known of it, counting an observer once rather than a sighting: those of one person go together.
3. One draw takes an acceptance for each observer, shifts it by the group, and lets each waiting
   encounter pass or fail. In the same way a name stays as it was, or becomes another one, which is
   taken to be of a species that is there already.
4. `DRAWS` draws are counted by the leaf rule. The interval holds the middle 95 % of them.

It is about what has been received. What is set apart is not in it. Only records that are not hidden
are in anybody's past. The seed is fixed: the same data give the same interval.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from observations.festivals.counting import Encounter

DRAWS, SEED = 400, 20_260_516
LOWEST, HIGHEST = 2.5, 97.5  # percent of the draws
# Before anything is decided: three of four are accepted, as if four had been looked at; of those,
# nine of ten under the name they came with.
FIRST_MEAN, FIRST_NAMED, FIRST_STRENGTH = 0.75, 0.9, 4.0
WEAKEST, STRONGEST = 1.0, 60.0  # bounds of a strength
Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Past:
    """What was decided of somebody's sightings: judged, accepted, accepted as named."""

    judged: int = 0
    accepted: int = 0
    as_named: int = 0


@dataclass(frozen=True)
class Interval:
    """A forecast with the bounds of its middle 95 %."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True)
class Expected:
    """What will remain after checking: encounters, and species."""

    encounters: Interval
    species: Interval


def forecast(
    met: Sequence[Encounter], pasts: Mapping[tuple[UUID, str], Past]
) -> tuple[Expected, dict[UUID, Expected]]:
    """What will remain of all encounters, and of each team's; `pasts` are by observer and group."""
    is_waiting = np.array([encounter.confirmed is None for encounter in met], dtype=bool)
    waiting = [encounter for encounter in met if encounter.confirmed is None]
    dice = np.random.default_rng(SEED)
    accepted = dice.random((DRAWS, len(waiting))) < _chances(
        dice,
        waiting,
        {key: (past.judged, past.accepted) for key, past in pasts.items()},
        FIRST_MEAN,
    )
    named = accepted & (
        dice.random((DRAWS, len(waiting)))
        < _chances(
            dice,
            waiting,
            {key: (past.accepted, past.as_named) for key, past in pasts.items()},
            FIRST_NAMED,
        )
    )
    remains, stays = (np.ones((DRAWS, len(met)), dtype=bool) for _ in range(2))
    remains[:, is_waiting], stays[:, is_waiting] = accepted, named
    leaves = [(encounter.confirmed or encounter.first).leaf for encounter in met]
    rows: dict[UUID, list[int]] = defaultdict(list)
    for number, encounter in enumerate(met):
        rows[encounter.first.team_id].append(number)
    teams = {
        team_id: _expected(remains[:, own], stays[:, own], [leaves[number] for number in own])
        for team_id, own in rows.items()
    }
    return _expected(remains, stays, leaves), teams


def _chances(
    dice: np.random.Generator,
    waiting: Sequence[Encounter],
    pasts: Mapping[tuple[UUID, str], tuple[int, int]],
    first_mean: float,
) -> Draws:
    """The chance of each waiting encounter in each draw, from (tried, passed) of the past."""
    by_observer, by_group = _sums(pasts, 0), _sums(pasts, 1)
    mean, strength = _crowd(list(by_observer.values()), first_mean)
    people = sorted({encounter.first.observer_id for encounter in waiting})
    tried, passed = np.array([by_observer.get(one, (0, 0)) for one in people]).reshape(-1, 2).T
    own = dice.beta(
        strength * mean + passed,
        strength * (1 - mean) + tried - passed,
        size=(DRAWS, len(people)),
    )
    groups = sorted({encounter.first.group for encounter in waiting})
    by_person = max(1.0, sum(n for n, _ in by_observer.values()) / max(1, len(by_observer)))
    shifts = np.zeros((DRAWS, len(groups)))
    for column, group in enumerate(groups):
        n, k = (number / by_person for number in by_group.get(group, (0, 0)))
        drawn = dice.beta(
            FIRST_STRENGTH * mean + k, FIRST_STRENGTH * (1 - mean) + n - k, size=DRAWS
        )
        # as far as nothing is known of a group, it is like the whole
        shifts[:, column] = (_log_odds(drawn) - _log_odds(mean)) * (n / (n + FIRST_STRENGTH))
    person = [people.index(encounter.first.observer_id) for encounter in waiting]
    group_of = [groups.index(encounter.first.group) for encounter in waiting]
    odds: Draws = _log_odds(own)[:, person] + shifts[:, group_of]
    return 1 / (1 + np.exp(-odds))


def _sums(
    pasts: Mapping[tuple[UUID, str], tuple[int, int]], part: int
) -> dict[UUID | str, tuple[int, int]]:
    """The pasts added up by one part of their key: 0 the observer, 1 the group."""
    sums: dict[UUID | str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key, (tried, passed) in pasts.items():
        before = sums[key[part]]
        sums[key[part]] = before[0] + tried, before[1] + passed
    return dict(sums)


def _crowd(observers: Sequence[tuple[int, int]], first_mean: float) -> tuple[float, float]:
    """Mean and strength of the Beta distribution of observers, by the method of moments."""
    pairs = np.array([pair for pair in observers if pair[0]], dtype=float).reshape(-1, 2)
    tried, passed = pairs[:, 0], pairs[:, 1]
    total = tried.sum()
    mean = (passed.sum() + FIRST_STRENGTH * first_mean) / (total + FIRST_STRENGTH)
    if len(pairs) < 2:
        return float(mean), FIRST_STRENGTH
    spread = mean * (1 - mean)
    # Of what observers differ by, chance makes spread / tried of each; the rest is their own.
    excess = (tried * (passed / tried - mean) ** 2).sum() - len(pairs) * spread
    share = excess / (spread * (total - len(pairs))) if total > len(pairs) else 1.0
    strength = 1 / share - 1 if share > 0 else STRONGEST
    return float(mean), float(min(STRONGEST, max(WEAKEST, strength)))


def _log_odds(share: Draws | float) -> Draws:
    bounded = np.clip(share, 1e-6, 1 - 1e-6)
    odds: Draws = np.log(bounded) - np.log1p(-bounded)
    return odds


def _expected(
    remains: NDArray[np.bool_], stays: NDArray[np.bool_], leaves: Sequence[tuple[str, str | None]]
) -> Expected:
    return Expected(_interval(remains.sum(axis=1)), _interval(_species(stays, leaves)))


def _species(
    stays: NDArray[np.bool_], leaves: Sequence[tuple[str, str | None]]
) -> NDArray[np.int_]:
    """The number of species in each draw, by the leaf rule."""
    columns: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, leaf in enumerate(leaves):
        columns[leaf].append(number)
    total = np.zeros(len(stays), dtype=int)
    is_genus: dict[str, NDArray[np.bool_]] = {}
    for (genus, species), own in columns.items():
        is_there = stays[:, own].any(axis=1)
        if species is not None:
            total += is_there
        is_genus[genus] = is_genus.get(genus, np.zeros(len(stays), dtype=bool)) | (
            is_there & (species is not None)
        )
    for (genus, species), own in columns.items():
        if species is None:
            total += stays[:, own].any(axis=1) & ~is_genus[genus]
    return total


def _interval(numbers: NDArray[np.int_]) -> Interval:
    low, middle, high = np.percentile(numbers, [LOWEST, 50, HIGHEST])
    return Interval(int(np.floor(low)), round(float(middle)), int(np.ceil(high)))
