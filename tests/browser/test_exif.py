"""What the phone reads from a photograph before anything is sent."""

import base64
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.recording import Recorder
from tests.support import photographs
from tests.support.damaged import VIDEO, damaged, panorama, turned
from tests.support.real_photographs import REAL

# Bytes go to and from the browser as base64: as a list of numbers a photograph takes a minute.
FACTS = """async (base64) => {
    const { readFacts } = await import("/assets/recorder/exif.js");
    return readFacts(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
}"""
SHRUNK = """async (base64) => {
    const { shrink } = await import("/assets/recorder/shrink.js");
    const photo = await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob();
    const { blob, isDecoded, fault } = await shrink(photo);
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((done) => { reader.onload = done; });
    return { base64: reader.result.split(",")[1], isDecoded, fault: fault ?? null };
}"""
# AVIF is built as HEIC is; this browser draws the one and not the other.
DRAWN = [each for each in damaged() if "heic" not in each.name]


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


def shrunk(page: Page, photo: bytes) -> tuple[bytes, bool, str | None]:
    """What the browser would send, whether it drew it anew, and the fault that it sees."""
    answer = page.evaluate(SHRUNK, base64_of(photo))
    return base64.b64decode(answer["base64"]), answer["isDecoded"], answer["fault"]


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
    upright, _, _ = shrunk(bare, photo)
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


def test_what_is_there_is_drawn_and_what_was_cut_is_never_redrawn(bare: Page) -> None:
    """No half of a photograph becomes a white one: it is handed on as it is."""
    wrong = []
    for each in DRAWN:
        sent, is_decoded, fault = shrunk(bare, each.data)
        if each.is_there != is_decoded or (sent == each.data) == each.is_there:
            wrong.append((each.name, is_decoded, fault))
        if not each.is_there and fault != f"photo_{each.state}".replace("open", "cut"):
            wrong.append((each.name, is_decoded, fault))

    assert wrong == []


@pytest.mark.parametrize("orientation", photographs.ORIENTATIONS)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_png_and_webp_are_drawn_upright_too(bare: Page, kind: str, orientation: int) -> None:
    sent, is_decoded, _ = shrunk(bare, turned(kind, orientation))

    assert is_decoded
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.size == (80, 60)
        red, _, blue = picture.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > 200 > 60 > blue


def test_a_motion_photo_and_an_unfinished_panorama_become_small_and_know_no_place(
    bare: Page,
) -> None:
    exif = photographs.exif_of(photographs.XIXI, photographs.MORNING)
    motion = photographs.as_jpeg(photographs.drawn((4000, 3000)), exif) + VIDEO
    wide = photographs.as_jpeg(photographs.drawn((9000, 1000)), exif)[:-2]
    for photo, size in ((motion, (2048, 1536)), (wide, (2048, 228))):
        sent, is_decoded, _ = shrunk(bare, photo)
        with Image.open(io.BytesIO(sent)) as picture:
            assert (is_decoded, picture.size, dict(picture.getexif())) == (True, size, {})
            picture.load()
        assert b"ftypmp42" not in sent


def test_a_picture_with_holes_keeps_them_white_and_an_empty_one_is_no_picture(bare: Page) -> None:
    ghost = Image.new("RGBA", (60, 40), (200, 0, 0, 0))
    half = ghost.copy()
    half.paste((0, 0, 200, 255), (0, 0, 30, 40))

    sent, is_decoded, _ = shrunk(bare, photographs.saved(half, "PNG"))
    with Image.open(io.BytesIO(sent)) as picture:
        left, right = (picture.convert("RGB").getpixel((x, 20)) for x in (10, 50))
    assert is_decoded
    assert left[2] > 150 > 60 > left[0]  # type: ignore[index]
    assert min(right) > 240  # type: ignore[type-var, arg-type]
    assert shrunk(bare, photographs.saved(ghost, "PNG"))[1] is False


def test_without_consent_for_the_place_odd_photographs_are_taken_without_it(
    phone: BrowserContext, tmp_path: Path
) -> None:
    """Made small, or a HEIC that this browser can't draw stripped; a cut one says so."""
    recorder = Recorder(phone.new_page(), tmp_path).open()
    motion = photographs.hangzhou_jpeg() + VIDEO
    recorder.album(motion, panorama(), photographs.heic())
    recorder.agree(place=False)
    recorder.ready(3)

    for request in recorder.posted:
        if request.url.endswith("/media"):
            body = request.post_data_buffer or b""
            assert len(body) < len(VIDEO)
            assert b"Luji" not in body
            assert b"2026:05:09" not in body

    recorder.album(photographs.truncated_jpeg(), name="cut.jpg")
    expect(recorder.page.locator("body")).to_contain_text("没有存完整")


def test_a_storage_that_never_answers_leaves_the_recorder_whole(
    phone: BrowserContext, tmp_path: Path
) -> None:
    """Opened, photographed, named and sent: without the phone's help, and saying so."""
    page = phone.new_page()
    page.add_init_script("IDBFactory.prototype.open = () => ({}); Object.assign(navigator, {});")
    page.add_init_script("LockManager.prototype.query = () => new Promise(() => {});")
    page.add_init_script("LockManager.prototype.request = () => new Promise(() => {});")
    recorder = Recorder(page, tmp_path).open()
    expect(page.get_by_text("别关这一页")).to_be_visible()
    recorder.album(photographs.hangzhou_jpeg())
    recorder.agree()
    recorder.ready()
    recorder.send()
    recorder.receipt()


def test_a_file_that_the_phone_cannot_give_is_said_and_the_form_goes_on(
    phone: BrowserContext, tmp_path: Path
) -> None:
    page = phone.new_page()
    recorder = Recorder(page, tmp_path).open()
    gone = "Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException('gone'));"
    page.evaluate(f"() => {{ {gone} }}")
    recorder.album(photographs.hangzhou_jpeg())
    recorder.agree()
    expect(page.locator("body")).to_contain_text("可能还在云端")
