"""Cases: possible new records, judged by staff and announced."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.surveys.cases import (
    Case,
    Closing,
    Description,
    GivenOpinion,
    Opinion,
    Stage,
    WholeCase,
)
from observations.surveys.levels import Level, TypeOrigin
from observations.surveys.new_record import NewRecord

CASE_FIELDS = tuple(field.name for field in fields(Case))
DESCRIPTION_FIELDS = tuple(field.name for field in fields(Description))
ANNOUNCED = (
    "code", "level", "year", "scientific_name", "authorship", "vernacular_name", "group",
    "type_origin", "district", "locality_zh", "locality_en", "source", "confidence", "about_zh",
    "about_en", "finder",
)  # fmt: skip


class Cases(Room):
    """Fulfils what `observations.surveys.case_steps` reads and writes."""

    name = "cases"

    def all_cases(self) -> list[WholeCase]:
        """Every case, the newest first."""
        opinions: dict[UUID, list[GivenOpinion]] = defaultdict(list)
        for row in self._ask("opinions"):
            opinion = _opinion(row)
            opinions[opinion.case_id].append(opinion)
        return [_whole(row, opinions[row[0]]) for row in self._ask("all_cases")]

    def case(self, case_id: UUID) -> WholeCase | None:
        """One case."""
        row = self._ask("case_of", case_id=case_id)
        if row is None:
            return None
        return _whole(row, [_opinion(one) for one in self._ask("opinions_of", case_id=case_id)])

    def days_to_announcement(self) -> list[int]:
        """Days from the sighting to the announcement, of every announced case."""
        return [row[0] for row in self._ask("days_to_announcement")]

    def open_case(self, case: Case) -> None:
        """Add a case."""
        self._ask("open_case", **asdict(case))

    def describe(
        self, case_id: UUID, description: Description, staff_id: UUID, now: datetime
    ) -> None:
        """Add a description, which replaces the earlier one."""
        self._ask(
            "describe",
            description_id=new_id(now),
            case_id=case_id,
            described_by=staff_id,
            described_at=now,
            **asdict(description),
        )

    def give_opinion(self, given: GivenOpinion) -> None:
        """Add an opinion."""
        values = asdict(given)
        values["number"] = values.pop("round")
        self._ask("give_opinion", opinion_id=new_id(given.given_at), **values)

    def close_case(self, case_id: UUID, closing: Closing) -> None:
        """Record how the case ended."""
        self._ask("close_case", case_id=case_id, **asdict(closing))

    def announce(self, record: NewRecord, case_id: UUID, now: datetime) -> None:
        """Add the record to the list of new species."""
        values = {name: getattr(record, name) for name in ANNOUNCED}
        self._ask("announce", case_id=case_id, announced_at=now, **values)


def _whole(row: Sequence[Any], opinions: list[GivenOpinion]) -> WholeCase:
    values = dict(zip(CASE_FIELDS, row, strict=False))
    case = Case(**(values | {"level": Level(values["level"])}))
    rest = row[len(CASE_FIELDS) :]
    described, ending = rest[: len(DESCRIPTION_FIELDS)], rest[len(DESCRIPTION_FIELDS) :]
    description = Description()
    if described[0] is not None:
        fields = dict(zip(DESCRIPTION_FIELDS, described, strict=True))
        description = Description(**(fields | {"type_origin": TypeOrigin(fields["type_origin"])}))
    closing = None if ending[0] is None else Closing(Stage(ending[0]), *ending[1:])
    return WholeCase(case, description, tuple(opinions), closing)


def _opinion(row: Sequence[Any]) -> GivenOpinion:
    case_id, number, staff_id, opinion, reason, given_at = row
    return GivenOpinion(case_id, number, staff_id, Opinion(opinion), reason, given_at)
