"""What people may type for a name, made by rules and chosen with a seed, never by hand."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from observations.taxa.pinyin import initials_of, spelt
from observations.taxa.taxon import Taxon
from observations.taxa.typed_name import fold

LATIN_BEYOND_GENUS = 3  # letters of the epithet that are typed after the genus
SHORTEST_TO_SPOIL = 3


@dataclass(frozen=True)
class Typed:
    """A query for a taxon, and the rule it was made by."""

    rule: str
    query: str
    taxon: Taxon


def drawn(taxa: list[Taxon], seed: int, count: int) -> list[Taxon]:
    """`count` taxa, chosen with a seed."""
    return random.Random(seed).sample(taxa, count)


def typed_for(taxa: list[Taxon], seed: int) -> Iterator[Typed]:
    """Five queries for each taxon, one by each rule."""
    dice = random.Random(seed)
    for taxon in taxa:
        spelling = spelt(taxon.vernacular_name)[0]
        yield Typed("initials", initials_of(spelling), taxon)
        yield Typed("pinyin", spelling.lower(), taxon)
        yield Typed("spoilt pinyin", spoilt(spelling.lower(), dice), taxon)
        yield Typed("characters", adjacent(taxon.vernacular_name, dice), taxon)
        yield Typed("Latin or English", beginning(taxon, dice), taxon)


def spoilt(letters: str, dice: random.Random) -> str:
    """The letters with one left out, or with two different neighbours swapped."""
    swaps = [n for n in range(len(letters) - 1) if letters[n] != letters[n + 1]]
    if swaps and (len(letters) < SHORTEST_TO_SPOIL or dice.random() < 0.5):
        at = dice.choice(swaps)
        return letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    at = dice.randrange(len(letters))
    return letters[:at] + letters[at + 1 :]


def adjacent(name: str, dice: random.Random) -> str:
    """Two or more neighbouring characters, or the only one."""
    length = dice.randint(min(2, len(name)), len(name))
    start = dice.randrange(len(name) - length + 1)
    return name[start : start + length]


def beginning(taxon: Taxon, dice: random.Random) -> str:
    """The start of the English name (two thirds of it) or of the Latin one.

    Of the Latin one it is the genus and the first letters of the next word.
    """
    if taxon.english_name and dice.random() < 0.5:
        name = fold(taxon.english_name)
        return name[: -(-len(name) * 2 // 3)]
    name = fold(taxon.scientific_name)
    return name[: name.index(" ") + 1 + LATIN_BEYOND_GENUS]
