"""WGS-84 and GCJ-02."""

import pytest

from observations.places.datum import Datum, bd09_of, gcj02_of, to_wgs84, wgs84_of
from observations.places.distance import metres_between
from observations.places.districts import DISTRICTS


def test_the_shift_at_west_lake_is_that_of_the_citys_test_vector() -> None:
    latitude, longitude = gcj02_of(30.25, 120.15)

    assert longitude - 120.15 == pytest.approx(0.004707, abs=5e-7)
    assert latitude - 30.25 == pytest.approx(-0.002322, abs=5e-7)
    assert metres_between(30.25, 120.15, latitude, longitude) == pytest.approx(521, abs=1)


@pytest.mark.parametrize("code", DISTRICTS)
def test_there_and_back_again_is_the_same_place_within_a_metre(code: str) -> None:
    here = DISTRICTS[code].latitude, DISTRICTS[code].longitude

    assert metres_between(*here, *wgs84_of(*gcj02_of(*here))) < 0.01


def test_a_point_is_converted_only_where_its_datum_says_so() -> None:
    shifted = gcj02_of(30.25, 120.15)

    assert to_wgs84(30.25, 120.15, Datum.WGS84) == (30.25, 120.15)
    assert to_wgs84(*shifted, Datum.GCJ02) == pytest.approx((30.25, 120.15), abs=1e-7)


@pytest.mark.parametrize("code", DISTRICTS)
def test_baidus_numbers_are_the_same_place_within_a_centimetre(code: str) -> None:
    here = DISTRICTS[code].latitude, DISTRICTS[code].longitude
    on_baidus_map = bd09_of(*gcj02_of(*here))

    assert 700 < metres_between(*here, *on_baidus_map) < 1_300
    assert metres_between(*here, *to_wgs84(*on_baidus_map, Datum.BD09)) < 0.01
