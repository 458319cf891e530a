"""Chinese names by their sound: what people type on a phone before the characters come."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from pathlib import Path

from pypinyin import Style, pinyin

# One tuple of readings a character, the usual one first.
Syllables = tuple[tuple[str, ...], ...]

TABLE = Path(__file__).with_name("readings.csv")
# Initials of two letters: z and zh are both typed for 中.
TWO_LETTER_INITIALS = ("zh", "ch", "sh")
LONGEST_SYLLABLE = 6  # zhuang
MOST_READINGS = 16  # of one name: 2 readings for each of 4 characters
MOST_CUTS = 48
LONGEST_SOUND = 48  # letters of pinyin; no name has more
SHORTEST_INNER_SOUND = 2
# What many people do not keep apart when they type, in any letters they are part of: the first is
# written as the second.
ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"), ("r", "n"), ("f", "h"))


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Characters whose reading in a species name is not the dictionary's first, or not the only.

    The dictionary's own lists are of no use here: they hold every reading since the Han.
    """
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["character"]: tuple(row["readings"].split()) for row in csv.DictReader(rows)}


def syllables_of(name: str) -> Syllables:
    """The readings of each character of a Chinese name, in ASCII, without tones.

    ü is given as `v` and as `u`: people type either. What is no character has no reading.
    """
    return tuple(readings for letter in name if (readings := _typed(letter)))


@cache
def _typed(letter: str) -> tuple[str, ...]:
    found = _readings().get(letter) or (pinyin(letter, style=Style.NORMAL)[0][0],)
    plain = tuple(reading.replace("v", "u") for reading in found if "v" in reading)
    return tuple(r for r in found + plain if r.isascii() and r.isalpha() and r.islower())


def spelt(name: str) -> list[str]:
    """How a Chinese name is written in pinyin, each syllable with a capital: `BaiTouBei`.

    A character with two readings gives two ways, up to `MOST_READINGS` of them.
    """
    ways = product(*syllables_of(name))
    return ["".join(map(str.capitalize, way)) for way in islice(ways, MOST_READINGS) if way]


def initials_of(spelling: str) -> str:
    """`btb` of `BaiTouBei`."""
    return "".join(letter.lower() for letter in spelling if letter.isupper())


def sounds_like(letters: str) -> str:
    """The letters with what is easily confused written alike: zh and z, l and n, ang and an."""
    for heard, written in ALIKE:
        letters = letters.replace(heard, written)
    return letters


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to read typed letters as syllables: whole ones, initials, the last one begun."""

    parts: tuple[str, ...]
    wholes: tuple[bool, ...]

    @property
    def is_spelt(self) -> bool:
        """Whether nothing is shortened but perhaps the end: it stands in a spelling as it is."""
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
        """A regular expression that finds it in a spelling."""
        ends = ("" if whole else "[a-z]*" for whole in self.wholes)
        return "".join(part.capitalize() + end for part, end in zip(self.parts, ends, strict=True))


class Syllabary:
    """The syllables that names are made of; cuts what was typed into them."""

    def __init__(self, spellings: Iterable[str]) -> None:
        """From the spellings of all names."""
        self._whole: set[str] = set()
        for spelling in spellings:
            self._whole.update(_parts(spelling))
        self._begun = {whole[:n] for whole in self._whole for n in range(1, len(whole) + 1)}

    def cuts(self, typed: str) -> list[Cut]:
        """The ways to read the letters, longer syllables first, `MOST_CUTS` at most."""
        alive = self._alive(typed)
        found = islice(self._from(typed, 0, alive), MOST_CUTS)
        return [Cut(*zip(*cut, strict=True)) for cut in found if cut]

    def _steps(self, typed: str, start: int) -> Iterator[tuple[str, bool]]:
        """What the next part can be, and whether it is whole."""
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
        """The places from which the end can be reached: without it, dead ends grow as powers."""
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
    """What typed letters can stand for in pinyin; nothing where they are no pinyin."""

    def __init__(self, syllabary: Syllabary, typed: str) -> None:
        """Cut into the syllables that names are made of."""
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
        """The sounds that are looked for inside of names: a single letter is in nearly all."""
        return [sound for sound in sounds if len(sound) >= SHORTEST_INNER_SOUND]


def _patterns(cuts: Iterable[Cut]) -> dict[str, re.Pattern[str]]:
    """For each line of initials, a regular expression for all its cuts."""
    patterns: dict[str, list[str]] = {}
    for cut in cuts:
        patterns.setdefault(cut.initials, []).append(cut.pattern)
    return {initials: re.compile("|".join(several)) for initials, several in patterns.items()}
