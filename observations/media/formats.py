"""The photo formats that are accepted, their largest sizes, and the refusals of others."""

from os import SEEK_END
from typing import BinaryIO

from PIL import Image
from pillow_heif import register_heif_opener

from observations.base.errors import Refused
from observations.media.wholeness import is_webp

register_heif_opener()
# Pillow's own limit knows no formats; those below refuse by the header, and say how many pixels.
Image.MAX_IMAGE_PIXELS = None

MAX_BYTES = 40 * 1024 * 1024
MEGAPIXEL = 1_000_000

# By Pillow's names; MPO is a JPEG with a second picture, as phones write it. The limits keep the
# memory for one photo at about 400 MB, whatever its header says.
MAX_PIXELS = {
    "JPEG": 80 * MEGAPIXEL,
    "MPO": 80 * MEGAPIXEL,
    "HEIF": 50 * MEGAPIXEL,
    "PNG": 50 * MEGAPIXEL,
    "WEBP": 25 * MEGAPIXEL,
}
# MPO is opened as JPEG.
OPENERS = ("JPEG", "PNG", "WEBP", "HEIF")


# A progressive JPEG stays in memory, two bytes a pixel and colour, until its last scan is read.
MAX_PROGRESSIVE = 50 * MEGAPIXEL * 3  # pixels times colours

# Memory for decoding, as measured: megabytes a megapixel at most; and, independent of the size,
# megabytes for the two sizes that are stored. A plain JPEG is decoded at half its size or less.
MEGABYTES = {"JPEG": 4.5, "MPO": 4.5, "PROGRESSIVE": 7.0, "HEIF": 6.5, "PNG": 5.0, "WEBP": 13.5}
FLAT_MEGABYTES = 70.0
MOST_DRAFTED = 17 * MEGAPIXEL  # of a plain JPEG decoded at half its size


def megabytes_to_open(file: BinaryIO) -> float | None:
    """Megabytes for opening a WebP, which allocates all its pixels; None for another format.

    Other formats read only their header when opened. The file is at its beginning again afterwards.
    Raises `Refused`: `photo.too_large`, `photo.too_many_pixels`.
    """
    size = file.seek(0, SEEK_END)
    if size > MAX_BYTES:
        raise Refused("photo.too_large", limit=MAX_BYTES // 2**20)
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    if not is_webp(head):
        return None
    width, height = _webp_size(head)
    _refuse_over(width * height, MAX_PIXELS["WEBP"])
    return FLAT_MEGABYTES + MEGABYTES["WEBP"] * width * height / MEGAPIXEL


def refuse_too_many_pixels(image: Image.Image) -> None:
    """Raise `Refused("photo.too_many_pixels")` by the header, before decoding."""
    pixels = image.width * image.height
    limit = MAX_PIXELS[image.format or "WEBP"]
    if image.info.get("progressive"):
        limit = min(limit, MAX_PROGRESSIVE // max(len(image.getbands()), 1))
    _refuse_over(pixels, limit)


def megabytes_for(image: Image.Image) -> float:
    """The megabytes that decoding a picture needs at most, by its header."""
    kind = "PROGRESSIVE" if image.info.get("progressive") else image.format or "WEBP"
    pixels = image.width * image.height
    drafted = min(pixels, MOST_DRAFTED) if kind in ("JPEG", "MPO") else pixels
    return FLAT_MEGABYTES + MEGABYTES[kind] * drafted / MEGAPIXEL


def _refuse_over(pixels: int, limit: int) -> None:
    if pixels > limit:
        megapixels = -(-pixels // MEGAPIXEL)
        raise Refused("photo.too_many_pixels", megapixels=megapixels, limit=limit // MEGAPIXEL)


def _webp_size(head: bytes) -> tuple[int, int]:
    """Width and height in pixels by a WebP's first chunk (RFC 9649); 0 where it is invalid."""
    kind, body = head[12:16], head[20:]
    if kind == b"VP8X" and len(body) >= 10:
        canvas = body[4:7], body[7:10]
        width, height = (1 + int.from_bytes(side, "little") for side in canvas)
        return width, height
    if kind == b"VP8L" and len(body) >= 5:
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and len(body) >= 10:
        sides = body[6:8], body[8:10]
        width, height = (int.from_bytes(side, "little") & 0x3FFF for side in sides)
        return width, height
    return 0, 0


def has_photo_signature(data: bytes) -> bool:
    """Whether the first bytes are those of an accepted format."""
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n":
        return True
    return is_webp(data) or _is_heif(data)


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS


# ISO/IEC 23008-12, table of brands: still pictures and sequences in HEVC.
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
