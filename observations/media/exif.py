"""The place and time in a photo's EXIF, read on the server for the checks only.

The phone reads EXIF first and shows it to its owner. Here it is only compared with the record (the
record says West Lake, the photo says Arezzo), and never stored with the photo.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from observations.media.camera_time import moment_of
from observations.media.tiff_tags import Directory, Tag, Tags, tags_of

UPRIGHT = 1
# Of the picture, of its digits, of the file.
OFFSETS = (Tag.OFFSET_TAKEN, Tag.OFFSET_DIGITIZED, Tag.OFFSET)
# Before PNG had a chunk for EXIF, programs wrote it as figures in a text.
RAW_PROFILES = ("Raw profile type exif", "Raw profile type APP1")


@dataclass(frozen=True, slots=True)
class Exif:
    """A photo's own place (WGS-84 decimal degrees) and time (aware); None where it has none."""

    latitude: float | None = None
    longitude: float | None = None
    taken_at: datetime | None = None


def exif_of(image: Image.Image) -> Exif:
    """A photo's place and time; whatever cannot be read is None, never an error."""
    tags = _tags(image)
    latitude, longitude = _place(tags.gps)
    offsets = [tags.exif.get(tag) for tag in OFFSETS]
    return Exif(latitude, longitude, moment_of(tags.exif.get(Tag.TAKEN), offsets))


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 (upright) where it is missing or invalid.

    A HEIC is turned by its own boxes, when it is decoded.
    """
    if image.format == "HEIF":
        return UPRIGHT
    orientation = _tags(image).number(Tag.ORIENTATION) or 0
    return int(orientation) if orientation in range(UPRIGHT, 9) else UPRIGHT


def _tags(image: Image.Image) -> Tags:
    block = image.info.get("exif")
    return tags_of(block if isinstance(block, bytes) else _raw_profile(image))


def _raw_profile(image: Image.Image) -> bytes:
    text = next((image.info[name] for name in RAW_PROFILES if name in image.info), "")
    try:
        return bytes.fromhex("".join(str(text).split("\n")[3:]))
    except ValueError:
        return b""


def _place(gps: Directory) -> tuple[float | None, float | None]:
    latitude = _degrees(gps, Tag.LATITUDE, Tag.LATITUDE_REF, "S")
    longitude = _degrees(gps, Tag.LONGITUDE, Tag.LONGITUDE_REF, "W")
    is_lost = _letter(gps, Tag.STATUS) == "V"  # the receiver had no fix
    # 0, 0 is what a camera writes before it has a position; a NaN fails both comparisons.
    is_on_earth = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return (latitude, longitude) if is_on_earth and not is_lost else (None, None)


def _degrees(gps: Directory, tag: Tag, reference: Tag, negative: str) -> float:
    parts = gps.get(tag)
    if not isinstance(parts, tuple):
        return math.nan
    degrees, minutes, seconds = (*parts, 0.0, 0.0)[:3]
    value = degrees + minutes / 60 + seconds / 3600
    return -value if _letter(gps, reference) == negative else value


def _letter(gps: Directory, tag: Tag) -> str:
    return str(gps.get(tag, "")).strip()[:1].upper()
