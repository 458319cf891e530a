"""Search of places by name while it is typed.

Chinese (simplified or traditional), pinyin, initials, English; the whole of a name or a part of it.
All names are in memory, in a few long texts: 20,000 are searched in some ten milliseconds.
"""

import csv
import heapq
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from observations.places.districts import DISTRICTS
from observations.places.named_place import DISTRICT, NamedPlace
from observations.places.spelling import as_typed, fold, sound_of, spellings

QUERY_LENGTH = 40
SHORTEST_INSIDE = 2  # a single letter fits the start of a name only: nearly every name contains it
SHORTEST_SOUND = 3  # characters: two that merely sound like a name are another name
ABBREVIATED = 6  # characters of a name that people shorten: 浙大 for 浙江大学紫金港校区
MOST_FOUND = 2_000
METRO = "metro_station"
# What stands before and behind names: the city, a district's unit, a stop of metro or bus, and what
# a metro's stop is called.
TABLE = Path(__file__).with_name("name_words.csv")
_WORDS = dict(list(csv.reader(TABLE.open(encoding="utf-8", newline="")))[1:])
CITY, UNIT, STOP, BRACKETED = (
    re.compile(_WORDS[word]) for word in ("city", "unit", "stop", "bracketed")
)
DISTRICT_WORDS = [
    word for one in DISTRICTS.values() for word in (one.name_zh, UNIT.sub("", one.name_zh))
]
WATERS = ("lake", "water")  # before the district that has its name from one
# A name's sound in the text: each syllable with a capital and a point behind it, Xi.Xi.Shi.Di.
# In typed letters a syllable stands in full or as its initial; the last one may be incomplete.
_ENDED = r"(?:\.|(?:(?<=[A-Z0-9])|(?<=[ZCS]h))[a-z0-9]*\.)"


class Fit(IntEnum):
    """How well a name fits the typed text, best first."""

    WHOLE = 0
    START = 1
    INSIDE = 2
    SHORT = 3  # its characters in their order, some left out
    SOUND = 4  # it sounds as the typed characters do
    BEHIND = 5  # what stands behind the city or a district, or before 地铁站

    @property
    def word(self) -> str:
        """Its name in an answer."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Found:
    """A place and how well its name fits."""

    place: NamedPlace
    fit: Fit


class _Names:
    """Names as one text, a line each, with the place that each is of."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        pairs = sorted(dict.fromkeys(names), key=lambda pair: pair[1])
        self._starts: list[int] = []
        self._places = [place for _name, place in pairs]
        at = 1
        for name, _place in pairs:
            self._starts.append(at)
            at += len(name) + 1
        self.text = "\n".join(["", *(name for name, _place in pairs), ""])

    def place_at(self, at: int) -> int:
        """The place whose name stands at `at` of the text."""
        return self._places[bisect_right(self._starts, at) - 1]

    def rest(self, start: int, end: int) -> int:
        """How many letters of the name are not between `start` and `end`."""
        line_start = self.text.rfind("\n", 0, start) + 1
        return (start - line_start) + (self.text.find("\n", end) - end)

    def fits(self, pattern: str) -> Iterator[tuple[int, int]]:
        """Each place that the pattern finds, and how many letters of its name are left over."""
        for match in re.finditer(pattern, self.text):
            start = match.start() + match.group().startswith("\n")
            yield self.place_at(start), self.rest(start, match.end())

    def lines(self, first: str) -> Iterator[tuple[int, str]]:
        """Each place and name that begins with `first`."""
        for match in re.finditer(f"\n{re.escape(first)}[^\n]*", self.text):
            yield self.place_at(match.start() + 1), match.group()[1:]


