"""Finding a taxon by any of its names: Chinese, pinyin, initials, scientific, English, local ones.

All names lie in memory, in a few long texts (`lines.py`), sorted so that what people meet comes
first: at 100,000 names a search with its slips takes about as long as one SQL scan that knows of
none, and the index about 60 MB (`python -m bench name_search`). It is built anew when the store's
stamp of the names has changed.
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
from observations.taxa.slips import Slips
from observations.taxa.store import NameRow
from observations.taxa.taxon import Group

QUERY_LENGTH = 80
# Of one kind of fit, in the index's order: what is recorded and what people meet comes first there,
# so that "a", which begins thousands of names, is answered as quickly as "baitoub".
MOST_FOUND = 3_000
CHINESE = (NameLanguage.CHINESE, NameLanguage.TRADITIONAL_CHINESE)


class Fit(IntEnum):
    """How well a name fits the typed text, best first."""

    WHOLE = 0
    START = 1
    NEARLY = 2  # the whole name but for one slip, or as it sounds
    INSIDE = 3
    NEARLY_START = 4


Owned = tuple[int, int]  # a taxon's place, and how many letters of its name are left over


@dataclass(frozen=True, slots=True)
class Hit:
    """A taxon that was found, and its group: a name that several share needs it shown."""

    taxon_id: UUID
    group: Group
    fit: Fit


class TaxonIndex:
    """All names in memory."""

    def __init__(self, rows: Iterable[NameRow]) -> None:
        """From rows as `TaxaReads.name_rows` gives them: likelier taxa first, a taxon's names
        together."""
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
        self._slips = Slips(way for way, _ in spellings)
        self._word_slips = Slips(word for text, _ in names.words for word in text.split())

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

        Better fits (`Fit`) come first; then what was recorded more often (`counts`, by taxon id,
        to be taken from the public view alone); then what people meet (tier 1), the name that has
        less left over, the checklist's order. An empty query gives the likeliest taxa.
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
        """What fits, best fits first; the next is looked for when the ones before are too few."""
        if not typed:
            yield Fit.START, ((place, 0) for place in range(len(self._ids)))
        elif typed.isascii():
            yield from self._found_by_letters(typed)
        else:
            yield from self._found_by_characters(typed.replace(" ", ""))

    def _found_by_characters(self, typed: str) -> Iterator[tuple[Fit, Iterator[Owned]]]:
        """Chinese anywhere in the name; names that sound the same, since people take another
        character for a rare one."""
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
                _all(spelt_so.whole, self._slips.near(sound.letters)),
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
            for near in self._word_slips.near(word):
                yield " ".join((*words[:at], near, *words[at + 1 :]))

    def _mixed_fits(self, sound: Sound) -> Iterator[Owned]:
        """Some syllables whole, some shortened.

        Lines of initials and spellings stand side by side.
        """
        for initials, pattern in sound.mixed.items():
            for line in self._initials.numbers(initials):
                spelling = self._spellings.line(line)
                if match := pattern.match(spelling):
                    yield self._spellings.owner(line), len(spelling) - match.end()


def _all(find: Callable[[str], Iterator[Owned]], texts: Iterable[str]) -> Iterator[Owned]:
    return chain.from_iterable(map(find, texts))


class _Gathered:
    """The names by kind, each with the place of its taxon."""

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
    """Lower case, without tones or accents, hyphens as spaces, single spaces."""
    if text.isascii():
        plain = text.casefold()
    else:
        spread = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    plain = plain.replace("-", " ").replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return " ".join(plain.split())
