"""Places by any of their names, each with a circle that covers it."""

import csv
import random
import re
from pathlib import Path

import opencc
import pytest
from pypinyin import Style, lazy_pinyin

from observations.places.districts import DISTRICTS, district_of, is_in_city
from observations.places.ground_names import read_ground_names, write_ground_names
from observations.places.named_place import GAZETTEER, NamedPlace, known_places, place_id_of
from observations.places.search import Fit, PlaceIndex

PLACES = known_places()
INDEX = PlaceIndex(PLACES)
ROWS = list(csv.DictReader(GAZETTEER.open(encoding="utf-8", newline="")))
TRADITIONAL = opencc.OpenCC("s2t")
DRAWN, FIRST = 100, 3
ELSEWHERE = (
    "北京", "上海虹桥", "天安门", "外滩", "南京路步行街", "苏州园林", "拙政园", "宁波东钱湖",
    "绍兴鲁迅故里", "乌镇", "普陀山", "黄山", "兵马俑", "洱海", "台北101", "深圳湾", "香港中環",
    "東京", "Paris", "London Eye", "Central Park", "beijing", "shanghai", "tiananmen", "waitan",
    "qqqqq", "zzzz", "123", "哈哈哈哈", "一二三四五", "ü", "%", "'; drop table named_place;--",
    "<script>alert(1)</script>", "../../etc/passwd", "\x00\x00", "🐦", ".*", "(z{9,})+$",
    "a" * 40, "((((", "[^\n]*", "\\", "西\n湖\n区\n县",
)  # fmt: skip


def names(query: str, limit: int = 5) -> list[str]:
    return [place.name_zh for place in INDEX.search(query, limit)]


def ways_to_type(name: str, dice: random.Random) -> dict[str, str]:
    """A name as people type it; what stands in brackets only tells it from others."""
    bare = re.sub("（.*）", "", name)
    sounds = lazy_pinyin(bare, style=Style.NORMAL)
    length = max(2, -(-2 * len(bare) // 3))
    start = dice.randint(0, len(bare) - length)
    return {
        "pinyin": "".join(sounds),
        "initials": "".join(sound[0] for sound in sounds),
        "part": bare[start : start + length],
        "traditional": TRADITIONAL.convert(bare),
    }


@pytest.mark.parametrize("seed", [2025, 7, 30330])
def test_a_hundred_names_are_found_however_they_are_typed(seed: int) -> None:
    dice = random.Random(seed)
    drawn = [row["name_zh"] for row in dice.sample(ROWS, DRAWN)]
    typed = [(name, *way) for name in drawn for way in ways_to_type(name, dice).items()]
    missed = [one for one in typed if one[0] not in names(one[2], FIRST)]
    assert len(typed) == 4 * DRAWN
    assert len(missed) <= 0.05 * len(typed), missed


@pytest.mark.parametrize("typed", ELSEWHERE)
def test_no_place_is_invented_for_a_name_that_is_nowhere(typed: str) -> None:
    assert names(typed) == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("西湖", "西湖"), ("xihu", "西湖"), ("West Lake", "西湖"), ("西 湖", "西湖"),
        ("西湖区", "西湖区"), ("XiHuQu", "西湖区"), ("xhq", "西湖区"), ("yuhang", "余杭区"),
        ("萧山", "萧山区"), ("xiaosh", "萧山区"), ("tonglu", "桐庐县"), ("chun'an", "淳安县"),
        ("chún ān", "淳安县"), ("断桥", "断桥"), ("dq", "断桥"), ("斷橋", "断桥"),
        ("changqiao", "长桥"), ("lht", "六和塔"), ("於潛", "於潜镇"), ("乾潭", "乾潭镇"),
        ("gantan", "乾潭镇"), ("浙大紫金港", "浙江大学紫金港校区"),
        ("萧山机场", "杭州萧山国际机场"),
        ("灵引寺", "灵隐寺"), ("曲苑风荷", "曲院风荷"), ("西湖断桥", "断桥"), ("杭州西湖", "西湖"),
        ("武林广场地铁站", "武林广场站（地铁）"), ("地铁武林广场", "武林广场"),
        ("七堡站(地铁)", "七堡站（地铁）"), ("wetland", "西溪国家湿地公园"),
        ("杭州东站", "杭州东站"), ("龙井", "龙井寺"), ("湘湖", "湘湖"),
    ],
)  # fmt: skip
def test_a_place_is_found_first_as_the_finger_types(typed: str, wanted: str) -> None:
    assert names(typed)[0] == wanted, names(typed)


