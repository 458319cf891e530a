"""Photographs as odd phones send them: cut, unfinished, with more behind them, with broken tags.

Each has what a reader must say of it; the phone and the server are asked about the same files.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pillow_heif
from PIL import ExifTags, Image, TiffImagePlugin

from tests.support import photographs

VIDEO = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 8000  # a motion photo's, 2 MB
MORNING = "2026-05-09T09:42:00+08:00"


@dataclass(frozen=True)
class Damaged:
    """A file, and its state: `whole`, `open` (a JPEG that lacks its end mark), `cut` or `broken`.

    `is_there`: all its rows are.
    """

    name: str
    data: bytes
    state: str
    is_there: bool


def with_thumbnail() -> bytes:
    """A JPEG whose metadata hold a whole smaller one, with an end mark of its own."""
    small = photographs.plain_jpeg((160, 120))
    segment = b"Exif\0\0" + photographs.exif_of(None, None).tobytes()[6:] + small
    jpeg = photographs.plain_jpeg()
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def progressive() -> bytes:
    """A JPEG in several scans."""
    return photographs.saved(photographs.drawn(), "JPEG", progressive=True, quality=80)


def with_restarts() -> bytes:
    """A JPEG with a mark after every row of blocks."""
    return photographs.saved(photographs.drawn(), "JPEG", restart_marker_rows=1)


def panorama() -> bytes:
    """A wide JPEG without its end mark: all rows are there."""
    return photographs.plain_jpeg((2400, 300))[:-2]


def avif() -> bytes:
    """An AVIF."""
    return photographs.saved(photographs.drawn((400, 300)), "AVIF", quality=50)


WHOLE: dict[str, Callable[[], bytes]] = {
    "jpeg": photographs.plain_jpeg,
    "jpeg with a thumbnail": with_thumbnail,
    "progressive jpeg": progressive,
    "jpeg with restarts": with_restarts,
    "png": photographs.png,
    "webp": photographs.webp,
    "lossless webp": lambda: photographs.saved(photographs.drawn((300, 200)), "WEBP", lossless=1),
    "heic": photographs.heic,
    "avif": avif,
}


def damaged() -> Iterator[Damaged]:
    """Every kind, whole and in every way it is found broken or merely unusual."""
    for name, make in WHOLE.items():
        data = make()
        is_jpeg = "jpeg" in name
        yield Damaged(name, data, "whole", True)
        yield Damaged(f"{name} with a video behind it", data + VIDEO, "whole", True)
        for share in (0.3, 0.6, 0.95):
            part = data[: int(len(data) * share)]
            yield Damaged(f"{share:.0%} of a {name}", part, "open" if is_jpeg else "cut", False)
            blank = bytes(len(data) - len(part))
            state = "open" if is_jpeg else "cut"
            if is_jpeg or name == "png" or len(blank) > 2000:
                yield Damaged(f"{share:.0%} of a {name}, then zeros", part + blank, state, False)
        last = ("open", True) if is_jpeg else ("cut", False)
        yield Damaged(f"{name} without its last byte", data[:-1], *last)
    yield Damaged("panorama without an end", panorama(), "open", True)
    yield Damaged("panorama without an end, then zeros", panorama() + bytes(9000), "open", True)
    yield Damaged("restarts without an end", with_restarts()[:-2], "open", True)
    yield Damaged("progressive without an end", progressive()[:-2], "open", True)
    yield Damaged("png with a bit changed", _with_a_bit_changed(photographs.png()), "broken", False)
    yield Damaged("jpeg that ends in its head", photographs.plain_jpeg()[:300], "cut", False)


def _with_a_bit_changed(png: bytes) -> bytes:
    at = png.index(b"IDAT") + 400
    return png[:at] + bytes((png[at] ^ 1,)) + png[at + 1 :]


@dataclass(frozen=True)
class Told:
    """A file, and the place, uncertainty and time that it tells; None where it tells none."""

    name: str
    data: bytes
    place: tuple[float, float] | None = photographs.XIXI
    uncertainty_m: int = 8
    taken: str | None = MORNING


def told() -> Iterator[Told]:
    """Photographs with odd tags, in every format that holds them."""
    good = _exif()
    for name, data in in_every_format(good):
        yield Told(name, data)
    for name, data in in_every_format(_with_broken_make(good)):
        yield Told(f"{name} whose maker lies outside of the block", data)
    for number in (4294967295, 0, 250_000_000):
        yield Told(f"error of {number} m", _jpeg(_exif(error=number)), uncertainty_m=30)
    yield Told("error of 12,000 m", _jpeg(_exif(error=12_000)), uncertainty_m=12_000)
    yield Told("a receiver without a fix", _jpeg(_exif(status="V")), place=None)
    yield Told("a receiver with a fix", _jpeg(_exif(status="A")))
    yield Told("30 February", _jpeg(_exif(taken="2026:02:30 09:42:00")), taken=None)
    yield Told("twelve hours", _jpeg(_exif(taken="2026:05:09 09:42 AM")))
    yield Told("Zulu", _jpeg(_exif(offset="Z")), taken="2026-05-09T17:42:00+08:00")
    only = _exif(offset=None, file_offset="+09:00")
    yield Told("the file's offset alone", _jpeg(only), taken="2026-05-09T08:42:00+08:00")
    yield Told("a broken date", _jpeg(_with_far_value(good, 0x9003)), taken=None)
    yield Told("a broken latitude", _jpeg(_with_far_value(good, 2)), place=None)
    yield Told("png with figures in a text", _png_with_text(good, "Raw profile type exif"))
    yield Told("no tags at all", photographs.plain_jpeg(), place=None, taken=None)


def in_every_format(exif: bytes) -> Iterator[tuple[str, bytes]]:
    """A photograph with these tags in each format."""
    pillow_heif.register_heif_opener()
    for kind in ("JPEG", "PNG", "WEBP", "HEIF", "AVIF"):
        yield kind, photographs.saved(photographs.drawn((400, 300)), kind, exif=exif)


def turned(kind: str, orientation: int) -> bytes:
    """A picture of 80 x 60 once it is upright, red in its upper left quarter, else blue."""
    with Image.open(io.BytesIO(photographs.turned_jpeg(orientation))) as picture:
        exif = picture.info["exif"]
        small = picture.resize(
            (picture.width // 10, picture.height // 10), Image.Resampling.NEAREST
        )
    return photographs.saved(small, kind, exif=exif, lossless=True)


def _jpeg(exif: bytes) -> bytes:
    return photographs.saved(photographs.drawn((400, 300)), "JPEG", exif=exif)


def _exif(
    *,
    taken: str = "2026:05:09 09:42:00",
    offset: str | None = "+08:00",
    file_offset: str | None = None,
    error: int = 8,
    status: str | None = None,
) -> bytes:
    exif = photographs.exif_of(photographs.XIXI, photographs.MORNING)
    details, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    details[ExifTags.Base.DateTimeOriginal] = taken
    details.pop(ExifTags.Base.OffsetTimeOriginal)
    for tag, text in ((0x9011, offset), (0x9010, file_offset)):
        if text:
            details[tag] = text
    gps[ExifTags.GPS.GPSHPositioningError] = TiffImagePlugin.IFDRational(error, 1)
    if status:
        gps[ExifTags.GPS.GPSStatus] = status
    return exif.tobytes()


def _with_broken_make(exif: bytes) -> bytes:
    return _with_far_value(exif, ExifTags.Base.Make)


def _with_far_value(exif: bytes, tag: int) -> bytes:
    """The block whose tag has its value far outside of it."""
    order = "<" if b"II*\0" in exif[:10] else ">"
    for kind, count in ((2, None), (5, 3)):
        head = struct.pack(f"{order}HH", tag, kind)
        at = exif.find(head)
        if at >= 0:
            length = exif[at + 4 : at + 8] if count is None else struct.pack(f"{order}I", count)
            return exif[: at + 4] + length + b"\x7f\xff\xff\xff" + exif[at + 12 :]
    raise ValueError(tag)


def _png_with_text(exif: bytes, keyword: str) -> bytes:
    """Exif as ImageMagick wrote it before PNG had a chunk for it."""
    figures = exif.hex()
    lines = "\n".join(figures[at : at + 72] for at in range(0, len(figures), 72))
    text = f"\nexif\n{len(exif):8}\n{lines}\n"
    body = keyword.encode() + b"\0\0" + zlib.compress(text.encode())
    chunk = b"zTXt" + body
    packed = struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    png = photographs.saved(photographs.drawn((400, 300)), "PNG")
    return png[:33] + packed + png[33:]
