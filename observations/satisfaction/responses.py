"""What one person answers in one wave."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self
from uuid import UUID

from observations.log.errors import Refused
from observations.log.text import clean_text
from observations.satisfaction.dimensions import ANSWERS, LOW_ANSWER, Dimension

LONGEST_REASON = 500


@dataclass(frozen=True)
class Questionnaire:
    """A form as filled in; a dimension that is absent was answered with 说不清 or skipped."""

    answers: Mapping[Dimension, int] = field(default_factory=dict)
    reason: str = ""

    @property
    def asks_why(self) -> bool:
        """Tell whether any answer is low enough to ask why."""
        return any(answer <= LOW_ANSWER for answer in self.answers.values())

    @property
    def kept_reason(self) -> str | None:
        """The reason, which is kept only beside a low answer.

        Raises ``Refused`` with ``text.too_long`` or ``text.unreadable``.
        """
        if not self.asks_why:
            return None
        return clean_text(self.reason, "reason", LONGEST_REASON) or None

    @property
    def as_kept(self) -> Self:
        """The form without what is not kept."""
        return replace(self, reason=self.kept_reason or "")


@dataclass(frozen=True)
class Response:
    """A stored answer; ``turn`` counts a person's changes within a wave from 1.

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


def refuse_unusable(questionnaire: Questionnaire) -> None:
    """Raise ``Refused``: ``satisfaction.empty`` or ``satisfaction.off_scale``."""
    if not questionnaire.answers:
        raise Refused("satisfaction.empty", field="answers")
    if not all(answer in ANSWERS for answer in questionnaire.answers.values()):
        raise Refused("satisfaction.off_scale", field="answers")
