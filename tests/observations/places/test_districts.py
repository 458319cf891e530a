"""Which district a point lies in."""

import math

import pytest

from observations.places.distance import metres_between
from observations.places.districts import (
    CITY_BOX,
    DISTRICTS,
    TOLERANCE_M,
    district_of,
    district_of_circle,
    is_in_city,
    is_in_city_box,
)


def code_of(latitude: float, longitude: float) -> str | None:
    district = district_of(latitude, longitude)
    return district.code if district else None


def test_there_are_13_with_the_people_of_the_census() -> None:
    # 11,936,010 in all, less the 23,763 of the West Lake scenic area, counted apart.
    assert len(DISTRICTS) == 13
    assert sum(d.population_2020 for d in DISTRICTS.values()) == 11_936_010 - 23_763


@pytest.mark.parametrize(
    ("place", "latitude", "longitude", "code"),
    [
        ("西湖 湖心", 30.245, 120.14, "330106"),
        ("半山", 30.365, 120.19, "330105"),
        ("千岛湖", 29.58, 118.95, "330127"),
        ("天目山", 30.34, 119.43, "330112"),
        ("下沙", 30.31, 120.35, "330114"),
    ],
)
def test_known_places_lie_where_they_do(
    place: str, latitude: float, longitude: float, code: str
) -> None:
    assert code_of(latitude, longitude) == code


@pytest.mark.parametrize("code", DISTRICTS)
def test_its_own_point_lies_inside_and_its_circle_covers_it_all(code: str) -> None:
    district = DISTRICTS[code]

    assert code_of(district.latitude, district.longitude) == code
    farthest = max(
        metres_between(district.latitude, district.longitude, latitude, longitude)
        for longitude, latitude in district.outline.corners
    )
    assert farthest == pytest.approx(district.radius_m)


def test_every_point_of_the_city_belongs_to_exactly_one() -> None:
    inside = 0
    for row in range(120):
        for column in range(200):
            latitude = CITY_BOX.south + (CITY_BOX.north - CITY_BOX.south) * row / 120
            longitude = CITY_BOX.west + (CITY_BOX.east - CITY_BOX.west) * column / 200
            owners = [d for d in DISTRICTS.values() if d.outline.contains(latitude, longitude)]
            assert len(owners) <= 1
            inside += len(owners)
    rows, columns = CITY_BOX.north - CITY_BOX.south, CITY_BOX.east - CITY_BOX.west
    box_km2 = rows * 111.2 * columns * 111.2 * math.cos(math.radians(29.87))
    assert inside / (120 * 200) * box_km2 == pytest.approx(16_860, rel=0.02)


def test_a_shared_corner_belongs_to_one_of_its_districts() -> None:
    longitude, latitude = DISTRICTS["330106"].outline.corners[0]

    assert code_of(latitude, longitude) is not None


def test_a_point_just_outside_the_border_belongs_to_the_nearest_district() -> None:
    edge = DISTRICTS["330127"].outline
    longitude, latitude = min(edge.corners)  # the westernmost corner: Anhui lies beyond it
    near = longitude - 1_000 / (111_000 * math.cos(math.radians(latitude)))
    far = longitude - (TOLERANCE_M + 300) / (111_000 * math.cos(math.radians(latitude)))

    assert code_of(latitude, near) == "330127"
    assert code_of(latitude, far) is None


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(31.23, 121.47), (43.467, 11.885), (0.0, 0.0), (math.nan, 120.1), (30.2, math.inf)],
)
def test_elsewhere_is_no_district_and_not_in_the_box(latitude: float, longitude: float) -> None:
    assert not is_in_city_box(latitude, longitude)
    assert district_of(latitude, longitude) is None


def test_a_district_has_a_name_in_both_languages() -> None:
    assert DISTRICTS["330106"].name("zh") == "西湖区"
    assert DISTRICTS["330106"].name("en") == "Xihu (West Lake) District"


def test_near_borders_are_measured_as_all_of_them_are() -> None:
    """The quick measure looks at near edges only, and never gives another district."""
    steps = range(45)
    for latitude in (29.15 + 0.032 * k for k in steps):
        for longitude in (118.3 + 0.055 * k for k in steps):
            for district in DISTRICTS.values():
                whole = district.outline.metres_to(latitude, longitude)
                near = district.outline.metres_to_near(latitude, longitude)
                assert near == whole if whole <= TOLERANCE_M else near > TOLERANCE_M


def test_the_city_is_its_border_and_not_its_box() -> None:
    shaoxing, huzhou, jinhua, huangshan = (
        (30.00, 120.58),
        (30.86, 120.09),
        (29.11, 119.65),
        (29.72, 118.34),
    )
    for point in (shaoxing, huzhou, huangshan):
        assert not is_in_city(*point)
        assert not is_in_city(*point, 2_000)
    assert not is_in_city(*jinhua)
    assert is_in_city(30.25, 120.15)
    assert is_in_city(*huangshan, 60_000)  # its circle reaches Chun'an
    assert not is_in_city(41.6, -93.7, 100_000)
    assert not is_in_city(float("nan"), 120.0, 100_000)


def test_a_circle_lies_in_one_district_or_in_none() -> None:
    chunan = DISTRICTS["330127"]
    assert district_of_circle(chunan.latitude, chunan.longitude, 5_000) is chunan
    assert district_of_circle(chunan.latitude, chunan.longitude, chunan.radius_m) is chunan
    lake = 30.2489, 120.1486
    assert district_of_circle(*lake, 1_500) == district_of(*lake)
    assert district_of_circle(*lake, 20_000) is None
