"""Chinese names by their sound: what people type on a phone before the characters come."""

import csv
from functools import cache
from pathlib import Path

from pypinyin import Style, pinyin

# One tuple of readings a character, the usual one first.
Syllables = tuple[tuple[str, ...], ...]

TABLE = Path(__file__).with_name("readings.csv")
# Initials of two letters: z and zh are both typed for 中.
TWO_LETTER_INITIALS = ("zh", "ch", "sh")


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Characters whose reading in a species name is not the dictionary's first, or not the only.

    The dictionary's own lists are of no use here: they hold every reading since the Han.
    """
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["character"]: tuple(row["readings"].split()) for row in csv.DictReader(rows)}


def syllables_of(name: str) -> Syllables:
    """The readings of each character of a Chinese name, in ASCII, without tones.

    ü is given as `v` and as `u`: people type either.
    """
    return tuple(_typed(_sounds(letter)) for letter in name)


def _sounds(letter: str) -> tuple[str, ...]:
    return _readings().get(letter) or (pinyin(letter, style=Style.NORMAL)[0][0],)


def _typed(readings: tuple[str, ...]) -> tuple[str, ...]:
    plain = tuple(reading.replace("v", "u") for reading in readings if "v" in reading)
    return readings + plain


def syllables_covered(typed: str, syllables: Syllables, start: int = 0) -> int:
    """How many syllables from `start` on the letters stand for; 0 where they do not fit.

    Each syllable is typed whole or by its initial, the last one up to any letter:
    `baitoubei`, `btb`, `baitb` and `baito` all begin 白头鹎.
    """
    if not typed or start == len(syllables):
        return 0
    return max(
        (
            _covered_from(typed, length, syllables, start)
            for reading in syllables[start]
            for length in _lengths(typed, reading)
        ),
        default=0,
    )


def _covered_from(typed: str, length: int, syllables: Syllables, start: int) -> int:
    """The same, with the first `length` letters spent on the syllable at `start`."""
    if length == len(typed):
        return 1
    rest = syllables_covered(typed[length:], syllables, start + 1)
    return rest + 1 if rest else 0


def _lengths(typed: str, reading: str) -> list[int]:
    """How many letters the typed text may spend on one reading."""
    if typed[0] != reading[0]:
        return []
    lengths = {1}
    if typed[:2] == reading[:2] and reading.startswith(TWO_LETTER_INITIALS):
        lengths.add(2)
    if typed.startswith(reading):
        lengths.add(len(reading))
    if reading.startswith(typed):
        lengths.add(len(typed))
    return sorted(lengths)
