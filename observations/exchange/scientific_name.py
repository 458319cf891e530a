"""What a written scientific name says for certain, and which names it mentions.

`Anas cf. platyrhynchos` is certain of the genus and mentions a species; so do a hybrid formula,
`A/B`, `or`, `aff.`, `?`. A word that names no taxon (`Anas indet`) is no rank.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from observations.exchange.survey_file.words import folded, words

REMEMBERED = 50_000  # a survey repeats thousands of species
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
# Letters of other scripts that look like Latin ones, in the order of their likenesses.
_LIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u0410\u0412\u0415\u041a\u041c"
    "\u041d\u041e\u0420\u0421\u0422\u0425\u03bf\u03b1\u03b9\u03bd\u0391\u0392\u0395\u0397\u0399"
    "\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7\u0131",
    "aeopcyxisjABEKMHOPCTXoaivABEHIKMNOPTXi",
)
_BETWEEN = re.compile(
    r"\s*(?:/|\||\s(?:or|vel|oder|ou)\s|\u6216|\u00d7|(?<=[a-z.)]) [xX] (?=[a-zA-Z\u00d7?])"
    r"|(?<=[a-z.)])\s?\*\s?(?=[a-zA-Z]))\s*"
)
# The sign of a hybrid that has a name of its own, which is certain: Platanus x acerifolia.
_NAMED_HYBRID = re.compile(r"^([A-Z][a-z]+ )?(?:\u00d7 ?|[xX] )(?=(?(1)[a-z]|[A-Z])[a-z]{2})")
_GENUS = re.compile(r"^[A-Z][a-z]+(?:-[a-z]+)?$")
_SHORT = re.compile(r"^[A-Z][a-z]?\.$")
_EPITHET = re.compile(r"^[a-z]+(?:-[a-z]+)*$")
_QUOTES = dict.fromkeys(map(ord, '"\u201c\u201d\u2018'))
UNPLACED = "incertae sedis"  # GBIF's own word for a name without a place


@dataclass(frozen=True, slots=True)
class Written:
    """A scientific name as it is written.

    `sure` are the words of the name that is certain (none: not even a genus), `mentioned` the names
    in it, certain or not. `provisional`: it is written in capitals or small letters alone, so that
    only a name that is known is one; `titled`: the name, should a capital word behind the genus be
    no author.
    """

    sure: tuple[str, ...] = ()
    mentioned: tuple[tuple[str, ...], ...] = ()
    is_doubtful: bool = False
    provisional: bool = False
    titled: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The certain name, "" where there is none."""
        return " ".join(self.sure)


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the names in it: its words, how many of them are certain."""

    words: tuple[str, ...]
    certain: int
    titled: tuple[str, ...] = ()


def plain_letters(text: str) -> str:
    """A text without accents, width, signs that do not show, or letters that only look Latin."""
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFKD", text).translate(_LIKE)
    return "".join(c for c in spread if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))


def han_in(text: str) -> str:
    """The part of a text that is not Latin, where it has Chinese letters; else nothing."""
    return re.sub(r"[A-Za-z\u00d7.]+", " ", text).strip() if _HAN.search(text) else ""


@lru_cache(REMEMBERED)
def written(text: str) -> Written | None:
    """What a written name says; None where it is no scientific name."""
    plain = " ".join(
        plain_letters(_HAN.sub(" ", text)).translate(_QUOTES).replace("_", " ").split()
    )
    if plain.casefold() == UNPLACED:
        return Written((UNPLACED,), ())
    is_provisional = plain == plain.upper() or plain == plain.lower()
    if is_provisional:
        plain = plain.capitalize()
    parts = list(_parts(plain))
    if not parts:
        return None
    if is_provisional:
        parts = [_Part(part.words[:2], min(part.certain, 2)) for part in parts]
    certain = [part.words[: part.certain] for part in parts]
    is_doubtful = len(parts) > 1 or any(part.certain < len(part.words) for part in parts)
    is_doubtful |= any(part.certain == 0 for part in parts)
    mentioned = tuple(dict.fromkeys(part.words for part in parts))
    return Written(_common(certain), mentioned, is_doubtful, is_provisional, parts[0].titled)


def _common(names: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The words that all names begin with."""
    common: list[str] = []
    for together in zip(*names, strict=False):
        if len(set(together)) > 1:
            break
        common.append(together[0])
    return tuple(common)


