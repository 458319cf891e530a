"""Amounts as people write them: `3`, `3只`, `1.00`, `1,200`, `三只`."""

import re
import unicodedata
from functools import lru_cache

from observations.taxa.typed_name import measure_words

REMEMBERED = 10_000
# Chinese 0 to 9, the other 2, and 10.
_CODES = 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D
DIGITS = "".join(map(chr, _CODES))
TWO, TEN = chr(0x4E24), chr(0x5341)
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")
_NUMBER = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)$")
_HAN = re.compile(rf"^([{DIGITS}{TWO}])?({TEN})?([{DIGITS}])?$")


@lru_cache(REMEMBERED)
def amount_of(text: str) -> float | None:
    """The amount; None where the text is not one number, perhaps with a measure word."""
    plain = unicodedata.normalize("NFKC", text).strip()
    bare = re.sub(rf"\s*(?:{measure_words()})$", "", plain)
    if _THOUSANDS.match(bare):
        bare = bare.replace(",", "")
    if _NUMBER.match(bare) and len(bare) < 40:
        return float(bare)
    return _of_han(bare)


def _of_han(text: str) -> float | None:
    """A Chinese number up to 99."""
    match = _HAN.match(text.replace(TWO, DIGITS[2]))
    if not text or not match or (not match[2] and match[1] and match[3]):
        return None
    tens, ten, units = match[1], match[2], match[3]
    if not ten:
        return float(DIGITS.index(tens or units))
    return float((DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(units) if units else 0))
