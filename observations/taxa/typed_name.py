"""What somebody typed for a name, without what people put around one.

A count before and a particle after (一只麻雀吗), an author after a scientific name, brackets, two
scripts in one line (白头鹎 Pycnonotus sinensis, 白头bei), a plural, hyphens of any kind, characters
without width.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from observations.taxa.pinyin import spelt

TABLE = Path(__file__).with_name("typed_words.csv")
HYPHENS = frozenset("\u2212\u00ad\u30fb\u00b7_")  # besides those that Unicode calls dashes


def _table() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["use"]: "|".join(row["words"].split()) for row in csv.DictReader(rows)}


_WORDS = _table()
_HAN_COUNT = f"(?:{_WORDS['number']})(?:{_WORDS['or so']})?"
_COUNT = rf"(?:\d+(?:{_WORDS['or so']})?|{_HAN_COUNT})(?:{_WORDS['measure']})"
_LEAD = re.compile(
    rf"^(?:(?:{_WORDS['about']})?{_COUNT}|\d+ ?(?![a-z]?\d)"
    r"|(?:an?|the|one|two|three|four|five|some|many) )"
)
_TAIL = re.compile(
    rf"(?: ?[x*]? ?{_COUNT}| ?[x*]? ?\d+|{_WORDS['particle']}|{_WORDS['stage']}"
    r"|[?!.,;:~\u2642\u2640\u3001\u3002\u2026\s])+$"
)
_OPENING, _CLOSING = r"(\[{\u3008\u300a\u300c\u300e\u3010", r")\]}\u3009\u300b\u300d\u300f\u3011"
_BRACKETS = re.compile(rf"[{_OPENING}]([^{_CLOSING}]*)[{_CLOSING}]?")
_DOUBT = re.compile(rf"[?/|\u3001]|{_WORDS['doubt']}|\b(?:cf|aff|nr|sp|spp|or|not|maybe|like)\b")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_RANKS = frozenset(("var.", "subsp.", "ssp.", "f.", "subvar."))
_HYBRID = re.compile(r"×|(?<=[a-z]) x (?=[a-z])|(?<![^ ]) ?x (?=[a-z]{3})")
_SINGULARS = {"geese": "goose", "mice": "mouse", "flies": "fly", "fishes": "fish", "leaves": "leaf"}
_NO_PLURAL = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed, folded; with `is_whole` only as a name from end to end."""

    text: str
    is_whole: bool = False


def measure_words() -> str:
    """The words that stand between a count and what is counted, as alternatives of a pattern."""
    return _WORDS["measure"]


def fold(text: str) -> str:
    """Lower case without tones, accents, the hybrid sign or zero-width characters.

    Hyphens of any kind become spaces, several spaces one.
    """
    if text.isascii():
        plain = text.casefold()
    else:
        spread = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(map(_plain, spread))
    plain = plain.replace("-", " ").replace("'", "")
    if "x " in plain or "×" in plain:
        plain = _HYBRID.sub(" ", plain)
    return " ".join(plain.split())


@cache
def _plain(letter: str) -> str:
    if letter in HYPHENS or unicodedata.category(letter) == "Pd":
        return "-"
    if letter in "\u2018\u2019\u02bc" or unicodedata.category(letter) in ("Mn", "Cf", "Cc"):
        return ""
    return letter


def readings(query: str) -> list[Reading]:
    """The ways to read what was typed, the plainest first; [] where nothing is left of it."""
    folded = fold(query)
    ways = dict.fromkeys(_ways(folded)) if folded else {}
    wide = {way.text for way in ways if not way.is_whole}
    return [way for way in ways if way.text and not (way.is_whole and way.text in wide)]


def _ways(folded: str) -> Iterator[Reading]:
    yield Reading(_joined(folded))
    outside = _BRACKETS.sub(" ", folded)
    bare = undressed(outside)
    yield Reading(_joined(bare))
    han = "".join(_HAN.findall(bare))
    letters = " ".join(_HAN.sub(" ", bare).split())
    if han and letters:
        yield Reading(han)
        yield Reading(undressed(letters), is_whole=True)
        yield Reading(_HAN.sub(lambda run: spelt(run.group())[0].lower(), bare).replace(" ", ""))
    for text in (letters, *_BRACKETS.findall(folded)):
        yield Reading(_joined(undressed(text)), is_whole=True)
        if text.isascii():
            yield from (Reading(name, is_whole=True) for name in _without_author(text))
    if not han:
        yield Reading(_singular(bare))


def names_in(text: str) -> list[set[str]]:
    """The names in a text, folded, each with the other ways to read it.

    [] where the text expresses doubt or a choice between several names.
    """
    folded = fold(text)
    if _DOUBT.search(folded):
        return []
    parts = [_BRACKETS.sub(" ", folded), *_BRACKETS.findall(folded)]
    names = []
    for part in parts:
        bare = undressed(part)
        han, letters = "".join(_HAN.findall(bare)), " ".join(_HAN.sub(" ", bare).split())
        if han:
            names.append({han})
        if letters:
            names.append({letters, _singular(letters), *_without_author(letters)})
    return names


def undressed(folded: str) -> str:
    """Without a count before, and a count, a particle or a sex after."""
    bare = folded.strip()
    without = _TAIL.sub("", bare) or bare
    return (_LEAD.sub("", without) or without).strip()


def _joined(text: str) -> str:
    """Chinese without spaces, anything else as it is."""
    return text.replace(" ", "") if _HAN.search(text) else text


def _without_author(letters: str) -> Iterator[str]:
    """The first words, which may be a scientific name with its author behind."""
    words = letters.split()
    if len(words) > 2:
        yield " ".join(words[:2])
    if len(words) > 3:
        yield " ".join(words[: 4 if words[2] in _RANKS else 3])


def _singular(words: str) -> str:
    before, last = words.rpartition(" ")[::2] if " " in words else ("", words)
    if last in _SINGULARS:
        one = _SINGULARS[last]
    elif not last.isascii() or len(last) < 4 or not last.endswith("s") or last.endswith(_NO_PLURAL):
        return words
    elif last.endswith("ies"):
        one = f"{last[:-3]}y"
    elif last.endswith(("ches", "shes", "xes")):
        one = last[:-2]
    else:
        one = last[:-1]
    return f"{before} {one}".strip()
