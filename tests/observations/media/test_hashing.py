"""Names of a photo: of its bytes, and of its picture."""

from PIL import Image

from observations.media.hashing import bits_between, is_sha256, picture_hash, sha256_of
from tests.support import photographs


def test_a_picture_made_smaller_keeps_its_hash() -> None:
    drawing = photographs.drawn((1200, 900))

    small = drawing.resize((300, 225), Image.Resampling.LANCZOS)

    assert bits_between(picture_hash(drawing), picture_hash(small)) <= 4


def test_another_picture_has_another_hash() -> None:
    drawing = photographs.drawn((1200, 900))

    turned = drawing.transpose(Image.Transpose.ROTATE_180)

    assert bits_between(picture_hash(drawing), picture_hash(turned)) > 10
    assert len(picture_hash(drawing)) == 16


def test_only_64_lower_case_hex_digits_name_a_photo() -> None:
    assert is_sha256(sha256_of(b""))
    for text in ("", "ab", sha256_of(b"").upper(), "../" + "a" * 61, sha256_of(b"") + "\n"):
        assert not is_sha256(text)
