"""Whose eyes see what of a sighting."""

import pytest

from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, Role
from observations.occurrences.audience import Audience, view
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.sightings import VERIFIER, observer_of, phone, record, said

ELLIOT = str(taxon_id_of("Syrmaticus ellioti"))
ORGANISER = Person(staff_id=new_id(), role=Role.ORGANISER)


@pytest.fixture
def device(duckdb_store):
    return phone(duckdb_store)


def audience(store, record_id, person):
    seen = view(store, record_id, person)
    return seen.audience if seen else None


def ids(store, occurrence_id):
    return occurrence_id, store.occurrences.occurrence(occurrence_id).public_id


def test_before_its_release_only_its_observer_and_staff_find_it(duckdb_store, device):
    sighting = record(duckdb_store, device)
    me, other = observer_of(duckdb_store, device), Person(observer_id=new_id())

    assert audience(duckdb_store, sighting, me) is Audience.OBSERVER
    assert audience(duckdb_store, sighting, VERIFIER) is Audience.STAFF
    for person in (NOBODY, other, ORGANISER):
        for record_id in ids(duckdb_store, sighting):
            assert audience(duckdb_store, record_id, person) is None


def test_released_everyone_finds_it_by_either_id_without_the_exact_record(duckdb_store, device):
    sighting = record(duckdb_store, device, note="只给工作人员")
    said(duckdb_store, sighting, Verdict.ACCEPT)

    for record_id in ids(duckdb_store, sighting):
        page = view(duckdb_store, record_id, NOBODY)
        assert (page.audience, page.whole) == (Audience.PUBLIC, None)
        assert page.public.decimal_latitude == 30.2694


@pytest.mark.parametrize("changes", [{"taxon_id": ELLIOT}, {"hide_exact_place": True}])
def test_a_generalised_record_answers_the_public_by_its_public_id_alone(
    duckdb_store, device, changes
):
    sighting = record(duckdb_store, device, **changes)
    said(duckdb_store, sighting, Verdict.ACCEPT)
    own_id, public_id = ids(duckdb_store, sighting)

    assert view(duckdb_store, own_id, NOBODY) is None
    page = view(duckdb_store, public_id, NOBODY)
    assert page.whole is None and page.public.is_month_only
    assert page.public.decimal_latitude == 30.25
    for record_id in (own_id, public_id):
        assert view(duckdb_store, record_id, VERIFIER).whole.decimal_latitude == 30.2694


def test_after_its_withdrawal_it_is_gone_for_the_public(duckdb_store, device):
    sighting = record(duckdb_store, device)
    said(duckdb_store, sighting, Verdict.ACCEPT)
    said(duckdb_store, sighting, Verdict.WITHDRAW, observer_of(duckdb_store, device))

    assert audience(duckdb_store, sighting, NOBODY) is None
    assert audience(duckdb_store, sighting, observer_of(duckdb_store, device)) is Audience.OBSERVER


def test_an_id_of_nothing_is_nothing(duckdb_store):
    assert view(duckdb_store, new_id(), VERIFIER) is None
