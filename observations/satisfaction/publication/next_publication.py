"""The next publication of a wave, from its answers and from what was published before."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from statistics import fmean
from uuid import UUID

from observations.satisfaction.concern import Answered, Raised, ThemeAnswer
from observations.satisfaction.dimensions import RANKED, SUBTOTALS, Dimension
from observations.satisfaction.figures.board import Asked, Change, city_change, city_of, sampled
from observations.satisfaction.figures.combined import difference
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate, estimate
from observations.satisfaction.figures.manipulation import Pattern, Reason, patterns
from observations.satisfaction.figures.profiles import Profile, traces
from observations.satisfaction.figures.ranking import rank_ranges
from observations.satisfaction.margins import CITY, MarginRow
from observations.satisfaction.publication.counted import Basis, Counted, Sheet, latest_before
from observations.satisfaction.publication.public import Publication, PublishedFigure
from observations.satisfaction.publication.renewal import renewed
from observations.satisfaction.publication.rounding import published, tens
from observations.satisfaction.publication.times import Due, Kind
from observations.satisfaction.themes import how_fast, themes
from observations.satisfaction.waves import Wave

Apart = Mapping[UUID, Reason]
Past = Sequence[tuple[Publication, Set[UUID]]]
"""The publications before, the earliest first, each with the answers that weighed less."""
Key = tuple[str, Dimension, Basis]


@dataclass(frozen=True)
class Material:
    """What a publication is made from.

    `before` is the last publication of the wave before; `sheets` come in the order of turns;
    `restored` are the names of patterns that staff restored, each with the time.
    """

    wave: Wave
    districts: Sequence[str]
    sheets: Sequence[Sheet]
    margins: Sequence[MarginRow]
    raised: Sequence[Raised] = ()
    answers: Sequence[ThemeAnswer] = ()
    before: Publication | None = None
    is_demo: bool = False
    restored: Mapping[str, datetime] = field(default_factory=dict)

    def before_day(self, until: date) -> list[Sheet]:
        """Each person's last sheet of before the day `until`, of one of the districts."""
        latest = latest_before(self.sheets, until)
        return [sheet for sheet in latest if sheet.profile.district in self.districts]


def next_publication(of: Material, due: Due, past: Past) -> tuple[Publication, Apart]:
    """The publication of `due` (after all of `past`), and which answers weigh less in it.

    It depends on what was answered before its time, not on when it is made.
    """
    latest = of.before_day(due.until)
    lighter = [
        pattern
        for pattern in patterns_of(latest)
        if pattern.name not in of.restored or of.restored[pattern.name] >= due.at
    ]
    apart = {latest[key].response_id: one.reason for one in lighter for key in one.keys}
    if due.kind is Kind.AFTER and past:
        figures = past[-1][0].figures
    else:
        now = Counted(_weighed(latest, lighter), apart.keys())
        figures = with_derived(of, due.at, _questions(of, due, now, past))
        if due.kind is Kind.CLOSING:
            figures = _with_unsure(figures, now.people(Basis.PROVEN))
    counts = {reason: tens(list(apart.values()).count(reason)) for reason in Reason}
    publication = Publication(
        of.wave,
        due,
        of.is_demo,
        figures,
        _speed(of, due, past),
        {reason: count for reason, count in counts.items() if count},
        _answers(of, due, past),
    )
    return publication, apart


def patterns_of(sheets: Sequence[Sheet]) -> list[Pattern]:
    """The patterns among answers; the keys are positions in `sheets`."""
    return patterns(traces([sheet.profile for sheet in sheets]))


def _weighed(sheets: Sequence[Sheet], lighter: Sequence[Pattern]) -> list[Sheet]:
    """The sheets, those of a pattern with the weight it leaves them."""
    weights = {key: one.weight for one in lighter for key in one.keys}
    return [
        replace(sheet, profile=replace(sheet.profile, weight=weights[key]))
        if key in weights
        else sheet
        for key, sheet in enumerate(sheets)
    ]


def _questions(of: Material, due: Due, now: Counted, past: Past) -> list[PublishedFigure]:
    """The figures of the districts by question: renewed, or as they stood before."""
    samples = {basis: sampled(now.people(basis), of.margins) for basis in Basis}
    stood = _standing(past)
    states = _states(of, past)
    figures = []
    for district in of.districts:
        here = {
            basis: replace(sample, people=[p for p in sample.people if p.district == district])
            for basis, sample in samples.items()
        }
        for question in Dimension:
            answers = {basis: now.answers(district, question, basis) for basis in Basis}
            history = {
                basis: [
                    states[at].answers(district, question, basis)
                    for at in _times_of((district, question, basis), past)
                ]
                for basis in Basis
            }
            fresh = renewed(answers, history)
            for basis in Basis:
                key = (district, question, basis)
                if basis not in fresh:
                    figures += [stood[key]] if key in stood else []
                elif exact := estimate(here[basis].parts(question, district)):
                    figures.append(PublishedFigure(*key, due.at, published(exact)))
    return figures


def _standing(past: Past) -> dict[Key, PublishedFigure]:
    """The figures of the last publication, without those that are derived from others."""
    figures = past[-1][0].figures if past else ()
    return {
        (one.scope, one.question, one.basis): replace(one, ranks=None, change=None)
        for one in figures
        if one.scope != CITY and isinstance(one.question, Dimension)
    }


def _times_of(key: Key, past: Past) -> list[datetime]:
    """The publications in which a figure was renewed."""
    times = (
        one.as_of
        for publication, _ in past
        for one in publication.figures
        if (one.scope, one.question, one.basis) == key
    )
    return list(dict.fromkeys(times))


