"""The place and time in a photo's EXIF, read on the server for the checks only.

The phone reads EXIF first and shows it to its owner. Here it is only compared with the record (the
record says West Lake, the photo says Arezzo), and never stored with the photo.
"""

import struct
from dataclasses import dataclass
from datetime import datetime

from PIL import ExifTags, Image

from observations.base.clock import HANGZHOU

# What Pillow raises for broken EXIF: wrong offsets, wrong types, a zero denominator.
BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
)
UPRIGHT = 1


@dataclass(frozen=True, slots=True)
class Exif:
    """A photo's own place (WGS-84 decimal degrees) and time (aware); None where it has none."""

    latitude: float | None = None
    longitude: float | None = None
    taken_at: datetime | None = None


def exif_of(image: Image.Image) -> Exif:
    """A photo's place and time; whatever cannot be read is None, never an error."""
    latitude, longitude = _place(image)
    return Exif(latitude, longitude, _time(image))


def orientation_of(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 (upright) where it is missing or invalid."""
    try:
        orientation = int(image.getexif().get(ExifTags.Base.Orientation, UPRIGHT))
    except BROKEN:
        return UPRIGHT
    return orientation if UPRIGHT <= orientation <= 8 else UPRIGHT


def _place(image: Image.Image) -> tuple[float | None, float | None]:
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef])
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef])
    except BROKEN:
        return None, None
    # 0, 0 is what a camera writes before it has a position; a NaN fails both comparisons.
    if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude):
        return latitude, longitude
    return None, None


def _degrees(parts: tuple[float, float, float], reference: str) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if reference in ("S", "W") else value


def _time(image: Image.Image) -> datetime | None:
    """The time the photo was taken; Hangzhou time where the camera wrote no offset, as most do."""
    try:
        details = image.getexif().get_ifd(ExifTags.IFD.Exif)
        text = str(details[ExifTags.Base.DateTimeOriginal]).rstrip("\x00 ")
        moment = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")
        offset = details.get(ExifTags.Base.OffsetTimeOriginal)
        zone = datetime.strptime(str(offset), "%z").tzinfo if offset else HANGZHOU
    except BROKEN:
        return None
    return moment.replace(tzinfo=zone)
