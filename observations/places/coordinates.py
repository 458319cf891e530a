"""Degrees as people write them: decimal, with a hemisphere, or in degrees, minutes and seconds."""

import re
import unicodedata
from enum import StrEnum


class Axis(StrEnum):
    """Which of the two coordinates a hemisphere belongs to."""

    LATITUDE = "latitude"
    LONGITUDE = "longitude"


# N, S, E, W, and the Chinese words: north and south latitude, east and west longitude.
_HEMISPHERES = {
    "n": (Axis.LATITUDE, 1),
    "s": (Axis.LATITUDE, -1),
    "e": (Axis.LONGITUDE, 1),
    "w": (Axis.LONGITUDE, -1),
    chr(0x5317): (Axis.LATITUDE, 1),
    chr(0x5357): (Axis.LATITUDE, -1),
    chr(0x4E1C): (Axis.LONGITUDE, 1),
    chr(0x897F): (Axis.LONGITUDE, -1),
}
DECIMALS = 9  # of degrees that minutes and seconds make: less than a millimetre
_WORD = r"([nsew]|[\u5317\u5357]\u7eac|[\u4e1c\u897f]\u7ecf)?"
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_DEGREE = r"(?:\u00b0|\u00ba|\u02da|\u5ea6|deg|d|:| )"
_MINUTE = r"(?:'|\u5206|m|:| )"
_SECOND = r"(?:\"|''|\u79d2|s)"
_WRITTEN = re.compile(
    rf"^{_WORD}\s*([+-])?\s*({_NUMBER})\s*"
    rf"(?:{_DEGREE}\s*(?:({_NUMBER})\s*(?:{_MINUTE}\s*(?:({_NUMBER})\s*{_SECOND}?)?)?)?)?"
    rf"\s*{_WORD}$"
)
_SIGNS = str.maketrans({"\u2032": "'", "\u2019": "'", "\u2018": "'", "`": "'", "\u2212": "-",
                        "\u2033": '"', "\u201d": '"', "\u201c": '"', "\u2013": "-"})  # fmt: skip
LONGEST = 60
_PLAIN = re.compile(r"^[+-]?(?:\d{1,20}\.?\d{0,40}|\.\d{1,40})$", re.ASCII)


def degrees_of(text: str, axis: Axis) -> float | None:
    """A coordinate in decimal degrees; None where the text is not one of that axis."""
    degrees, written_axis = degrees_and_axis(text)
    return degrees if written_axis in (None, axis) else None


def degrees_and_axis(text: str) -> tuple[float | None, Axis | None]:
    """The decimal degrees, None where they cannot be read, and the axis that a hemisphere names."""
    if _PLAIN.match(text):
        return float(text), None  # nearly every cell
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    if len(plain) > LONGEST:
        return None, None
    plain = re.sub(r"^(-?\d+),(\d+)(?=\D*$)", r"\1.\2", plain.strip().casefold())
    match = _WRITTEN.match(plain)
    if not match or (match[1] and match[6]):
        return None, None
    word = match[1] or match[6]
    axis, sign = _HEMISPHERES[word[0]] if word else (None, 1)
    value = _value(match)
    if value is None or (word and match[2]):
        return None, None
    return (-value if match[2] == "-" else value) * sign, axis


def _value(match: re.Match[str]) -> float | None:
    """Degrees, minutes and seconds together; a part behind a fraction, or of 60 and more: None."""
    parts = [part for part in match.group(3, 4, 5) if part]
    numbers = [float(part) for part in parts]
    has_fraction = any("." in part for part in parts[:-1])
    if has_fraction or any(number >= 60 for number in numbers[1:]):
        return None
    return round(sum(number / 60.0**place for place, number in enumerate(numbers)), DECIMALS)
