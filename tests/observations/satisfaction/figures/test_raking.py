"""Raking, held against `ipfn`, the package on PyPI for iterative proportional fitting."""

import contextlib
import io
import itertools
import random
import time
from collections.abc import Mapping

import numpy as np
import pytest
from ipfn.ipfn import ipfn

from observations.places.districts import DISTRICTS
from observations.satisfaction.figures.raking import Cell, Margin, rake
from observations.satisfaction.figures.weighting import Weights, effective_size, merged, weigh

AGES, SEXES = ("18-34", "35-59", "60+"), ("female", "male")


def table():
    """A four by four table and its margins."""
    seed = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
    return np.array(seed, float), [
        np.array([150, 300, 400, 150.0]),
        np.array([200, 300, 400, 100.0]),
    ]


def districts():
    """So many answers of each district by age and sex, raked to the census by district."""
    chance = random.Random(4)
    seed = np.array(
        [[[chance.randint(1, 60) for _ in SEXES] for _ in AGES] for _ in DISTRICTS], float
    )
    people = np.array([d.population_2020 for d in DISTRICTS.values()], float)
    whole = people.sum()
    return seed, [people, whole * np.array([0.31, 0.46, 0.23]), whole * np.array([0.478, 0.522])]


def lopsided():
    """Very unequal response: shares of a hundred to one, and cells without anybody."""
    seed = np.array([[900, 5, 0], [40, 300, 8], [3, 0, 60]], float)
    return seed, [np.array([30.0, 30, 40]), np.array([50.0, 30, 20])]


@pytest.mark.parametrize("data", [table, districts, lopsided])
def test_it_agrees_with_ipfn(data):
    seed, targets = data()
    axes = [[axis] for axis in range(seed.ndim)]
    with contextlib.redirect_stdout(io.StringIO()):
        fitted = ipfn(
            seed.copy(), targets, axes, convergence_rate=0, rate_tolerance=0, max_iteration=3000
        ).iteration()
    cells = {tuple(map(str, at)): value for at, value in np.ndenumerate(seed)}
    margins = [
        Margin(axis, {str(k): value for k, value in enumerate(target)})
        for axis, target in enumerate(targets)
    ]
    ours = rake(cells, margins)
    shares = fitted / fitted.sum()
    whole = sum(ours.values())
    for at, share in np.ndenumerate(shares):
        assert ours.get(tuple(map(str, at)), 0.0) / whole == pytest.approx(share, abs=1e-6)


def test_the_sum_of_weights_stays():
    sums = rake({("a",): 30.0, ("b",): 10.0}, [Margin(0, {"a": 1, "b": 3})])
    assert sums == pytest.approx({("a",): 10, ("b",): 30})


def test_who_told_nothing_keeps_their_weight():
    sums = rake({("a",): 30.0, ("b",): 10.0, (None,): 7.0}, [Margin(0, {"a": 1, "b": 1})])
    assert sums == pytest.approx({("a",): 20, ("b",): 20, (None,): 7})


def test_a_category_without_anybody_leaves_the_others_in_proportion():
    sums = rake({("a",): 10.0, ("b",): 10.0}, [Margin(0, {"a": 1, "b": 3, "c": 96})])
    assert sums == pytest.approx({("a",): 5, ("b",): 15})


def test_a_margin_of_one_district_leaves_the_others_alone():
    cells = dict.fromkeys(itertools.product(("x", "y"), ("f", "m")), 10.0)
    sums = rake(cells, [Margin(1, {"f": 3, "m": 1}, within=(0, "x"))])
    assert sums == pytest.approx({("x", "f"): 15, ("x", "m"): 5, ("y", "f"): 10, ("y", "m"): 10})


def test_a_handful_is_raked_together_with_its_neighbour():
    people = {("d", "18-34"): 40, ("d", "35-59"): 30, ("d", "60+"): 2}
    margin = merged(Margin(1, {"18-34": 30, "35-59": 40, "60+": 30}), people)
    assert margin.groups == [["18-34"], ["35-59", "60+"]]


def test_no_weight_is_wild_and_what_was_cut_is_told():
    people = {("d", "18-34"): 200, ("d", "60+"): 6}
    weights = weigh(people, dict.fromkeys(people, 1.0), [Margin(1, {"18-34": 40, "60+": 60})])
    assert weights.largest <= 5.01 * 1.001
    assert weights.trimmed == 6
    assert weights.effective < weights.people


def test_a_large_district_with_few_answers_is_not_trimmed():
    people = {("big",): 10, ("small",): 190}
    weights = weigh(people, dict.fromkeys(people, 1.0), [Margin(0, {"big": 90, "small": 10})])
    assert weights.trimmed == 0
    assert 10 * weights.of[("big",)] / 200 == pytest.approx(0.9)


def test_equal_weights_lose_nothing():
    assert effective_size([(2.0, 30)]) == pytest.approx(30)
    assert effective_size([]) == 0


def test_nobody_needs_no_weights():
    assert weigh({}, {}, []).people == 0


def shares_of(weights: Weights, people: Mapping[Cell, int]) -> dict[str | None, float]:
    sums: dict[str | None, float] = {}
    for cell, n in people.items():
        sums[cell[0]] = sums.get(cell[0], 0.0) + weights.of[cell] * n
    whole = sum(sums.values())
    return {district: value / whole for district, value in sums.items()}


def test_trimming_never_moves_weight_across_districts():
    """Where few old people of one district are cut, the district keeps its share of the city."""
    people = {("x", "18-34"): 190, ("x", "60+"): 6, ("y", "18-34"): 100, ("y", "60+"): 90}
    margins = [Margin(0, {"x": 90, "y": 10}), Margin(1, {"18-34": 20, "60+": 80})]
    weights = weigh(people, dict.fromkeys(people, 1.0), margins)
    assert weights.trimmed > 0
    assert shares_of(weights, people) == pytest.approx({"x": 0.9, "y": 0.1})


@pytest.mark.parametrize("seed", range(5))
def test_margins_that_contradict_each_other_end_quickly(seed: int):
    """In each district its own ages, in the city others: no weights have both."""
    dice = random.Random(seed)
    districts, ages = [f"d{k}" for k in range(13)], ["18-34", "35-59", "60+"]
    cells = list(itertools.product(districts, ages, ["f", "m"]))
    people = {cell: dice.choice([5, 9, 40, 200]) for cell in cells}
    margins = [
        Margin(0, {d: dice.uniform(1, 20) for d in districts}),
        Margin(1, dict.fromkeys(ages, 1)),
    ]
    margins += [
        Margin(1, {age: dice.random() + 0.01 for age in ages}, within=(0, d)) for d in districts
    ]
    margins += [Margin(2, {"f": 51, "m": 49})]
    began = time.process_time()
    weights = weigh(people, dict.fromkeys(people, 1.0), margins)
    assert time.process_time() - began < 1
    whole = sum(margins[0].targets.values())
    expected = {d: people / whole for d, people in margins[0].targets.items()}
    assert shares_of(weights, people) == pytest.approx(expected, abs=1e-6)
    bounds = {d: share * sum(people.values()) for d, share in expected.items()}
    for d, *rest in people:
        in_district = sum(count for cell, count in people.items() if cell[0] == d)
        assert weights.of[(d, *rest)] <= 5.01 * bounds[d] / in_district
