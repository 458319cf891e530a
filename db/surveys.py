"""The surveys' new records."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from db.ask import Room
from observations.surveys.levels import Confidence, Evidence, Level, TypeOrigin
from observations.surveys.new_record import NewRecord

FIELDS = tuple(field.name for field in fields(NewRecord))
WORDS = {
    "level": Level,
    "type_origin": TypeOrigin,
    "evidence": Evidence,
    "confidence": Confidence,
}


class Surveys(Room):
    """The new records of the surveys."""

    name = "surveys"

    def new_records(self) -> list[NewRecord]:
        """All records, in the order of the list."""
        return [_new_record(row) for row in self._ask("new_records")]

    def replace_new_records(self, records: Sequence[NewRecord]) -> None:
        """Replace all records by these, in this order."""
        self._ask("forget_new_records")
        for order, record in enumerate(records):
            values = asdict(record)
            del values["finder"]
            self._ask("add_new_record", list_order=order, **values)


def new_record_of_seed(row: dict[str, str]) -> NewRecord:
    """The record of a row of `db/seed/new_records.csv`."""
    return NewRecord(
        code=row["code"],
        level=Level(row["level"]),
        year=int(row["year"]),
        scientific_name=row["scientific_name"],
        authorship=row["authorship"],
        vernacular_name=row["vernacular_name"],
        group=row["group"],
        of_the_survey=row["of_the_survey"],
        type_origin=TypeOrigin(row["type_from_hangzhou"]),
        district=row["district"],
        locality_zh=row["locality_zh"],
        locality_en=row["locality_en"],
        latitude=_number(row["latitude"]),
        longitude=_number(row["longitude"]),
        evidence=Evidence(row["evidence"]),
        source=row["source"],
        confidence=Confidence(row["confidence"]),
        about_zh=row["about_zh"],
        about_en=row["about_en"],
        picture=row["picture"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def _new_record(row: Sequence[Any]) -> NewRecord:
    values = dict(zip(FIELDS, row, strict=True))
    kinds = {name: kind(values[name]) for name, kind in WORDS.items()}
    return NewRecord(**(values | kinds))