def _parts(plain: str) -> Iterator[_Part]:
    """Every name in a text; a part that continues the one before it has its genus."""
    before: tuple[str, ...] = ()
    for piece in _BETWEEN.split(_NAMED_HYBRID.sub(r"\1", plain)):
        part = _part(piece.split(), before)
        if part is None and not before:
            return
        if part is not None:
            yield part
            before = part.words
        elif not piece.strip("?. ") or folded(piece.split()[0]) in words("stop"):
            yield _Part(before, max(1, len(before) - 1))  # a hybrid with nobody knows what


def _part(tokens: Sequence[str], before: tuple[str, ...]) -> _Part | None:
    reading = _Reading(before)
    for token in tokens:
        if not reading.takes(token):
            break
    return reading.part()


class _Reading:
    """The words of one name, read from the left; `certain` stops growing at the first doubt."""

    def __init__(self, before: tuple[str, ...]) -> None:
        self.before = before
        self.names: list[str] = []
        self.certain = 0
        self.in_doubt = False
        self.titled: tuple[str, ...] = ()

    def part(self) -> _Part | None:
        """The name, None where there was none."""
        return _Part(tuple(self.names), self.certain, self.titled) if self.names else None

    def takes(self, token: str) -> bool:
        """Read one word; False where the name has ended."""
        word = token.strip("()[]{},;:!'")
        mark = folded(word.strip("?"))
        if "?" in token:
            word = word.strip("?")
            self._doubt(follows=not word.strip(".") and len(self.names) > 1)
            if not word.strip("."):
                return True
        if self.names and token.startswith("(") and _GENUS.match(word) and len(self.names) == 1:
            return True  # a subgenus
        if mark in words("uncertain"):
            self._doubt(follows=mark.startswith("hyb"))
            return mark not in ("hyb", "hybr", "hybrid")
        if mark in words("collective") and self.names:
            self._doubt(follows=True)
            return False
        if mark in words("rank") and len(self.names) > 1:
            return True
        return self._names(word, mark)

    def _names(self, word: str, mark: str) -> bool:
        if not self.names and self.before and not _GENUS.match(word):
            return self._continues(word)
        if not self.names:
            return _GENUS.match(word) is not None and mark not in words("stop") and self._add(word)
        is_end = mark in words("stop") or re.match(r"^(spp?|ssp|morph)\W?\d", mark)
        shortest = 2 if len(self.names) == 1 else 3
        if len(self.names) == 1 and not is_end and _GENUS.match(word):
            self.titled = (self.names[0], word.lower())
        if is_end or len(self.names) > 2 or not _EPITHET.match(word) or len(word) < shortest:
            return False
        return self._add(word)

    def _continues(self, word: str) -> bool:
        """A part that leaves out the genus, or has only its first letter."""
        if _SHORT.match(word):
            self._add(self.before[0])
            return True
        if not _EPITHET.match(word) or folded(word) in words("stop"):
            return False
        for name in self.before[: max(1, len(self.before) - 1)]:
            self._add(name)
        return self._add(word)

    def _add(self, word: str) -> bool:
        self.names.append(word)
        self.certain += not self.in_doubt
        return True

    def _doubt(self, *, follows: bool) -> None:
        """A doubt about the word before it (`follows`), or about what comes next."""
        if follows and self.names and not self.in_doubt:
            self.certain = min(self.certain, max(1, len(self.names) - 1))
        self.in_doubt = True
