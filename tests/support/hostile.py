"""Broken and hostile uploads, made by mutation; the same seed gives the same bytes.

Each is answered with a sentence. Some are photos nevertheless (a polyglot is one) and are stored,
without their extra content.
"""

import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PIL import Image

from tests.support import photographs

PAYLOAD = b"<script>alert(document.cookie)</script>"


@dataclass(frozen=True)
class Hostile:
    """One upload: its kind and its bytes."""

    kind: str
    data: bytes


def hostile_photos(count: int, seed: int = 4, most_bytes: int = 38 * 2**20) -> Iterator[Hostile]:
    """`count` uploads, the kinds in turn; none is larger than `most_bytes`."""
    dice = random.Random(seed)
    kinds = list(KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        yield Hostile(kind, KINDS[kind](dice, most_bytes)[:most_bytes])


def _whole(dice: random.Random) -> bytes:
    makers = (
        photographs.plain_jpeg,
        photographs.hangzhou_jpeg,
        photographs.png,
        photographs.webp,
        photographs.heic,
        _progressive,
    )
    return dice.choice(makers)()


def _progressive() -> bytes:
    return photographs.saved(photographs.drawn(), "JPEG", progressive=True, quality=80)


def truncated(dice: random.Random, _most: int) -> bytes:
    """An upload that was interrupted."""
    whole = _whole(dice)
    return whole[: dice.randrange(1, len(whole))]


def flipped(dice: random.Random, _most: int) -> bytes:
    """Bytes changed here and there; half of the time among the first 600."""
    data = bytearray(_whole(dice))
    end = dice.choice((600, len(data)))
    for _ in range(dice.choice((1, 5, 40, 400))):
        data[dice.randrange(min(end, len(data)))] = dice.randrange(256)
    return bytes(data)


def header_bomb(dice: random.Random, _most: int) -> bytes:
    """A header that promises gigapixels."""
    sides = dice.randrange(9_000, 65_500), dice.randrange(9_000, 65_500)
    return dice.choice((_png_of, _jpeg_of, _webp_of, _heic_of))(*sides)


def _png_of(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(4096))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)


def _jpeg_of(width: int, height: int) -> bytes:
    data = bytearray(photographs.plain_jpeg((64, 64)))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def _webp_of(width: int, height: int) -> bytes:
    sides = b"".join((side - 1).to_bytes(3, "little") for side in (width, height))
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + sides
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _heic_of(width: int, height: int) -> bytes:
    """A HEIC whose box `ispe` has this size; the picture in it has another."""
    data = bytearray(photographs.heic())
    at = data.index(b"ispe") + 8
    data[at : at + 8] = struct.pack(">II", width, height)
    return bytes(data)


def content_bomb(dice: random.Random, most: int) -> bytes:
    """Few bytes that decompress to many."""
    return dice.choice((_long_idat, _text_bomb, _profile_bomb, _many_pixels, _scans))(dice, most)


