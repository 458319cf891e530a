"""A long list of synthetic names, like a list imported by staff: Darwin Core Taxon, CSV.

It is made with a seed from parts of the checklist's own names, so that sounds, initials and
beginnings of words collide as often as in a real list. No such species exist: every row says so,
and the list is not distributed.
"""

import csv
import io
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from observations.taxa.store import NameRow
from observations.taxa.taxon import Taxon, taxon_id_of

REMARK = "synthetic, no such species"
HEADER = (
    "taxonID",
    "scientificName",
    "acceptedNameUsageID",
    "taxonomicStatus",
    "taxonRank",
    "kingdom",
    "phylum",
    "class",
    "order",
    "family",
    "genus",
    "vernacularName",
    "taxonRemarks",
)
SYNONYMS = 0.2  # of the rows
WITH_ENGLISH = 0.3  # of the taxa


class Pieces:
    """The parts from which names are made."""

    def __init__(self, taxa: Sequence[Taxon], seed: int) -> None:
        self._dice = random.Random(seed)
        names = [taxon.vernacular_name for taxon in taxa if len(taxon.vernacular_name) > 1]
        self._starts = [name[0] for name in names]
        self._middles = [letter for name in names for letter in name[1:-1]] or self._starts
        self._ends = [name[-2:] for name in names]
        words = [word for taxon in taxa for word in taxon.scientific_name.lower().split()[:2]]
        self._heads = [word[: len(word) // 2 + 1] for word in words]
        self._tails = [word[len(word) // 2 + 1 :] for word in words]
        self._english = [word for taxon in taxa for word in taxon.english_name.split()]

    def chinese(self) -> str:
        """Three to six characters."""
        middle = "".join(self._dice.choices(self._middles, k=self._dice.randint(0, 3)))
        return self._dice.choice(self._starts) + middle + self._dice.choice(self._ends)

    def latin(self) -> str:
        """A genus and an epithet."""
        return f"{self._word().capitalize()} {self._word()}"

    def english(self) -> str:
        """Two or three words, or nothing."""
        if self._dice.random() > WITH_ENGLISH:
            return ""
        return " ".join(self._dice.choices(self._english, k=self._dice.randint(2, 3)))

    def _word(self) -> str:
        stem = self._dice.choice(self._heads) + self._dice.choice(self._tails)
        return "".join(letter for letter in stem if letter.isalpha() and letter.isascii()) + "a"


def rows(taxa: Sequence[Taxon], count: int, seed: int) -> Iterator[dict[str, str]]:
    """`count` rows, each a name: accepted taxa, and the synonyms of some."""
    pieces, dice, used = Pieces(taxa, seed), random.Random(seed + 1), set[str]()
    used.update(taxon.scientific_name for taxon in taxa)
    accepted: list[str] = []
    for number in range(count):
        latin = pieces.latin()
        while latin in used:
            latin = pieces.latin()
        used.add(latin)
        row = {"taxonID": str(number), "scientificName": latin, "taxonRemarks": REMARK}
        if accepted and dice.random() < SYNONYMS:
            target = dice.choice(accepted)
            yield row | {"acceptedNameUsageID": target, "taxonomicStatus": "synonym"}
            continue
        accepted.append(str(number))
        like = dice.choice(taxa)
        yield row | {
            "taxonomicStatus": "accepted",
            "taxonRank": "species",
            "kingdom": like.kingdom,
            "phylum": like.phylum,
            "class": like.taxon_class,
            "order": like.taxon_order,
            "family": like.family,
            "genus": latin.split()[0],
            "vernacularName": " | ".join(filter(None, (pieces.chinese(), pieces.english()))),
        }


def as_csv(taxa: Sequence[Taxon], count: int, seed: int = 1) -> bytes:
    """The list as a file, UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(taxa, count, seed))
    return text.getvalue().encode()


def as_rows(taxa: Sequence[Taxon], count: int, seed: int = 1) -> list[NameRow]:
    """The list as the index reads it from the store."""
    further: dict[str, list[str]] = defaultdict(list)
    accepted = []
    for row in rows(taxa, count, seed):
        if row["taxonomicStatus"] == "synonym":
            further[row["acceptedNameUsageID"]].append(row["scientificName"])
        else:
            accepted.append(row)
    groups = {taxon.taxon_class: str(taxon.group) for taxon in taxa}
    return [
        NameRow(taxon_id_of(row["scientificName"]), groups[row["class"]], 2, *name)
        for row in accepted
        for name in _names(row, further[row["taxonID"]])
    ]


def _names(row: dict[str, str], synonyms: Sequence[str]) -> Iterator[tuple[str, str]]:
    chinese, _, english = row["vernacularName"].partition(" | ")
    yield chinese, "zh"
    yield row["scientificName"], "la"
    if english:
        yield english, "en"
    yield from ((name, "la") for name in synonyms)
