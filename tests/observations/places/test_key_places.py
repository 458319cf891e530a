"""Places everyone knows."""

from observations.places.districts import district_of
from observations.places.key_places import KEY_PLACES


def test_each_lies_in_the_district_it_names() -> None:
    assert len(KEY_PLACES) == 11
    for place in KEY_PLACES:
        district = district_of(place.latitude, place.longitude)
        assert district is not None
        assert district.code == place.district_code


def test_each_has_a_name_in_both_languages() -> None:
    names = {place.name("en"): place.name("zh") for place in KEY_PLACES}

    assert names["West Lake"] == "西湖"
