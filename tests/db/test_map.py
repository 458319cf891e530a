"""The map's questions to the projection, on both engines."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest

from db.filters import CONDITIONS, statements
from db.map import STATEMENTS
from db.store import Store
from observations.base.ids import new_id
from observations.map import projection
from observations.map.exploring import (
    Compared,
    Filters,
    Measure,
    Origin,
    Subject,
    compare,
    contents,
    explore,
)
from observations.map.projection import rebuild
from observations.map.spots import Cell, Single, square_of
from observations.map.taxon_summary import Tally, recorded_taxa, summary_of
from observations.map.tiling import Drawing, Tile, features
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.cells import cell_of
from observations.places.districts import Box
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from observations.verification.statuses import VerificationStatus
from tests.support.sightings import NIGHT_HERON, NOW, phone, record, said

LOTUS = taxon_id_of("Nelumbo nucifera")
PHEASANT = taxon_id_of("Syrmaticus ellioti")  # category 2: a square of 0.1 degrees
TIANMU = {"latitude": 30.34, "longitude": 119.43, "uncertainty_m": 30, "source": "map"}
HIDDEN = {"latitude": 30.2113, "longitude": 120.1867, "uncertainty_m": 5, "source": "exif"}

# The middle of the pheasant's square lies in 西湖区, as 西溪 does.
BOTH = ["夜鹭", "白颈长尾雉"]


@pytest.fixture
def city(store: Store) -> Store:
    """Five sightings on the map.

    A heron at 西溪, a lotus there that is only plausible, a heron on 天目山 a year ago, a pheasant
    whose place is rough, and a heron that nobody has looked at.
    """
    device_id = phone(store)
    year_ago = (NOW - timedelta(days=365)).isoformat()
    said(store, record(store, device_id), Verdict.ACCEPT)
    said(store, record(store, device_id, taxon_id=str(LOTUS)), Verdict.PLAUSIBLE)
    said(store, record(store, device_id, place=TIANMU, event_date=year_ago), Verdict.ACCEPT)
    said(store, record(store, device_id, taxon_id=str(PHEASANT), place=HIDDEN), Verdict.ACCEPT)
    record(store, device_id)
    return store


def names(store: Store, filters: Filters) -> list[str]:
    return sorted(record.vernacular_name or "" for record in store.map.listed(filters, 100))


def the_rough_one(store: Store) -> PublicOccurrence:
    return next(record for record in store.map.listed(Filters(), 100) if record.grid)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["夜鹭", "夜鹭", "白颈长尾雉", "莲"]),
        (Filters(group_code="plant"), ["莲"]),
        (Filters(taxon_id=PHEASANT), ["白颈长尾雉"]),
        (Filters(district="330112"), ["夜鹭"]),
        (Filters(first_day=date(2026, 1, 1)), ["夜鹭", "白颈长尾雉", "莲"]),
        (Filters(last_day=date(2025, 12, 31)), ["夜鹭"]),
        (Filters(statuses=(VerificationStatus.PLAUSIBLE,)), ["莲"]),
        (Filters(box=Box(119, 30, 119.9, 31)), ["夜鹭"]),
        (
            Filters(group_code="bird", district="330106", first_day=date(2026, 5, 9)),
            ["夜鹭", "白颈长尾雉"],
        ),
        (Filters(group_code="fish"), []),
    ],
)
def test_each_filter_narrows_and_they_narrow_together(
    city: Store, filters: Filters, expected: list[str]
) -> None:
    assert names(city, filters) == expected


def test_a_record_with_its_month_alone_is_found_by_any_day_of_it(city: Store) -> None:
    pheasant = Filters(taxon_id=PHEASANT)
    for first, last in (("2026-05-01", "2026-05-02"), ("2026-05-30", "2026-06-09")):
        days = replace(
            pheasant, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last)
        )
        assert names(city, days) == ["白颈长尾雉"]
    assert names(city, replace(pheasant, last_day=date(2026, 4, 30))) == []
    assert names(city, replace(pheasant, first_day=date(2026, 6, 1))) == []


def test_what_is_counted_is_what_is_listed(city: Store) -> None:
    whole = contents(city, Filters(), 2)
    assert (whole.species, whole.records, len(whole.listed), whole.has_more) == (3, 4, 2, True)
    assert {(g.group_code, g.species, g.records) for g in whole.groups} == {
        ("bird", 2, 3),
        ("plant", 1, 1),
    }
    assert not whole.is_demo


def test_cells_count_what_is_finer_than_they_are(city: Store) -> None:
    explored = explore(city, Filters(), 20)
    assert (explored.total, explored.in_cells, explored.has_squares) == (4, 3, True)
    assert sorted(count for _, count in city.map.cells(Filters())) == [1, 2]
    assert sorted(count for _, count in city.map.quarters(Filters())) == [1, 2]


def test_a_chosen_cell_square_or_record_holds_its_own(city: Store) -> None:
    cell = next(code for code, count in city.map.cells(Filters()) if count == 2)
    fine = next(code for code, count in city.map.quarters(Filters()) if count == 2)
    [(square, count)] = city.map.squares(Filters(), (10, 100, 1000))
    rough = the_rough_one(city)
    assert names(city, Filters(spot=Cell(cell))) == ["夜鹭", "莲"]
    assert names(city, Filters(spot=Cell(fine))) == ["夜鹭", "莲"]
    assert (square, count) == (square_of(30.2113, 120.1867, 10), 1)
    assert names(city, Filters(spot=square)) == ["白颈长尾雉"]
    assert names(city, Filters(spot=Single(rough.public_id))) == ["白颈长尾雉"]


def test_the_chosen_spot_does_not_change_what_the_map_shows(city: Store) -> None:
    cell = next(code for code, count in city.map.cells(Filters()) if count == 1)
    explored = explore(city, Filters(spot=Cell(cell)), 20)
    assert (explored.contents.records, explored.total, explored.in_cells) == (1, 4, 3)


def test_single_points_are_never_of_generalised_records(city: Store) -> None:
    singles = city.map.singles(Filters(), 100)
    assert len(singles) == 3
    assert the_rough_one(city).public_id not in {single[0] for single in singles}


def test_pages_by_public_id_give_every_record_once(city: Store) -> None:
    ids: list[UUID] = []
    while page := city.map.page(Filters(), ids[-1] if ids else None, 3):
        ids += [record.public_id for record in page]
    assert len(ids) == len(set(ids)) == 4
    assert [record.public_id for record in city.map.page(Filters(), None, 100)] == ids


def test_halving_boxes_never_get_nearer_than_the_square(city: Store) -> None:
    """Ask for ever smaller boxes round the pheasant: what is found is the middle of its square."""
    pheasant = Filters(taxon_id=PHEASANT)
    south, north, west, east = 29.0, 31.0, 118.0, 121.0
    for _ in range(40):
        middle = (south + north) / 2
        is_south = bool(names(city, pheasant.within(Box(west, south, east, middle))))
        south, north = (south, middle) if is_south else (middle, north)
        middle = (west + east) / 2
        is_west = bool(names(city, pheasant.within(Box(west, south, middle, north))))
        west, east = (west, middle) if is_west else (middle, east)
    assert (round(south, 6), round(west, 6)) == (30.25, 120.15)
    assert abs(30.2113 - south) > 0.03 and abs(120.1867 - west) > 0.03


def test_the_map_empties_and_fills_again_by_rebuilding(city: Store) -> None:
    before = city.map.page(Filters(), None, 100)
    with city.transaction() as tx:
        tx.map.unpublish_all()
        assert tx.map.listed(Filters(), 100) == []
        tx.map.publish_all([])
    # the transaction left the projection behind: only rebuilding mends it
    assert "public_and_not_in_the_projection" in city.broken_invariants()
    assert rebuild(city) == 4
    assert city.map.page(Filters(), None, 100) == before


def test_rebuilding_what_is_right_writes_nothing(city: Store) -> None:
    before = city.map.stamp()
    rebuild(city)
    assert city.map.stamp() == before


def test_a_rebuild_that_is_cut_off_leaves_what_it_mended(
    city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "SPAN", 1)
    with city.transaction() as tx:
        tx.map.unpublish_all()

    def cut_off(_what: str, done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(city, cut_off)
    assert 0 < len(city.map.page(Filters(), None, 100)) <= 2
    assert "map_counts_that_disagree" in city.broken_invariants()
    assert rebuild(city) == 4
    assert not city.broken_invariants()


def test_rebuilding_takes_out_what_stands_twice_or_in_another_place(city: Store) -> None:
    with city.transaction() as tx:
        for change in (
            "insert into released_occurrence select * from released_occurrence limit 1",
            "update released_occurrence set cell_city = 'x' where grid is null",
            "delete from map_count where kind = 'cell'",
        ):
            tx.map._fragment(change + " returning 1")
    rebuild(city)
    assert not city.broken_invariants()
    assert "x" not in {cell for cell, _ in city.map.cells(Filters())}


def test_what_is_withheld_again_leaves_the_map_at_once(store: Store) -> None:
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    assert names(store, Filters()) == ["夜鹭"]
    said(store, occurrence_id, Verdict.WITHHOLD)
    assert names(store, Filters()) == []


def test_values_are_bound_and_never_written_into_the_statement(city: Store) -> None:
    assert names(city, Filters(group_code="bird' or '1'='1", district="x; drop table event")) == []


def test_every_statement_that_is_narrowed_has_one_place_for_conditions() -> None:
    narrowed = {"groups", "listed", "page_from", "page_after", "cells", "quarters", "squares"}
    narrowed |= {"singles", "districts", *(f"richness_{level}" for level in range(6, 10))}
    for name in narrowed:
        assert statements(STATEMENTS)[name].count("1 = 1") == 1, name
    assert all("r." in condition for condition in CONDITIONS.values())


@pytest.mark.parametrize("resolution", [6, 7, 8, 9])
def test_richness_counts_species_and_records_a_cell_of_every_width(
    city: Store, resolution: int
) -> None:
    """At 西溪 a heron and a lotus, on 天目山 a heron; the pheasant's square has no cell."""
    richness = {
        cell: (records, species)
        for cell, records, species in city.map.richness(Filters(), resolution)
    }
    assert richness[cell_of(30.2694, 120.0631, resolution)] == (2, 2)
    assert richness[cell_of(30.34, 119.43, resolution)] == (1, 1)
    assert len(richness) == 2


