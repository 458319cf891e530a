"""Patterns of answers that weigh less: published by the week, looked at and restored by staff."""

import random
from datetime import timedelta
from uuid import UUID

import pytest

from observations.base.clock import midnight
from observations.base.errors import Refused
from observations.base.ids import random_id
from observations.base.roles import NOBODY, Person, Role
from observations.satisfaction.dimensions import RANKED, Dimension
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.publication.counted import Basis
from observations.satisfaction.publication.patterns import patterns_for, restore
from observations.satisfaction.publication.publications import last_of, publish_due
from observations.satisfaction.responses import Circumstances, Questionnaire, Response
from observations.satisfaction.wave_steps import open_demo_wave
from observations.satisfaction.waves import Wave

WAVE, XIHU = Wave(2026, 4), "330106"
STAFF = Person(staff_id=UUID(int=7), role=Role.ADMIN)
FIRST = midnight(WAVE.first_day)
MONDAYS = [midnight(WAVE.first_day + timedelta(days=days)) for days in (4, 11)]


@pytest.fixture
def flooded(store):
    """Sixty people of several days, and a hundred sheets from twenty networks that are the same."""
    open_demo_wave(store, FIRST)
    chance = random.Random(4)
    forms = [
        Questionnaire({d: chance.randint(1, 5) for d in Dimension} | {RANKED: 1 + k % 5})
        for k in range(60)
    ]
    forms += [Questionnaire(dict.fromkeys(Dimension, 5))] * 100
    rows = [
        Response(
            random_id(),
            WAVE.wave_id,
            f"{k:04d}",
            1,
            XIHU,
            form,
            WAVE.first_day + timedelta(days=k % 4),
            circumstances=Circumstances(network=f"{k % 20:032x}"),
        )
        for k, form in enumerate(forms)
    ]
    with store.transaction() as tx:
        tx.satisfaction.open_wave(WAVE)
        tx.satisfaction.add(rows)
    return store


def published_mean(store):
    return last_of(store, WAVE).places(Basis.ALL)[XIHU][RANKED].mean


def test_a_pattern_weighs_less_is_told_with_its_reason_and_can_be_restored(flooded):
    publish_due(flooded, MONDAYS[0])
    assert last_of(flooded, WAVE).apart == {Reason.IDENTICAL: 100}
    lighter = published_mean(flooded)
    assert lighter < 65

    (seen,) = patterns_for(flooded, STAFF, WAVE, MONDAYS[0])
    assert (seen.sheets, seen.networks, seen.is_restored) == (100, 20, False)
    for _ in range(2):
        restore(flooded, STAFF, WAVE, seen.pattern.name, MONDAYS[0])
    assert published_mean(flooded) == lighter  # nothing moves between publications

    publish_due(flooded, MONDAYS[1])
    assert last_of(flooded, WAVE).apart == {}
    assert published_mean(flooded) == pytest.approx((60 * 50 + 100 * 100) / 160, abs=0.1)
    (seen,) = patterns_for(flooded, STAFF, WAVE, MONDAYS[1])
    assert seen.is_restored


@pytest.mark.parametrize("person", [NOBODY, Person(staff_id=UUID(int=8), role=Role.VERIFIER)])
def test_staff_who_run_waves_alone_see_and_restore(flooded, person):
    with pytest.raises(Refused, match="role.may_not"):
        patterns_for(flooded, person, WAVE, MONDAYS[0])
    with pytest.raises(Refused, match="role.may_not"):
        restore(flooded, person, WAVE, "identical/330106/5555555555", MONDAYS[0])
    assert flooded.satisfaction.restored(WAVE.wave_id) == {}


def test_districts_without_answers_have_no_pattern(store):
    open_demo_wave(store, FIRST)
    assert patterns_for(store, STAFF, WAVE, MONDAYS[0]) == []
