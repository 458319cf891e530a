"""Further names of a taxon: synonyms, names in other lists, local names; each with its source."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from observations.taxa.taxon import NAMESPACE

# The middle dot, the multiplication sign of hybrids, and Chinese brackets, as code points.
SIGNS = frozenset(" -.'\u2019()") | frozenset(map(chr, (0xB7, 0xD7, 0xFF08, 0xFF09)))


class NameStatus(StrEnum):
    """What a further name is to the taxon: Darwin Core's words, `vernacular`, and `everyday`.

    An everyday name is searched only: people type it, several taxa may share it (猫头鹰), and no
    record, list or survey is taken for the taxon because of it.
    """

    SYNONYM = "synonym"
    PRO_PARTE = "proParteSynonym"
    MISAPPLIED = "misapplied"
    VERNACULAR = "vernacular"
    EVERYDAY = "everyday"


class NameLanguage(StrEnum):
    """The language of a name; every scientific name is Latin."""

    LATIN = "la"
    CHINESE = "zh"
    TRADITIONAL_CHINESE = "zh-Hant"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class TaxonName:
    """A further name. A search finds the taxon by it; the taxon's own names are shown."""

    taxon_name_id: UUID
    taxon_id: UUID
    name: str
    language: NameLanguage
    status: NameStatus
    source: str


def taxon_name(
    taxon_id: UUID, name: str, language: NameLanguage, status: NameStatus, source: str
) -> TaxonName:
    """A further name; the same name of the same taxon always has the same id."""
    name_id = uuid5(NAMESPACE, f"{taxon_id}\n{language}\n{name}")
    return TaxonName(name_id, taxon_id, name, language, status, source)


def is_han(text: str) -> bool:
    """Whether every letter of a name is Chinese; `·` and brackets are not letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(_is_han_letter(letter) for letter in letters)


def is_latin(text: str) -> bool:
    """Whether every letter of a name is of the Latin script."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def is_plain(text: str) -> bool:
    """Whether a name consists of letters and the punctuation of names; no other name is shown."""
    return all(letter.isalpha() or letter in SIGNS for letter in text)


def fits_script(name: str, language: NameLanguage) -> bool:
    """Whether a name is written in the script of its language."""
    if language in (NameLanguage.CHINESE, NameLanguage.TRADITIONAL_CHINESE):
        return is_han(name)
    return is_latin(name)


def _is_han_letter(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK ", "IDEOGRAPHIC "))
