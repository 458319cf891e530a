"""Which photos are taken, how large, and what to call one that is not."""

import warnings

from PIL import Image
from pillow_heif import register_heif_opener

from observations.log.errors import Refused

register_heif_opener()
# Pillow warns from 89 megapixels on; the limits below refuse before that.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)

MAX_BYTES = 40 * 1024 * 1024
MEGAPIXEL = 1_000_000

# By Pillow's own names; MPO is the JPEG with a second picture that phones write. The limits keep
# what one photo takes of memory at about 400 MB, whatever its header promises.
MAX_PIXELS = {
    "JPEG": 80 * MEGAPIXEL,
    "MPO": 80 * MEGAPIXEL,
    "HEIF": 50 * MEGAPIXEL,
    "PNG": 50 * MEGAPIXEL,
    "WEBP": 25 * MEGAPIXEL,
}
# MPO is opened by JPEG's opener.
OPENERS = ("JPEG", "PNG", "WEBP", "HEIF")


def refuse_too_many_pixels(image: Image.Image) -> None:
    """Raise `Refused("photo.too_many_pixels")` by what the header says, before decoding."""
    limit = MAX_PIXELS[image.format or "WEBP"]
    if image.width * image.height > limit:
        megapixels = -(-image.width * image.height // MEGAPIXEL)
        raise Refused("photo.too_many_pixels", megapixels=megapixels, limit=limit // MEGAPIXEL)


def has_photo_signature(data: bytes) -> bool:
    """Whether the first bytes are those of a format we take."""
    if data[:3] == b"\xff\xd8\xff" or data[:8] == b"\x89PNG\r\n\x1a\n":
        return True
    return _is_webp(data) or _is_heif(data)


def is_cut_off(data: bytes) -> bool:
    """Whether a photo that did not decode ends before its own end: sent only in part."""
    if data[:3] == b"\xff\xd8\xff":
        return b"\xff\xd9" not in data[-64:]
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return b"IEND" not in data[-64:]
    if _is_webp(data):
        return len(data) < 8 + int.from_bytes(data[4:8], "little")
    return _is_heif(data) and _boxes_end(data) > len(data)


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS


# ISO/IEC 23008-12, table of brands: still pictures and sequences in HEVC.
HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def _boxes_end(data: bytes) -> int:
    """Where the last of the file's boxes (size, kind, content) says that it ends."""
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if size < 8:  # 0 says "to the end of the file"
            break
        position += size
    return position
