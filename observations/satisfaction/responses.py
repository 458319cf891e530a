"""What one person answers in one wave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from uuid import UUID

from observations.base.errors import Refused
from observations.base.text import clean_text
from observations.satisfaction.dimensions import (
    ANSWERS,
    LATEST_QUESTIONNAIRE,
    LOW_ANSWER,
    QUESTIONNAIRES,
    Dimension,
)
from observations.satisfaction.tiers import Tier

LONGEST_REASON = 500


@dataclass(frozen=True)
class Questionnaire:
    """A completed form. A dimension is absent where the answer was 说不清 or it was skipped."""

    answers: Mapping[Dimension, int] = field(default_factory=dict)
    reason: str = ""

    @property
    def asks_why(self) -> bool:
        """Whether any answer is low enough to ask why."""
        return any(answer <= LOW_ANSWER for answer in self.answers.values())

    @property
    def low(self) -> list[Dimension]:
        """The dimensions with a low score, in the order of the form.

        A reason is about the first of the lowest, unless the person chooses another.
        """
        given = self.answers
        return [d for d in Dimension if d in given and given[d] <= LOW_ANSWER]

    @property
    def lowest(self) -> Dimension | None:
        """The lowest answer's question, the first of several."""
        return min(self.low, key=self.answers.__getitem__, default=None)

    @property
    def kept_reason(self) -> str | None:
        """The reason as it is stored; None unless a score is low.

        Raises `Refused` with `text.too_long` or `text.unreadable`.
        """
        if not self.asks_why:
            return None
        return clean_text(self.reason, "reason", LONGEST_REASON) or None

    @property
    def as_kept(self) -> Self:
        """The form without the parts that are not stored."""
        return replace(self, reason=self.kept_reason or "")


@dataclass(frozen=True)
class Circumstances:
    """What is stored beside an answer.

    The version of the questions, the tier of residence, age group and sex where they were asked and
    given, and the network's hash of the wave.
    """

    version: int = LATEST_QUESTIONNAIRE
    tier: Tier = Tier.SELF_DECLARED
    age_group: str | None = None
    sex: str | None = None
    network: str = ""


@dataclass(frozen=True)
class Response:
    """A stored answer; `turn` counts a person's changes within a wave from 1.

    Nothing in it leads back to the person: the token is one-way, the id is random, and of the
    time only the day (Asia/Shanghai) is kept, so that it can't be matched with other logs.
    """

    response_id: UUID
    wave_id: str
    person_token: str
    turn: int
    district: str
    questionnaire: Questionnaire
    answered_on: date
    is_demo: bool = False
    circumstances: Circumstances = Circumstances()


def refuse_unusable(questionnaire: Questionnaire, version: int = LATEST_QUESTIONNAIRE) -> None:
    """Raise `Refused` for an answer that the wave cannot take.

    Its code is `satisfaction.empty`, `satisfaction.off_scale`, or `satisfaction.not_asked` for a
    question that is not in this version.
    """
    if not questionnaire.answers.keys() <= set(QUESTIONNAIRES[version]):
        raise Refused("satisfaction.not_asked", field="answers")
    if not questionnaire.answers:
        raise Refused("satisfaction.empty", field="answers")
    if not all(answer in ANSWERS for answer in questionnaire.answers.values()):
        raise Refused("satisfaction.off_scale", field="answers")
