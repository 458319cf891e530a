"""Decoding a photo from a phone into the sizes that are stored.

The received bytes are never served: a photo is decoded, which proves that it is one, turned
upright, converted to sRGB, and encoded anew in two sizes without metadata.
"""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageCms

from observations.base.errors import Refused
from observations.media.exif import Exif, exif_of, orientation_of
from observations.media.formats import (
    OPENERS,
    has_photo_signature,
    megabytes_for,
    megabytes_to_open,
    refuse_too_many_pixels,
)
from observations.media.hashing import picture_hash, sha256_of_file
from observations.media.wholeness import closed_jpeg, has_wrong_checksum, is_cut_off

THUMB_SIDE = 480
LARGE_SIDE = 2048
QUALITY = 82
# WebP's effort, 0 to 6: 4 takes twice as long as 2, for files 3 % smaller.
EFFORT = 2
BAND = 256  # rows converted at once

# What Pillow and libheif raise for a broken photo. UnidentifiedImageError and libheif's errors are
# OSError and ValueError; PNG raises SyntaxError, and its chunks zlib.error and struct.error.
BROKEN = (
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
)

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Photo:
    """A decoded photo as it is stored. `width` and `height` are the upright original's, in pixels.

    `thumb` and `large` are WebP files whose long side is at most 480 and 2048 pixels. `exif` is for
    the checks and is not stored with the photo.
    """

    sha256: str
    picture_hash: str
    format: str
    width: int
    height: int
    thumb: bytes
    large: bytes
    exif: Exif


def decode(data: bytes) -> Photo:
    """Decode a photo (JPEG, PNG, WebP or HEIC) and encode the sizes that are stored.

    Of an animation, or a file with several pictures, the first one. Raises `Refused`:
    `photo.too_large` (over 40 MB), `photo.too_many_pixels` (80 megapixels as JPEG, 50 as HEIC, PNG
    or progressive JPEG, 25 as WebP; by the header, before decoding), `photo.not_an_image`,
    `photo.truncated`, `photo.undecodable`.
    """
    return decode_file(io.BytesIO(data))


def decode_file(file: BinaryIO, allow: Callable[[float], None] = lambda megabytes: None) -> Photo:
    """The same for an open file.

    `allow` is called once the header is read and before anything is decoded, with the megabytes
    that decoding needs; it may wait, or raise.
    """
    try:
        needed = megabytes_to_open(file)
        if needed:
            allow(needed)
        with Image.open(file, formats=OPENERS) as image:
            refuse_too_many_pixels(image)
            if not needed:
                allow(megabytes_for(image))
            return _whole_photo(file, image)
    except MemoryError as error:
        raise Refused("photo.undecodable") from error
    except BROKEN as error:
        raise Refused(_why_broken(file)) from error


def webp_of(picture: Image.Image) -> bytes:
    """A picture as a WebP file without metadata."""
    file = io.BytesIO()
    # Empty on purpose: by default Pillow would copy the picture's profile and EXIF.
    picture.save(file, "WEBP", quality=QUALITY, method=EFFORT, exif=b"", icc_profile=b"", xmp=b"")
    return file.getvalue()


def fit(picture: Image.Image, side: int) -> Image.Image:
    """A copy of a picture whose long side is at most `side` pixels; it is never enlarged."""
    copy = picture.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def open_own(data: bytes | None) -> Image.Image | None:
    """A stored file as a picture; None where it is missing or damaged, as far as decoding tells."""
    try:
        with Image.open(io.BytesIO(data or b""), formats=["WEBP"]) as image:
            if max(image.size) > LARGE_SIDE:
                return None
            image.load()
            return image.convert("RGB")
    except (*BROKEN, MemoryError):
        return None


def thumb_of(large: bytes) -> bytes | None:
    """The thumb made anew from the large; None where that does not open."""
    picture = open_own(large)
    return webp_of(fit(picture, THUMB_SIDE)) if picture else None


