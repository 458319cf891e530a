"""Finding a taxon by any of its names: Chinese, pinyin, initials, scientific, English."""

import heapq
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from observations.taxa.pinyin import Syllables, syllables_covered, syllables_of
from observations.taxa.taxon import Group, Taxon

QUERY_LENGTH = 80
# Hyphens part words; apostrophes, straight and curly, part nothing: xi'an, Elliot's.
PUNCTUATION = str.maketrans("-", " ", "'\N{RIGHT SINGLE QUOTATION MARK}")
# A single letter begins names; inside of names it would find nearly every one.
SHORTEST_INNER_SOUND = 2


class Fit(IntEnum):
    """How well a name fits what was typed, best first."""

    WHOLE = 0
    START = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class _Names:
    """A taxon's names, ready to be compared."""

    taxon: Taxon
    position: int
    chinese: str
    syllables: Syllables
    scientific: str
    english: str


class TaxonIndex:
    """The checklist in memory; a search takes 1 to 3 ms over 650 taxa."""

    def __init__(self, taxa: Iterable[Taxon]) -> None:
        self._names = [_names(taxon, position) for position, taxon in enumerate(taxa)]
        self._by_id = {names.taxon.taxon_id: names.taxon for names in self._names}

    def __len__(self) -> int:
        return len(self._names)

    def get(self, taxon_id: UUID) -> Taxon | None:
        """One taxon."""
        return self._by_id.get(taxon_id)

    def search(
        self,
        query: str,
        group: Group | None = None,
        limit: int = 8,
        counts: Mapping[UUID, int] | None = None,
    ) -> list[Taxon]:
        """At most `limit` taxa whose names fit `query`, the likeliest first.

        Whole names come before beginnings, beginnings before the inside of names; then what
        people meet (tier 1), then what was recorded more often (`counts`, by taxon id, to be taken
        from the public view alone), then the checklist's order. An empty query gives the
        likeliest taxa.
        """
        typed = fold(query[:QUERY_LENGTH])
        recorded = counts or {}
        found = (
            (fit, names.taxon.tier, -recorded.get(names.taxon.taxon_id, 0), names.position)
            for names in self._names
            if group is None or names.taxon.group is group
            if (fit := _fit(typed, names)) is not None
        )
        return [self._names[key[-1]].taxon for key in heapq.nsmallest(limit, found)]


def fold(text: str) -> str:
    """Lower case, without tones or accents, hyphens as spaces, single spaces."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    kept = (letter for letter in spread if not unicodedata.combining(letter))
    plain = (
        "".join(kept)
        .replace("-", " ")
        .replace("'", "")
        .replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    return " ".join(plain.split())


def _names(taxon: Taxon, position: int) -> _Names:
    return _Names(
        taxon=taxon,
        position=position,
        chinese=fold(taxon.vernacular_name),
        syllables=syllables_of(taxon.vernacular_name),
        scientific=fold(taxon.scientific_name),
        english=fold(taxon.english_name),
    )


def _fit(typed: str, names: _Names) -> Fit | None:
    """The best fit of all the names, or None."""
    if not typed:
        return Fit.START
    if not typed.isascii():
        return _fit_of_chinese(typed.replace(" ", ""), names.chinese)
    fits = (
        _fit_of_words(typed, names.scientific),
        _fit_of_words(typed, names.english),
        _fit_of_sound(typed.replace(" ", ""), names.syllables),
    )
    return min((fit for fit in fits if fit is not None), default=None)


def _fit_of_chinese(typed: str, name: str) -> Fit | None:
    if typed not in name:
        return None
    if name.startswith(typed):
        return Fit.WHOLE if name == typed else Fit.START
    return Fit.INSIDE


def _fit_of_words(typed: str, name: str) -> Fit | None:
    """Scientific and English names fit from the start of any of their words."""
    if typed not in name:
        return None
    if name.startswith(typed):
        return Fit.WHOLE if name == typed else Fit.START
    return Fit.INSIDE if f" {typed}" in name else None


def _fit_of_sound(typed: str, syllables: Syllables) -> Fit | None:
    if not typed:
        return None
    covered = syllables_covered(typed, syllables)
    if covered:
        return Fit.WHOLE if covered == len(syllables) else Fit.START
    if len(typed) < SHORTEST_INNER_SOUND:
        return None
    starts = range(1, len(syllables))
    return Fit.INSIDE if any(syllables_covered(typed, syllables, at) for at in starts) else None
