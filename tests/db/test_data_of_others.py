"""Survey files as others make them, on both engines: what becomes of each kind of row."""

from pathlib import Path
from typing import Any

import pytest

from db.photos import open_photos
from db.store import Store
from observations.base.errors import Refused
from observations.commands.checking import check
from observations.exchange.archive.archive_file import export_archive
from observations.exchange.survey_import import Findings, ImportOptions, dry_run, no_progress
from observations.exchange.survey_matching import rebuild_surveys
from observations.map.exploring import Filters, Origin
from observations.surveys.withdrawal import withdraw
from observations.verification.decisions import Verdict
from tests.db.test_datasets import ADMIN, NOW, imported, public
from tests.support.sightings import MANDARIN, XIXI, phone, record, said
from tests.support.survey_files import HEADER, HERON, csv_file, workbook

SITE = "https://luji.example"
VOUCHED = {"rules_out_sensitive": True}
SURVEY = Filters().of(Origin.SURVEY)


def a_file(folder: Path, *rows: dict[str, str], name: str = "survey.csv") -> Path:
    """A CSV of herons at 西溪, each with these cells."""
    heron = dict(zip(HEADER, HERON, strict=True))
    cells = [{**heron, "occurrenceID": f"HZ-{k}", **row} for k, row in enumerate(rows, start=1)]
    header = list(dict.fromkeys(term for row in cells for term in row))
    return csv_file(folder, [[row.get(term, "") for term in header] for row in cells], header)


def looked(store: Store, path: Path, **options: Any) -> Findings:
    return dry_run(store, path, ImportOptions(**options), ADMIN, NOW)


def codes(findings: Findings) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in findings.problems.listed]


def shown(store: Store, columns: str) -> list[tuple[Any, ...]]:
    sql = f"select {columns} from released_survey_occurrence order by {columns}"
    return [tuple(row) for row in store.datasets._fragment(sql)]


def test_absences_are_counted_and_left_out(store: Store, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        {"occurrenceStatus": "present"},
        {"occurrenceStatus": "notDetected"},
        {"occurrenceStatus": "未见"},
        {"individualCount": "0"},
        {"organismQuantity": "0"},
        {"occurrenceStatus": ""},
    )
    findings = imported(store, path)
    assert (findings.rows, findings.new, findings.absent, findings.refused) == (6, 2, 4, 0)
    assert len(public(store)) == 2


def test_a_chinese_status_column_says_presence(store: Store, tmp_path: Path) -> None:
    path = a_file(tmp_path, {"状态": "有"}, {"状态": "无"}, {"状态": "doubtful"})
    findings = looked(store, path)
    assert (findings.new, findings.absent, codes(findings)) == (1, 1, [(4, "presence_unknown")])


def test_a_file_of_absences_alone_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        imported(store, a_file(tmp_path, {"occurrenceStatus": "absent"}))
    assert refused.value.code == "dataset.nothing_seen"


def test_a_vouch_does_not_cover_what_resembles_a_sensitive_name(
    store: Store, tmp_path: Path
) -> None:
    path = a_file(
        tmp_path,
        {"scientificName": "Manis pentadactyl", "vernacularName": "穿山甲"},
        {"scientificName": "Isoëtes sinensis", "vernacularName": "中华水韭"},
        {"scientificName": "Mamis pentadactyla"},
        {"scientificName": "Syrmaticus elioti"},
        {"scientificName": "Nicrophorus concolor"},
    )
    findings = imported(store, path, **VOUCHED)
    assert (findings.good, findings.withheld, findings.rough) == (5, 3, 1)
    assert findings.unlisted == 3
    assert set(findings.unlisted_names) == {"Nicrophorus concolor"}  # what the vouch covers
    assert shown(store, "scientific_name, grid") == [
        ("Nicrophorus concolor", None),
        ("Syrmaticus elioti", 10),
    ]
    rebuild_surveys(store)
    assert len(public(store)) == 2
    assert store.broken_invariants() == {}


def test_doubt_is_shown_at_the_rank_that_is_sure(store: Store, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        {"scientificName": "Anas cf. platyrhynchos", "vernacularName": "绿头鸭"},
        {"scientificName": "Anas platyrhynchos", "identificationQualifier": "?"},
    )
    imported(store, path, **VOUCHED)
    rows = store.map.listed(SURVEY, 10)
    assert {row.scientific_name for row in rows} == {"Anas"}
    assert {row.verbatim_name for row in rows} == {
        "Anas cf. platyrhynchos 绿头鸭",
        "Anas platyrhynchos ?",
    }
    assert {(row.vernacular_name, row.taxon_id, row.group_code) for row in rows} == {
        ("", None, "bird")
    }
    rebuild_surveys(store)
    assert {row.scientific_name for row in store.map.listed(SURVEY, 10)} == {"Anas"}


