"""Search of places by name while it is typed: Chinese, pinyin, initials, English."""

import heapq
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from pypinyin import Style, lazy_pinyin

from observations.places.named_place import DISTRICT, NamedPlace

QUERY_LENGTH = 40
SHORTEST_INSIDE = 2  # a single letter fits the start of a name only: nearly every name contains it


class Fit(IntEnum):
    """How well a name fits the typed text, best first."""

    WHOLE = 0
    START = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class _Names:
    place: NamedPlace
    chinese: str
    syllables: tuple[str, ...]
    english: str


class PlaceIndex:
    """The places in memory: a few hundred, read again when staff import some."""

    def __init__(self, places: Iterable[NamedPlace]) -> None:
        self._names = [_names(place) for place in places]

    def search(self, query: str, limit: int) -> list[NamedPlace]:
        """At most `limit` places, best first.

        Whole names come before starts of names, starts before insides; then districts; then the
        order of the index. An empty query gives the first ones.
        """
        typed = _fold(query[:QUERY_LENGTH])
        if query.strip() and not typed:
            return []  # nothing but punctuation
        keys = (
            (fit, names.place.kind != DISTRICT, position)
            for position, names in enumerate(self._names)
            if (fit := _fit(typed, names)) is not None
        )
        return [self._names[key[-1]].place for key in heapq.nsmallest(limit, keys)]


def _names(place: NamedPlace) -> _Names:
    sounds = lazy_pinyin(place.name_zh, style=Style.NORMAL)
    syllables = tuple(sound for sound in map(_fold, sounds) if sound)
    return _Names(place, _fold(place.name_zh), syllables, _fold(place.name_en))


def _fold(text: str) -> str:
    """Lower case without tones, accents and punctuation, with single spaces."""
    spread = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c if c.isalnum() else " " for c in spread if not unicodedata.combining(c))
    return " ".join(plain.split())


def _fit(typed: str, names: _Names) -> Fit | None:
    if not typed:
        return Fit.START
    letters = typed.replace(" ", "")
    if not typed.isascii():
        return _fit_in(letters, names.chinese.replace(" ", ""))
    fits = (_fit_of_words(typed, names.english), _fit_of_sound(letters, names.syllables))
    return min((fit for fit in fits if fit is not None), default=None)


def _fit_in(typed: str, name: str) -> Fit | None:
    if typed == name:
        return Fit.WHOLE
    if name.startswith(typed):
        return Fit.START
    return Fit.INSIDE if typed in name else None


def _fit_of_words(typed: str, name: str) -> Fit | None:
    """How an English name fits: from the start of any of its words."""
    if name.startswith(typed):
        return Fit.WHOLE if name == typed else Fit.START
    return Fit.INSIDE if f" {typed}" in name else None


def _fit_of_sound(typed: str, syllables: tuple[str, ...]) -> Fit | None:
    """How pinyin fits, from any syllable on: 西溪湿地 is `xixishidi`, `xxsd` or `xixisd`."""
    if _is_spelt(typed, syllables, is_whole=True):
        return Fit.WHOLE
    if _is_spelt(typed, syllables):
        return Fit.START
    if len(typed) < SHORTEST_INSIDE:
        return None
    later = (syllables[start:] for start in range(1, len(syllables)))
    return Fit.INSIDE if any(_is_spelt(typed, rest) for rest in later) else None


def _is_spelt(typed: str, syllables: tuple[str, ...], is_whole: bool = False) -> bool:
    """Whether the letters spell the first syllables.

    Each syllable stands in full or as its initial; the last one may be incomplete. `is_whole`:
    whether they must spell all of them.
    """
    if not typed:
        return not is_whole or not syllables
    if not syllables:
        return False
    first, rest = syllables[0], syllables[1:]
    if first.startswith(typed) and not (is_whole and rest):
        return True
    begins = {first, first[0], first[:2] if first[:2] in ("zh", "ch", "sh") else first[0]}
    return any(
        typed.startswith(begin) and _is_spelt(typed[len(begin) :], rest, is_whole)
        for begin in begins
    )
