"""Places that staff import: all or none, once, in either datum; on both engines."""

from pathlib import Path

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.roles import OPERATOR
from observations.places.datum import bd09_of, gcj02_of
from observations.places.importing import Imported, import_places
from tests.support.sightings import NOW
from tests.support.survey_files import workbook

HEAD = "name_zh,name_en,kind,latitude,longitude,uncertainty_m,district_code,source,datum\n"
PARK = "吴山,Wushan,hill,30.2400,120.1600,600,,杭州市地名志,\n"


def imported(store: Store, text: str, is_dry_run: bool = False) -> Imported:
    return import_places(store, OPERATOR, text.encode(), NOW, is_dry_run)


def test_a_file_is_imported_once_however_often_it_comes(store: Store) -> None:
    assert imported(store, HEAD + PARK, is_dry_run=True) == Imported(1, 0, 0, ())
    assert store.places.imported_places() == []
    assert imported(store, HEAD + PARK) == Imported(1, 0, 0, ())
    assert imported(store, "\ufeff" + HEAD + PARK) == Imported(0, 0, 1, ())
    assert imported(store, HEAD + PARK.replace("600", "800")) == Imported(0, 1, 0, ())
    (place,) = store.places.imported_places()
    assert (place.name_zh, place.uncertainty_m, place.district) == ("吴山", 800, "330102")


def test_a_place_of_a_street_map_is_converted(store: Store) -> None:
    latitude, longitude = gcj02_of(30.24, 120.16)
    imported(store, f"{HEAD}吴山,,,{latitude},{longitude},600,,地图,GCJ-02\n")
    (place,) = store.places.imported_places()
    assert (place.latitude, place.longitude) == pytest.approx((30.24, 120.16), abs=1e-7)


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("吴山,,,30.24,120.16,600,,,", "source", "empty"),
        (",,,30.24,120.16,600,,志,", "name_zh", "empty"),
        ("吴山,,,x,120.16,600,,志,", "latitude", "number"),
        ("吴山,,,nan,120.16,600,,志,", "latitude", "number"),
        ("吴山,,,30.24,120.16,0,,志,", "uncertainty_m", "number"),
        ("吴山,,,31.9,120.16,600,,志,", "latitude", "outside"),
        ("吴山,,,30.24,120.16,600,999999,志,", "district_code", "unknown"),
        ("吴山,,,30.24,120.16,600,,志,BJ-54", "datum", "unknown"),
        ("吴" * 81 + ",,,30.24,120.16,600,,志,", "name_zh", "text"),
        ("吴山,30.24", "", "columns"),
    ],
)
def test_one_wrong_line_is_named_and_nothing_is_written(
    store: Store, line: str, column: str, code: str
) -> None:
    done = imported(store, f"{HEAD}{PARK}{line}\n")
    assert [(one.line, one.column, one.code) for one in done.problems][:1] == [(3, column, code)]
    assert store.places.imported_places() == []


@pytest.mark.parametrize("data", [b"", b"name_zh\n", b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_what_is_no_table_of_places_is_refused(store: Store, data: bytes) -> None:
    with pytest.raises(Refused, match="places.unreadable"):
        import_places(store, OPERATOR, data, NOW)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + PARK).encode("gb18030"),
        (HEAD + PARK).encode("utf-16"),
        ("杭州地名 2026\n\n" + HEAD + PARK).encode(),
        ("sep=;\n" + (HEAD + PARK).replace(",", ";")).encode(),
        (HEAD + PARK).replace(",", "\t").encode(),
        (HEAD.strip() + ",,\n" + PARK.strip() + ",,\n,,,,,,,,,,\n").encode(),
        (HEAD + PARK.replace("30.2400", "30°14′24″").replace("120.1600", "E120.16")).encode(),
        (HEAD + PARK.replace(",600,", ",600.00,")).encode(),
    ],
)
def test_a_table_in_any_dress_is_read_alike(store: Store, data: bytes) -> None:
    assert import_places(store, OPERATOR, data, NOW) == Imported(1, 0, 0, ())
    (place,) = store.places.imported_places()
    assert (place.name_zh, place.latitude, place.uncertainty_m) == ("吴山", 30.24, 600)


def test_a_workbook_of_places_is_read(store: Store, tmp_path: Path) -> None:
    row: list[object] = ["吴山", "Wushan", "hill", 30.24, 120.16, 600.0, "", "杭州市地名志", ""]
    path = workbook(tmp_path, [HEAD.strip().split(","), row])
    assert import_places(store, OPERATOR, path.read_bytes(), NOW) == Imported(1, 0, 0, ())


def test_baidus_coordinates_are_converted_and_the_border_is_the_citys(store: Store) -> None:
    latitude, longitude = bd09_of(*gcj02_of(30.24, 120.16))
    imported(store, f"{HEAD}吴山,,,{latitude},{longitude},600,,地图,百度坐标\n")
    (place,) = store.places.imported_places()
    assert (place.latitude, place.longitude) == pytest.approx((30.24, 120.16), abs=1e-7)
    done = imported(store, f"{HEAD}绍兴,,,30.00,120.58,600,,志,\n")
    assert [one.code for one in done.problems] == ["outside"]


def test_no_line_swallows_another(store: Store) -> None:
    lone = PARK.replace("Wushan", '"Wushan') + PARK.replace("吴山", "宝石山").replace("hill", 'h"')
    done = imported(store, HEAD + lone + PARK)
    assert [(one.line, one.code) for one in done.problems] == [(2, "columns")]
