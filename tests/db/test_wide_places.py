"""A citizen's record of a whole district, or of a place that is not sure to a kilometre."""

from db.photos import open_photos
from db.store import Store
from observations.commands.checking import check
from observations.map.around import around
from observations.map.exploring import Filters
from observations.map.projection import rebuild
from observations.map.tiling import SINGLE, Drawing, features
from observations.places.districts import DISTRICTS
from observations.verification.decisions import Verdict
from tests.support.sightings import XIXI, phone, record, said
from tests.support.tiles import tile_of

CHUNAN = DISTRICTS["330127"]
OF_THE_DISTRICT = {
    "latitude": CHUNAN.latitude,
    "longitude": CHUNAN.longitude,
    "uncertainty_m": round(CHUNAN.radius_m),
    "source": "named",
    "name": CHUNAN.name_zh,
}


def released(store: Store, **place: object) -> None:
    said(store, record(store, phone(store), place={**XIXI, **place}), Verdict.ACCEPT)


def test_a_record_of_a_district_is_no_point_and_in_no_cell(store: Store) -> None:
    released(store)
    released(store, **OF_THE_DISTRICT)
    assert sum(count for _, count in store.map.cells(Filters())) == 1
    assert sum(count for _, count in store.map.quarters(Filters())) == 1
    assert len(store.map.singles(Filters(), 10)) == 1
    [(square, count)] = store.map.squares(Filters(), (1, 2, 10))
    assert (square.grid, count) == (1, 1)
    for zoom in (8, 10, 12, 13, 14):
        tile = tile_of(CHUNAN.latitude, CHUNAN.longitude, zoom)
        drawn = features(store, Filters(), tile, Drawing((1, 2, 3, 4, 5), is_rough=True))
        kinds = {feature["properties"]["c"] for feature in drawn}  # type: ignore[index]
        assert SINGLE not in kinds
    assert [one.public_id for one in store.map.listed(Filters(spot=square), 10)] == [
        row.public_id for row in store.map.listed(Filters(district=CHUNAN.code), 10)
    ]


def test_it_is_of_its_district_and_met_around_no_place(store: Store) -> None:
    released(store, **OF_THE_DISTRICT)
    assert [one.district for one in store.map.districts(Filters())] == [CHUNAN.code]
    assert around(store, CHUNAN.latitude, CHUNAN.longitude, 3_000).tallies == ()


def test_a_circle_across_districts_is_of_none(store: Store) -> None:
    released(store, uncertainty_m=20_000)
    assert store.map.districts(Filters()) == []
    assert [row.district for row in store.map.listed(Filters(), 10)] == [None]


def test_a_place_sure_to_a_kilometre_is_a_point(store: Store) -> None:
    released(store, uncertainty_m=1_000)
    assert len(store.map.singles(Filters(), 10)) == 1
    assert len(store.map.districts(Filters())) == 1


def test_held_counts_and_checks_agree_with_wide_places(store: Store, tmp_path: object) -> None:
    for metres in (8, 1_200, 5_000, 20_000, 55_000):
        released(store, uncertainty_m=metres)
    squares = store.map.squares(Filters(), (1, 2, 10))
    assert {square.grid: count for square, count in squares} == {1: 1, 2: 1, 10: 2}
    assert check(store, open_photos(f"file://{tmp_path}/photos")) == []
    assert rebuild(store) == 5
    assert check(store, open_photos(f"file://{tmp_path}/photos")) == []