class PlaceIndex:
    """The places in memory: a few hundred, or thousands; read again when there are new ones."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._places = list(places)
        chinese = [(name, at) for at, place in enumerate(self._places) for name in names_of(place)]
        self._chinese = _Names((fold(name).replace(" ", ""), at) for name, at in chinese)
        self._sounds = _Names((_spelt(way), at) for name, at in chinese for way in spellings(name))
        english = ((fold(place.name_en), at) for at, place in enumerate(self._places))
        self._english = _Names((f" {name}", at) for name, at in english if name)

    def __len__(self) -> int:
        return len(self._places)

    def search(self, query: str, limit: int) -> list[NamedPlace]:
        """At most `limit` places, best first."""
        return [found.place for found in self.found(query, limit)]

    def found(self, query: str, limit: int) -> list[Found]:
        """At most `limit` places with how well they fit, best first.

        Better fits come first (`Fit`; the last three only where no name has the typed text in it);
        then lakes and districts; names of which less is left over; the order of the index. An empty
        query gives the first ones.
        """
        typed = fold(query[:QUERY_LENGTH])
        if not typed:
            first = [] if query.strip() else self._places[:limit]
            return [Found(place, Fit.START) for place in first]
        hits: dict[int, Fit] = {}
        for fit, fits in self._fits(typed):
            if len(hits) >= limit or (fit > Fit.INSIDE and hits):
                break
            self._take(hits, fit, fits, limit)
        return [Found(self._places[at], fit) for at, fit in hits.items()]

    def _take(
        self, hits: dict[int, Fit], fit: Fit, fits: Iterable[tuple[int, int]], limit: int
    ) -> None:
        bucket: dict[int, int] = {}
        for at, rest in fits:
            if at not in hits:
                bucket[at] = min(rest, bucket.get(at, rest))
            if len(bucket) == MOST_FOUND:
                break
        keys = ((_order(self._places[at].kind), rest, at) for at, rest in bucket.items())
        for *_rest, at in heapq.nsmallest(limit - len(hits), keys):
            hits[at] = fit

    def _fits(self, typed: str) -> Iterator[tuple[Fit, Iterator[tuple[int, int]]]]:
        letters = typed.replace(" ", "")
        if typed.isascii():
            yield from self._by_letters(typed, letters)
            return
        name = re.escape(letters)
        yield Fit.WHOLE, self._chinese.fits(f"\n{name}(?=\n)")
        yield Fit.START, self._chinese.fits(f"\n{name}")
        yield Fit.INSIDE, self._chinese.fits(name)
        yield Fit.SHORT, self._shortened(letters)
        yield Fit.SOUND, self._alike(letters)
        yield Fit.BEHIND, self._behind(letters)

    def _by_letters(
        self, typed: str, letters: str
    ) -> Iterator[tuple[Fit, Iterator[tuple[int, int]]]]:
        word, sound = re.escape(f" {typed}"), _pattern(as_typed(letters))
        yield Fit.WHOLE, self._both(f"\n{word}(?=\n)", f"\n{sound}{_ENDED}(?=\n)")
        yield Fit.START, self._both(f"\n{word}", f"\n{sound}")
        if len(letters) >= SHORTEST_INSIDE:
            yield Fit.INSIDE, self._both(word, sound)

    def _both(self, word: str, sound: str) -> Iterator[tuple[int, int]]:
        yield from self._english.fits(word)
        yield from self._sounds.fits(sound)

    def _shortened(self, typed: str) -> Iterator[tuple[int, int]]:
        """Long names that begin with the first character and have the others in their order."""
        if len(typed) < SHORTEST_INSIDE:
            return
        for at, name in self._chinese.lines(typed[0]):
            rest = iter(name)
            if len(name) >= ABBREVIATED and all(character in rest for character in typed):
                yield at, len(name) - len(list(rest)) - len(typed)  # how many are left out

    def _alike(self, typed: str) -> Iterator[tuple[int, int]]:
        """Names that begin with what sounds the same: 灵引寺 for 灵隐寺."""
        if len(typed) >= SHORTEST_SOUND:
            yield from self._sounds.fits(f"\n{_pattern(sound_of(typed))}")

    def _behind(self, typed: str) -> Iterator[tuple[int, int]]:
        """Names that are whole, or begun, once what stands before or behind them is taken off."""
        for name in _bared(typed):
            yield from self._chinese.fits(f"\n{re.escape(name)}")


def _order(kind: str) -> int:
    return 0 if kind in WATERS else 1 if kind == DISTRICT else 2


def names_of(place: NamedPlace) -> list[str]:
    """What a place is searched by: its name, and that without what only tells it from others."""
    name = place.name_zh
    bare = BRACKETED.sub("", name) or name
    names = [name, bare]
    if place.kind == METRO:
        metro, stem = _WORDS["metro"], bare.removesuffix(_WORDS["station"])
        names += [bare + metro, stem + metro]
    if place.kind == DISTRICT:
        names.append(UNIT.sub("", name))
    if len(CITY.sub("", bare)) > 1:
        names.append(CITY.sub("", bare))
    return list(dict.fromkeys(names))


def _bared(typed: str) -> Iterator[str]:
    """The typed name without the city, a metro's word, or a short first word that is a place's."""
    bare = STOP.sub("", CITY.sub("", typed))
    for name in (bare, *(bare.removeprefix(word) for word in DISTRICT_WORDS)):
        if name != typed and len(name) >= SHORTEST_INSIDE:
            yield name


def _spelt(syllables: Iterable[str]) -> str:
    return "".join(f"{syllable.capitalize()}." for syllable in syllables)


def _pattern(letters: str) -> str:
    """What finds the letters in the text of sounds, from any syllable on."""
    steps = (f"(?:{re.escape(c)}|{_ENDED}{re.escape(c.upper())})" for c in letters[1:])
    return re.escape(letters[0].upper()) + "".join(steps)