def test_a_wide_cell_is_found_by_the_cells_that_make_it_up(city: Store) -> None:
    for resolution in (6, 8):
        spot = Cell(cell_of(30.2694, 120.0631, resolution))
        assert len(names(city, Filters(spot=spot))) == 2


def test_districts_count_species_and_records_by_the_public_place(city: Store) -> None:
    districts = {
        count.district: (count.species, count.records) for count in city.map.districts(Filters())
    }
    assert districts == {"330106": (3, 3), "330112": (1, 1)}


def test_subjects_and_months_narrow_the_map(city: Store) -> None:
    assert names(city, Filters(subject=Subject.PROTECTED)) == ["白颈长尾雉", "莲"]
    assert names(city, Filters(subject=Subject.INVASIVE)) == []
    everything = names(city, Filters())
    months = {record.event_day.month for record in city.map.listed(Filters(), 10)}
    assert sorted(names(city, Filters(months=tuple(months)))) == sorted(everything)
    assert names(city, Filters(months=tuple({1, 2, 12} - months))) == []


def test_a_portrait_tells_months_districts_and_where_it_was_seen(city: Store) -> None:
    heron = next(taxon for taxon in city.taxa.all_taxa() if taxon.vernacular_name == "夜鹭")
    summary = summary_of(city, heron, date(2026, 5, 12))
    assert summary.tally == Tally(heron.taxon_id, 2, date(2025, 5, 9), date(2026, 5, 9))
    assert summary.by_month == (0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0)
    assert {district.district for district in summary.districts} == {"330106", "330112"}
    assert [place.records for place in summary.this_week] == [1, 1]
    assert summary_of(city, heron, date(2026, 8, 12)).this_week == ()


