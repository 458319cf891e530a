"""Degrees as people write them."""

import pytest

from observations.places.coordinates import Axis, degrees_and_axis, degrees_of


@pytest.mark.parametrize(
    "text",
    ["30.26", "+30.26", "30.26°", "N30.26", "30.26N", "30.26° N", "北纬30.26", "北纬30.26度"]
    + ["30,26", "30°15′36″", "30°15'36\"N", "30°15.6'N", "30度15分36秒", "30 15 36", "30:15:36"]
    + ["N 30° 15′ 36″", "30°15′36''n", "\uff13\uff10.26"],
)
def test_a_latitude_in_many_spellings(text: str) -> None:
    degrees = degrees_of(text, Axis.LATITUDE)
    assert degrees is not None and abs(degrees - 30.26) < 1e-9


def test_a_hemisphere_says_which_axis_and_side() -> None:
    assert degrees_and_axis("E120.1") == (120.1, Axis.LONGITUDE)
    assert degrees_and_axis("东经120°6′") == (120.1, Axis.LONGITUDE)
    assert degrees_and_axis("S30.5") == (-30.5, Axis.LATITUDE)
    assert degrees_of("E120.1", Axis.LATITUDE) is None


@pytest.mark.parametrize(
    "text",
    ["", "abc", "nan", "inf", "1e400", "1_0", "30.26.5", "30.5°15'", "30°61'", "N-30.2", "30-26"]
    + ["30.26, 120.1", "约30.2", "N30.26N", "9" * 5_000, "30" + " " * 100 + "x"],
)
def test_what_is_no_coordinate_is_none(text: str) -> None:
    assert degrees_and_axis(text) == (None, None)
