"""The board of a wave: the mean of each district, with its 95 % interval."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean

from observations.satisfaction.dimensions import RANKED, SUBTOTALS, Dimension, Subtotal
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate, Part, estimate
from observations.satisfaction.figures.manipulation import Reason, set_apart
from observations.satisfaction.figures.profiles import Profile, traces
from observations.satisfaction.figures.raking import Margin
from observations.satisfaction.figures.ranking import (
    RANKED_FROM,
    RankRange,
    difference,
    rank_ranges,
)
from observations.satisfaction.figures.suppression import smallest_given_away
from observations.satisfaction.figures.weighting import Weights, weigh
from observations.satisfaction.margins import DISTRICT, MarginRow, margins_of
from observations.satisfaction.tiers import TRUST, Tier
from observations.satisfaction.waves import Wave

Asked = Dimension | Subtotal
"""What has a figure: a question, or several of them together."""


@dataclass(frozen=True)
class AnswerCount:
    """How many people of a district gave one answer to one question."""

    district: str
    dimension: Dimension
    answer: int
    people: int


@dataclass(frozen=True)
class Change:
    """The change of a mean since the previous wave, in points, with its 95 % interval."""

    points: float
    low: float
    high: float


@dataclass(frozen=True)
class DistrictRow:
    """A district's line; a question with too few answers to show is absent."""

    district: str
    estimates: Mapping[Asked, Estimate]
    ranks: RankRange | None
    change: Change | None = None

    @property
    def overall(self) -> Estimate | None:
        """The figure that is ranked, or None where it is withheld."""
        return self.estimates.get(RANKED)

    @property
    def missing(self) -> int | None:
        """How many more answers a rank needs; None where even that number would reveal too much."""
        return max(0, RANKED_FROM - self.overall.n) if self.overall else None


@dataclass(frozen=True)
class Board:
    """All districts of one wave and the whole city beside them.

    `tiers` are the ranked figure of the city by certainty of residence, None where withheld;
    `apart` how many answers are set apart, by reason, None for one to nine.
    """

    wave: Wave
    rows: Sequence[DistrictRow]
    city: Mapping[Asked, Estimate]
    is_demo: bool
    city_change: Change | None = None
    tiers: Mapping[Tier, Estimate | None] = field(default_factory=dict)
    apart: Mapping[Reason, int | None] = field(default_factory=dict)
    weights: Weights = field(default_factory=lambda: weigh({}, {}, []))
    margins: Sequence[MarginRow] = ()

    @property
    def ranked(self) -> list[DistrictRow]:
        """Districts with a rank, the highest mean first."""
        return [row for row in self.rows if row.ranks]

    @property
    def unranked(self) -> list[DistrictRow]:
        """Districts with too few answers, in the order of their codes."""
        return [row for row in self.rows if not row.ranks]

    @property
    def is_undecided(self) -> bool:
        """Whether no two districts can be told apart."""
        count = len(self.ranked)
        return count > 1 and all(r.ranks and r.ranks.is_open(count) for r in self.ranked)


@dataclass(frozen=True)
class Sample:
    """The weighted people who count in a wave.

    `raked` are the positions whose margins hold in the city, `raked_within` those that hold in each
    district.
    """

    people: Sequence[Profile]
    weights: Weights
    raked: Sequence[int]
    raked_within: Sequence[int]

    def parts(self, figure: Asked, place: str | None = None) -> list[Part]:
        """The answers to `figure`; for several questions, each person's mean of them."""
        sums: dict[tuple[str | None, ...], list[float]] = {}
        questions = SUBTOTALS[figure] if isinstance(figure, Subtotal) else (figure,)
        for profile in self.people:
            value = profile.mean_score(questions)
            if value is None or place not in (None, profile.district):
                continue
            sums_of_cell = sums.setdefault(profile.cell, [0, 0.0, 0.0])
            sums_of_cell[0] += profile.people
            sums_of_cell[1] += profile.people * value
            sums_of_cell[2] += profile.people * value * value
        return [
            Part(cell, self.weights.of[cell], int(n), total, squares)
            for cell, (n, total, squares) in sums.items()
        ]


def board(
    wave: Wave,
    profiles: Sequence[Profile],
    districts: Sequence[str],
    margins: Sequence[MarginRow],
    is_demo: bool = False,
    before: Board | None = None,
) -> Board:
    """The board of `wave`: every one of `districts` has a row.

    `before` is the board of the wave that changes are counted from.
    """
    own = [profile for profile in profiles if profile.district in districts]
    apart = set_apart(traces(own))
    people = [profile for key, profile in enumerate(own) if key not in apart]
    sample = sampled(people, margins)
    estimates = {code: _estimates(sample, code) for code in districts}
    city = _city(sample, estimates)
    ranks = rank_ranges({d: e[RANKED] for d, e in estimates.items() if RANKED in e})
    rows = [
        DistrictRow(d, estimates[d], ranks.get(d), _change(estimates[d], _before(before, d)))
        for d in sorted(districts)
    ]
    rows.sort(key=_place)
    return Board(
        wave,
        rows,
        city,
        is_demo,
        city_change=_change(city, before.city if before else {}),
        tiers=tier_estimates(
            sample,
            [d for d in districts if RANKED in estimates[d]],
            _telling(sample, estimates, RANKED),
        ),
        apart=_counted(apart, own),
        weights=sample.weights,
        margins=margins,
    )