def test_a_portrait_of_a_sensitive_taxon_says_nothing_of_where_to_look(city: Store) -> None:
    pheasant = city.taxa.taxon(PHEASANT)
    assert pheasant is not None
    summary = summary_of(city, pheasant, date(2026, 5, 12))
    assert summary.tally is not None and summary.tally.first_day == date(2026, 5, 1)
    assert summary.this_week == ()
    days = list(range(1, 367))
    assert city.map.seen_at(Filters(taxon_id=PHEASANT), days, 9) == []  # nor in storage


def test_found_taxa_are_those_with_a_public_record(city: Store) -> None:
    assert len(recorded_taxa(city)) == 3


SURVEYED = """insert into released_survey_occurrence (record_id, public_id, taxon_id,
    scientific_name, vernacular_name, basis_of_record, is_rough_at_source, is_demo, grid,
    decimal_latitude, decimal_longitude, first_day, last_day, district, cell_city, cell_quarter)
select cast(:record_id as uuid), cast(:public_id as uuid), cast(:taxon_id as uuid),
    'Nycticorax nycticorax', '夜鹭', 'HumanObservation', false, false, null, :latitude,
    :longitude, cast('2025-04-02' as date), cast('2025-04-02' as date), '330106', :cell, :quarter
returning record_id"""


