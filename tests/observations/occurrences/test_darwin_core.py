"""A public sighting in Darwin Core."""

from datetime import date
from uuid import UUID, uuid4

from observations.occurrences.darwin_core import TERMS, darwin_core
from observations.occurrences.occurrence import PublicOccurrence

ID = UUID("0190a000-0000-7000-8000-00000000000a")


def occurrence(**changes: object) -> PublicOccurrence:
    """A night heron at 西溪, changed as asked."""
    values: dict[str, object] = {
        "occurrence_id": ID,
        "public_id": uuid4(),
        "observer_id": None,
        "individual_count": 2,
        "establishment_means": "wild",
        "is_demo": False,
        "verification_status": "accepted_considered_correct",
        "taxon_id": uuid4(),
        "scientific_name": "Nycticorax nycticorax",
        "vernacular_name": "夜鹭",
        "english_name": "Black-crowned Night Heron",
        "group_code": "bird",
        "grid": None,
        "decimal_latitude": 30.26941234567,
        "decimal_longitude": 120.0631,
        "coordinate_uncertainty_in_meters": 8.2,
        "event_day": date(2026, 5, 9),
        "district": "330106",
        "cell_city": "87309a426ffffff",
        "cell_quarter": None,
        "photo_sha256": None,
        "photo_count": 0,
        "recorded_by": "西湖鹭友",
    }
    return PublicOccurrence(**(values | changes))  # type: ignore[arg-type]


def test_an_exact_record_has_its_day_place_and_person() -> None:
    terms = darwin_core(occurrence(), "https://example.org")
    assert list(terms) == list(TERMS)
    assert terms["eventDate"] == "2026-05-09"
    assert (terms["decimalLatitude"], terms["coordinateUncertaintyInMeters"]) == (30.269412, 9)
    assert (terms["recordedBy"], terms["county"]) == ("西湖鹭友", "西湖区")
    assert terms["dataGeneralizations"] is None
    assert str(terms["references"]).startswith("https://example.org/sighting?id=")


def test_a_generalised_record_has_its_month_alone_and_says_why() -> None:
    rough = occurrence(grid=10, event_day=date(2026, 5, 1), recorded_by="不该在这里")
    terms = darwin_core(rough, "")
    assert terms["eventDate"] == "2026-05"
    assert terms["recordedBy"] is None
    assert "0.1 degree" in str(terms["dataGeneralizations"])
    assert terms["informationWithheld"]


def test_the_records_own_id_is_never_given() -> None:
    assert str(ID) not in str(darwin_core(occurrence(), ""))


def test_demo_rows_say_so_twice() -> None:
    terms = darwin_core(occurrence(is_demo=True), "")
    assert terms["isDemo"] is True
    assert "演示数据" in str(terms["datasetName"]) and "demo" in str(terms["datasetName"]).lower()
    assert "演示数据" not in str(darwin_core(occurrence(), "")["datasetName"])
