"""Text at the door."""

import pytest

from observations.base.errors import Refused
from observations.base.text import clean_text


def test_script_is_text_like_any_other() -> None:
    assert clean_text("<script>alert(1)</script>", "note") == "<script>alert(1)</script>"


def test_nothing_written_is_an_empty_text() -> None:
    assert clean_text(None, "note") == clean_text("   ", "note") == ""


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (17, "text.not_text"),
        (["a"], "text.not_text"),
        ("a\x00b", "text.unreadable"),
        ("a\ud800b", "text.unreadable"),
        ("鸟" * 2001, "text.too_long"),
    ],
)
def test_what_no_store_can_keep_is_refused(value: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_text(value, "note")
    assert (refused.value.code, refused.value.field) == (code, "note")


def test_two_thousand_characters_are_kept() -> None:
    assert len(clean_text("鸟" * 2000, "note")) == 2000
