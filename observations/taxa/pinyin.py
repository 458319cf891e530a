"""Chinese names by their sound: pinyin as it is typed on a phone."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path

from pypinyin import Style, pinyin

# A tuple of readings for each character, the usual one first.
Syllables = tuple[tuple[str, ...], ...]

TABLE = Path(__file__).with_name("readings.csv")
# Initials of two letters: for 中 people type z or zh.
TWO_LETTER_INITIALS = ("zh", "ch", "sh")
LONGEST_SYLLABLE = 6  # zhuang
MOST_READINGS = 16  # of one name: 2 readings for each of 4 characters
MOST_CUTS = 48
LONGEST_SOUND = 48  # letters of pinyin; no name has more
SHORTEST_INNER_SOUND = 2
# Sounds that many people do not tell apart when they type; the first is replaced by the second.
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("r", "n"), ("f", "h"))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Characters whose usual reading in species names is not the dictionary's first one.

    Also those with several readings in them. The dictionary's own lists contain every historical
    reading and cannot be used.
    """
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["character"]: tuple(row["readings"].split()) for row in csv.DictReader(rows)}


def syllables_of(name: str) -> Syllables:
    """The readings of each character of a Chinese name, in ASCII, without tones.

    ü is given as `v` and as `u`: people type either. Other characters have no reading.
    """
    return tuple(readings for letter in name if (readings := _typed(letter)))


@cache
def _typed(letter: str) -> tuple[str, ...]:
    found = _readings().get(letter) or (pinyin(letter, style=Style.NORMAL)[0][0],)
    plain = tuple(reading.replace("v", "u") for reading in found if "v" in reading)
    return tuple(r for r in found + plain if r.isascii() and r.isalpha() and r.islower())


def spelt(name: str) -> list[str]:
    """The spellings of a Chinese name in pinyin, each syllable with a capital: `BaiTouBei`.

    A character with two readings gives two spellings, up to `MOST_READINGS` of them.
    """
    ways = product(*syllables_of(name))
    return ["".join(map(str.capitalize, way)) for way in islice(ways, MOST_READINGS) if way]


def initials_of(spelling: str) -> str:
    """`btb` of `BaiTouBei`."""
    return "".join(letter.lower() for letter in spelling if letter.isupper())


def sounds_like(letters: str) -> str:
    """The letters with easily confused sounds spelt alike: zh and z, l and n, ang and an."""
    for heard, written in ALIKE:
        letters = letters.replace(heard, written)
    return letters


@dataclass(frozen=True, slots=True)
class Cut:
    """A division of typed letters into syllables: whole ones, initials, an incomplete last."""

    parts: tuple[str, ...]
    wholes: tuple[bool, ...]

    @property
    def is_spelt(self) -> bool:
        """Whether only the last syllable may be shortened: a spelling contains the letters."""
        return all(self.wholes)

    @property
    def spelling(self) -> str:
        """The parts, each with a capital."""
        return "".join(map(str.capitalize, self.parts))

    @property
    def initials(self) -> str:
        """The first letter of each part."""
        return "".join(part[0] for part in self.parts)

    @property
    def pattern(self) -> str:
        """A regular expression that matches it in a spelling."""
        ends = ("" if whole else "[a-z]*" for whole in self.wholes)
        return "".join(part.capitalize() + end for part, end in zip(self.parts, ends, strict=True))


class Syllabary:
    """The syllables of all names; divides typed letters into them."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """Build it from the spellings of all names."""
        self._whole: set[str] = set()
        for spelling in spellings:
            self._whole.update(_parts(spelling))
        self._begun = {whole[:n] for whole in self._whole for n in range(1, len(whole) + 1)}

    def cuts(self, typed: str) -> list[Cut]:
        """The divisions of the letters, longer syllables first, at most `MOST_CUTS`."""
        alive = self._alive(typed)
        found = islice(self._from(typed, 0, alive), MOST_CUTS)
        return [Cut(*zip(*cut, strict=True)) for cut in found if cut]

    def _steps(self, typed: str, start: int) -> Iterator[tuple[str, bool]]:
        """The possible next parts, and whether each is a whole syllable."""
        rest = len(typed) - start
        for length in range(min(LONGEST_SYLLABLE, rest), 0, -1):
            part = typed[start : start + length]
            if length == rest:
                if part in self._begun:
                    yield part, True
                continue
            if part in self._whole:
                yield part, True
            if part in TWO_LETTER_INITIALS or (length == 1 and part in self._begun):
                yield part, False

    def _alive(self, typed: str) -> set[int]:
        """The positions from which the end can be reached.

        Without them the search of dead ends would grow exponentially.
        """
        alive = {len(typed)}
        for start in range(len(typed) - 1, -1, -1):
            if any(start + len(part) in alive for part, _ in self._steps(typed, start)):
                alive.add(start)
        return alive

    def _from(
        self, typed: str, start: int, alive: set[int]
    ) -> Iterator[tuple[tuple[str, bool], ...]]:
        if start == len(typed):
            yield ()
            return
        for part, is_whole in self._steps(typed, start):
            if start + len(part) in alive:
                more = self._from(typed, start + len(part), alive)
                yield from (((part, is_whole), *rest) for rest in more)


def _parts(spelling: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(spelling) + 1):
        if place == len(spelling) or spelling[place].isupper():
            yield spelling[start:place].lower()
            start = place


class Sound:
    """What typed letters can stand for in pinyin; empty where they are not pinyin."""

    def __init__(self, syllabary: Syllabary, typed: str) -> None:
        """Divide the letters into the syllables of names."""
        is_sound = typed.isalpha() and len(typed) <= LONGEST_SOUND
        self.letters = typed if is_sound else ""
        cuts = syllabary.cuts(self.letters)
        self.spellings = [cut.spelling for cut in cuts if cut.is_spelt]
        # one syllable is said of too many things to mean a name that is searched only
        self.longer = [cut.spelling for cut in cuts if cut.is_spelt and len(cut.parts) > 1]
        self.initials = [typed] if any(cut.initials == typed for cut in cuts) else []
        self.mixed = _patterns(
            cut for cut in cuts if not cut.is_spelt and cut.initials != self.letters
        )

    def inner(self, sounds: list[str]) -> list[str]:
        """The sounds to search for inside names, without single letters: nearly all have them."""
        return [sound for sound in sounds if len(sound) >= SHORTEST_INNER_SOUND]


def _patterns(cuts: Iterable[Cut]) -> dict[str, re.Pattern[str]]:
    """For each line of initials, a regular expression for all its divisions."""
    patterns: dict[str, list[str]] = {}
    for cut in cuts:
        patterns.setdefault(cut.initials, []).append(cut.pattern)
    return {initials: re.compile("|".join(several)) for initials, several in patterns.items()}
