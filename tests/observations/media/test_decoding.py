"""A photo is proven by decoding it; what is no photo is refused by a code that says why."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from observations.base.errors import Refused
from observations.media.decoding import LARGE_SIDE, THUMB_SIDE, decode
from tests.support import photographs


def opened(webp: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(webp))
    image.load()
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def refusal_of(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        decode(data)
    return refused.value


def png_claiming(width: int, height: int) -> bytes:
    """A small PNG whose header promises that many pixels."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header
    data = b"IDAT" + zlib.compress(b"\0" * 64)
    return (
        start
        + struct.pack(">I", zlib.crc32(header))
        + struct.pack(">I", len(data) - 4)
        + data
        + struct.pack(">I", zlib.crc32(data))
    )


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (photographs.plain_jpeg, "JPEG"),
        (photographs.png, "PNG"),
        (photographs.webp, "WEBP"),
        (photographs.heic, "HEIF"),
    ],
)
def test_every_format_gives_two_webp_sizes(make: Callable[[], bytes], kind: str) -> None:
    photo = decode(make())

    thumb, large = opened(photo.thumb), opened(photo.large)
    assert (photo.format, photo.width, photo.height) == (kind, 1200, 900)
    assert (thumb.format, thumb.size) == ("WEBP", (THUMB_SIDE, 360))
    assert (large.format, large.size) == ("WEBP", (1200, 900))


@pytest.mark.parametrize("orientation", photographs.ORIENTATIONS)
def test_every_orientation_is_turned_upright(orientation: int) -> None:
    photo = decode(photographs.turned_jpeg(orientation))

    large = opened(photo.large).convert("RGB")
    assert (photo.width, photo.height) == large.size == (800, 600)
    red, blue = large.getpixel((100, 100)), large.getpixel((700, 500))
    assert red[0] > 200 > 60 > red[2]  # type: ignore[index]
    assert blue[2] > 200 > 60 > blue[0]  # type: ignore[index]


def test_nothing_is_left_of_the_metadata() -> None:
    photo = decode(photographs.hangzhou_jpeg())

    for webp in (photo.thumb, photo.large):
        assert opened(webp).getexif() == {}
        assert not {"exif", "icc_profile", "xmp"} & set(opened(webp).info)
        assert b"EXIF" not in webp
        assert b"Luji" not in webp


def test_place_and_time_of_the_photo_are_read_for_the_checks() -> None:
    exif = decode(photographs.hangzhou_jpeg()).exif

    assert (exif.latitude, exif.longitude) == pytest.approx(photographs.XIXI, abs=1e-6)
    assert exif.taken_at is not None
    assert exif.taken_at.isoformat() == "2026-05-09T09:42:00+08:00"


def test_48_megapixels_and_25_megabytes_are_taken() -> None:
    photo = decode(photographs.large_jpeg())

    assert (photo.width, photo.height) == (8000, 6000)
    assert opened(photo.large).size == (LARGE_SIDE, 1536)


def test_transparent_parts_lie_on_white() -> None:
    ghost = Image.new("RGBA", (100, 100), (200, 0, 0, 0))

    large = opened(decode(saved(ghost, "PNG")).large).convert("RGB")

    assert min(large.getpixel((50, 50))) > 250  # type: ignore[type-var, arg-type]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_every_kind_of_colour_becomes_a_picture(mode: str) -> None:
    drawing = photographs.drawn((300, 200))
    if mode == "I;16":
        drawing = drawing.convert("L").convert("I").point(lambda value: value * 256)
    kind = "JPEG" if mode == "CMYK" else "PNG"

    large = opened(decode(saved(drawing.convert(mode), kind)).large).convert("L")

    darkest, lightest = large.getextrema()
    assert darkest < 90 < 160 < lightest  # type: ignore[operator]


def test_colours_of_another_profile_are_brought_into_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawing = photographs.drawn((300, 200))

    same = opened(decode(saved(drawing, "JPEG", icc_profile=profile)).large)
    misfit = opened(decode(saved(drawing, "JPEG", icc_profile=lab)).large)

    assert same.size == misfit.size == (300, 200)


