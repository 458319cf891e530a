"""Photographs for the tests: taken in Hangzhou, turned, broken, huge, or no photograph at all.

Everything is drawn here, so that a clone without LUJI_TEST_SHARED tests the same; a real photograph
from that folder gets new tags where it is available.
"""

import functools
import io
import random
from datetime import datetime
from pathlib import Path

import pillow_heif
from PIL import ExifTags, Image, ImageDraw

from tests.support.layers import SHARED

XIXI = (30.2694, 120.0631)  # latitude, longitude of 西溪湿地, WGS-84
MORNING = datetime(2026, 5, 9, 9, 42)  # local time in Hangzhou
ORIENTATIONS = tuple(range(1, 9))  # EXIF's eight
Place = tuple[float, float]


def hangzhou_jpeg(place: Place | None = XIXI, taken: datetime | None = MORNING) -> bytes:
    """A JPEG with EXIF place (WGS-84) and local time with its offset; None leaves a tag out.

    It is a real photograph of the shared folder where there is one, else a drawn one.
    """
    real = SHARED / "photos" / "iphone_hdr_YES.jpg"
    with Image.open(real) if real.is_file() else drawn() as picture:
        return as_jpeg(picture, exif_of(place, taken))


def unlike_jpeg(taken: datetime, place: Place | None = XIXI) -> bytes:
    """A JPEG with EXIF that looks like no other, as those of two people do."""
    noise = Image.effect_noise((32, 24), 90).convert("RGB")
    return as_jpeg(noise.resize((1200, 900)), exif_of(place, taken))


def plain_jpeg(size: tuple[int, int] = (1200, 900)) -> bytes:
    """A JPEG without any EXIF."""
    return as_jpeg(drawn(size))


def png() -> bytes:
    """A PNG."""
    return saved(drawn(), "PNG")


def webp() -> bytes:
    """A WebP."""
    return saved(drawn(), "WEBP")


def heic(place: Place | None = XIXI, taken: datetime | None = MORNING) -> bytes:
    """A HEIC with EXIF, as an iPhone stores it."""
    pillow_heif.register_heif_opener()
    return saved(drawn(), "HEIF", exif=exif_of(place, taken).tobytes(), quality=70)


def turned_jpeg(
    orientation: int, place: Place | None = None, taken: datetime | None = None
) -> bytes:
    """A JPEG stored so that EXIF `orientation` (1 to 8) turns it upright.

    Upright it is 800 x 600, red in the upper left quarter, blue elsewhere.
    """
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = Image.new("RGB", (800, 600), "blue")
    upright.paste("red", (0, 0, 400, 300))
    exif = exif_of(place, taken)
    exif[ExifTags.Base.Orientation] = orientation
    return as_jpeg(upright if undo is None else upright.transpose(undo), exif)


def truncated_jpeg() -> bytes:
    """A JPEG whose second half never arrived."""
    whole = plain_jpeg()
    return whole[: len(whole) // 2]


def text_named_jpg() -> bytes:
    """A text file; the tests send it as .jpg with the type image/jpeg."""
    return "这不是照片。This is no photograph.\n".encode() * 40


@functools.cache
def large_jpeg() -> bytes:
    """A JPEG of 48 megapixels (8000 x 6000) and about 25 MB, like those of new phones."""
    noise = random.Random(48)
    tile = Image.frombytes("RGB", (1000, 750), noise.randbytes(1000 * 750 * 3))
    picture = Image.new("RGB", (8000, 6000))
    for left in range(0, 8000, 1000):
        for top in range(0, 6000, 750):
            picture.paste(tile, (left, top))
    return as_jpeg(picture, exif_of(XIXI, MORNING), quality=66)


def bomb_png(side: int = 20_000) -> bytes:
    """A PNG of a few hundred KB that would decompress to 400 megapixels."""
    return saved(Image.new("1", (side, side)), "PNG", optimize=True)


def bomb_jpeg(side: int = 9_500) -> bytes:
    """A JPEG of one colour with 90 megapixels: over the limit of 80."""
    return saved(Image.new("L", (side, side)), "JPEG", quality=1)


def drawn(size: tuple[int, int] = (1200, 900)) -> Image.Image:
    """A drawing of hills above a lake, with enough detail for a picture hash."""
    width, height = size
    picture = Image.new("RGB", size, "#E2F0EB")
    draw = ImageDraw.Draw(picture)
    for step in range(12):
        left, crest = width * step // 12, height * (3 + step % 4) // 9
        draw.polygon(
            [(left - width // 6, height), (left, crest), (left + width // 6, height)],
            fill=(14, 60 + step * 10, 94),
        )
    draw.rectangle([0, height * 3 // 4, width, height], fill="#4DA6A4")
    draw.ellipse(
        [width * 3 // 4, height // 9, width * 3 // 4 + height // 7, height // 4], fill="#BC3319"
    )
    return picture


def as_jpeg(picture: Image.Image, exif: Image.Exif | None = None, quality: int = 88) -> bytes:
    """The picture as JPEG bytes."""
    tags = {"exif": exif.tobytes()} if exif else {}
    return saved(picture.convert("RGB"), "JPEG", quality=quality, **tags)


def exif_of(place: Place | None, taken: datetime | None) -> Image.Exif:
    """EXIF with that place (WGS-84 degrees) and that local time at +08:00."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Luji"
    if taken:
        details = exif.get_ifd(ExifTags.IFD.Exif)
        details[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
        details[ExifTags.Base.OffsetTimeOriginal] = "+08:00"
    if place:
        latitude, longitude = place
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef] = "N" if latitude >= 0 else "S"
        gps[ExifTags.GPS.GPSLatitude] = _degrees(latitude)
        gps[ExifTags.GPS.GPSLongitudeRef] = "E" if longitude >= 0 else "W"
        gps[ExifTags.GPS.GPSLongitude] = _degrees(longitude)
        gps[ExifTags.GPS.GPSHPositioningError] = 8.0
    return exif


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write the bytes to a file that a file input can choose."""
    path = folder / name
    path.write_bytes(content)
    return path


def _degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes, seconds of a coordinate without its sign."""
    minutes, degrees = (abs(value) % 1) * 60, int(abs(value))
    return float(degrees), float(int(minutes)), round((minutes % 1) * 60, 3)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of that kind, by Pillow's name for it."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
