"""Real photographs, and made ones of every kind that phones send.

Place, time and orientation are right, and the public files have nothing but the picture, checked
byte by byte.
"""

import struct
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from observations.media.decoding import Photo, decode
from tests.support import photographs
from tests.support.real_photographs import REAL

# Chunks of a WebP that hold picture and nothing else (RFC 9649).
OF_THE_PICTURE = {b"VP8 ", b"VP8L", b"ALPH"}


def chunks(webp: bytes) -> Iterator[bytes]:
    """The names of a WebP's chunks; the file ends where its header says."""
    name, size, kind = struct.unpack("<4sI4s", webp[:12])
    assert (name, kind, size + 8) == (b"RIFF", b"WEBP", len(webp))
    at = 12
    while at < len(webp):
        chunk, length = struct.unpack("<4sI", webp[at : at + 8])
        yield chunk
        at += 8 + length + length % 2


def assert_nothing_but_the_picture(photo: Photo, *secrets: bytes) -> None:
    """Neither a chunk of metadata, nor the bytes of a tag that was in the photo."""
    for webp in (photo.thumb, photo.large):
        assert set(chunks(webp)) <= OF_THE_PICTURE
        for secret in (b"Exif", b"EXIF", b"xmp", b"XMP", b"ICCP", b"Luji", b"http", *secrets):
            assert secret not in webp


MADE: list[tuple[str, Callable[[], bytes], tuple[float, float] | None, bool]] = [
    ("at Hangzhou", photographs.hangzhou_jpeg, photographs.XIXI, True),
    ("no GPS", lambda: photographs.hangzhou_jpeg(place=None), None, True),
    ("south and west", lambda: photographs.hangzhou_jpeg((-33.5, -70.25)), (-33.5, -70.25), True),
    ("south and east", lambda: photographs.hangzhou_jpeg((-33.5, 151.2)), (-33.5, 151.2), True),
    ("north and west", lambda: photographs.hangzhou_jpeg((40.5, -74.25)), (40.5, -74.25), True),
    ("GPS of zero", lambda: photographs.hangzhou_jpeg((0.0, 0.0)), None, True),
    ("HEIC with GPS", photographs.heic, photographs.XIXI, True),
    ("HEIC without GPS", lambda: photographs.heic(place=None), None, True),
    ("HEIC of zero", lambda: photographs.heic((0.0, 0.0)), None, True),
    ("nothing at all", photographs.plain_jpeg, None, False),
]


@pytest.mark.parametrize(
    ("make", "place", "has_time"),
    [case[1:] for case in MADE],
    ids=[case[0] for case in MADE],
)
def test_place_and_time_of_a_photo_are_right_and_nothing_of_them_is_public(
    make: Callable[[], bytes], place: tuple[float, float] | None, has_time: bool
) -> None:
    photo = decode(make())

    exif_place = photo.exif.latitude, photo.exif.longitude
    assert exif_place == (pytest.approx(place, abs=1e-6) if place else (None, None))
    taken = photo.exif.taken_at.isoformat() if photo.exif.taken_at else None
    assert taken == ("2026-05-09T09:42:00+08:00" if has_time else None)
    assert_nothing_but_the_picture(photo, b"2026:05:09")


@pytest.mark.parametrize("orientation", photographs.ORIENTATIONS)
def test_a_turned_photo_of_hangzhou_is_upright_and_keeps_its_place_to_itself(
    orientation: int,
) -> None:
    photo = decode(photographs.turned_jpeg(orientation, photographs.XIXI, photographs.MORNING))

    assert (photo.width, photo.height) == (800, 600)
    assert (photo.exif.latitude, photo.exif.longitude) == pytest.approx(photographs.XIXI, abs=1e-6)
    assert_nothing_but_the_picture(photo)


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_photographs_have_their_place_time_and_orientation(shared: Path, name: str) -> None:
    real, photo = REAL[name], decode((shared / "photos" / name).read_bytes())

    assert (photo.width, photo.height) == real.size
    exif_place = photo.exif.latitude, photo.exif.longitude
    assert exif_place == (pytest.approx(real.place, abs=1e-5) if real.place else (None, None))
    assert photo.exif.taken_at == (datetime.fromisoformat(real.taken) if real.taken else None)
    makers = (b"Canon", b"NIKON", b"Apple", b"iPhone", b"Jolla", b"Adobe", b"GIMP")
    assert_nothing_but_the_picture(photo, *makers)


@pytest.mark.needs_shared
def test_every_real_photograph_is_in_the_table(shared: Path) -> None:
    pictures = {".jpg", ".heic"}
    there = {p.name for p in (shared / "photos").iterdir() if p.suffix.lower() in pictures}
    assert there == set(REAL)
