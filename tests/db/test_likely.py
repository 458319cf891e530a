"""可能是: from the public view alone, on both engines."""

from datetime import date, timedelta

import pytest

from db.store import Store
from observations.occurrences.likely import RecordedHere, Scope, season_of
from observations.taxa.taxon import Group
from observations.verification.decisions import Verdict
from tests.support.sightings import MANDARIN, NIGHT_HERON, NOW, XIXI, phone, record, said

HERE = (XIXI["latitude"], XIXI["longitude"])
FAR = {"latitude": 29.6, "longitude": 119.0, "uncertainty_m": 8, "source": "exif"}
MAY = date(2026, 5, 9)


@pytest.fixture
def here(store: Store) -> RecordedHere:
    """Counts that are never held back."""
    clock = iter(range(0, 10**9, 1000))
    return RecordedHere(store, lambda: next(clock))


def sightings(
    store: Store, count: int, verdict: Verdict = Verdict.ACCEPT, **changes: object
) -> None:
    device = phone(store)
    for _ in range(count):
        said(store, record(store, device, **changes), verdict)


def test_what_is_recorded_near_in_the_season_is_counted(store: Store, here: RecordedHere) -> None:
    sightings(store, 3)

    likely = here.likely(Group.BIRD, HERE, MAY, 1)

    assert [(one.taxon.taxon_id, one.count) for one in likely.taxa] == [(NIGHT_HERON, 3)]
    assert likely.scope is Scope.NEAR
    assert here.counts(HERE, MAY) == {NIGHT_HERON: 3}


def test_fewer_than_three_are_nothing(store: Store, here: RecordedHere) -> None:
    sightings(store, 2)

    assert here.likely(None, HERE, MAY).taxa == ()
    assert here.counts(HERE, MAY) == {}


def test_a_sensitive_taxon_is_in_no_count(store: Store, here: RecordedHere) -> None:
    sensitive = next(t for t in store.taxa.all_taxa() if t.sensitive_category == 3)
    sightings(store, 4, taxon_id=str(sensitive.taxon_id))
    sightings(store, 4, taxon_id=str(MANDARIN), hide_exact_place=True)

    for place in (HERE, None):
        assert here.likely(None, place, MAY).taxa == ()
        assert here.counts(place, MAY) == {}


def test_what_is_not_public_is_not_counted(store: Store, here: RecordedHere) -> None:
    device = phone(store)
    for _ in range(4):
        record(store, device)
    sightings(store, 4, Verdict.WITHHOLD)

    assert here.counts(None, MAY) == {}


def test_another_place_or_season_widens_the_circle(store: Store, here: RecordedHere) -> None:
    sightings(store, 3, place=FAR)

    assert here.counts(HERE, MAY) == {}
    assert here.likely(None, HERE, MAY).scope is Scope.CITY_IN_SEASON
    assert here.likely(None, HERE, date(2026, 11, 9)).scope is Scope.CITY


def test_moving_about_in_a_cell_changes_nothing(store: Store, here: RecordedHere) -> None:
    sightings(store, 3)
    near = (HERE[0] + 0.002, HERE[1] + 0.002)

    assert here.likely(None, HERE, MAY) == here.likely(None, near, MAY)


def test_a_group_leaves_the_others_out(store: Store, here: RecordedHere) -> None:
    sightings(store, 3)

    assert here.likely(Group.PLANT, HERE, MAY).taxa == ()


def test_counts_are_held_for_a_minute(store: Store) -> None:
    now = [0.0]
    here = RecordedHere(store, lambda: now[0])
    assert here.counts(None, MAY) == {}
    sightings(store, 3)

    assert here.counts(None, MAY) == {}
    now[0] = 61.0
    assert here.counts(None, MAY) == {NIGHT_HERON: 3}


def test_a_season_is_three_months_over_the_new_year_too() -> None:
    assert season_of(MAY) == (4, 5, 6)
    assert season_of(date(2026, 1, 3)) == (1, 2, 12)
    assert season_of(date(2026, 12, 3)) == (1, 11, 12)
    assert (NOW - timedelta(hours=1)).month == MAY.month
