"""A rule in a simulated year: what its rehearsal promised, and what verifiers said later.

A year of one group, always the same by its seed: 60 observers, most of them good, some careless;
verifiers decide what came within days. At midyear staff let the rule rehearse and switch it on.
"""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from observations.desk.audit import FIRST, WINDOW, is_audited, is_over
from observations.desk.rehearsal import Past, Told, rehearse
from observations.desk.rule import Rate, Rule, accepts
from observations.places.districts import DISTRICTS

SEED = 20260101
START, DAYS, A_DAY = datetime(2026, 1, 1, tzinfo=UTC), 365, 24
RULE = Rule(UUID(int=7), "bird", None, None, 15, False, frozenset(), 0.05)


def an_id(rng) -> UUID:
    return UUID(int=rng.getrandbits(128))


def year(rng, error_after=None) -> list[Past]:
    """Every sighting of the year, by the time it came; `error_after`: of everyone from then on."""
    observers = [(an_id(rng), rng.choice([0.01, 0.02, 0.03, 0.03, 0.3])) for _ in range(60)]
    taxa, districts = [an_id(rng) for _ in range(30)], sorted(DISTRICTS)
    return sorted(
        (sighting(rng, observers, taxa, districts, error_after) for _ in range(DAYS * A_DAY)),
        key=lambda one: one.submitted_at,
    )


def sighting(rng, observers, taxa, districts, error_after) -> Past:
    observer_id, error = rng.choice(observers)
    came = START + timedelta(days=rng.uniform(0, DAYS))
    if error_after and came >= error_after[0]:
        error = error_after[1]
    is_flagged, is_wrong = rng.random() < 0.15, rng.random() < error
    return Past(
        an_id(rng), observer_id, came, came + timedelta(days=rng.uniform(0, 4)),
        rng.choice(taxa), "bird", rng.choice(districts), rng.random() < 0.1, rng.random() < 0.05,
        rng.random() < 0.95, frozenset({"season.unlikely"} if is_flagged else ()),
        is_right=not is_wrong, is_wrong=is_wrong,
    )  # fmt: skip


@dataclass
class Half:
    """The second half of the year, with the rule on."""

    accepted: list[Past]
    audited: list[Past]
    shares: list[tuple[int, bool]]
    ended_after: int | None = None


def live(rule: Rule, past: list[Past], since: datetime) -> Half:
    """Let the rule meet what comes from `since` on, in its order, until it ends.

    What it leaves, and what is audited, a verifier decides; of what it accepts nobody speaks.
    """
    done, told = Half([], [], []), Told()
    for one in past:
        candidate = told.candidate(one)
        if one.submitted_at < since or not accepts(rule, candidate):
            told.add(one)
            continue
        earlier = len(done.accepted) + len(done.audited)
        is_kept = is_audited(rule.rule_id, one.subject_id, earlier)
        done.shares.append((earlier, is_kept))
        if not is_kept:
            done.accepted.append(one)
            continue
        told.add(one)
        done.audited.append(one)
        if is_over([each.is_wrong for each in done.audited], rule.error_limit):
            done.ended_after = len(done.audited)
            break
    return done


def rate(some: list[Past]) -> Rate:
    return Rate(sum(one.is_wrong for one in some), len(some))


def test_the_rehearsal_promises_what_verifiers_say_later():
    past = year(random.Random(SEED))
    midyear = START + timedelta(days=DAYS // 2)
    first_half = [one for one in past if one.decided_at < midyear]

    promise = rehearse(RULE, first_half).accepted
    second = live(RULE, past, midyear)
    truth = rate([*second.accepted, *second.audited])

    assert second.ended_after is None
    assert promise.of > 200
    assert truth.of > 200
    assert promise.share < RULE.error_limit < rate(past).share  # the rule is better than all
    assert promise.interval[0] <= truth.share <= promise.interval[1]
    low, high = rate(second.audited).interval
    assert low <= truth.share <= high
    first = [kept for earlier, kept in second.shares if earlier < FIRST]
    later = [kept for earlier, kept in second.shares if earlier >= FIRST]
    assert 0.17 < sum(first) / len(first) < 0.33
    assert 0.03 < sum(later) / len(later) < 0.08


def test_a_rule_whose_species_turn_difficult_ends_within_twenty_audited():
    midyear = START + timedelta(days=DAYS // 2)
    past = year(random.Random(SEED), error_after=(midyear, 0.3))

    second = live(RULE, past, midyear)

    assert second.ended_after is not None
    assert second.ended_after <= WINDOW
    assert len(second.accepted) < 120


def test_after_a_good_half_year_bad_times_are_noticed_within_twenty_audited():
    midyear, october = START + timedelta(days=DAYS // 2), START + timedelta(days=280)
    past = year(random.Random(SEED), error_after=(october, 0.5))

    second = live(RULE, past, midyear)

    bad = [one for one in second.audited if one.submitted_at >= october]
    assert second.ended_after is not None
    assert len(bad) <= WINDOW


def test_the_rehearsal_knows_nothing_of_the_future():
    past = year(random.Random(SEED))[:400]
    late = [replace(one, decided_at=START + timedelta(days=DAYS + 9)) for one in past]

    assert rehearse(RULE, late).accepted.of == 0
