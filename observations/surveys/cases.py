"""A case: a possible new record, sealed until two verifiers have judged it separately.

Then it is announced or closed. While it is sealed its sighting is withheld and can't be released,
so that its place is published nowhere. Neither verifier sees the other's opinion before both are
given.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from observations.base.wording import N_
from observations.surveys.levels import Level, TypeOrigin

VERIFIERS = 2


class Opinion(StrEnum):
    """The opinions that a verifier can give on a case."""

    NEW = "new"
    NOT_NEW = "not_new"
    UNSURE = "unsure"


OPINION_NAMES = {
    Opinion.NEW: N_("是新的"),
    Opinion.NOT_NEW: N_("不是新的"),
    Opinion.UNSURE: N_("证据不够"),
}


class Stage(StrEnum):
    """The stages of a case."""

    JUDGING = "judging"
    AGREED_NEW = "agreed_new"
    AGREED_NOT_NEW = "agreed_not_new"
    DIFFERING = "differing"
    ANNOUNCED = "announced"
    CLOSED = "closed"


STAGE_NAMES = {
    Stage.JUDGING: N_("等两位核实员各自判断"),
    Stage.AGREED_NEW: N_("两人都认为是新的，可以公布"),
    Stage.AGREED_NOT_NEW: N_("两人都认为不是新的，可以结案"),
    Stage.DIFFERING: N_("两人判断不同，再判一轮或结案"),
    Stage.ANNOUNCED: N_("已公布"),
    Stage.CLOSED: N_("已结案"),
}


@dataclass(frozen=True)
class Case:
    """The fields of a case that never change. `sighted_on` is a day of Hangzhou."""

    case_id: UUID
    occurrence_id: UUID | None
    level: Level
    group_code: str
    finder: str
    sighted_on: date
    opened_by: UUID
    opened_at: datetime


@dataclass(frozen=True)
class Description:
    """The description of the find.

    Names, literature, specimen, the place in words that may be public, its story. `district` is an
    adcode, or blank where even that is withheld.
    """

    scientific_name: str = ""
    authorship: str = ""
    vernacular_name: str = ""
    literature: str = ""
    specimen: str = ""
    district: str = ""
    locality_zh: str = ""
    locality_en: str = ""
    type_origin: TypeOrigin = TypeOrigin.UNKNOWN
    about_zh: str = ""
    about_en: str = ""


@dataclass(frozen=True)
class GivenOpinion:
    """One verifier's opinion in one round."""

    case_id: UUID
    round: int
    staff_id: UUID
    opinion: Opinion
    reason: str
    given_at: datetime


@dataclass(frozen=True)
class Closing:
    """How a case ended, and how many days after the sighting."""

    outcome: Stage
    days: int
    closed_by: UUID
    closed_at: datetime


@dataclass(frozen=True)
class WholeCase:
    """A case with its description, opinions and closing."""

    case: Case
    description: Description
    opinions: tuple[GivenOpinion, ...]
    closing: Closing | None

    @property
    def round(self) -> int:
        """The current round of opinions, or the last one."""
        return max((given.round for given in self.opinions), default=1)

    @property
    def latest(self) -> tuple[GivenOpinion, ...]:
        """The opinions of that round."""
        return tuple(given for given in self.opinions if given.round == self.round)

    @property
    def stage(self) -> Stage:
        """The stage of the case."""
        if self.closing:
            return self.closing.outcome
        if len(self.latest) < VERIFIERS:
            return Stage.JUDGING
        held = {one.opinion for one in self.latest}
        if held == {Opinion.NEW}:
            return Stage.AGREED_NEW
        return Stage.AGREED_NOT_NEW if held == {Opinion.NOT_NEW} else Stage.DIFFERING

    def heard_by(self, staff_id: UUID | None) -> tuple[GivenOpinion, ...]:
        """The opinions that this member of staff may read: their own, and complete rounds."""
        return tuple(
            opinion
            for opinion in self.opinions
            if opinion.staff_id == staff_id
            or sum(other.round == opinion.round for other in self.opinions) >= VERIFIERS
        )
