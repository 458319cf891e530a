"""What a community of people calls one organism: the rule, without storage.

The rule of iNaturalist's community taxon. For every taxon that somebody named, and for each of its
ancestors, the score is the share of those who name it or something below it, among them and those
who name something else. An ancestor alone speaks neither for a taxon below it nor against it,
unless it was said against a name that somebody still holds. The lowest taxon with two people and
more than two thirds is what the community says. Each person weighs what `weight_of` gives; with
equal weights it is the published rule.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, pow, sqrt

FEWEST_PEOPLE = 2
HEAVIEST = 3.0
"""Nobody weighs more than three newcomers, so that no single person outweighs a group."""
_NEWCOMER = log(2.1)


def weight_of(species: float) -> float:
    """How much a person's word weighs, who proved to know so many species of a group.

    Pl@ntNet's weight (n^0.5 - n^0.2 + ln 2.1), a newcomer counted as one, capped at `HEAVIEST`.
    """
    weight = (sqrt(species) - pow(species, 0.2) + _NEWCOMER) / _NEWCOMER
    return min(weight, HEAVIEST)


@dataclass(frozen=True)
class Voice:
    """What one person says it is: the names from the root down to the one they are sure of.

    `against` is the lineage of the name that they say it is not, where they said so.
    """

    lineage: tuple[str, ...]
    weight: float = 1.0
    against: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The lowest name that they are sure of."""
        return self.lineage[-1]


@dataclass(frozen=True)
class Agreement:
    """What the community says: a name with its ancestors.

    `people` named it or something below it, `others` something else; `score` is the weighed share
    of the former, from 0 to 1.
    """

    lineage: tuple[str, ...]
    people: int
    others: int
    score: float

    @property
    def name(self) -> str:
        """The lowest name that the community is sure of."""
        return self.lineage[-1]


def agreement_of(voices: Sequence[Voice]) -> Agreement | None:
    """What these people agree on, one voice a person; None below two people."""
    best: Agreement | None = None
    for lineage in sorted(_named(voices)):
        found = _agreement_on(lineage, voices)
        if found and (best is None or len(found.lineage) > len(best.lineage)):
            best = found
    return best


def _named(voices: Iterable[Voice]) -> set[tuple[str, ...]]:
    """Every taxon that was named, with each of its ancestors, as lineages."""
    return {voice.lineage[:depth] for voice in voices for depth in range(1, len(voice.lineage) + 1)}


def _agreement_on(lineage: tuple[str, ...], voices: Sequence[Voice]) -> Agreement | None:
    taxon = lineage[-1]
    holders = Counter(name for voice in voices for name in set(voice.lineage))
    of_it = [voice for voice in voices if taxon in voice.lineage]
    others = [voice for voice in voices if _contradicts(voice, lineage, holders)]
    inside = sum(voice.weight for voice in of_it)
    whole = inside + sum(voice.weight for voice in others)
    # a rounding error must not lift a share of exactly two thirds
    if len(of_it) < FEWEST_PEOPLE or 3 * inside - 2 * whole <= 1e-9:
        return None
    return Agreement(lineage, len(of_it), len(others), inside / whole)


def _contradicts(voice: Voice, lineage: tuple[str, ...], holders: Counter[str]) -> bool:
    """Whether a voice counts against a taxon: it is elsewhere in the tree, or said not to be it."""
    taxon = lineage[-1]
    if taxon in voice.lineage:
        return False
    if voice.name not in lineage:
        return True
    disputed = voice.against
    return bool(disputed) and holders[disputed[-1]] > 0 and _on_one_line(disputed, lineage)


def _on_one_line(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two taxa is the other or one of its ancestors."""
    return one[-1] in other or other[-1] in one
