import dataclasses

import pytest

from observations.places.distance import metres_between
from observations.places.districts import DISTRICTS, district_of
from observations.surveys.layer import placed, properties
from observations.surveys.levels import Confidence, Evidence, Level, TypeOrigin
from observations.surveys.new_record import NewRecord

FISH = NewRecord(
    code="zacco-tiaoxiensis",
    level=Level.SCIENCE,
    year=2023,
    scientific_name="Zacco tiaoxiensis",
    authorship="Zhang, Zhou & Yang, 2023",
    vernacular_name="苕溪鱲",
    group="fish",
    of_the_survey="yes",
    type_origin=TypeOrigin.HANGZHOU,
    district="330110",
    locality_zh="苕溪",
    locality_en="Tiaoxi River",
    latitude=None,
    longitude=None,
    evidence=Evidence.DESCRIBED,
    source="J. Shanghai Ocean Univ. 32(3)",
    confidence=Confidence.HIGH,
    about_zh="住在余杭的苕溪。",
    about_en="Lives in the Tiaoxi River.",
    picture="tiaoxi-zacco",
)


def other(code, **changes):
    return dataclasses.replace(FISH, code=code, **changes)


def test_without_coordinates_it_stands_at_the_district_s_inside_point():
    (place,) = placed([FISH])
    yuhang = DISTRICTS["330110"]
    assert (place.latitude, place.longitude) == (yuhang.latitude, yuhang.longitude)
    assert place.uncertainty_m == yuhang.radius_m


def test_published_coordinates_are_generalised_to_a_tenth_of_a_degree():
    (place,) = placed([other("b", latitude=30.4283, longitude=119.755)])
    assert (place.latitude, place.longitude) == pytest.approx((30.45, 119.75))
    assert 10_000 < place.uncertainty_m < 20_000


def test_several_of_one_district_can_be_told_apart_and_stay_within_the_circle():
    places = placed([other(str(k)) for k in range(6)])
    assert len({(p.latitude, p.longitude) for p in places}) == 6
    yuhang = DISTRICTS["330110"]
    for place in places:
        away = metres_between(place.latitude, place.longitude, yuhang.latitude, yuhang.longitude)
        assert away < place.uncertainty_m / 3
        assert district_of(place.latitude, place.longitude) == yuhang


def test_what_has_no_place_is_on_the_list_and_not_on_the_map():
    nowhere = other("nowhere", district="")
    assert placed([nowhere]) == []


def test_a_card_says_that_the_place_is_approximate():
    (place,) = placed([FISH])
    yuhang = DISTRICTS["330110"]
    assert (place.longitude, place.latitude) == pytest.approx([yuhang.longitude, yuhang.latitude])
    told = properties(place, "zh")
    assert told["is_approximate"]
    assert (told["level_name"], told["district_name"]) == ("全球新物种", "余杭区")
    assert told["source"] == FISH.source


def test_a_card_speaks_english_too():
    told = properties(placed([FISH])[0], "en")
    assert (told["locality"], told["about"]) == ("Tiaoxi River", "Lives in the Tiaoxi River.")
    assert told["district_name"] == DISTRICTS["330110"].name("en")
    assert told["level_name"] == "New to science"


def test_a_name_is_chinese_where_there_is_one():
    assert FISH.name == "苕溪鱲"
    assert other("x", vernacular_name="").name == "Zacco tiaoxiensis"