WIDE = {"coordinateUncertaintyInMeters": "30000"}


@pytest.mark.parametrize(
    "cells",
    [
        {"dataGeneralizations": "Place rounded to 0.1 degrees"},
        {"informationWithheld": "Coordinates hidden at the request of the observer"},
        {"coordinates_obscured": "true", "public_positional_accuracy": "28000"},
        WIDE,
        {"coordinateUncertaintyInMeters": "5 km"},
        {"coordinatePrecision": "0.1"},
    ],
)
def test_a_place_is_drawn_as_wide_as_it_is(
    store: Store, tmp_path: Path, cells: dict[str, str]
) -> None:
    findings = imported(store, a_file(tmp_path, cells))
    assert findings.rough + findings.wide == 1
    assert store.map.cells(SURVEY) == store.map.quarters(SURVEY) == []
    assert store.map.singles(SURVEY, 10) == []
    [(square, count)] = store.map.squares(SURVEY, (1, 2, 10, 100, 1000))
    assert (square.grid <= 10, count) == (True, 1)
    [row] = store.map.listed(SURVEY.at(square), 10)
    assert row.cell_quarter is None
    assert store.broken_invariants() == {}


def test_a_place_wider_than_a_district_counts_in_none(store: Store, tmp_path: Path) -> None:
    exact: dict[str, str] = {}
    imported(store, a_file(tmp_path, exact, WIDE))
    assert [one.records for one in store.map.districts(SURVEY)] == [1]


def test_a_row_that_says_it_keeps_nothing_back_is_exact(store: Store, tmp_path: Path) -> None:
    imported(store, a_file(tmp_path, {"dataGeneralizations": "none", "informationWithheld": "无"}))
    assert shown(store, "grid, square") == [(None, None)]


def test_our_own_archive_keeps_what_was_generalised(store: Store, tmp_path: Path) -> None:
    where = {**XIXI}
    makes: list[dict[str, Any]] = [
        {},
        {"hides_exact_place": True},
        {"taxon_id": str(MANDARIN)},
        {"taxon_id": None, "name": "小鸟", "group": "bird"},
        {"place": {**where, "uncertainty_m": 20_000}},
    ]
    for changes in makes:
        said(store, record(store, phone(store), **changes), Verdict.ACCEPT)
    before = sorted((row.grid or 0, row.square or 0) for row in store.map.listed(Filters(), 10))
    path = tmp_path / "own.zip"
    assert export_archive(store, path, SITE, NOW, no_progress) == len(makes)
    findings = imported(store, path, **VOUCHED)
    assert (findings.new, codes(findings)) == (len(makes), [])
    assert (
        sorted((row.grid or 0, row.square or 0) for row in store.map.listed(SURVEY, 10)) == before
    )
    withdraw(store, "own", ADMIN, NOW)


def test_hangzhou_is_its_border_and_outside_is_told_once(store: Store, tmp_path: Path) -> None:
    shaoxing = {"decimalLatitude": "30.00", "decimalLongitude": "120.58"}
    path = a_file(tmp_path, {}, shaoxing, shaoxing, {**shaoxing, **WIDE}, shaoxing)
    findings = looked(store, path)
    assert codes(findings) == [(k, "place_outside") for k in (3, 4, 6)]
    assert (findings.new, findings.wide) == (2, 1)
    [told] = findings.problems.told_once("en")
    assert "3 rows" in told and "3–4, 6" in told
    assert findings.problems.once() == []


def test_a_workbook_is_imported(store: Store, tmp_path: Path) -> None:
    rows = [["调查表"], [*HEADER, "数量"], [*HERON[:2], 30.2694, 120.0631, "2023-05-09", 2]]
    findings = imported(store, workbook(tmp_path, rows))
    assert (findings.new, findings.sample[0].individual_count) == (1, 2)
    assert len(public(store)) == 1


def test_a_line_break_in_a_name_is_a_problem_and_in_a_remark_is_told(
    store: Store, tmp_path: Path
) -> None:
    path = a_file(
        tmp_path,
        {"remarks": "two\nlines"},
        {"vernacularName": "夜\n鹭"},
    )
    findings = looked(store, path)
    assert codes(findings) == [(3, "line_break")]
    assert (findings.new, findings.spread) == (1, 1)


def test_the_store_is_in_order_with_wide_and_doubtful_rows(store: Store, tmp_path: Path) -> None:
    imported(store, a_file(tmp_path, {}, WIDE, {"scientificName": "Anas sp."}))
    assert check(store, open_photos(f"file://{tmp_path}/photos")) == []


def test_an_unknown_licence_is_refused_before_anything_is_read(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        looked(store, a_file(tmp_path, {}), licence="全部保留")
    assert refused.value.code == "dataset.licence_unknown"
    assert looked(store, a_file(tmp_path, {}), licence="cc0").dataset.licence.endswith("zero/1.0/")
