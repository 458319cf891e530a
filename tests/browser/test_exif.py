"""What the phone reads from a photograph before anything is sent."""

import base64
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from tests.support import photographs
from tests.support.real_photographs import REAL

# Bytes go to and from the browser as base64: as a list of numbers a photograph takes a minute.
FACTS = """async (base64) => {
    const { readFacts } = await import("/assets/recorder/exif.js");
    return readFacts(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
}"""
SHRUNK = """async (base64) => {
    const { shrink } = await import("/assets/recorder/shrink.js");
    const photo = await (await fetch(`data:image/jpeg;base64,${base64}`)).blob();
    const { blob } = await shrink(photo, { always: true });
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((done) => { reader.onload = done; });
    return reader.result.split(",")[1];
}"""


@pytest.fixture
def bare(phone: BrowserContext) -> Page:
    """A page of this origin with nothing on it, to try single scripts on."""
    page = phone.new_page()
    page.goto("/healthz")
    return page


def base64_of(content: bytes) -> str:
    """These bytes as the browser takes them."""
    return base64.b64encode(content).decode()


def facts_of(page: Page, photo: bytes) -> dict[str, Any]:
    """Where and when the photo was taken, as the browser reads it."""
    facts: dict[str, Any] = page.evaluate(FACTS, base64_of(photo))
    return facts


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [
        ((30.25, 120.125), 30.25, 120.125),
        ((-33.5, -70.25), -33.5, -70.25),
        ((-33.5, 151.25), -33.5, 151.25),
        ((40.5, -74.25), 40.5, -74.25),
    ],
)
def test_both_hemispheres_are_read(
    bare: Page, place: tuple[float, float], latitude: float, longitude: float
) -> None:
    facts = facts_of(bare, photographs.hangzhou_jpeg(place=place))

    assert facts["place"]["latitude"] == pytest.approx(latitude, abs=1e-5)
    assert facts["place"]["longitude"] == pytest.approx(longitude, abs=1e-5)
    assert facts["place"]["uncertainty_m"] == 8


@pytest.mark.parametrize("make", [photographs.hangzhou_jpeg, photographs.heic])
def test_place_and_time_are_read_from_jpeg_and_heic(bare: Page, make: Callable[[], bytes]) -> None:
    facts = facts_of(bare, make())

    assert facts["taken"] == "2026-05-09T09:42:00+08:00"
    assert facts["place"]["latitude"] == pytest.approx(photographs.XIXI[0], abs=1e-5)


@pytest.mark.parametrize("make", [photographs.hangzhou_jpeg, photographs.heic])
@pytest.mark.parametrize("place", [None, (0.0, 0.0)], ids=["none", "zero"])
def test_a_photo_without_a_place_keeps_its_time(
    bare: Page, make: Callable[..., bytes], place: tuple[float, float] | None
) -> None:
    facts = facts_of(bare, make(place=place))

    assert (facts["place"], facts["taken"]) == (None, "2026-05-09T09:42:00+08:00")


@pytest.mark.parametrize("orientation", photographs.ORIENTATIONS)
def test_a_turned_photo_has_its_place_and_is_drawn_upright(bare: Page, orientation: int) -> None:
    photo = photographs.turned_jpeg(orientation, photographs.XIXI, photographs.MORNING)
    facts = facts_of(bare, photo)

    assert facts["taken"] == "2026-05-09T09:42:00+08:00"
    assert facts["place"]["longitude"] == pytest.approx(photographs.XIXI[1], abs=1e-5)
    upright = base64.b64decode(bare.evaluate(SHRUNK, base64_of(photo)))
    with Image.open(io.BytesIO(upright)) as picture:
        assert picture.size == (800, 600)
        red, _, blue = picture.convert("RGB").getpixel((100, 100))  # type: ignore[misc]
        assert red > 200 > 60 > blue
    assert b"Exif" not in upright
    assert b"Luji" not in upright


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", REAL)
def test_real_photographs_tell_the_phone_their_place_and_time(
    bare: Page, shared: Path, name: str
) -> None:
    real = REAL[name]
    facts = facts_of(bare, (shared / "photos" / name).read_bytes())

    place = facts["place"] and (facts["place"]["latitude"], facts["place"]["longitude"])
    assert place == (pytest.approx(real.place, abs=1e-5) if real.place else None)
    taken = datetime.fromisoformat(facts["taken"]) if facts["taken"] else None
    assert taken == (datetime.fromisoformat(real.taken) if real.taken else None)


def test_a_time_without_offset_is_hangzhous(bare: Page) -> None:
    exif = photographs.exif_of(None, photographs.MORNING)
    del exif.get_ifd(0x8769)[0x9011]
    facts = facts_of(bare, photographs.as_jpeg(photographs.drawn(), exif))

    assert facts["taken"] == "2026-05-09T09:42:00+08:00"


@pytest.mark.parametrize(
    "content",
    [
        photographs.plain_jpeg(),
        photographs.png(),
        photographs.text_named_jpg(),
        photographs.hangzhou_jpeg()[:120],
        b"\xff\xd8\xff\xe1\xff\xffExif\x00\x00MM\x00*\xff\xff\xff\xff",
        b"",
    ],
)
def test_no_metadata_and_broken_metadata_are_simply_not_there(bare: Page, content: bytes) -> None:
    facts = facts_of(bare, content)

    assert facts == {"place": None, "taken": None}