def test_of_an_animation_the_first_picture_is_kept() -> None:
    red, blue = (Image.new("RGB", (60, 40), colour) for colour in ("red", "blue"))
    animation = saved(red, "WEBP", save_all=True, append_images=[blue], duration=100)

    large = opened(decode(animation).large)

    assert getattr(large, "n_frames", 1) == 1
    assert large.convert("RGB").getpixel((30, 20))[0] > 200  # type: ignore[index]


def test_a_small_photo_is_never_made_larger() -> None:
    photo = decode(photographs.plain_jpeg((120, 90)))

    assert opened(photo.thumb).size == opened(photo.large).size == (120, 90)


def test_over_40_megabytes_is_refused_before_anything_is_read() -> None:
    refusal = refusal_of(b"\xff\xd8\xff" + bytes(40 * 1024 * 1024))

    assert (refusal.code, refusal.values) == ("photo.too_large", {"limit": 40})


def jpeg_claiming(width: int, height: int, **options: object) -> bytes:
    """A small JPEG whose header promises that many pixels."""
    data = bytearray(saved(photographs.drawn((64, 64)), "JPEG", **options))
    at = data.index(b"\xff\xc2" if "progressive" in options else b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "megapixels", "limit"),
    [
        pytest.param(png_claiming(9000, 9000), 81, 50, id="PNG"),
        pytest.param(png_claiming(60_000, 60_000), 3600, 50, id="PNG, a bomb"),
        pytest.param(jpeg_claiming(9000, 9000), 81, 80, id="JPEG"),
        pytest.param(jpeg_claiming(60_000, 60_000), 3600, 80, id="JPEG, a bomb"),
        pytest.param(jpeg_claiming(20_000, 4001), 81, 80, id="a panorama"),
        pytest.param(jpeg_claiming(9000, 9000, progressive=True), 81, 50, id="progressive JPEG"),
    ],
)
def test_too_many_pixels_are_refused_by_the_header_with_the_true_numbers(
    data: bytes, megapixels: int, limit: int
) -> None:
    refusal = refusal_of(data)

    assert refusal.code == "photo.too_many_pixels"
    assert refusal.values == {"megapixels": megapixels, "limit": limit}


@pytest.mark.parametrize("make", [photographs.bomb_png, photographs.bomb_jpeg])
def test_bombs_are_refused(make: Callable[[], bytes]) -> None:
    assert refusal_of(make()).code == "photo.too_many_pixels"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(photographs.text_named_jpg(), id="text named .jpg"),
        pytest.param(saved(photographs.drawn((40, 30)), "GIF"), id="GIF"),
        pytest.param(saved(photographs.drawn((40, 30)), "BMP"), id="BMP"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
    ],
)
def test_what_is_no_photo_is_said_to_be_none(data: bytes) -> None:
    assert refusal_of(data).code == "photo.not_an_image"


@pytest.mark.parametrize(
    "make", [photographs.plain_jpeg, photographs.png, photographs.webp, photographs.heic]
)
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_half_a_photo_is_said_to_be_cut_off(make: Callable[[], bytes], share: float) -> None:
    whole = make()

    assert refusal_of(whole[: max(40, int(len(whole) * share))]).code == "photo.truncated"


def test_a_photo_broken_inside_is_refused_or_still_a_picture() -> None:
    whole = photographs.png()
    middle = len(whole) // 2
    broken = whole[:middle] + b"\xaa" * 400 + whole[middle + 400 :]

    assert refusal_of(broken).code == "photo.undecodable"


@pytest.mark.needs_shared
def test_photos_that_phones_and_cameras_really_made(shared: Path) -> None:
    expected = {
        "iphone_13_pro_max.HEIC": ("HEIF", 3024, 4032),
        "iphone_hdr_YES.jpg": ("JPEG", 3264, 2448),
        "image00971.jpg": ("JPEG", 636, 227),  # broken EXIF
        "DSCN0010.jpg": ("JPEG", 640, 480),
    }
    for name, facts in expected.items():
        photo = decode((shared / "photos" / name).read_bytes())
        assert (photo.format, photo.width, photo.height) == facts


@pytest.mark.needs_shared
def test_eight_turned_copies_of_one_photo_are_one_picture(shared: Path) -> None:
    photos = [
        decode((shared / "photos" / f"landscape_{number}.jpg").read_bytes())
        for number in range(1, 9)
    ]

    assert {(photo.width, photo.height) for photo in photos} == {(600, 450)}
