"""A name that was typed without choosing, on both engines: in full it is its taxon on arrival."""

from datetime import timedelta
from typing import Any

import pytest

from db.store import Store
from observations.base.ids import new_id
from observations.occurrences.occurrence import Occurrence
from observations.occurrences.recording import submit
from observations.occurrences.report import read_report
from observations.taxa.current import CurrentIndex
from observations.taxa.name_list import name_list
from observations.taxa.names import NameStatus
from observations.taxa.taxon import taxon_id_of
from tests.support.sightings import NIGHT_HERON, NOW, XIXI, phone


def sent(store: Store, name: str, **changes: Any) -> Occurrence:
    payload = {
        "id": str(new_id(NOW)),
        "event_date": (NOW - timedelta(hours=1)).isoformat(),
        "place": XIXI,
        "name": name,
        **changes,
    }
    index = CurrentIndex(store)
    receipt = submit(store, read_report(payload, NOW), phone(store), NOW, index.named)
    occurrence = store.occurrences.occurrence(receipt.occurrence_id)
    assert occurrence is not None
    return occurrence


def test_a_name_in_full_is_its_taxon_and_stays_as_it_was_written(store: Store) -> None:
    for name in ("夜鹭", "Nycticorax nycticorax", "black-crowned night herons", "两只夜鹭"):
        heron = sent(store, name)

        assert (heron.taxon_id, heron.verbatim_name) == (NIGHT_HERON, name)


def test_a_sensitive_species_typed_in_full_is_as_hidden_as_a_chosen_one(store: Store) -> None:
    pangolin = sent(store, "Manis pentadactyla")

    assert pangolin.taxon_id == taxon_id_of("Manis pentadactyla")


def test_a_plant_nobody_was_asked_about_counts_as_unsure(store: Store) -> None:
    lotus = sent(store, "荷花木兰")

    assert lotus.taxon_id == taxon_id_of("Magnolia grandiflora")
    codes = {check.code for check in store.occurrences.checks(lotus.occurrence_id)}
    assert "origin.unsure" in codes


@pytest.mark.parametrize(
    "name", ["猫头鹰", "白头", "夜鹭？", "夜鹭或池鹭", "夜鹭 Ardea alba", "一种鸟"]
)
def test_what_is_no_name_in_full_stays_as_it_was_written(store: Store, name: str) -> None:
    free = sent(store, name)

    assert (free.taxon_id, free.verbatim_name) == (None, name)


def test_a_name_of_another_group_than_was_chosen_stays_as_it_was_written(store: Store) -> None:
    assert sent(store, "夜鹭", group="insect", photos=[]).taxon_id is None
    assert sent(store, "夜鹭", group="bird").taxon_id == NIGHT_HERON


def test_the_list_for_phones_has_every_taxon_with_its_names(store: Store) -> None:
    listed = {one.taxon.vernacular_name: one for one in name_list(store.taxa)}

    assert len(listed) == len(store.taxa.all_taxa())
    assert "凤眼莲" in listed["凤眼蓝"].others
    assert "知了" in listed["蚱蝉"].everyday
    assert listed["夜鹭"].spelling == "YeLu"


def test_an_everyday_name_is_searched_and_nothing_else(store: Store) -> None:
    index = CurrentIndex(store)
    [cicada, *_] = index.find("知了")

    assert cicada.other_name == "知了"
    assert index.named("知了") is None
    assert NameStatus.EVERYDAY in {name.status for name in store.taxa.further_names()}
