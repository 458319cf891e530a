"""What the phone reads from a photograph before anything is sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests import photographs

FACTS = """async (bytes) => {
    const { readFacts } = await import("/assets/recorder/exif.js");
    return readFacts(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }));
}"""


@pytest.fixture
def bare(phone: BrowserContext) -> Page:
    """A page of this origin with nothing on it, to try single scripts on."""
    page = phone.new_page()
    page.goto("/healthz")
    return page


@pytest.mark.parametrize(
    ("place", "latitude", "longitude"),
    [((30.25, 120.125), 30.25, 120.125), ((-33.5, -70.25), -33.5, -70.25)],
)
def test_both_hemispheres_are_read(
    bare: Page, place: tuple[float, float], latitude: float, longitude: float
) -> None:
    facts = bare.evaluate(FACTS, list(photographs.hangzhou_jpeg(place=place)))

    assert facts["place"]["latitude"] == pytest.approx(latitude, abs=1e-5)
    assert facts["place"]["longitude"] == pytest.approx(longitude, abs=1e-5)
    assert facts["place"]["uncertainty_m"] == 8


@pytest.mark.parametrize("make", [photographs.hangzhou_jpeg, photographs.heic])
def test_place_and_time_are_read_from_jpeg_and_heic(bare: Page, make: Callable[[], bytes]) -> None:
    facts = bare.evaluate(FACTS, list(make()))

    assert facts["taken"] == "2026-05-09T09:42:00+08:00"
    assert facts["place"]["latitude"] == pytest.approx(photographs.XIXI[0], abs=1e-5)


def test_a_time_without_offset_is_hangzhous(bare: Page) -> None:
    exif = photographs.exif_of(None, photographs.MORNING)
    del exif.get_ifd(0x8769)[0x9011]
    facts = bare.evaluate(FACTS, list(photographs.as_jpeg(photographs.drawn(), exif)))

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
    facts = bare.evaluate(FACTS, list(content))

    assert facts == {"place": None, "taken": None}
