"""What a rule accepts, whom it audits, and when it ends."""

import random
from dataclasses import replace

import pytest

from observations.base.ids import new_id
from observations.desk.audit import FIRST, is_audited, is_over
from observations.desk.rule import Candidate, Rate, Rule, accepts
from observations.taxa.taxon import taxon_id_of

HERON, EGRET = taxon_id_of("Nycticorax nycticorax"), taxon_id_of("Egretta garzetta")
RULE = Rule(new_id(), "bird", None, "330106", 20, False, frozenset({"place.named"}), 0.05)
EASY = Candidate(new_id(), HERON, "bird", "330106", False, False, True, frozenset(), 20, 0, True)


@pytest.mark.parametrize(
    ("changes", "is_accepted"),
    [
        ({}, True),
        ({"flags": frozenset({"place.named"})}, True),
        ({"flags": frozenset({"place.named", "season.unlikely"})}, False),
        ({"flags": frozenset({"time.unknown"})}, False),
        ({"accepted": 19}, False),
        ({"refused": 2}, True),
        ({"refused": 3}, False),
        ({"is_known_here": False}, False),
        ({"is_special": True}, False),
        ({"is_rare": True}, False),
        ({"has_photo": False}, False),
        ({"group_code": "insect"}, False),
        ({"district": "330102"}, False),
        ({"district": None}, False),
    ],
)
def test_a_rule_accepts_only_what_is_easy_clean_and_from_somebody_proven(changes, is_accepted):
    assert accepts(RULE, replace(EASY, **changes)) is is_accepted


def test_no_rule_can_be_told_to_pass_over_a_grave_finding():
    lax = replace(RULE, may_flag=frozenset({"photo.seen_before", "taxon.sensitive"}), rare_too=True)

    assert not accepts(lax, replace(EASY, flags=frozenset({"photo.seen_before"})))
    assert not accepts(lax, replace(EASY, is_special=True))


def test_a_rule_for_one_species_accepts_no_other():
    assert not accepts(replace(RULE, taxon_id=EGRET), EASY)


def test_a_quarter_of_the_first_is_audited_then_a_twentieth():
    rng = random.Random(20261130)
    subjects = [new_id() for _ in range(4_000)]
    rng.shuffle(subjects)
    first = sum(is_audited(RULE.rule_id, one, FIRST - 1) for one in subjects) / len(subjects)
    later = sum(is_audited(RULE.rule_id, one, FIRST) for one in subjects) / len(subjects)

    assert first == pytest.approx(0.25, abs=0.04)
    assert later == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize(
    ("outcomes", "is_ended"),
    [
        ([], False),
        ([True], False),  # one of twenty is the limit
        ([True, True], True),
        ([False] * 18 + [True, True], True),
        ([False] * 400 + [True] * 2, False),
        ([False] * 400 + [True] * 3, True),  # good times do not hide bad ones
        (([False] * 24 + [True]) * 20, False),  # four in a hundred for long
    ],
)
def test_a_rule_ends_within_twenty_audited_over_its_limit(outcomes, is_ended):
    assert is_over(outcomes, 0.05) is is_ended


def test_the_interval_is_wilsons():
    low, high = Rate(3, 214).interval

    assert (round(low, 4), round(high, 4)) == (0.0048, 0.0404)
    assert Rate(0, 0).interval == (0.0, 1.0)
    assert Rate(0, 20).interval[1] == pytest.approx(0.1611, abs=0.0005)
