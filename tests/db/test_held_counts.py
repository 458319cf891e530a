"""The map's cached counts, on both engines.

They stay while nothing public changes, and are dropped at once when something does, whichever
process changed it.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import pytest

from db.ask import FOLDER
from db.filters import statements
from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.exchange.survey_import import ImportOptions, import_survey
from observations.map.exploring import Filters, Measure
from observations.map.held_counts import HeldCounts, HeldMap
from observations.map.projection import rebuild
from observations.map.spots import GRIDS
from observations.map.tiling import Drawing, Feature, features
from observations.privacy.erasing import erase
from observations.surveys.withdrawal import withdraw
from observations.verification.decisions import Verdict
from tests.support.sightings import NIGHT_HERON, NOW, phone, record, said
from tests.support.survey_files import csv_file
from tests.support.tiles import tile_of

XIXI = [tile_of(30.2694, 120.0631, zoom) for zoom in (7, 10, 12, 13, 14)]
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)
PATIENCE_S = 20


class Counting:
    """A store's map that says how often it was counted, and may be made to wait or to fail."""

    def __init__(self, store: Store) -> None:
        self.map = self
        self.counted = 0
        self.before: Callable[[str], object] = lambda name: None
        self._map = store.map

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._map, name)
        if name not in ("cells", "quarters", "squares", "richness"):
            return ask

        def counted(*values: object) -> object:
            self.counted += 1
            self.before(name)
            return ask(*values)

        return counted


def drawn(by: Store | HeldMap, measure: Measure = Measure.RECORDS) -> list[list[Feature]]:
    drawing = Drawing((1, 2, 3, 4, 5), measure, is_rough=True)
    return [features(by, Filters(), tile, drawing) for tile in XIXI]


@pytest.fixture
def city(store: Store) -> Store:
    """A heron at 西溪 that everyone sees."""
    said(store, record(store, phone(store)), Verdict.ACCEPT)
    return store


@pytest.mark.parametrize("measure", list(Measure))
def test_held_counts_draw_what_the_store_draws_and_follow_each_change(
    city: Store, measure: Measure
) -> None:
    counts = HeldCounts(city)
    before = drawn(counts.now(), measure)
    assert before == drawn(city, measure)
    said(city, record(city, phone(city)), Verdict.ACCEPT)
    assert drawn(counts.now(), measure) == drawn(city, measure) != before


def test_what_publishes_nothing_leaves_the_counts(city: Store) -> None:
    counting = Counting(city)
    counts = HeldCounts(counting)
    before = drawn(counts.now())
    counted = counting.counted
    waiting = record(city, phone(city))  # a consent, a record
    said(city, waiting, Verdict.WITHHOLD)  # a decision on what was not public
    with pytest.raises(StorageError), city.transaction() as tx:
        tx.occurrences.unpublish(waiting)
        raise StorageError("rolled back")
    city.gather()
    assert drawn(counts.now()) == before
    assert counting.counted == counted


def test_what_is_withheld_elsewhere_leaves_the_counts_at_once(city: Store, store_url: str) -> None:
    device_id = phone(city)
    heron = record(city, device_id)
    said(city, heron, Verdict.ACCEPT)
    elsewhere = open_store(store_url) if city.engine_name == "postgresql" else city
    counts = HeldCounts(city)
    assert sum(n for _, n in counts.now().cells(Filters(box=XIXI[0].box))) == 2
    said(elsewhere, heron, Verdict.WITHHOLD)
    assert sum(n for _, n in counts.now().cells(Filters(box=XIXI[0].box))) == 1
    if elsewhere is not city:
        elsewhere.close()


