"""The input of a wave's figures: numbers of people who answered alike, without their identities."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from observations.satisfaction.dimensions import RANKED, Dimension, score
from observations.satisfaction.figures.manipulation import Trace
from observations.satisfaction.figures.raking import Cell
from observations.satisfaction.tiers import PROVEN, Tier


@dataclass(frozen=True)
class Profile:
    """`people` who answered alike on one day; `answers` in the order of `Dimension`.

    `weight` is what each counts beside others alike: less in a pattern that looks coordinated.
    """

    district: str
    tier: Tier
    age_group: str | None
    sex: str | None
    network: str
    day: date
    answers: tuple[int | None, ...]
    people: int = 1
    weight: float = 1.0

    @property
    def cell(self) -> Cell:
        """The categories by which these people are weighted, in the order of `margins`."""
        return (self.district, self.tier, self.age_group, self.sex)

    def answer(self, dimension: Dimension) -> int | None:
        """The answer to one question."""
        return self.answers[ORDER[dimension]]

    def mean_score(self, questions: Iterable[Dimension]) -> float | None:
        """The mean score of those of `questions` that they answered, 0 to 100."""
        answers = [self.answer(dimension) for dimension in questions]
        scores = [score(answer) for answer in answers if answer is not None]
        return fmean(scores) if scores else None


ORDER = {dimension: position for position, dimension in enumerate(Dimension)}


def traces(profiles: Sequence[Profile]) -> list[Trace]:
    """One trace for each person; its key is the position of the person's profile."""
    return [
        Trace(position, p.district, p.day, p.answers, p.answer(RANKED), p.tier in PROVEN)
        for position, p in enumerate(profiles)
        for _ in range(p.people)
    ]
