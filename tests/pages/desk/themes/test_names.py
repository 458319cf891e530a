"""Names on a small map."""

from itertools import combinations

import pytest

from observations.places.districts import DISTRICTS
from pages.desk.themes.names import TEXT_PX, Name, _pixels, placed

FAR, NEAR = 6.65, 11.0


def names(language: str) -> dict[str, Name]:
    return {
        code: Name(d.name(language)[: 2 if language == "zh" else None], d.latitude, d.longitude, 9)
        for code, d in DISTRICTS.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("zoom", [FAR, 8.0, NEAR])
def test_no_name_covers_another(language: str, zoom: float) -> None:
    labels = names(language)
    places = placed(labels, zoom)
    boxes = []
    for code, (right, below) in places.items():
        x, y = _pixels(labels[code], zoom)
        boxes.append((x + right, y + below, labels[code].width_px))
    for one, other in combinations(boxes, 2):
        beside = abs(one[0] - other[0]) * 2 >= one[2] + other[2]
        assert beside or abs(one[1] - other[1]) >= TEXT_PX


def test_all_thirteen_find_room_in_chinese_from_afar() -> None:
    assert set(placed(names("zh"), FAR)) == set(DISTRICTS)


def test_the_first_keeps_its_name_where_there_is_no_room() -> None:
    crowd = {str(n): Name("一个很长的名字", 30.2, 120.1) for n in range(9)}
    places = placed(crowd, FAR)
    assert "0" in places and len(places) < len(crowd)
