"""What a photo says about itself; nonsense is nothing, never an error."""

import io

import pytest
from PIL import ExifTags, Image

from observations.media.exif import Exif, exif_of, orientation_of
from tests.support import photographs


def reopened(exif: Image.Exif) -> Image.Image:
    return Image.open(io.BytesIO(photographs.as_jpeg(photographs.drawn((40, 30)), exif)))


def test_the_southern_and_western_halves_are_negative() -> None:
    exif = exif_of(reopened(photographs.exif_of((-33.5, -70.25), None)))

    assert (exif.latitude, exif.longitude) == pytest.approx((-33.5, -70.25))
    assert exif.taken_at is None


def test_a_time_without_an_offset_is_hangzhous() -> None:
    tags = photographs.exif_of(None, photographs.MORNING)
    del tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal]

    taken = exif_of(reopened(tags)).taken_at

    assert taken is not None
    assert taken.isoformat() == "2026-05-09T09:42:00+08:00"


def test_a_camera_that_has_not_found_itself_says_nothing() -> None:
    assert exif_of(reopened(photographs.exif_of((0.0, 0.0), None))) == Exif()


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_impossible_orientation_is_upright(orientation: int) -> None:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation

    assert orientation_of(reopened(tags)) == 1


def test_nonsense_in_the_tags_is_nothing() -> None:
    tags = photographs.exif_of(photographs.XIXI, photographs.MORNING)
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "0000:00:00 99:99:99"
    tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (99.0, 99.0, 99.0)

    assert exif_of(reopened(tags)) == Exif()


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about each of them
@pytest.mark.parametrize("cut", [8, 20, 60, 120])
def test_tags_that_end_in_the_middle_are_nothing(cut: int) -> None:
    tags = photographs.exif_of(photographs.XIXI, photographs.MORNING).tobytes()
    buffer = io.BytesIO()
    photographs.drawn((40, 30)).save(buffer, "JPEG", exif=tags[:cut])

    image = Image.open(buffer)

    assert exif_of(image).latitude is None
    assert orientation_of(image) == 1
