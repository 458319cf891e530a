"""Raking, held against `ipfn`, the package on PyPI for iterative proportional fitting."""

import contextlib
import io
import itertools
import random

import numpy as np
import pytest
from ipfn.ipfn import ipfn

from observations.places.districts import DISTRICTS
from observations.satisfaction.figures.raking import Margin, rake
from observations.satisfaction.figures.weighting import effective_size, merged, weigh

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
    found = rake({("a",): 30.0, ("b",): 10.0}, [Margin(0, {"a": 1, "b": 3})])
    assert found == pytest.approx({("a",): 10, ("b",): 30})


def test_who_told_nothing_keeps_their_weight():
    found = rake({("a",): 30.0, ("b",): 10.0, (None,): 7.0}, [Margin(0, {"a": 1, "b": 1})])
    assert found == pytest.approx({("a",): 20, ("b",): 20, (None,): 7})


def test_a_category_without_anybody_leaves_the_others_in_proportion():
    found = rake({("a",): 10.0, ("b",): 10.0}, [Margin(0, {"a": 1, "b": 3, "c": 96})])
    assert found == pytest.approx({("a",): 5, ("b",): 15})


def test_a_margin_of_one_district_leaves_the_others_alone():
    cells = dict.fromkeys(itertools.product(("x", "y"), ("f", "m")), 10.0)
    found = rake(cells, [Margin(1, {"f": 3, "m": 1}, within=(0, "x"))])
    assert found == pytest.approx({("x", "f"): 15, ("x", "m"): 5, ("y", "f"): 10, ("y", "m"): 10})


def test_a_handful_is_raked_together_with_its_neighbour():
    people = {("d", "18-34"): 40, ("d", "35-59"): 30, ("d", "60+"): 2}
    margin = merged(Margin(1, {"18-34": 30, "35-59": 40, "60+": 30}), people)
    assert margin.groups == [["18-34"], ["35-59", "60+"]]


def test_no_weight_is_wild_and_what_was_cut_is_told():
    people = {("d", "18-34"): 200, ("d", "60+"): 6}
    found = weigh(people, dict.fromkeys(people, 1.0), [Margin(1, {"18-34": 40, "60+": 60})])
    assert found.largest <= 5.01 * 1.001
    assert found.trimmed == 6
    assert found.effective < found.people


def test_a_large_district_with_few_answers_is_not_trimmed():
    people = {("big",): 10, ("small",): 190}
    found = weigh(people, dict.fromkeys(people, 1.0), [Margin(0, {"big": 90, "small": 10})])
    assert found.trimmed == 0
    assert 10 * found.of[("big",)] / 200 == pytest.approx(0.9)


def test_equal_weights_lose_nothing():
    assert effective_size([(2.0, 30)]) == pytest.approx(30)
    assert effective_size([]) == 0


def test_nobody_needs_no_weights():
    assert weigh({}, {}, []).people == 0
