"""Searching taxa by any of their names: Chinese, pinyin, initials, scientific, English, local.

All names are in memory, in a few long texts (`lines.py`), sorted so that common taxa come first. At
100,000 names a search with typing errors takes about as long as one SQL scan without them, and the
index needs about 60 MB (`python -m bench name_search`). It is built again when the store's stamp of
the names has changed.
"""

import heapq
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, islice
from uuid import UUID

from observations.taxa.lines import Lines
from observations.taxa.names import NameLanguage
from observations.taxa.pinyin import Sound, Syllabary, initials_of, sounds_like, spelt
from observations.taxa.store import NameRow
from observations.taxa.taxon import Group
from observations.taxa.typos import TypoIndex

QUERY_LENGTH = 80
# The most hits of one kind of fit, in the index's order. Recorded and common taxa come first there,
# so "a", which begins thousands of names, is answered as quickly as "baitoub".
MOST_FOUND = 3_000
CHINESE = (NameLanguage.CHINESE, NameLanguage.TRADITIONAL_CHINESE)


class Fit(IntEnum):
    """How well a name fits the typed text, best first."""

    WHOLE = 0
    START = 1
    NEARLY = 2  # the whole name with one typing error, or a name that sounds the same
    INSIDE = 3
    NEARLY_START = 4


Owned = tuple[int, int]  # the taxon's index, and the number of letters of its name that remain


@dataclass(frozen=True, slots=True)
class Hit:
    """A taxon and its group, which is shown where several taxa share a name."""

    taxon_id: UUID
    group: Group
    fit: Fit