def _long_idat(_dice: random.Random, _most: int) -> bytes:
    """A small picture whose data decompress to 400 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**22)) for _ in range(100)) + packer.flush()
    header = struct.pack(">IIBBBBB", 300, 200, 8, 2, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", packed), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _with_chunks(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """A PNG with more chunks after its header."""
    whole = photographs.png()
    return whole[:33] + b"".join(_chunk(*chunk) for chunk in chunks) + whole[33:]


def _text_bomb(dice: random.Random, _most: int) -> bytes:
    body = b"Comment\0\0" + zlib.compress(bytes(dice.choice((2**20, 2**25, 2**27))), 9)
    return _with_chunks([(b"zTXt", body)] * dice.choice((1, 80)))


def _profile_bomb(_dice: random.Random, _most: int) -> bytes:
    return _with_chunks([(b"iCCP", b"sRGB\0\0" + zlib.compress(bytes(2**27), 9))])


def _many_pixels(dice: random.Random, _most: int) -> bytes:
    """A single colour, with sizes up to and above every limit."""
    side, kind = dice.choice(
        ((7000, "PNG"), (12_000, "PNG"), (8900, "JPEG"), (9500, "JPEG"), (5000, "WEBP"))
    )
    return photographs.saved(Image.new("L", (side, side), dice.randrange(256)), kind, quality=5)


def _scans(dice: random.Random, _most: int) -> bytes:
    """A progressive JPEG, which stays whole in memory, with its last scan repeated."""
    flat = Image.new("RGB", (dice.choice((3000, 7000, 8900)),) * 2, "green")
    data = photographs.saved(flat, "JPEG", progressive=True, quality=5, subsampling=0)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * dice.choice((0, 20)) + data[-2:]


def polyglot(dice: random.Random, _most: int) -> bytes:
    """A photo that is valid as another format too."""
    jpeg, comment = photographs.plain_jpeg(), PAYLOAD + b"\n*/alert(1)//"
    return dice.choice(
        (
            jpeg + PAYLOAD * 50,
            jpeg + b"PK\x03\x04" + dice.randbytes(500),
            jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + jpeg[2:],
            b"GIF89a/*" + jpeg,
            b"%PDF-1.7\n" + jpeg + b"\n%%EOF",
            b"#!/bin/sh\nexit\n" + jpeg,
            _with_chunks([(b"tEXt", b"Comment\0" + PAYLOAD)]) + PAYLOAD,
            photographs.webp() + PAYLOAD,
        )
    )


def something_else(dice: random.Random, _most: int) -> bytes:
    """A file named .jpg that is not a photo."""
    drawn = photographs.drawn((60, 40))
    others = (
        photographs.text_named_jpg(),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!doctype html>" + PAYLOAD,
        b"MZ" + dice.randbytes(2000),
        b"\x7fELF" + dice.randbytes(2000),
        b"\x00\x00\x00\x18ftypmp42" + dice.randbytes(2000),
        b"\x00\x00\x00\x18ftypheic" + dice.randbytes(2000),
        b"\x00\x00\x00\x18ftypavif" + dice.randbytes(2000),
        b"\xff\xd8\xff" + dice.randbytes(5000),
        b"RIFF\xff\xff\xff\xffWEBP" + dice.randbytes(5000),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        bytes(dice.randrange(1, 3000)),
        dice.randbytes(3000),
        photographs.saved(drawn, "BMP"),
        photographs.saved(drawn, "TIFF"),
        photographs.saved(drawn, "GIF"),
    )
    return dice.choice(others)


def endless(dice: random.Random, most: int) -> bytes:
    """An animation without an end, or with very many pictures."""
    frames = [Image.new("P", (40, 30), dice.randrange(256)) for _ in range(4)]
    options = {"save_all": True, "append_images": frames[1:], "loop": 0, "duration": 20}
    kind = dice.choice(("GIF", "GIF", "WEBP", "PNG"))
    if kind != "GIF":
        rgb = [frame.convert("RGB") for frame in frames] * 50
        return photographs.saved(rgb[0], kind, **options | {"append_images": rgb[1:]})
    data = photographs.saved(frames[0], "GIF", **options)
    body = data.index(b"\x21\xf9")
    size = min(most, dice.choice((2**20, 2**23, 2**25)))
    return data[:body] + data[body:-1] * (size // max(1, len(data) - body))


def huge_metadata(dice: random.Random, most: int) -> bytes:
    """A photo with much besides the picture."""
    size = min(most - 2**20, dice.choice((2**20, 2**23, 2**25, 36 * 2**20)))
    return dice.choice((_segments, _own_ifd, _long_text, _long_exif))(dice, max(size, 2**16))


def _segments(dice: random.Random, size: int) -> bytes:
    jpeg, body = photographs.plain_jpeg(), b"Exif\0\0" + dice.randbytes(65_000)
    marker = dice.choice((b"\xff\xe1", b"\xff\xe2", b"\xff\xed", b"\xff\xfe"))
    segment = marker + struct.pack(">H", len(body) + 2) + body
    return jpeg[:2] + segment * (size // len(segment)) + jpeg[2:]


def _own_ifd(_dice: random.Random, _size: int) -> bytes:
    """EXIF whose directory points to itself."""
    entry = struct.pack(">HHII", 0x8825, 4, 1, 8) + struct.pack(">HHII", 0x8769, 4, 1, 8)
    block = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2) + entry + struct.pack(">I", 8)
    jpeg = photographs.plain_jpeg()
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


def _long_text(dice: random.Random, size: int) -> bytes:
    return _with_chunks([(b"tEXt", b"Comment\0" + dice.randbytes(1000) * (size // 1000))])


def _long_exif(dice: random.Random, size: int) -> bytes:
    return _with_chunks([(b"eXIf", b"MM\0*" + dice.randbytes(1000) * (size // 1000))])


KINDS: dict[str, Callable[[random.Random, int], bytes]] = {
    "truncated": truncated,
    "flipped": flipped,
    "header bomb": header_bomb,
    "content bomb": content_bomb,
    "polyglot": polyglot,
    "something else": something_else,
    "endless": endless,
    "huge metadata": huge_metadata,
}
