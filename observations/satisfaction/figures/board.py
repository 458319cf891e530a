"""The board of a wave: the mean of each district, with its 95 % interval.

Ranked is the figure of the people who proved that they live in the district. The figure of all
answers, which rests on people's word too, stands beside it and is never ranked.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from observations.satisfaction.dimensions import RANKED, SUBTOTALS, Dimension, Subtotal
from observations.satisfaction.figures.combined import difference, weighted_mean
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate, Part
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.figures.profiles import Profile
from observations.satisfaction.figures.raking import Cell
from observations.satisfaction.figures.ranking import RANKED_FROM, RankRange
from observations.satisfaction.figures.weighting import Weights, weigh
from observations.satisfaction.margins import MarginRow, margins_of
from observations.satisfaction.tiers import TRUST, Tier
from observations.satisfaction.waves import Wave

Asked = Dimension | Subtotal
"""What has a figure: a question, or several of them together."""
Figures = Mapping[Asked, Estimate]
"""The figures of a place; a question with too few answers to show is absent."""


@dataclass(frozen=True)
class AnswerCount:
    """How many people of a district gave one answer to one question."""

    district: str
    dimension: Dimension
    answer: int
    people: int


@dataclass(frozen=True)
class Change:
    """The change of a mean since the previous wave, in points, with its 95 % interval.

    The city's compares the districts that have a figure in both waves, each with the weight it has
    now; `left_out` are those that have one in only one of them.
    """

    points: float
    low: float
    high: float
    left_out: Sequence[str] = ()


@dataclass(frozen=True)
class DistrictRow:
    """A district's line.

    `estimates` are of people who proved their residence and are what is ranked. `declared` are of
    all answers, people's word included. `as_of` (aware) is since when the figure that is ranked, or
    could be, stands.
    """

    district: str
    estimates: Figures
    ranks: RankRange | None
    change: Change | None = None
    declared: Figures = field(default_factory=dict)
    as_of: datetime | None = None

    @property
    def overall(self) -> Estimate | None:
        """The figure that is ranked, or None where it is withheld."""
        return self.estimates.get(RANKED)

    @property
    def missing(self) -> int | None:
        """How many more proofs a rank needs; None where even that number would reveal too much."""
        return max(0, RANKED_FROM - self.overall.n) if self.overall else None


@dataclass(frozen=True)
class Board:
    """All districts of one wave and the whole city beside them.

    `city` is of the proven answers, `city_declared` of all; both are made of the districts'
    figures. `apart` is how many answers weigh less, by reason; fewer than ten are not told.
    """

    wave: Wave
    rows: Sequence[DistrictRow]
    city: Figures
    is_demo: bool
    city_change: Change | None = None
    city_declared: Figures = field(default_factory=dict)
    apart: Mapping[Reason, int] = field(default_factory=dict)
    margins: Sequence[MarginRow] = ()
    unsure: Mapping[Asked, int] = field(default_factory=dict)
    published_at: datetime | None = None

    @property
    def ranked(self) -> list[DistrictRow]:
        """Districts with a rank, the highest mean first."""
        return [row for row in self.rows if row.ranks]

    @property
    def unranked(self) -> list[DistrictRow]:
        """Districts with too few proven answers, in the order of their codes."""
        return [row for row in self.rows if not row.ranks]

    @property
    def outside_city(self) -> list[str]:
        """The districts that the city's ranked figure is made without."""
        return sorted(row.district for row in self.rows if not row.overall)

    @property
    def is_undecided(self) -> bool:
        """Whether no two districts can be told apart."""
        count = len(self.ranked)
        return count > 1 and all(r.ranks and r.ranks.is_open(count) for r in self.ranked)


@dataclass(frozen=True)
class Sample:
    """The weighted people who count."""

    people: Sequence[Profile]
    weights: Weights

    def parts(self, figure: Asked, place: str) -> list[Part]:
        """The answers to `figure`; for several questions, each person's mean of them."""
        scores: dict[tuple[Cell, float], Counter[float]] = {}
        questions = SUBTOTALS[figure] if isinstance(figure, Subtotal) else (figure,)
        for profile in self.people:
            value = profile.mean_score(questions)
            if value is None or place != profile.district:
                continue
            key = profile.cell, profile.weight
            scores.setdefault(key, Counter())[value] += profile.people
        return [
            Part(cell, self.weights.of[cell] * weight, own)
            for (cell, weight), own in scores.items()
        ]


def sampled(people: Sequence[Profile], rows: Sequence[MarginRow]) -> Sample:
    """`people` with their weights: first by tier of residence, then raked."""
    counts: Counter[str] = Counter()
    cells: Counter[tuple[str | None, ...]] = Counter()
    for profile in people:
        counts[profile.district] += profile.people
        cells[profile.cell] += profile.people
    margins = margins_of(rows, [d for d, n in counts.items() if n < SHOWN_FROM])
    before = {cell: TRUST[Tier(str(cell[1]))] for cell in cells}
    return Sample(people, weigh(cells, before, margins))


def city_of(districts: Mapping[str, Figures], margins: Sequence[MarginRow]) -> Figures:
    """The city's figures: the districts' own, each weighing as much as it has people.

    Made of what is shown of the districts, it tells nothing that they do not. A district whose
    figure is withheld is left out.
    """
    people = _population(margins)
    city: dict[Asked, Estimate] = {}
    for figure in (*Dimension, *Subtotal):
        own = [(people[d], shown[figure]) for d, shown in districts.items() if figure in shown]
        if own:
            city[figure] = weighted_mean(own)
    return city


def _population(margins: Sequence[MarginRow]) -> dict[str, float]:
    return {row.category: row.people for row in margins if row.variable == "district"}


def city_change(
    now: Mapping[str, Figures], then: Mapping[str, Figures], margins: Sequence[MarginRow]
) -> Change | None:
    """The change of the districts that have a figure in both waves, weighted as they are now."""
    people = _population(margins)
    in_now, in_then = ({d for d, own in wave.items() if RANKED in own} for wave in (now, then))
    both = sorted(in_now & in_then)
    if not both:
        return None
    after, before = (
        weighted_mean([(people[d], wave[d][RANKED]) for d in both]) for wave in (now, then)
    )
    return Change(*difference(after, before), left_out=sorted(in_now ^ in_then))


def with_unsure(shown: Estimate, unsure: int) -> tuple[float, float]:
    """What the mean would be if all who gave no answer had given the lowest, or the highest."""
    everybody = shown.n + unsure
    return shown.mean * shown.n / everybody, (shown.mean * shown.n + 100 * unsure) / everybody


def by_place(row: DistrictRow) -> tuple[bool, float]:
    """Sort the ranked districts by their mean.

    The others keep their order, so that it does not reveal their number of answers.
    """
    mean = row.overall.mean if row.ranks and row.overall else 0.0
    return row.ranks is None, -mean
