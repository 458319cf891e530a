"""Names that are those of sensitive taxa in another dress: with a slip, in part, by their sound.

A near miss of a sensitive name is treated as it. It is asked of names that are not themselves on
the checklist, so that a common species is never hidden for resembling a rare one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from pypinyin import Style, lazy_pinyin

from observations.exchange.scientific_name import written
from observations.taxa.names import NameStatus
from observations.taxa.store import FurtherName
from observations.taxa.taxon import Taxon
from observations.taxa.typed_name import fold
from observations.taxa.typos import is_one_typo

STRICTEST, FOR_A_GENUS = 1, 2
MOST_SLIPS, SHORTEST_LATIN, SHORTEST_INSIDE, SHORTEST_HAN = 2, 8, 2, 3
Words = Sequence[str]
Key = TypeVar("Key")


class SensitiveNames:
    """All names of the sensitive taxa of a checklist."""

    def __init__(self, taxa: Iterable[Taxon], further: Iterable[FurtherName]) -> None:
        everyone = {taxon.taxon_id: taxon for taxon in taxa}
        self._latin: list[tuple[str, int, int]] = []
        self._parts: dict[frozenset[str], int] = {}
        self._chinese: dict[str, int] = {}
        self._everyday: dict[str, int] = {}
        self._english: dict[str, int] = {}
        self._groups = dict(_of_groups(everyone.values()))
        for taxon in everyone.values():
            if taxon.sensitive_category is not None:
                self._take(taxon.scientific_name, taxon.sensitive_category, self._chinese)
                self._take(taxon.vernacular_name, taxon.sensitive_category, self._chinese)
                self._take_english(fold(taxon.english_name), taxon.sensitive_category)
        for name in further:
            category = everyone[name.taxon_id].sensitive_category
            if category is not None:
                is_everyday = name.status == NameStatus.EVERYDAY
                self._take(name.name, category, self._everyday if is_everyday else self._chinese)
        self._sounds: dict[str, int] = {}
        self._by_length: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for han, category in self._chinese.items():
            _keep(self._sounds, _sound(han), category)
            self._by_length[len(han)].append((han, category))

    def _take(self, name: str, category: int, han: dict[str, int]) -> None:
        latin = written(name)
        if latin is not None and latin.sure:
            plain = "".join(latin.sure[:2]).lower()
            self._latin.append((plain, _letters(plain), category))
            for part in _parts_of(latin.sure):
                _keep(self._parts, part, category)
        elif latin is None:
            _keep(han, fold(name).replace(" ", ""), category)

    def _take_english(self, name: str, category: int) -> None:
        """An English name, and its last word, which stands for the kind: `Pangolin`."""
        if name:
            _keep(self._english, name, category)
            _keep(self._english, name.split()[-1], max(category, FOR_A_GENUS))

    def of_latin(self, name: Words) -> int | None:
        """The strictest category of the sensitive names that these words nearly are."""
        if len(name) == 1:
            return self._groups.get(name[0].lower())
        plain = "".join(name[:2]).lower()
        letters, length = _letters(plain), len(plain)
        near = [self._parts[part] for part in _parts_of(name) if part in self._parts]
        near += (
            category
            for other, others, category in self._latin
            if abs(length - len(other)) <= MOST_SLIPS
            and (letters ^ others).bit_count() <= 2 * MOST_SLIPS
            and length >= SHORTEST_LATIN
            and slips(plain, other) <= MOST_SLIPS
        )
        return min(near, default=None)

    def of_chinese(self, name: str) -> int | None:
        """The same of a Chinese name, folded."""
        return min(self._of_chinese(name), default=None)

    def _of_chinese(self, name: str) -> Iterator[int]:
        for named in (self._chinese, self._everyday):
            if name in named:
                yield named[name]
        if len(name) >= SHORTEST_INSIDE and (category := self._sounds.get(_sound(name))):
            yield category
        for start in range(len(name)):
            longest = min(len(name), start + max(self._by_length, default=0))
            for end in range(start + SHORTEST_INSIDE, longest + 1):
                if category := self._chinese.get(name[start:end]):
                    yield category
        for length in range(max(len(name) - 1, SHORTEST_HAN), len(name) + 2):
            for other, category in self._by_length.get(length, ()):
                if len(name) >= SHORTEST_HAN and is_one_typo(name, other):
                    yield category

    def of_english(self, name: str) -> int | None:
        """The strictest category of the English names in these words, or of the kind they are."""
        folded = fold(name)
        words = f" {folded} ".replace("s ", " ")
        inside = [
            category
            for other, category in self._english.items()
            if " " in other and f" {other.removesuffix('s')} " in words
        ]
        alone = self._english.get(folded) or self._english.get(folded.removesuffix("s"))
        return min([*inside, *([alone] if alone else [])], default=None)


def slips(one: str, other: str, most: int = MOST_SLIPS) -> int:
    """How many letters are wrong, missing, added or swapped; `most` + 1 where it is more."""
    before = row = earlier = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i] + [0] * len(other)
        for j, against in enumerate(other, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
        earlier, before = before, row
    return row[-1]


def _of_groups(taxa: Iterable[Taxon]) -> Iterator[tuple[str, int]]:
    """The category of a name above the species, which may stand for a sensitive one.

    Of a genus with any, of a family that has no others. Everything is withheld only where every
    species of it that is listed is.
    """
    genera, families = defaultdict(list), defaultdict(list)
    for taxon in taxa:
        genera[taxon.genus.lower()].append(taxon.sensitive_category)
        families[taxon.family.lower()].append(taxon.sensitive_category)
    of_families = {name: all_of for name, all_of in families.items() if None not in all_of}
    for name, categories in {**of_families, **genera}.items():
        sensitive = [category for category in categories if category is not None]
        if sensitive and name:
            is_all = len(sensitive) == len(categories)
            strictest = max(sensitive) if is_all and max(sensitive) == STRICTEST else 0
            yield name, strictest or max(min(sensitive), FOR_A_GENUS)


def _parts_of(name: Words) -> tuple[frozenset[str], ...]:
    """Genus and species in either order, and genus with the last word: a variety as a species."""
    return frozenset(map(str.lower, name[:2])), frozenset((name[0].lower(), name[-1].lower()))


def _keep(named: dict[Key, int], name: Key, category: int) -> None:
    """The stricter category where two taxa have a name."""
    named[name] = min(named.get(name, category), category)


def _letters(text: str) -> int:
    """The set of letters of a text, as the bits of a number."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 31)
    return bits


def _sound(han: str) -> str:
    return " ".join(lazy_pinyin(han, style=Style.NORMAL))
