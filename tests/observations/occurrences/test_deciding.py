"""A decision moves release, verification, name, points and the public map in one transaction."""

import pytest

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.occurrences.deciding import NewName, decide
from observations.occurrences.sighting_points import SIGHTING_POINTS
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import DecisionRequest, Reason, Verdict
from tests.support.sightings import NIGHT_HERON, NOW, VERIFIER, observer_of, phone, record, said

ELLIOT = taxon_id_of("Syrmaticus ellioti")  # protected: 0.1 degrees for others


@pytest.fixture
def device(duckdb_store):
    return phone(duckdb_store)


def balance(store, device):
    return store.points.balance_of(observer_of(store, device).observer_id)


def public(store, occurrence_id):
    return store.occurrences.public(store.occurrences.occurrence(occurrence_id).public_id)


def test_accepting_publishes_and_gives_five_points(duckdb_store, device):
    sighting = record(duckdb_store, device)
    assert public(duckdb_store, sighting) is None

    said(duckdb_store, sighting, Verdict.ACCEPT)

    assert public(duckdb_store, sighting).decimal_latitude == 30.2694
    assert balance(duckdb_store, device) == SIGHTING_POINTS == 5


def test_points_follow_the_decisions_and_are_never_given_twice(duckdb_store, device):
    sighting = record(duckdb_store, device)
    for verdict, reason, points in (
        (Verdict.PLAUSIBLE, None, 5),
        (Verdict.ACCEPT, None, 5),
        (Verdict.WITHHOLD, None, 5),
        (Verdict.REJECT, Reason.WRONG_NAME, 0),
        (Verdict.ACCEPT, None, 5),
        (Verdict.UNDO, None, 0),
    ):
        said(duckdb_store, sighting, verdict, reason=reason)
        assert balance(duckdb_store, device) == points, verdict


@pytest.mark.parametrize("verdict", [Verdict.WITHHOLD, Verdict.REJECT, Verdict.UNDO])
def test_what_is_no_longer_released_leaves_the_map_at_once(duckdb_store, device, verdict):
    sighting = record(duckdb_store, device)
    said(duckdb_store, sighting, Verdict.ACCEPT)

    said(duckdb_store, sighting, verdict, reason=Reason.NOT_ENOUGH)

    assert public(duckdb_store, sighting) is None


def test_a_new_name_comes_with_the_decision_and_the_old_one_is_kept(duckdb_store, device):
    sighting = record(duckdb_store, device, taxon_id=None, name="小白鸟", group="bird")

    said(duckdb_store, sighting, Verdict.ACCEPT, name=NewName(NIGHT_HERON))

    assert public(duckdb_store, sighting).scientific_name == "Nycticorax nycticorax"
    names = [(row[1], row[2], row[3]) for row in duckdb_store.occurrences.names(sighting)]
    assert names == [(None, "小白鸟", False), ("Nycticorax nycticorax", "", True)]


def test_a_name_of_a_sensitive_taxon_makes_the_place_rough_at_once(duckdb_store, device):
    sighting = record(duckdb_store, device)
    said(duckdb_store, sighting, Verdict.ACCEPT)

    said(duckdb_store, sighting, Verdict.ACCEPT, name=NewName(ELLIOT))

    shown = public(duckdb_store, sighting)
    assert (shown.grid, shown.observer_id) == (10, None)
    assert (shown.decimal_latitude, shown.decimal_longitude) == (30.25, 120.05)


def test_without_a_species_the_place_stays_rough_unless_sensitive_taxa_are_ruled_out(
    duckdb_store, device
):
    sighting = record(duckdb_store, device, taxon_id=None, name="小鸟", group="bird")
    said(duckdb_store, sighting, Verdict.PLAUSIBLE)
    assert public(duckdb_store, sighting).grid == 10

    said(duckdb_store, sighting, Verdict.PLAUSIBLE, rules_out_sensitive=True)

    assert public(duckdb_store, sighting).grid is None


def test_an_observers_correction_goes_back_to_the_desk(duckdb_store, device):
    sighting = record(duckdb_store, device)
    said(duckdb_store, sighting, Verdict.ACCEPT)
    me = observer_of(duckdb_store, device)

    said(duckdb_store, sighting, Verdict.CORRECT, me, name=NewName(ELLIOT))

    assert public(duckdb_store, sighting) is None
    assert balance(duckdb_store, device) == 0
    assert duckdb_store.verification.review(sighting).is_waiting
    assert duckdb_store.occurrences.occurrence(sighting).scientific_name == "Syrmaticus ellioti"


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.QUERY, Verdict.WITHHOLD])
def test_a_name_goes_with_a_good_word_only(duckdb_store, device, verdict):
    sighting = record(duckdb_store, device)

    with pytest.raises(Refused, match=r"decision\.name_not_possible"):
        said(
            duckdb_store, sighting, verdict, name=NewName(ELLIOT), reason=Reason.WRONG_NAME,
            message="?",
        )  # fmt: skip

    assert duckdb_store.verification.review(sighting).decision_id is None


def test_an_unknown_taxon_refuses_the_whole_decision(duckdb_store, device):
    sighting = record(duckdb_store, device)

    with pytest.raises(Refused, match=r"taxon\.unknown"):
        said(duckdb_store, sighting, Verdict.ACCEPT, name=NewName(new_id()))

    assert public(duckdb_store, sighting) is None and balance(duckdb_store, device) == 0


def test_what_is_no_sighting_is_refused(duckdb_store):
    request = DecisionRequest(new_id(), Verdict.ACCEPT, VERIFIER, None)
    with pytest.raises(Refused, match=r"decision\.unknown_subject"):
        decide(duckdb_store, request, NOW)
