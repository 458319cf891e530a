"""An attack on all that is public of a wave: nobody's answer can be worked out from it.

Random small cities, week by week; the adversary knows the program and has every figure of every
publication. The linear solver takes the best case for itself: it knows each published sum exactly,
and looks for sums and differences of them that are of fewer than ten people. Each guard is taken
out in turn, and the attack then gets through. The exhaustive solver: `test_attack_by_exhaustion`.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations, product
from uuid import UUID

import pytest

from observations.base.clock import midnight
from observations.satisfaction.dimensions import RANKED, Dimension
from observations.satisfaction.figures.board import city_of
from observations.satisfaction.figures.estimates import Estimate
from observations.satisfaction.figures.profiles import ORDER, Profile
from observations.satisfaction.margins import CITY, census
from observations.satisfaction.publication import next_publication as making
from observations.satisfaction.publication import renewal
from observations.satisfaction.publication.counted import Basis, Counted, Sheet, latest_before
from observations.satisfaction.publication.next_publication import Material, next_publication
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.times import Due, Kind
from observations.satisfaction.tiers import Tier
from observations.satisfaction.waves import Wave

WAVE = Wave(2026, 4)
DISTRICTS = ["330102", "330106", "330108"]
FIRST_MONDAY = date(2026, 10, 5)
WEEKS = 4
LIKELY = 0.9
FEWEST = 10
USUAL = (0.05, 0.1, 0.2, 0.4, 0.25)
"""How often people give 1, 2, 3, 4 and 5: what the adversary supposes before looking."""


# A city, and all that is published of it


def city(seed: int) -> list[Sheet]:
    """Three districts of few people over four weeks, who come, change answers, prove and move."""
    chance = random.Random(seed)
    sheets = []
    people: dict[str, Profile] = {}
    for week in range(WEEKS):
        day = FIRST_MONDAY + timedelta(days=7 * week - 3)
        for district in DISTRICTS:
            for _ in range(chance.choice((0, 1, 3, 8, 12, 25))):
                tier = chance.choice((Tier.SELF_DECLARED, Tier.ON_SITE))
                token = f"{len(people):04d}"
                people[token] = _profile(district, tier, day, _answer(chance))
                sheets.append(_sheet(chance, token, people[token]))
        for token in chance.sample(sorted(people), len(people) // 8):
            people[token] = _changed(chance, people[token], day)
            sheets.append(_sheet(chance, token, people[token]))
    order = sorted(range(len(sheets)), key=lambda n: (sheets[n].token, n))
    return [sheets[n] for n in order]


def _changed(chance: random.Random, one: Profile, day: date) -> Profile:
    what = chance.choice(("answer", "proof", "home"))
    if what == "proof":
        return replace(one, tier=Tier.ON_SITE, day=day)
    if what == "home":
        return replace(one, district=chance.choice(DISTRICTS), day=day)
    return _profile(one.district, one.tier, day, _answer(chance))


def _profile(district: str, tier: Tier, day: date, answer: int) -> Profile:
    answers: list[int | None] = [None] * len(Dimension)
    answers[ORDER[RANKED]] = answer
    return Profile(district, tier, None, None, "", day, tuple(answers))


def _sheet(chance: random.Random, token: str, profile: Profile) -> Sheet:
    return Sheet(UUID(int=chance.getrandbits(128)), token, profile)


def _answer(chance: random.Random) -> int:
    return chance.choices((1, 2, 3, 4, 5), USUAL)[0]


def published_of(sheets: list[Sheet]) -> list[Publication]:
    """The publications of each Monday and of the closing."""
    days = [FIRST_MONDAY + timedelta(days=7 * week) for week in range(WEEKS)]
    dues = [Due(Kind.WEEKLY, midnight(day), day) for day in days]
    closing = midnight(days[-1]) + timedelta(hours=34)
    dues.append(Due(Kind.CLOSING, closing, days[-1] + timedelta(days=2)))
    of = Material(WAVE, DISTRICTS, sheets, census())
    past: list[tuple[Publication, frozenset[UUID]]] = []
    for due in dues:
        publication, apart = next_publication(of, due, past)
        past.append((publication, frozenset(apart)))
    return [publication for publication, _ in past]


# The linear solver


Sum = Counter[tuple[str, int]]
"""A published sum: whose which answers are in it, how many times."""


def linear_finds(sheets: list[Sheet], publications: list[Publication]) -> list[int]:
    """The sizes of the groups under ten people whose sum follows from published sums."""
    at = {p.due.at: Counted(latest_before(sheets, p.due.until), ()) for p in publications}
    sums: dict[str, dict[tuple[Basis, datetime], Sum]] = {}
    everybody: dict[datetime, Sum] = {}
    for publication in publications:
        for one in publication.figures:
            if one.question is RANKED and one.scope != CITY:
                answers = at[one.as_of].answers(one.scope, RANKED, one.basis)
                sums.setdefault(one.scope, {})[one.basis, one.as_of] = Counter(answers.items())
        if not city_follows(publication):
            given = [at[publication.due.at].answers(d, RANKED, Basis.ALL) for d in DISTRICTS]
            everybody[publication.due.at] = Counter(x for one in given for x in one.items())
    found = [size for known in sums.values() for size in _small(list(known.values()))]
    for whole in everybody.values():
        latest = [list(known.values())[-1] for known in sums.values()]
        found += list(_small([whole, *latest], at_most=len(latest) + 1))
    return found


def city_follows(publication: Publication) -> bool:
    """Whether the city's figures are no more than what the districts' published ones make."""
    for basis in Basis:
        made = city_of(publication.places(basis), census())
        for question, shown in publication.of(CITY, basis).items():
            if question not in made or abs(made[question].mean - shown.mean) > 0.051:
                return False
    return True


def _small(sums: list[Sum], at_most: int = 4) -> Iterator[int]:
    """Sizes under ten of the groups that sums and differences of up to `at_most` are of."""
    for count in range(1, at_most + 1):
        for chosen in combinations(sums, count):
            for signs in product((1, -1), repeat=count - 1):
                rest: Counter[tuple[str, int]] = Counter(chosen[0])
                for sign, one in zip(signs, chosen[1:], strict=True):
                    for key, n in one.items():
                        rest[key] += sign * n
                size = len({token for (token, _), n in rest.items() if n})
                if 0 < size < FEWEST:
                    yield size


@pytest.mark.parametrize("seed", range(40))
def test_no_sum_or_difference_of_published_figures_is_of_fewer_than_ten(seed: int) -> None:
    sheets = city(seed)
    assert linear_finds(sheets, published_of(sheets)) == []


def test_the_weeks_do_publish_and_renew() -> None:
    """Else the attack would find nothing because nothing is there."""
    figures = [
        one
        for seed in range(10)
        for publication in published_of(city(seed))
        for one in publication.figures
        if one.scope != CITY
    ]
    assert {one.basis for one in figures} == set(Basis)
    assert len({one.as_of for one in figures}) == WEEKS


def _step_of_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(renewal, "LEAST_STEP", 1)


def _each_basis_alone(patch: pytest.MonkeyPatch) -> None:
    """As if the figures of all and of proven answers had nothing to do with each other."""
    alone = {
        Basis.PROVEN: frozenset({Basis.PROVEN}),
        Basis.ALL: frozenset({Basis.ALL}),
    }

    def renewed(now: dict, history: renewal.History) -> frozenset[Basis]:
        return frozenset(
            basis
            for basis, only in alone.items()
            if renewal.renewed({**now, _other(basis): {}}, {basis: history.get(basis, ())}) == only
        )

    patch.setattr(making, "renewed", renewed)


def _other(basis: Basis) -> Basis:
    return Basis.ALL if basis is Basis.PROVEN else Basis.PROVEN


def _live_city(patch: pytest.MonkeyPatch) -> None:
    """The city of everybody's answers, those of withheld districts too."""

    def city_of(places: object, margins: object) -> dict[Dimension, Estimate]:
        return {RANKED: Estimate(50, 12.3, 0.0, 100.0)}

    patch.setattr(making, "city_of", city_of)


@pytest.mark.parametrize("taken_out", [_step_of_one, _each_basis_alone, _live_city])
def test_the_linear_solver_gets_through_where_a_guard_is_taken_out(
    taken_out: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_out(monkeypatch)
    cities = [city(seed) for seed in range(12)]
    assert any(linear_finds(sheets, published_of(sheets)) for sheets in cities)