def survey(store: Store, latitude: float, longitude: float) -> None:
    """A heron that a survey saw."""
    with store.transaction() as tx:
        tx.map._fragment(
            SURVEYED,
            record_id=new_id(),
            public_id=new_id(),
            taxon_id=NIGHT_HERON,
            latitude=latitude,
            longitude=longitude,
            cell=cell_of(latitude, longitude, 7),
            quarter=cell_of(latitude, longitude, 9),
        )


@pytest.fixture
def surveyed(city: Store) -> Iterator[Store]:
    """The city, and two herons of a survey: one at 西溪, one where nobody else was."""
    survey(city, 30.2694, 120.0631)
    survey(city, 29.6, 119.0)
    yield city
    with city.transaction() as tx:
        tx.datasets.publish_all()  # these rows have no dataset: the projection loses them again


def test_the_surveys_records_are_asked_for_apart(surveyed: Store) -> None:
    filters = Filters().of(Origin.SURVEY)
    assert names(surveyed, filters) == ["夜鹭", "夜鹭"]
    assert len(surveyed.map.cells(filters)) == 2
    assert explore(surveyed, filters, 9).contents.records == 2
    assert len(names(surveyed, Filters())) == 4


def test_a_verdict_of_the_desk_does_not_narrow_a_survey(surveyed: Store) -> None:
    plausible = Filters(statuses=(VerificationStatus.PLAUSIBLE,))
    assert len(names(surveyed, plausible.of(Origin.SURVEY))) == 2


def test_survey_and_citizens_are_compared_cell_by_cell(surveyed: Store) -> None:
    comparison = compare(surveyed, Filters())
    assert comparison.cells == {
        Compared.BOTH: 1,  # 西溪
        Compared.SURVEY_ALONE: 1,
        Compared.CITIZENS_ALONE: 1,  # 天目山
    }
    assert (comparison.citizens, comparison.surveyed) == (3, 2)


def test_a_species_tells_of_the_surveys_records_too(surveyed: Store) -> None:
    heron = surveyed.taxa.taxon(NIGHT_HERON)
    assert heron
    tally = summary_of(surveyed, heron, date(2026, 5, 12)).surveyed
    assert tally and (tally.records, tally.first_day) == (2, date(2025, 4, 2))


def test_tiles_compare_far_and_near(surveyed: Store) -> None:
    drawing = Drawing((1, 2, 3, 4, 5), Measure.COMPARED)
    far = features(surveyed, Filters(), Tile(7, 106, 52), drawing)
    kinds = sorted(cast(dict[str, int], one["properties"])["c"] for one in far)
    assert kinds == [1, 2, 3]
