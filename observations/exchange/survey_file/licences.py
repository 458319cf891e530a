"""Creative Commons licences by the ways they are written."""

import re
import unicodedata
from functools import lru_cache

from observations.base.errors import Refused

REMEMBERED = 1_000
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
KINDS = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
NEWEST = "4.0"
_KIND = r"by(?:-nc)?(?:-(?:sa|nd))?"
_ADDRESS = re.compile(rf"creativecommons\.org/licenses/({_KIND})/(\d\.\d)")
_SHORT = re.compile(rf"(?<![a-z])cc-?({_KIND})(?![a-z])(?:-?v?(\d)(?:\.(\d))?)?(?!-?[a-z])")
_TAIL = r"(?:-(?:international|unported|intl|deed))?"
_EXACT = re.compile(
    rf"(?:cc-?{_KIND}(?:-?v?[1-4](?:\.[05])?)?{_TAIL}|cc-?(?:0|zero)(?:-?1\.0)?(?:-universal)?"
    rf"|(?:https?://)?(?:www\.)?creativecommons\.org/(?:licenses/{_KIND}/[1-4]\.[05]"
    r"|publicdomain/zero/1\.0)/?(?:(?:legalcode|deed)(?:\.[a-z-]+)?/?)?)"
)
_ZERO = re.compile(r"publicdomain/zero|(?<![a-z0-9])cc-?(?:0|zero)(?![a-z0-9])")
_WORDS = (
    ("noncommercial", "nc"),
    ("sharealike", "sa"),
    ("noderivatives", "nd"),
    ("noderivs", "nd"),
)


@lru_cache(REMEMBERED)
def licence_of(text: str) -> str:
    """The address of a Creative Commons licence in a text; "" where there is none."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if match := _ADDRESS.search(plain):
        return _address(match[1], match[2])
    joined = re.sub(r"[\s_]+", "-", plain)
    if _ZERO.search(joined):
        return CC0
    if match := _SHORT.search(joined):
        return _address(match[1], f"{match[2]}.{match[3] or 0}" if match[2] else NEWEST)
    return _in_words(joined)


def chosen_licence(text: str) -> str:
    """The address of the licence that somebody chose; "" where they chose none.

    Raises `Refused`: `dataset.licence_unknown` for anything but a Creative Commons licence's name
    or address.
    """
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    if plain and not _EXACT.fullmatch(re.sub(r"[\s_]+", "-", plain)):
        raise Refused("dataset.licence_unknown", "licence", name=text[:80])
    return licence_of(text)


def _in_words(joined: str) -> str:
    """The licence of `Creative Commons Attribution Non Commercial`."""
    bare = joined.replace("-", "")
    if "creativecommonsattribution" not in bare:
        return ""
    kind = "-".join(["by", *(short for word, short in _WORDS if word in bare)])
    version = re.search(r"(?<!\d)([1-4]\.[05])(?!\d)", joined)
    return _address(kind, version[1] if version else NEWEST) if kind in KINDS else ""


def _address(kind: str, version: str) -> str:
    return f"https://creativecommons.org/licenses/{kind}/{version}/"
