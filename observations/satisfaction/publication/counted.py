"""Whose answers count in a figure at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.figures.profiles import Profile
from observations.satisfaction.tiers import PROVEN


class Basis(StrEnum):
    """Whose answers a figure rests on: of those who proved where they live, or of everybody."""

    PROVEN = "proven"
    ALL = "all"


@dataclass(frozen=True)
class Sheet:
    """One turn of a person, `token`, in a wave."""

    response_id: UUID
    token: str
    profile: Profile


Answers = Mapping[str, int]
"""The answer to one question by the person's token; below nought where it weighs less."""


def latest_before(sheets: Iterable[Sheet], until: date) -> list[Sheet]:
    """Each person's last sheet of before the day `until`; `sheets` come in the order of turns."""
    latest: dict[str, Sheet] = {}
    for sheet in sheets:
        if sheet.profile.day < until:
            latest[sheet.token] = sheet
    return list(latest.values())


class Counted:
    """The sheets of a time; those in `lighter` are of a pattern and weigh less."""

    def __init__(self, sheets: Sequence[Sheet], lighter: Collection[UUID]) -> None:
        self.sheets = sheets
        self._lighter = lighter
        self._by_district: dict[str, list[Sheet]] = {}
        for sheet in self.sheets:
            self._by_district.setdefault(sheet.profile.district, []).append(sheet)

    def people(self, basis: Basis) -> list[Profile]:
        """The profiles that a basis rests on."""
        return [sheet.profile for sheet in self.sheets if _rests_on(basis, sheet)]

    def answers(self, district: str, question: Dimension, basis: Basis) -> Answers:
        """Who of a district answered a question, and what."""
        return {
            sheet.token: -answer if sheet.response_id in self._lighter else answer
            for sheet in self._by_district.get(district, ())
            if _rests_on(basis, sheet) and (answer := sheet.profile.answer(question)) is not None
        }


def _rests_on(basis: Basis, sheet: Sheet) -> bool:
    return basis is Basis.ALL or sheet.profile.tier in PROVEN