def changes(store: Store, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything that changes what is public."""
    device_id = phone(store)
    heron = record(store, device_id)
    yield "accepted", lambda: said(store, heron, Verdict.ACCEPT)
    yield "made again", lambda: (lose(store), rebuild(store))
    yield "withheld", lambda: said(store, heron, Verdict.WITHHOLD)
    yield "accepted again", lambda: said(store, heron, Verdict.ACCEPT)
    files = open_photos(f"file://{folder}/photos")
    yield "erased", lambda: erase(store, files, b"0" * 32, device_id, NOW)
    survey = csv_file(folder)
    yield "a survey", lambda: import_survey(store, survey, ImportOptions(), ADMIN, NOW)
    yield (
        "a survey withdrawn",
        lambda: withdraw(store, store.datasets.datasets()[0].code, ADMIN, NOW),
    )

    def list_again() -> None:
        with store.transaction() as tx:
            tx.taxa.put_taxa(tx.taxa.all_taxa())

    yield "the checklist", list_again


def lose(store: Store) -> None:
    """Empty the projection by a fault, which tells nobody."""
    with store.transaction() as tx:
        tx.map._ask("unpublish_all")


def test_every_change_of_what_is_public_moves_the_stamp(store: Store, tmp_path: Path) -> None:
    for name, change in changes(store, tmp_path):
        before = store.map.stamp()
        change()
        assert store.map.stamp() > before, name
        assert "map_counts_that_disagree" not in store.broken_invariants(), name


def test_gathering_leaves_what_the_counts_add_up_to(city: Store) -> None:
    herons = [record(city, phone(city)) for _ in range(3)]
    for heron in herons:
        said(city, heron, Verdict.ACCEPT)
    said(city, herons[0], Verdict.WITHHOLD)
    before = drawn(HeldCounts(city).now()), city.map.groups(Filters())
    city.gather()
    assert (drawn(HeldCounts(city).now()), city.map.groups(Filters())) == before
    assert city.map._ask("fresh_counts") == []
    assert "map_counts_that_disagree" not in city.broken_invariants()


@pytest.mark.parametrize("taxon_id", [None, NIGHT_HERON])
@pytest.mark.parametrize("group_code", [None, "bird"])
def test_what_is_held_is_what_is_counted(
    city: Store, group_code: str | None, taxon_id: UUID | None
) -> None:
    filters = Filters(group_code=group_code, taxon_id=taxon_id)
    # every day there is, which is counted
    counted = replace(filters, first_day=date(1900, 1, 1))
    reads = city.map
    for read in (reads.groups, reads.cells, reads.quarters, reads.districts, reads.by_month):
        assert sorted(read(filters), key=str) == sorted(read(counted), key=str)
    assert sorted(reads.squares(filters, GRIDS), key=str) == sorted(
        reads.squares(counted, GRIDS), key=str
    )
    assert sorted(reads.tallies(filters), key=str) == sorted(reads.tallies(counted), key=str)


def test_no_other_block_writes_a_projection() -> None:
    """Whoever adds one has its method call `_stamp`, and tells the test above of it."""
    writes = re.compile(r"(insert into|delete from|update) released_(survey_)?occurrence\b")
    writers = {
        (file.stem, name)
        for file in (FOLDER / "queries").glob("*.sql")
        for name, block in statements(file).items()
        if writes.search(block)
    }
    assert writers == {
        ("occurrences", "publish"),
        ("occurrences", "unpublish"),
        ("occurrences", "show_generalised_photos"),
        ("map", "publish_all"),
        ("map", "unpublish_all"),
        ("map", "take_out"),
        ("datasets", "publish"),
        ("datasets", "unpublish"),
        ("datasets", "publish_all"),
        ("datasets", "unpublish_all"),
        ("datasets", "publish_records"),
        ("datasets", "unpublish_records"),
        ("privacy", "anonymise_released"),
    }


def test_gathering_leaves_the_stamp_as_it_is(city: Store) -> None:
    for _ in range(3):
        said(city, record(city, phone(city)), Verdict.ACCEPT)
    before = city.map.stamp()
    city.gather()
    assert city.map.stamp() == before
    assert city.map._ask("stamp_rows") == 1


def test_two_who_need_the_same_counts_count_them_once(city: Store) -> None:
    counting = Counting(city)
    counts = HeldCounts(counting)
    begun, may_end = Event(), Event()

    def wait(name: str) -> None:
        begun.set()
        assert may_end.wait(PATIENCE_S)

    counting.before = wait
    filters = Filters(box=XIXI[0].box)
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(counts.now().cells, filters)
        assert begun.wait(PATIENCE_S)
        other = pool.submit(counts.now().cells, filters)
        may_end.set()
        assert one.result() == other.result() == city.map.cells(Filters())
    assert counting.counted == 1


def test_who_counts_holds_up_nobody_who_asks_for_something_else(city: Store) -> None:
    counting = Counting(city)
    counts = HeldCounts(counting)
    filters = Filters(box=XIXI[0].box)
    counts.now().quarters(filters)
    begun, may_end = Event(), Event()

    def wait(name: str) -> None:
        if name == "cells":
            begun.set()
            assert may_end.wait(PATIENCE_S)

    counting.before = wait
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(counts.now().cells, filters)
        assert begun.wait(PATIENCE_S)
        assert counts.now().quarters(filters) == city.map.quarters(Filters())  # held
        assert counts.now().squares(filters, (10,)) == []  # counted beside it
        assert not slow.done()
        may_end.set()
        assert slow.result()


def test_a_count_that_failed_is_tried_again(city: Store) -> None:
    counting = Counting(city)
    counts = HeldCounts(counting)

    def fail(name: str) -> None:
        raise StorageError("the line is cut")

    counting.before = fail
    with pytest.raises(StorageError):
        counts.now().cells(Filters(box=XIXI[0].box))
    counting.before = lambda name: None
    assert counts.now().cells(Filters(box=XIXI[0].box)) == city.map.cells(Filters())


def test_a_group_whose_name_has_two_words_is_counted(store: Store) -> None:
    snail = next(t for t in store.taxa.all_taxa() if t.group == "other invertebrate")
    said(store, record(store, phone(store), taxon_id=str(snail.taxon_id)), Verdict.ACCEPT)

    [group] = store.map.groups(Filters())

    assert (group.group_code, group.species, group.records) == ("other invertebrate", 1, 1)
