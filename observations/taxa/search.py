"""Searching taxa by any of their names: Chinese, pinyin, initials, scientific, English, local.

All names are in memory, in a few long texts (`lines.py`), sorted so that common taxa come first. At
100,000 names a search with typing errors takes about as long as one SQL scan without them, and the
index needs about 60 MB (`python -m bench name_search`). It is built again when the store's stamp of
the names has changed.
"""

import heapq
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import chain, islice
from uuid import UUID

from observations.taxa.class_words import stems
from observations.taxa.lines import Lines
from observations.taxa.names import NameLanguage
from observations.taxa.pinyin import Sound, Syllabary, initials_of, sounds_like, spelt
from observations.taxa.store import NameRow
from observations.taxa.taxon import Group
from observations.taxa.typed_name import Reading, fold, names_in, readings
from observations.taxa.typos import TypoIndex

QUERY_LENGTH = 80
# The most hits of one kind of fit, in the index's order. Recorded and common taxa come first there,
# so "a", which begins thousands of names, is answered as quickly as "baitoub".
MOST_FOUND = 3_000
LONGEST_SENTENCE, SHORTEST_WITHIN = 12, 2  # characters that are looked through for a name
SHORTEST_CLOSED = 6  # letters of a name written without its spaces
ABBREVIATED = re.compile(r"([a-z]{1,2})\.? ?(?<=[. ])([a-z]{3}[a-z .]*)")
CHINESE = (NameLanguage.CHINESE, NameLanguage.TRADITIONAL_CHINESE)


class Fit(IntEnum):
    """How well a name fits the typed text, best first."""

    WHOLE = 0
    EVERYDAY = 1  # the whole of a name that is searched only
    CLASS_WORD = 2  # whole but for a word like 树 or 鸟
    INITIALS = 3
    START = 4
    NEARLY = 5  # the whole name with one typing error, or one that sounds the same
    EVERYDAY_START = 6
    INSIDE = 7
    NEARLY_START = 8
    WITHIN = 9  # the typed text has a whole name in it

    @property
    def is_near(self) -> bool:
        """Whether the name only resembles what was typed: nobody should choose it unseen."""
        return self > Fit.CLASS_WORD