def test_a_short_form_is_of_the_name_that_it_leaves_least_out_of() -> None:
    found = INDEX.found("浙大", 9)
    assert {one.fit for one in found} == {Fit.SHORT}
    assert all(one.place.name_zh.startswith("浙江大学") for one in found[:3]), found


@pytest.mark.parametrize("code", DISTRICTS)
def test_every_district_is_found_first_by_name_pinyin_and_with_its_circle(code: str) -> None:
    district = DISTRICTS[code]
    (nearest,) = INDEX.search(district.name_zh, 1)
    assert (nearest.kind, nearest.district) == ("district", code)
    assert nearest.uncertainty_m == pytest.approx(district.radius_m, abs=0.5)
    assert district.name_zh in [place.name_zh for place in INDEX.search(district.name_en, 3)]


def test_each_row_of_the_gazetteer_says_how_sure_it_is_and_from_where() -> None:
    by_id = {place.place_id: place for place in PLACES}
    assert len(ROWS) == 384
    for row in ROWS:
        place = by_id[place_id_of(row["name_zh"], row["district_code"])]
        assert place.uncertainty_m == float(row["uncertainty_m"]) >= 100
        assert is_in_city(place.latitude, place.longitude) and place.district in DISTRICTS
        assert row["source"] in place.source and row["licence"] in place.source


def test_places_lie_in_their_districts_but_for_those_at_a_border() -> None:
    beside = [
        row["name_zh"]
        for row in ROWS
        if (own := district_of(float(row["latitude"]), float(row["longitude"]))) is None
        or own.code != row["district_code"]
    ]
    assert len(beside) <= 12, beside


def test_without_a_question_the_districts_come_first() -> None:
    assert names("", 13) == [district.name_zh for district in DISTRICTS.values()]


def changed(place: NamedPlace, **fields: object) -> NamedPlace:
    kept = {name: getattr(place, name) for name in place.__slots__}
    return NamedPlace(**kept | fields)


def test_staffs_name_stands_before_the_ground_maps_and_that_before_the_programs_own() -> None:
    lake = next(place for place in PLACES if place.name_zh == "西湖")
    ground, staffs = changed(lake, uncertainty_m=900.0), changed(lake, uncertainty_m=700.0)
    assert PlaceIndex(known_places([ground])).search("西湖", 1) == [ground]
    assert PlaceIndex(known_places([ground], [staffs])).search("西湖", 1) == [staffs]


def test_the_ground_maps_names_are_read_back_and_a_spoilt_row_costs_itself_alone(
    tmp_path: Path,
) -> None:
    canal = changed(PLACES[20], name_zh="京杭大运河", name_en="Grand Canal", kind="canal")
    assert read_ground_names(tmp_path) == []
    assert write_ground_names(tmp_path, [canal, canal]) == 2
    file = tmp_path / "ground" / "names.csv"
    read = read_ground_names(tmp_path)[0]
    assert (read.name_zh, read.kind, read.source) == ("京杭大运河", "canal", canal.source)
    assert (read.latitude, read.uncertainty_m) == (canal.latitude, canal.uncertainty_m)
    with file.open("a", encoding="utf-8") as rows:
        rows.write("太湖,,lake,,31.2,120.2,500,x\n,,lake,,30.2,120.2,500,x\n坏,,,,x,,,\n短\n")
        rows.write("好山,,hill,330106,30.25,120.1,500,地图\n")
    assert [place.name_zh for place in read_ground_names(tmp_path)][2:] == ["好山"]
    file.write_bytes(b"\xff\xfe\x00")
    assert read_ground_names(tmp_path) == []
