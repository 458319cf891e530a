"""Names that a person chooses and everyone reads: nicknames, teams.

Nobody's name may look like another's, like nothing at all, or like an office: after Unicode's
UTS #39 two names are alike where their skeletons are the same.
"""

import csv
import functools
import unicodedata
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from confusable_homoglyphs.confusables import confusables_data

from observations.base.errors import Refused
from observations.base.text import clean_text

# Letters and marks of no width, by Unicode's Default_Ignorable_Code_Point and the blank of braille;
# controls, formats, bidi and zero-width characters are gone by their category.
BLANK = frozenset(map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0)))
CLEANED = ("Cc", "Cf", "Cn", "Co", "Cs")
SPACES = ("Zs", "Zl", "Zp")
SEEN = ("L", "N", "S")  # a name needs one letter, figure or symbol
FIGURES = "0123456789"
_OFFICES = Path(__file__).with_name("offices.csv")  # whoever has such a name seems to speak for it
MOST_MARKS = 2  # on one letter: more than any language writes, fewer than cover a line above


def clean_name(value: object, field: str, limit: int, may_claim: bool = False) -> str:
    """A chosen name as it is stored: nothing unseen in it, single spaces, at most `limit` long.

    "" where nothing is left to see. `may_claim`: it may be an office's. Raises `Refused`:
    `name.office`, and as `clean_text` does.
    """
    text = unicodedata.normalize("NFC", clean_text(value, field, 4 * limit))
    letters = (" " if unicodedata.category(one) in SPACES else one for one in text)
    visible = "".join(one for one in letters if one == " " or not _is_unseen(one))
    name = clean_text(" ".join(_with_few_marks(visible).split()), field, limit)
    if not any(unicodedata.category(one).startswith(SEEN) for one in name):
        return ""
    if not may_claim and claims_office(name):
        raise Refused("name.office", field)
    return name


def _is_unseen(letter: str) -> bool:
    return (
        letter in BLANK
        or unicodedata.category(letter) in CLEANED
        or "\ufe00" <= letter <= "\ufe0f"
        or "\U000e0100" <= letter <= "\U000e01ef"
    )


def _with_few_marks(text: str) -> str:
    """The text without a third mark on one letter, and without marks on nothing."""
    runs = groupby(text, lambda one: unicodedata.category(one) in ("Mn", "Me"))
    parts = ["".join(run)[: MOST_MARKS if is_mark else None] for is_mark, run in runs]
    return "".join(parts)


def skeleton(name: str) -> str:
    """What two names have in common that look alike: case, width, accents and look-alikes aside."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    bare = (one for one in folded if not unicodedata.combining(one) and not _is_unseen(one))
    alike = "".join(_prototypes().get(one, one) for one in bare)
    alike = unicodedata.normalize("NFKC", alike).casefold()
    # a capital I is an l, which case has hidden
    return "".join(one for one in alike if not one.isspace()).replace("i", "l")


def claims_office(name: str) -> bool:
    """Whether a name says that it is the site's or an authority's."""
    return any(_claims(form(name), form) for form in (str.casefold, skeleton))


def _claims(text: str, form: Callable[[str], str]) -> bool:
    words = [
        "".join(word).strip(FIGURES) for is_word, word in groupby(text, str.isalnum) if is_word
    ]
    whole = "".join(words)
    anywhere, at_an_end, alone = (offices()[place] for place in ("anywhere", "end", "alone"))
    return (
        any(form(office) in whole for office in anywhere)
        or any(whole.startswith(form(one)) or whole.endswith(form(one)) for one in at_an_end)
        or any(form(one) in (whole, *words) for one in alone)
    )


@functools.cache
def offices() -> dict[str, tuple[str, ...]]:
    """What nobody may be called, by where in a name: `anywhere`, at its `end` or start, `alone`.

    Badminton is a sport: Latin words do not count anywhere.
    """
    with _OFFICES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = ("anywhere", "end", "alone")
    return {place: tuple(r["word"] for r in rows if r["place"] == place) for place in places}


@functools.cache
def _prototypes() -> dict[str, str]:
    """For each character that looks like another, the one that stands for all of them.

    The library lists pairs both ways: what has a single look-alike has its prototype there.
    """
    pairs = {
        letter: [other["c"].strip("\u200e") for other in others]
        for letter, others in confusables_data.items()
    }
    alone = {letter: others[0] for letter, others in pairs.items() if len(others) == 1}
    return {
        letter: other
        for letter, other in alone.items()
        if len(letter) == 1 and (other < letter or len(pairs.get(other, ())) > 1)
    }