Owned = tuple[int, int]  # a taxon's place, and how many letters of its name are left over
_Ladder = dict[Fit, Callable[[], Iterator[Owned]]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A taxon and its group, which is shown where several taxa share a name."""

    taxon_id: UUID
    group: Group
    fit: Fit


class _ChineseNames:
    """Chinese names by their characters and by their sound, each with the place of its taxon."""

    def __init__(self, names: Sequence[tuple[str, int]]) -> None:
        spellings = [(way, place) for name, place in names for way in spelt(name)]
        self.spelt = spellings
        self.characters = Lines(names)
        self.stems = Lines((stem, place) for name, place in names for stem, _ in stems(name))
        self.spellings = Lines(spellings)
        self.initials = Lines((initials_of(way), place) for way, place in spellings)
        self.ways = {way for way, _ in spellings}


class TaxonIndex:
    """All names in memory."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        """Build it from rows of `TaxaReads.name_rows`, in their order."""
        names = _Gathered(rows)
        self._ids, self._groups, self._tiers = names.ids, names.groups, names.tiers
        self._place = {taxon_id: place for place, taxon_id in enumerate(self._ids)}
        self._names = _ChineseNames(names.chinese)
        self._everyday = _ChineseNames(names.everyday)
        self._sounds = Lines((sounds_like(w.lower()), at) for w, at in self._names.spelt)
        self._words = Lines((f" {text}", place) for text, place in names.words)
        self._closed = Lines(names.closed)
        self._syllables = Syllabary(self._names.ways | self._everyday.ways)
        self._typos = TypoIndex(self._names.ways)
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
        for fit, fits in self._fits(query[:QUERY_LENGTH]):
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

    def named(self, text: str) -> list[set[UUID]]:
        """For each name in the text (see `names_in`) the taxa with exactly that name.

        Everyday names, which are for the search only, do not count.
        """
        return [
            {
                self._ids[place]
                for way in ways
                for place, _ in chain(
                    self._names.characters.whole(way), self._words.whole(f" {way}")
                )
            }
            for ways in names_in(text[:QUERY_LENGTH])
        ]

    def _fits_of_group(
        self, fits: Iterable[Owned], group: Group | None, hits: Container[int]
    ) -> Iterator[Owned]:
        for place, rest in fits:
            if (group is None or self._groups[place] is group) and place not in hits:
                yield place, rest

    def _fits(self, query: str) -> Iterator[tuple[Fit, Iterator[Owned]]]:
        """What fits, best fits first; the next is looked for when the ones before are too few."""
        ways = readings(query)
        if not ways:
            everything = () if query.strip() else range(len(self._ids))
            yield Fit.START, ((place, 0) for place in everything)
            return
        ladders = [self._ladder(way) for way in ways]
        for fit in Fit:
            yield fit, chain.from_iterable(ladder(fit) for ladder in ladders)

    def _ladder(self, way: Reading) -> Callable[[Fit], Iterator[Owned]]:
        """What finds the names that a reading fits, by how well."""
        is_ascii = way.text.isascii()
        ladder = self._by_letters(way.text) if is_ascii else self._by_characters(way.text)
        last = Fit.CLASS_WORD if way.is_whole else Fit.WITHIN
        return lambda fit: ladder[fit]() if fit in ladder and fit <= last else iter(())

    def _by_characters(self, typed: str) -> _Ladder:
        """Names that contain the Chinese text, then names that sound the same.

        People replace a rare character by another with the same sound.
        """
        names, everyday = self._names, self._everyday
        ways = spelt(typed)
        return {
            Fit.WHOLE: lambda: names.characters.whole(typed),
            Fit.EVERYDAY: lambda: everyday.characters.whole(typed),
            Fit.CLASS_WORD: lambda: self._but_class_word(names, typed, 1),
            Fit.START: lambda: names.characters.started(typed),
            Fit.NEARLY: lambda: chain(
                self._but_class_word(everyday, typed, 2), _all(names.spellings.whole, ways)
            ),
            Fit.EVERYDAY_START: lambda: chain(
                everyday.characters.started(typed), _all(everyday.spellings.whole, ways)
            ),
            Fit.INSIDE: lambda: chain(names.characters.inside(typed), self._of_class(typed)),
            Fit.NEARLY_START: lambda: chain(
                everyday.characters.inside(typed), _all(names.spellings.started, ways)
            ),
            Fit.WITHIN: lambda: self._within(typed),
        }

    def _but_class_word(self, names: _ChineseNames, typed: str, rest: int) -> Iterator[Owned]:
        """The names that fit once 树, 鸟, … is taken off or put on."""
        for place, _ in names.stems.whole(typed):
            yield place, rest
        for stem, groups in stems(typed):
            for place, _ in chain(names.characters.whole(stem), names.stems.whole(stem)):
                if self._groups[place] in groups:
                    yield place, rest

    def _of_class(self, typed: str) -> Iterator[Owned]:
        """The names that end as the typed text does without its class word: all ducks for 鸭子."""
        for stem, groups in stems(typed):
            for place, rest in self._names.characters.ended(stem):
                if self._groups[place] in groups:
                    yield place, rest

    def _within(self, typed: str) -> Iterator[Owned]:
        """The names that stand in a sentence, the longest first."""
        most = min(len(typed), LONGEST_SENTENCE)
        for length in range(most - 1, SHORTEST_WITHIN - 1, -1):
            for start in range(most - length + 1):
                part = typed[start : start + length]
                for names in (self._names, self._everyday):
                    yield from ((place, most - length) for place, _ in names.characters.whole(part))

    def _by_letters(self, typed: str) -> _Ladder:
        """Scientific and English names from the start of any of their words; pinyin likewise."""
        word, sound = f" {typed}", Sound(self._syllables, typed.replace(" ", ""))
        names, everyday, words = self._names, self._everyday, self._words
        closed, alike = typed.replace(" ", ""), sounds_like(sound.letters)
        nearly = cache(lambda: [f" {near}" for near in self._nearly(typed)])
        return {
            Fit.WHOLE: lambda: chain(
                words.whole(word), _all(names.spellings.whole, sound.spellings)
            ),
            Fit.EVERYDAY: lambda: _all(everyday.spellings.whole, sound.longer),
            Fit.INITIALS: lambda: _all(names.initials.whole, sound.initials),
            Fit.START: lambda: chain(
                words.started(word),
                self._abbreviated(typed),
                _all(names.spellings.started, sound.spellings),
                _all(names.initials.started, sound.initials),
                self._mixed_fits(sound),
            ),
            Fit.NEARLY: lambda: chain(
                _all(names.spellings.whole, self._typos.near(sound.letters)),
                _all(words.whole, nearly()),
                self._sounds.whole(alike) if alike else (),
            ),
            Fit.EVERYDAY_START: lambda: chain(
                _all(everyday.spellings.whole, sound.spellings),
                _all(everyday.spellings.started, sound.spellings),
                _all(everyday.initials.whole, sound.initials),
            ),
            Fit.INSIDE: lambda: chain(
                words.inside(word),
                self._closed.holding(closed) if len(closed) >= SHORTEST_CLOSED else (),
                _all(names.spellings.inside, sound.inner(sound.spellings)),
                _all(names.initials.inside, sound.inner(sound.initials)),
            ),
            Fit.NEARLY_START: lambda: chain(
                _all(words.started, nearly()), self._sounds.started(alike) if alike else ()
            ),
        }

    def _abbreviated(self, typed: str) -> Iterator[Owned]:
        """Scientific names whose genus is shortened: P. sinensis."""
        if match := ABBREVIATED.fullmatch(typed):
            start, rest = match.groups()
            yield from self._words.between(f" {start}", f" {rest}")

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
        lines, spellings = self._names.initials, self._names.spellings
        for initials, pattern in sound.mixed.items():
            for line in lines.numbers(initials):
                spelling = spellings.line(line)
                if match := pattern.match(spelling):
                    yield spellings.owner(line), len(spelling) - match.end()


def _all(find: Callable[[str], Iterator[Owned]], texts: Iterable[str]) -> Iterator[Owned]:
    return chain.from_iterable(map(find, texts))


class _Gathered:
    """The names by kind, each with the index of its taxon."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        self.ids: list[UUID] = []
        self.groups: list[Group] = []
        self.tiers: list[int] = []
        self.chinese: list[tuple[str, int]] = []
        self.everyday: list[tuple[str, int]] = []
        self.words: list[tuple[str, int]] = []
        self.closed: list[tuple[str, int]] = []  # English without spaces: nightheron
        groups = {str(group): group for group in Group}
        for row in rows:
            if not self.ids or self.ids[-1] != row.taxon_id:
                self.ids.append(row.taxon_id)
                self.groups.append(groups[row.group_code])
                self.tiers.append(row.tier)
            text = fold(row.name)
            if row.language not in CHINESE:
                self.words.append((text, len(self.ids) - 1))
                if row.language == NameLanguage.ENGLISH:
                    self.closed.append((text.replace(" ", ""), len(self.ids) - 1))
                continue
            kind = self.everyday if row.is_everyday else self.chinese
            kind.append((text.replace(" ", ""), len(self.ids) - 1))
