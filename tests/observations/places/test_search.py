"""Places by any of their names, each with a circle that covers it."""

import pytest

from observations.places.districts import DISTRICTS
from observations.places.key_places import KEY_PLACES
from observations.places.named_place import KEY_PLACE_M, known_places, place_id_of
from observations.places.search import PlaceIndex

PLACES = known_places({})
INDEX = PlaceIndex(PLACES)


def names(query: str, limit: int = 5) -> list[str]:
    return [place.name_zh for place in INDEX.search(query, limit)]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("西湖", "西湖"), ("西湖区", "西湖区"), ("xihu", "西湖"), ("XiHuQu", "西湖区"),
        ("xhq", "西湖区"),
        ("West Lake", "西湖"), ("yuhang", "余杭区"), ("yh", "余杭区"), ("tonglu", "桐庐县"),
        ("chunan", "淳安县"), ("chun'an", "淳安县"), ("湿地", "西溪国家湿地公园"),
        ("xixi", "西溪国家湿地公园"), ("xxgj", "西溪国家湿地公园"), ("shidi", "西溪国家湿地公园"),
        ("wetland", "西溪国家湿地公园"), ("lht", "六和塔"), ("xiaosh", "萧山区"),
    ],
)  # fmt: skip
def test_a_place_is_found_as_the_finger_types(typed: str, wanted: str) -> None:
    assert wanted in names(typed), names(typed)


@pytest.mark.parametrize("code", DISTRICTS)
def test_every_district_is_found_first_by_name_pinyin_and_with_its_circle(code: str) -> None:
    district = DISTRICTS[code]
    (nearest,) = INDEX.search(district.name_zh, 1)
    assert (nearest.kind, nearest.district) == ("district", code)
    assert nearest.uncertainty_m == pytest.approx(district.radius_m, abs=0.5)
    assert district.name_zh in [place.name_zh for place in INDEX.search(district.name_en, 3)]


def test_known_places_carry_three_kilometres() -> None:
    own = [place for place in PLACES if place.kind != "district"]
    assert len(own) == len(KEY_PLACES)
    assert {place.uncertainty_m for place in own} == {KEY_PLACE_M}


def test_without_a_question_the_districts_come_first() -> None:
    assert names("", 13) == [district.name_zh for district in DISTRICTS.values()]


@pytest.mark.parametrize("typed", ["qqqqq", "东京", "123", "%", "'; drop", "ü", "x" * 40])
def test_what_is_nowhere_is_not_found(typed: str) -> None:
    assert names(typed) == []


def test_an_imported_place_stands_for_the_programs_own_of_that_name() -> None:
    lake = next(place for place in PLACES if place.name_zh == "西湖")
    better = type(lake)(**{f: getattr(lake, f) for f in lake.__slots__} | {"uncertainty_m": 900.0})
    places = PlaceIndex(known_places({better.place_id: better})).search("西湖", 1)
    assert places == [better]
    assert better.place_id == place_id_of("西湖", lake.district)
