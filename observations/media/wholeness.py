"""Whether a photo is all there, by what its format says: as the phone judges it too."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageChops

from observations.media.heif_items import boxes_of, items_of

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# Between the segments lie the picture's bits, in which 0xff is followed by 0 or is a restart.
MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)
END, SCAN = 0xD9, 0xDA
ALONE = (0x01, 0xD8, END)  # markers without a length
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Room that was reserved and never written: behind a JPEG, and at the end of another packed picture.
UNWRITTEN = re.compile(rb"[\x00\xff]{64,}\Z")
BLANK = 1024
WEBP_PICTURES = (b"VP8 ", b"VP8L", b"ANMF")
ASIDE = (b"Exif", b"mime", b"uri ")  # items of a HEIC beside the picture
RESTART = re.compile(rb"\xff([\xd0-\xd7])")
TAIL_STEPS = 37, 91


def is_cut_off(data: bytes) -> bool:
    """Whether a photo ends before its format says; a JPEG whose end mark alone is missing too."""
    if data.startswith(JPEG):
        return not _has_end(data)
    if data.startswith(PNG):
        return not _has_last_chunk(data)
    if is_webp(data):
        return not _is_sound_webp(data)
    return data[4:8] == b"ftyp" and _is_cut_heif(data)


def has_wrong_checksum(data: bytes) -> bool:
    """Whether a part of a PNG that makes the picture is not what was written."""
    view = memoryview(data)
    chunks = _chunks(data) if data.startswith(PNG) else ()
    return any(
        zlib.crc32(view[start:end]) != int.from_bytes(data[end : end + 4], "big")
        for name, start, end in chunks
        if name[:1].isupper()
    )


def is_webp(data: bytes) -> bool:
    """Whether it begins as a WebP does."""
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def closed_jpeg(data: bytes) -> bytes | None:
    """The JPEG with an end mark, where that is all it lacks: its rows are all there.

    So are panoramas that a phone was too hasty to close. None for any other photo. May raise what
    Pillow raises.
    """
    if not data.startswith(JPEG) or _has_end(data) or not _has_all_colours(data):
        return None
    written = UNWRITTEN.sub(b"", data)
    # Bits after the last row change nothing; where one is missing, other bits draw another picture.
    restarts = RESTART.findall(written)
    due = restarts[-1][0] + 1 if restarts else 0
    first, second = (_preview(written + _tail(step, due)) for step in TAIL_STEPS)
    return written + b"\xff\xd9" if ImageChops.difference(first, second).getbbox() is None else None


def _preview(data: bytes) -> Image.Image:
    """The picture at an eighth of its size, which has all rows of a plain JPEG.

    A progressive one adds detail to all rows, scan by scan: that is seen at a half.
    """
    with Image.open(BytesIO(data), formats=["JPEG"]) as image:
        part = 2 if image.info.get("progressive") else 8
        image.draft(None, (max(1, image.width // part), max(1, image.height // part)))
        return image.copy()


def _tail(step: int, due: int) -> bytes:
    """Some bits, the restarts that a JPEG may wait for from the one that is due, the end mark."""
    bits = bytes((at * step + 11) % 251 for at in range(400))
    numbers = range(due, due + 16)
    restarts = b"".join(bytes((0xFF, 0xD0 + number % 8)) + bits for number in numbers)
    return b"\0" + bits + restarts + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments of a JPEG up to its own end mark: marker and content."""
    at = 2
    while marker := MARKER.search(data, at):
        code, start = marker[1][0], marker.end()
        length = 0 if code in ALONE else int.from_bytes(data[start : start + 2], "big")
        yield code, data[start + 2 : start + length]
        if code == END:
            return
        at = start + length


def _has_end(data: bytes) -> bool:
    return any(code == END for code, _ in _segments(data))


def _has_all_colours(data: bytes) -> bool:
    colours, drawn = 256, set[int]()
    for code, content in _segments(data):
        if code in FRAMES and len(content) > 5:
            colours = content[5]
        if code == SCAN and content:
            drawn.update(content[1 : 1 + 2 * content[0] : 2])
    return len(drawn) >= colours


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a PNG that are there: name, where it begins, where its checksum does."""
    at = 8
    while at + 12 <= len(data):
        name, end = data[at + 4 : at + 8], at + 8 + int.from_bytes(data[at : at + 4], "big")
        if end + 4 > len(data):
            return
        yield name, at + 4, end
        if name == b"IEND":
            return
        at = end + 4


def _has_last_chunk(data: bytes) -> bool:
    names = [name for name, _, _ in _chunks(data)]
    return names[-1:] == [b"IEND"] and b"IDAT" in names


def _is_sound_webp(data: bytes) -> bool:
    end = 8 + int.from_bytes(data[4:8], "little")
    at, has_picture = 12, False
    while at + 8 <= min(end, len(data)):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > len(data):
            return False
        if name in WEBP_PICTURES:
            if _is_unwritten(data, at + 8, at + 8 + length):
                return False
            has_picture = True
        at += 8 + length + length % 2
    return has_picture and end <= len(data)


def _is_cut_heif(data: bytes) -> bool:
    items = items_of(data)
    extents = [extent for item in items for extent in item.extents]
    if not extents:
        return any(box.end > len(data) for box in boxes_of(data))
    pictures = [item for item in items if item.kind not in ASIDE]
    return any(end > len(data) for _, end in extents) or any(
        _is_unwritten(data, *extent) for item in pictures for extent in item.extents
    )


def _is_unwritten(data: bytes, start: int, end: int) -> bool:
    return end - start > BLANK and not any(data[end - BLANK : end])
