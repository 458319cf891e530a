"""New species on both engines."""

import dataclasses

import pytest

from db.seeding import read_seed
from db.surveys import new_record_of_seed
from observations.base.errors import StorageError
from observations.places.districts import DISTRICTS, district_of
from observations.surveys.layer import placed
from observations.surveys.levels import Level, TypeOrigin
from observations.taxa.taxon import Group


def test_the_list_is_there_from_the_start(store):
    records = store.surveys.new_records()
    assert records == [new_record_of_seed(row) for row in read_seed("new_records.csv")]


def test_loading_again_changes_nothing(store):
    before = store.surveys.new_records()
    with store.transaction() as tx:
        tx.surveys.replace_new_records(before)
        tx.surveys.replace_new_records(before)
    assert store.surveys.new_records() == before


def test_a_record_without_a_source_is_refused(store):
    (first, *_rest) = store.surveys.new_records()
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.surveys.replace_new_records([dataclasses.replace(first, source="")])
    assert len(store.surveys.new_records()) > 1


def test_no_row_rests_on_mere_knowledge(duckdb_store):
    for record in duckdb_store.surveys.new_records():
        assert "knowledge" not in record.source
        assert record.about_zh and record.about_en
        assert bool(record.locality_zh) == bool(record.locality_en)


def test_names_that_no_source_confirms_stay_blank(duckdb_store):
    records = {record.vernacular_name: record for record in duckdb_store.surveys.new_records()}
    for name in ("杭州卷胶耳", "短尖护蒴苔", "淡黄盖蘑菇"):
        assert records[name].scientific_name == ""
    assert records["半圆形胶孔菌"].authorship == ""


def test_types_from_elsewhere_say_so(duckdb_store):
    records = {record.code: record for record in duckdb_store.surveys.new_records()}
    for code in ("cantharellus-albopileatus", "mesechinus-orientalis"):
        assert records[code].type_origin == TypeOrigin.ELSEWHERE
    assert "海南" in records["cantharellus-albopileatus"].about_zh
    assert "安徽" in records["mesechinus-orientalis"].about_zh


def test_groups_and_districts_are_known(duckdb_store):
    for record in duckdb_store.surveys.new_records():
        assert Group(record.group)
        assert record.district in DISTRICTS or record.district == ""
        if record.latitude is not None:
            there = district_of(record.latitude, record.longitude)
            assert there.code == record.district


def test_protected_plants_have_no_locality(duckdb_store):
    protected = {"ostrya-rehderiana", "calycanthus-chinensis", "sinojackia-microcarpa"}
    for record in duckdb_store.surveys.new_records():
        if record.code in protected:
            assert record.locality_zh == ""
            assert record.latitude is None


def test_the_layer_holds_what_has_a_place(duckdb_store):
    records = duckdb_store.surveys.new_records()
    places = {place.record.code for place in placed(records)}
    assert {record.code for record in records} - places == {
        "duanjian-huzitai",
        "cololejeunea-tianmuensis",
        "ostrya-rehderiana",
        "sinojackia-microcarpa",
    }
    assert {record.level for record in records} == {Level.SCIENCE, Level.CHINA}
