"""The catalogue of low-carbon actions, and its groups.

The rows are in `db/seed/actions.csv`, after T/ACEF 031-2022's seven groups and one for taking part
in nature. A factor is used only when its source is named: others have none here and earn points
without a carbon claim. Left out are rows that repeat another row's action: the Guangzhou metro
study (TRV-METRO), sightings and reports of invasive species (a record earns its own points).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from observations.base.wording import N_


class Group(StrEnum):
    """The part of daily life that an action belongs to."""

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


class Evidence(StrEnum):
    """The evidence that the full points of an action require."""

    WORD = "word"
    PHOTO = "photo"
    CODE = "code"


EVIDENCE_NAMES = {
    Evidence.WORD: N_("自己填报就好"),
    Evidence.PHOTO: N_("最好附一张照片"),
    Evidence.CODE: N_("最好在现场扫码"),
}


@dataclass(frozen=True)
class Words:
    """A text of the catalogue in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """The text in "zh" or "en"."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class Factor:
    """`saving` kilograms of CO2 equivalent avoided for each unit, against `baseline`.

    At most `most_kg_a_day` counts in a day, where a limit is set. `year` is None where the source
    states none.
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
    `quantity_max` units a day is refused as a mistake. In a calendar month at most `monthly_cap`
    units count, and `steps` (portions, percent), the fewest first, are what a portion is worth
    after so many portions. `choices` are the quantities offered first. It is not counted on a day
    with an action of `not_with`.
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
    monthly_cap: Decimal | None = None
    steps: tuple[tuple[int, int], ...] = ()
    evidence: Evidence = Evidence.WORD
    is_offered: bool = True


def action_of(row: Mapping[str, str]) -> Action:
    """The action of one row of the seed file, by column name. Raises `ValueError` for a bad one."""
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
        monthly_cap=Decimal(row["monthly_cap"]) if row.get("monthly_cap") else None,
        steps=parse_steps(row.get("diminishing", "")),
        evidence=Evidence(row.get("evidence") or Evidence.WORD),
        is_offered=row.get("is_offered", "") not in ("False", "false"),
    )


def row_of(action: Action) -> dict[str, str]:
    """The row that `action_of` reads as this action."""
    factor = action.factor
    row = {
        "code": action.code,
        "version": str(action.version),
        "valid_from": action.valid_from.isoformat(),
        "group_code": str(action.group),
        "icon": action.icon,
        "unit": action.unit,
        "saving_factor": f"{factor.saving:f}" if factor else "",
        "kg_cap_a_day": f"{factor.most_kg_a_day:f}" if factor and factor.most_kg_a_day else "",
        "source_year": str(factor.year) if factor and factor.year else "",
        "confidence": str(factor.confidence) if factor else "",
        "points_full": str(action.points),
        "portion": f"{action.portion:f}",
        "daily_cap": f"{action.daily_cap:f}",
        "quantity_max": f"{action.quantity_max:f}",
        "choices": " ".join(f"{choice:f}" for choice in action.choices),
        "not_with": " ".join(sorted(action.not_with)),
        "monthly_cap": "" if action.monthly_cap is None else f"{action.monthly_cap:f}",
        "diminishing": " ".join(f"{portions}:{percent}" for portions, percent in action.steps),
        "evidence": str(action.evidence),
        "is_offered": str(action.is_offered),
    }
    none = Words("", "")
    texts = {
        "name": action.name,
        "unit": action.unit_name,
        "hint": action.hint,
        "baseline": factor.baseline if factor else none,
        "source": factor.source if factor else none,
    }
    for column, words in texts.items():
        row |= {f"{column}_zh": words.zh, f"{column}_en": words.en}
    return row


def parse_steps(text: str) -> tuple[tuple[int, int], ...]:
    """The steps in `40:50 80:25`: after 40 portions a month half, after 80 a quarter.

    Raises `ValueError` where the portions do not rise or the percents do not fall.
    """
    steps = tuple((int(a), int(b)) for a, b in (step.split(":") for step in text.split()))
    ladder = ((0, 100), *steps)
    for (portions, percent), (more, less) in zip(ladder, ladder[1:], strict=False):
        if not (portions < more and 0 <= less < percent):
            raise ValueError(f"steps must rise in portions and fall in percent: {text}")
    return steps


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