def sampled(people: Sequence[Profile], rows: Sequence[MarginRow]) -> Sample:
    """`people` with their weights: first by tier of residence, then raked."""
    counts: Counter[str] = Counter()
    cells: Counter[tuple[str | None, ...]] = Counter()
    for profile in people:
        counts[profile.district] += profile.people
        cells[profile.cell] += profile.people
    margins = margins_of(rows, [d for d, n in counts.items() if n < SHOWN_FROM])
    before = {cell: TRUST[Tier(str(cell[1]))] for cell in cells}
    return Sample(people, weigh(cells, before, margins), *_raked(margins))


def tier_estimates(
    sample: Sample, shown_districts: Collection[str], left_out: Sequence[str]
) -> dict[Tier, Estimate | None]:
    """The city's ranked figure for each tier, without the districts that are left out.

    Withheld, the smallest first, until nobody can be found by subtracting tiers and districts
    from each other and from the city.
    """
    inside = _without(sample, left_out)
    counts: Counter[tuple[str, str]] = Counter()
    for profile in inside.people:
        if profile.answer(RANKED) is not None:
            counts[profile.district, profile.tier] += profile.people
    parts = inside.parts(RANKED)
    by_tier = {tier: [part for part in parts if part.cell[1] == tier] for tier in Tier}
    sizes = {tier: sum(part.people for part in own) for tier, own in by_tier.items()}
    shown = sorted((t for t, n in sizes.items() if n >= SHOWN_FROM), key=lambda t: -sizes[t])
    while (
        shown and (smallest_given_away(counts, shown_districts, shown) or SHOWN_FROM) < SHOWN_FROM
    ):
        shown.pop()
    return {tier: estimate(own) if tier in shown else None for tier, own in by_tier.items()}


def _estimates(sample: Sample, district: str) -> dict[Asked, Estimate]:
    estimates: dict[Asked, Estimate] = {}
    for dimension in Dimension:
        shown = estimate(sample.parts(dimension, district), sample.raked_within)
        if shown:
            estimates[dimension] = shown
    return estimates | _subtotals(sample, estimates, district)


def _subtotals(
    sample: Sample,
    estimates: Mapping[Asked, Estimate],
    district: str | None,
    left_out: Mapping[Asked, Sequence[str]] | None = None,
) -> dict[Asked, Estimate]:
    """The mean of the questions' means, so that it reveals nothing that they do not.

    Its interval is by people's own means. Withheld where any of its questions that was asked is.
    """
    totals: dict[Asked, Estimate] = {}
    asked_here = {d for d in Dimension if any(p.answer(d) is not None for p in sample.people)}
    for subtotal, questions in SUBTOTALS.items():
        questions_here = [question for question in questions if question in asked_here]
        shown = [estimates[question] for question in questions_here if question in estimates]
        if not questions_here or len(shown) < len(questions_here):
            continue
        inside = _without(sample, (left_out or {}).get(RANKED, ()))
        raked = sample.raked if district is None else sample.raked_within
        spread = estimate(inside.parts(subtotal, district), raked)
        if spread:
            moved = fmean(e.mean for e in shown) - spread.mean
            low, high = max(0.0, spread.low + moved), min(100.0, spread.high + moved)
            n = min(e.n for e in shown)
            mean = spread.mean + moved
            totals[subtotal] = replace(spread, n=n, mean=mean, low=low, high=high)
    return totals


def _city(
    sample: Sample, estimates: Mapping[str, Mapping[Asked, Estimate]]
) -> dict[Asked, Estimate]:
    left_out: dict[Asked, Sequence[str]] = {d: _telling(sample, estimates, d) for d in Dimension}
    city: dict[Asked, Estimate] = {}
    for dimension in Dimension:
        inside = _without(sample, left_out[dimension])
        shown = estimate(inside.parts(dimension), sample.raked)
        if shown:
            city[dimension] = shown
    return city | _subtotals(sample, city, None, left_out)


def _telling(
    sample: Sample, estimates: Mapping[str, Mapping[Asked, Estimate]], dimension: Dimension
) -> Sequence[str]:
    """The withheld districts whose figures could be computed from the city's by subtraction.

    That is so where only one is withheld, or where all withheld ones together have fewer than ten
    people.
    """
    counts: Counter[str] = Counter()
    for profile in sample.people:
        if profile.answer(dimension) is not None and dimension not in estimates[profile.district]:
            counts[profile.district] += profile.people
    few = len(counts) == 1 or sum(counts.values()) < SHOWN_FROM
    return sorted(counts) if few else ()


def _without(sample: Sample, left_out: Sequence[str]) -> Sample:
    return replace(sample, people=[p for p in sample.people if p.district not in left_out])


def _raked(margins: Sequence[Margin]) -> tuple[list[int], list[int]]:
    everywhere = {margin.variable for margin in margins}
    within = {margin.variable for margin in margins if margin.within}
    return sorted(everywhere), sorted(within - {DISTRICT})


def _before(before: Board | None, district: str) -> Mapping[Asked, Estimate]:
    rows = before.rows if before else ()
    return next((row.estimates for row in rows if row.district == district), {})


def _change(now: Mapping[Asked, Estimate], then: Mapping[Asked, Estimate]) -> Change | None:
    if RANKED not in now or RANKED not in then:
        return None
    return Change(*difference(now[RANKED], then[RANKED]))


def _counted(apart: Mapping[int, Reason], own: Sequence[Profile]) -> dict[Reason, int | None]:
    counts: Counter[Reason] = Counter()
    for key, reason in apart.items():
        counts[reason] += own[key].people
    return {reason: n if n >= SHOWN_FROM else None for reason, n in counts.items()}


def _place(row: DistrictRow) -> tuple[bool, float]:
    """Sort the ranked districts by their mean.

    The others keep their order, so that it does not reveal their number of answers.
    """
    mean = row.overall.mean if row.ranks and row.overall else 0.0
    return row.ranks is None, -mean