def recut(own: bytes, name: str) -> bytes | None:
    """A stored file's picture in other bytes, its edges cut by 1 to 4 % of each side.

    How much is cut from which edge follows from the hexadecimal digits of `name`, so that the same
    name always has the same bytes. None where the file does not open.
    """
    picture = open_own(own)
    if picture is None:
        return None
    left, top, right, bottom = (0.01 + int(digit, 16) / 500 for digit in name[:4])
    width, height = picture.size
    west, north = round(width * left), round(height * top)
    east, south = round(width * (1 - right)), round(height * (1 - bottom))
    is_wide_enough = east > west and south > north
    return webp_of(picture.crop((west, north, east, south)) if is_wide_enough else picture)


def _photo(file: BinaryIO, image: Image.Image) -> Photo:
    size, kind, profile = image.size, image.format or "", image.info.get("icc_profile")
    _load(image)
    orientation, exif = orientation_of(image), exif_of(image)
    width, height = size if orientation < 5 else size[::-1]
    large = _upright(_in_srgb(_made_small(image), profile), orientation)
    thumb = fit(large, THUMB_SIDE)
    return Photo(
        sha256=sha256_of_file(file),
        picture_hash=picture_hash(thumb),
        format="JPEG" if kind == "MPO" else kind,
        width=width,
        height=height,
        thumb=webp_of(thumb),
        large=webp_of(large),
        exif=exif,
    )


def _whole_photo(file: BinaryIO, image: Image.Image) -> Photo:
    """The photo, if it is all there: Pillow draws some that are not without a word."""
    if image.format not in ("JPEG", "MPO"):
        data = _content(file)
        if is_cut_off(data) or has_wrong_checksum(data):
            raise OSError("not what was written")
        del data
        return _photo(file, image)
    try:
        return _photo(file, image)
    except BROKEN:
        return _closed_photo(file)


def _content(file: BinaryIO) -> bytes:
    """All bytes of a file, which is where it was afterwards."""
    place = file.tell()
    file.seek(0)
    data = file.read()
    file.seek(place)
    return data


def _closed_photo(file: BinaryIO) -> Photo:
    """The photo of a JPEG that lacks nothing but its end mark; raises what is broken otherwise."""
    data = closed_jpeg(_content(file))
    if data is None:
        raise OSError("rows are missing")
    with Image.open(io.BytesIO(data), formats=OPENERS) as image:
        return _photo(file, image)


def _load(image: Image.Image) -> None:
    """Decode the whole picture; must be called before its EXIF is read.

    Reading the EXIF of a PNG decodes it too, and after a failed decoding a second one raises
    nothing. A JPEG is decoded at a half, a quarter or an eighth of its size, by its long side,
    which costs little: 48 megapixels then need the memory of 12, a panorama that of 3.
    """
    factor = max(1, max(image.size) // LARGE_SIDE)
    image.draft(None, (max(1, image.width // factor), max(1, image.height // factor)))
    image.load()


def _made_small(image: Image.Image) -> Image.Image:
    """The picture with eight bits a channel, and at most 2048 pixels on the long side.

    Where it must be converted first, that is done in bands, each reduced by a whole number: a
    second copy of 50 megapixels would not fit into memory.
    """
    factor = max(image.size) // LARGE_SIDE
    is_ready = image.mode in ("RGB", "L", "CMYK")
    picture = _eight_bits(image) if is_ready or factor < 2 else _reduced(image, factor)
    picture.thumbnail((LARGE_SIDE, LARGE_SIDE), Image.Resampling.LANCZOS)
    return picture


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    step = factor * max(1, BAND // factor)
    bands = [
        _eight_bits(image.crop((0, top, image.width, min(top + step, image.height)))).reduce(factor)
        for top in range(0, image.height, step)
    ]
    whole = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    return whole


def _eight_bits(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be resized: no palette, no 16 bits a channel."""
    if image.mode in ("RGB", "RGBA", "L", "CMYK"):
        return image
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    has_alpha = image.mode in ("LA", "PA") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as RGB in sRGB, on white where it was transparent."""
    if picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    if profile and picture.mode in ("RGB", "L", "CMYK"):
        picture = _by_profile(picture, profile)
    return picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        # An unusable profile (broken, or of another colour space) is ignored.
        return picture
    return converted or picture


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    turn = TURNS.get(orientation)
    return picture if turn is None else picture.transpose(turn)


def _why_broken(file: BinaryIO) -> str:
    data = _content(file)
    if not has_photo_signature(data):
        return "photo.not_an_image"
    return "photo.truncated" if is_cut_off(data) else "photo.undecodable"
