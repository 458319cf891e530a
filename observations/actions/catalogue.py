"""The catalogue of low-carbon actions, and the groups it is ordered in.

The rows stand in `db/seed/actions.csv`, after T/ACEF 031-2022's seven groups and one for taking
part in nature. A factor is used only when its source is named: what was known without one, or
advised against, has none here and earns points without a carbon claim. Left out are rows that are
another row's act: the Guangzhou metro study (TRV-METRO), sightings and reports of invasive species
(a record earns its points by itself).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from observations.log.wording import N_


class Group(StrEnum):
    """What part of daily life an action belongs to."""

    TRAVEL = "travel"
    FOOD = "food"
    CLOTHING = "clothing"
    HOME = "home"
    USE = "use"
    OFFICE = "office"
    DIGITAL = "digital"
    NATURE = "nature"


GROUP_NAMES = {
    Group.TRAVEL: N_("行"),
    Group.FOOD: N_("食"),
    Group.CLOTHING: N_("衣"),
    Group.HOME: N_("住"),
    Group.USE: N_("用"),
    Group.OFFICE: N_("办公"),
    Group.DIGITAL: N_("数字金融"),
    Group.NATURE: N_("参与"),
}


class Confidence(StrEnum):
    """How far a factor can be trusted, as judged when its source was read."""

    LOW = "low"
    LOW_MEDIUM = "low-medium"
    MEDIUM = "medium"
    MEDIUM_HIGH = "medium-high"


CONFIDENCE_NAMES = {
    Confidence.LOW: N_("把握低"),
    Confidence.LOW_MEDIUM: N_("把握偏低"),
    Confidence.MEDIUM: N_("把握中等"),
    Confidence.MEDIUM_HIGH: N_("把握较高"),
}


@dataclass(frozen=True)
class Words:
    """A text of the catalogue in both languages: data, so it stands in its row."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The text in "zh" or "en"."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Factor:
    """`saving` kilograms of CO2 equivalent avoided for each unit, against `baseline`.

    At most `most_kg_a_day` counts in a day, where a limit is set. `year` is None where the source
    names none.
    """

    saving: Decimal
    baseline: Words
    source: Words
    year: int | None
    confidence: Confidence
    most_kg_a_day: Decimal | None


@dataclass(frozen=True)
class Action:
    """One row of the catalogue in one version.

    Each whole `portion` of units earns `points`, up to `daily_cap` units a day; more than
    `quantity_max` units a day is taken for a slip. `choices` are the quantities offered first.
    On one day it is not counted beside any action of `not_with`.
    """

    code: str
    version: int
    valid_from: date
    group: Group
    icon: str
    name: Words
    unit: str
    unit_name: Words
    factor: Factor | None
    points: int
    portion: Decimal
    daily_cap: Decimal
    quantity_max: Decimal
    choices: tuple[Decimal, ...]
    not_with: frozenset[str]
    hint: Words


def action_of(row: Mapping[str, str]) -> Action:
    """The action of one row of the seed file, by column name; raises `ValueError` for a bad one."""
    return Action(
        code=row["code"],
        version=int(row["version"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        group=Group(row["group_code"]),
        icon=row["icon"],
        name=_words(row, "name"),
        unit=row["unit"],
        unit_name=_words(row, "unit"),
        factor=_factor(row) if row["saving_factor"] else None,
        points=int(row["points_full"]),
        portion=Decimal(row["portion"]),
        daily_cap=Decimal(row["daily_cap"]),
        quantity_max=Decimal(row["quantity_max"]),
        choices=tuple(Decimal(choice) for choice in row["choices"].split()),
        not_with=frozenset(row["not_with"].split()),
        hint=_words(row, "hint"),
    )


def _factor(row: Mapping[str, str]) -> Factor:
    if not (row["source_zh"] and row["source_en"]):
        raise ValueError(f"{row['code']}: a factor needs a source in both languages")
    return Factor(
        saving=Decimal(row["saving_factor"]),
        baseline=_words(row, "baseline"),
        source=_words(row, "source"),
        year=int(row["source_year"]) if row["source_year"] else None,
        confidence=Confidence(row["confidence"]),
        most_kg_a_day=Decimal(row["kg_cap_a_day"]) if row["kg_cap_a_day"] else None,
    )


def _words(row: Mapping[str, str], column: str) -> Words:
    return Words(row[f"{column}_zh"], row[f"{column}_en"])