class TaxonIndex:
    """All names in memory."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        """Build it from rows of `TaxaReads.name_rows`, in their order."""
        names = _Gathered(rows)
        self._ids, self._groups, self._tiers = names.ids, names.groups, names.tiers
        self._place = {taxon_id: place for place, taxon_id in enumerate(self._ids)}
        self._chinese = Lines(names.chinese)
        self._words = Lines((f" {text}", place) for text, place in names.words)
        spellings = [(way, place) for name, place in names.chinese for way in spelt(name)]
        self._spellings = Lines(spellings)
        self._initials = Lines((initials_of(way), place) for way, place in spellings)
        self._sounds = Lines((sounds_like(way.lower()), place) for way, place in spellings)
        self._syllables = Syllabary({way for way, _ in spellings})
        self._typos = TypoIndex(way for way, _ in spellings)
        self._word_typos = TypoIndex(word for text, _ in names.words for word in text.split())

    def __len__(self) -> int:
        return len(self._ids)

    def search(
        self,
        query: str,
        group: Group | None = None,
        limit: int = 8,
        counts: Mapping[UUID, int] | None = None,
    ) -> list[Hit]:
        """At most `limit` taxa whose names fit `query`, the likeliest first.

        Better fits (`Fit`) come first; then taxa recorded more often (`counts`, by taxon id, from
        the public view alone); then common taxa (tier 1), names of which less remains, the
        checklist's order. An empty query gives the likeliest taxa.
        """
        recorded = {self._place[i]: n for i, n in (counts or {}).items() if i in self._place}
        hits: dict[int, Fit] = {}
        for fit, fits in self._fits(fold(query[:QUERY_LENGTH])):
            bucket: dict[int, int] = {}
            for place, rest in islice(self._fits_of_group(fits, group, hits), MOST_FOUND):
                bucket[place] = min(rest, bucket.get(place, rest))
            keys = (
                (-recorded.get(place, 0), self._tiers[place], rest, place)
                for place, rest in bucket.items()
            )
            for *_, place in heapq.nsmallest(limit - len(hits), keys):
                hits[place] = fit
            if len(hits) == limit:
                break
        return [Hit(self._ids[place], self._groups[place], fit) for place, fit in hits.items()]

    def _fits_of_group(
        self, fits: Iterable[Owned], group: Group | None, hits: Container[int]
    ) -> Iterator[Owned]:
        for place, rest in fits:
            if (group is None or self._groups[place] is group) and place not in hits:
                yield place, rest

    def _fits(self, typed: str) -> Iterator[tuple[Fit, Iterator[Owned]]]:
        """Names that fit, best fits first; a kind is computed where those before are too few."""
        if not typed:
            yield Fit.START, ((place, 0) for place in range(len(self._ids)))
        elif typed.isascii():
            yield from self._found_by_letters(typed)
        else:
            yield from self._found_by_characters(typed.replace(" ", ""))

    def _found_by_characters(self, typed: str) -> Iterator[tuple[Fit, Iterator[Owned]]]:
        """Names that contain the Chinese text, then names that sound the same.

        People replace a rare character by another with the same sound.
        """
        ways = spelt(typed)
        yield Fit.WHOLE, self._chinese.whole(typed)
        yield Fit.START, self._chinese.started(typed)
        yield Fit.NEARLY, chain.from_iterable(map(self._spellings.whole, ways))
        yield Fit.INSIDE, self._chinese.inside(typed)
        yield Fit.NEARLY_START, chain.from_iterable(map(self._spellings.started, ways))

    def _found_by_letters(self, typed: str) -> Iterator[tuple[Fit, Iterator[Owned]]]:
        """Scientific and English names from the start of any of their words; pinyin likewise."""
        word, sound = f" {typed}", Sound(self._syllables, typed.replace(" ", ""))
        spelt_so, initials = self._spellings, self._initials
        yield (
            Fit.WHOLE,
            chain(
                self._words.whole(word),
                _all(spelt_so.whole, sound.spellings),
                _all(initials.whole, sound.initials),
            ),
        )
        yield (
            Fit.START,
            chain(
                self._words.started(word),
                _all(spelt_so.started, sound.spellings),
                _all(initials.started, sound.initials),
                self._mixed_fits(sound),
            ),
        )
        alike = sounds_like(sound.letters)
        nearly = [f" {near}" for near in self._nearly(typed)]
        yield (
            Fit.NEARLY,
            chain(
                _all(spelt_so.whole, self._typos.near(sound.letters)),
                _all(self._words.whole, nearly),
                self._sounds.whole(alike) if alike else (),
            ),
        )
        yield (
            Fit.INSIDE,
            chain(
                self._words.inside(word),
                _all(spelt_so.inside, sound.inner(sound.spellings)),
                _all(initials.inside, sound.inner(sound.initials)),
            ),
        )
        yield (
            Fit.NEARLY_START,
            chain(_all(self._words.started, nearly), self._sounds.started(alike) if alike else ()),
        )

    def _nearly(self, typed: str) -> Iterator[str]:
        """The typed text with one of its words corrected."""
        words = typed.split()
        for at, word in enumerate(words):
            for near in self._word_typos.near(word):
                yield " ".join((*words[:at], near, *words[at + 1 :]))

    def _mixed_fits(self, sound: Sound) -> Iterator[Owned]:
        """Names whose syllables are typed partly in full, partly as initials.

        The lines of initials and of spellings correspond to each other.
        """
        for initials, pattern in sound.mixed.items():
            for line in self._initials.numbers(initials):
                spelling = self._spellings.line(line)
                if match := pattern.match(spelling):
                    yield self._spellings.owner(line), len(spelling) - match.end()


def _all(find: Callable[[str], Iterator[Owned]], texts: Iterable[str]) -> Iterator[Owned]:
    return chain.from_iterable(map(find, texts))


class _Gathered:
    """The names by kind, each with the index of its taxon."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        self.ids: list[UUID] = []
        self.groups: list[Group] = []
        self.tiers: list[int] = []
        self.chinese: list[tuple[str, int]] = []
        self.words: list[tuple[str, int]] = []
        groups = {str(group): group for group in Group}
        for row in rows:
            if not self.ids or self.ids[-1] != row.taxon_id:
                self.ids.append(row.taxon_id)
                self.groups.append(groups[row.group_code])
                self.tiers.append(row.tier)
            kind = self.chinese if row.language in CHINESE else self.words
            kind.append((fold(row.name), len(self.ids) - 1))


def fold(text: str) -> str:
    """Lower case without tones or accents, hyphens as spaces, single spaces."""
    if text.isascii():
        plain = text.casefold()
    else:
        spread = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    plain = plain.replace("-", " ").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return " ".join(plain.split())