def _states(of: Material, past: Past) -> dict[datetime, Counted]:
    return {
        publication.due.at: Counted(of.before_day(publication.due.until), apart)
        for publication, apart in past
        if publication.due.kind is not Kind.AFTER
    }


def with_derived(
    of: Material, at: datetime, questions: Sequence[PublishedFigure]
) -> list[PublishedFigure]:
    """All figures: `questions` of the districts, and what follows from them alone.

    That are the subtotals, the city, ranks and changes. They are made of published figures and so
    tell no more than those.
    """
    questionnaire = {
        d for d in Dimension if any(s.profile.answer(d) is not None for s in of.sheets)
    }
    own = [*questions, *_subtotals(questions, questionnaire)]
    before = of.before.places(Basis.PROVEN) if of.before else {}
    now: dict[str, dict[Asked, Estimate]] = {}
    for one in own:
        if one.basis is Basis.PROVEN:
            now.setdefault(one.scope, {})[one.question] = one.estimate
    ranks = rank_ranges({d: figures[RANKED] for d, figures in now.items() if RANKED in figures})
    marked = [
        replace(one, ranks=ranks.get(one.scope), change=_change(now, before, one.scope))
        if (one.question, one.basis) == (RANKED, Basis.PROVEN)
        else one
        for one in own
    ]
    return marked + _city(of, at, own, before)


def _change(
    now: Mapping[str, Mapping[Asked, Estimate]],
    before: Mapping[str, Mapping[Asked, Estimate]],
    district: str,
) -> Change | None:
    if RANKED not in before.get(district, {}):
        return None
    return Change(*difference(now[district][RANKED], before[district][RANKED]))


def _subtotals(
    questions: Sequence[PublishedFigure], questionnaire: Set[Dimension]
) -> Iterator[PublishedFigure]:
    """The mean of the questions' means and of their limits.

    Its interval is as wide as when people who like one thing like the others too. Withheld where
    any of its questions that was asked is.
    """
    by_key = {(one.scope, one.basis, one.question): one for one in questions}
    for scope, basis in dict.fromkeys((one.scope, one.basis) for one in questions):
        for subtotal, parts in SUBTOTALS.items():
            keys = [(scope, basis, question) for question in parts if question in questionnaire]
            if not keys or not all(key in by_key for key in keys):
                continue
            shown = [by_key[key] for key in keys]
            limits = [(e.mean, e.low, e.high) for e in (one.estimate for one in shown)]
            estimate = Estimate(
                min(one.estimate.n for one in shown),
                *(round(fmean(values), 1) for values in zip(*limits, strict=True)),
            )
            as_of = max(one.as_of for one in shown)
            yield PublishedFigure(scope, subtotal, basis, as_of, estimate)


def _city(
    of: Material,
    at: datetime,
    own: Sequence[PublishedFigure],
    before: Mapping[str, Mapping[Asked, Estimate]],
) -> list[PublishedFigure]:
    figures = []
    for basis in Basis:
        places: dict[str, dict[Asked, Estimate]] = {}
        for one in own:
            if one.basis is basis:
                places.setdefault(one.scope, {})[one.question] = one.estimate
        for question, exact in city_of(places, of.margins).items():
            moved = None
            if (question, basis) == (RANKED, Basis.PROVEN):
                moved = city_change(places, before, of.margins)
            limits = (round(value, 1) for value in (exact.mean, exact.low, exact.high))
            estimate = Estimate(exact.n, *limits)
            figures.append(PublishedFigure(CITY, question, basis, at, estimate, None, moved))
    return figures


def _with_unsure(
    figures: Sequence[PublishedFigure], people: Sequence[Profile]
) -> list[PublishedFigure]:
    """The figures, the city's with how many people had no answer to the question."""
    marked = []
    for one in figures:
        if one.scope == CITY and one.basis is Basis.PROVEN and isinstance(one.question, Dimension):
            places = {
                f.scope for f in figures if (f.question, f.basis) == (one.question, one.basis)
            }
            unsure = sum(p.district in places and p.answer(one.question) is None for p in people)
            one = replace(one, unsure=tens(unsure))
        marked.append(one)
    return marked


def _speed(of: Material, due: Due, past: Past) -> Answered | None:
    """How many reasons were raised and answered, in tens; as it stood while neither has moved."""
    before = past[-1][0].speed if past else None
    exact = how_fast([_as_of(one, due.at) for one in of.raised if one.raised_on < due.until])
    if exact is None:
        return before
    answered = tens(exact.answered)
    now = Answered(tens(exact.raised), answered, exact.median_days if answered else None)
    if before and (before.raised, before.answered) == (now.raised, now.answered):
        return before
    return now


def _as_of(one: Raised, at: datetime) -> Raised:
    is_later = one.first_answered is not None and one.first_answered >= at
    return replace(one, first_answered=None) if is_later else one


def _answers(of: Material, due: Due, past: Past) -> list[ThemeAnswer]:
    """What staff said before to themes that ten people or more had raised; what stood stays."""
    raised = [one for one in of.raised if one.raised_on < due.until]
    large = {(t.district, t.dimension) for t in themes(raised) if len(t.raised) >= SHOWN_FROM}
    stood = {one.answer_id for one in past[-1][0].answers} if past else set()
    return [
        one
        for one in of.answers
        if one.answer_id in stood
        or (one.answered_at < due.at and (one.district, one.dimension) in large)
    ]
