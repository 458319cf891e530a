"""A city of any number of public records, written straight into the projection.

Three in four lie around the places that the demo knows, the others anywhere in the city: from
10,000 records on hardly a wide cell is empty. One in twenty is generalised. The same number always
gives the same records.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from db.opening import open_store
from db.store import Store
from observations.occurrences.occurrence import PublicPlace
from observations.places.cells import CITY_RESOLUTION, QUARTER_RESOLUTION, cell_of
from observations.places.districts import CITY_BOX, district_of
from observations.places.key_places import KEY_PLACES
from observations.taxa.taxon import Taxon

BATCH = 50_000
NEAR_A_PLACE, GENERALISED, TOWN_SPREAD = 0.75, 0.05, 0.06  # shares, and degrees
SQUARES_A_DEGREE = (10, 10, 100, 1000)
FIRST_DAY, DAYS = date(2023, 1, 1), 1_200
SEED = 20_260_522
INSERT = """
insert into released_occurrence
select u.occurrence_id, u.public_id, null, null, null, true, u.status, u.taxon_id,
    t.scientific_name, t.vernacular_name, t.english_name, t.group_code, u.grid, u.latitude,
    u.longitude, 12.0, u.day, u.district, u.cell, u.quarter, null, 0, u.grid
from (
    select unnest(cast(:ids as uuid[])) as occurrence_id,
        unnest(cast(:public_ids as uuid[])) as public_id,
        unnest(cast(:statuses as text[])) as status, unnest(cast(:taxa as uuid[])) as taxon_id,
        unnest(cast(:grids as integer[])) as grid,
        unnest(cast(:latitudes as double precision[])) as latitude,
        unnest(cast(:longitudes as double precision[])) as longitude,
        unnest(cast(:days as date[])) as day, unnest(cast(:districts as text[])) as district,
        unnest(cast(:cells as text[])) as cell, unnest(cast(:quarters as text[])) as quarter
) as u join taxon as t on t.taxon_id = u.taxon_id
"""
Point = tuple[float, float]


def fill(home: Path, count: int, url: str | None = None) -> None:
    """A new store in `home`, or the empty one at `url`, with `count` public records."""
    home.mkdir(parents=True)
    store = open_store(url or f"duckdb:///{home / 'luji.duckdb'}")
    dice = random.Random(SEED)
    taxa = [taxon for taxon in store.taxa.all_taxa() if not taxon.is_sensitive]
    weights = [1 / (rank + 1) for rank in range(len(taxa))]
    for first in range(0, count, BATCH):
        _insert(store, dice, taxa, weights, min(BATCH, count - first))
    with store.transaction() as tx:
        tx.map.count_all()
    store.close()


def _insert(
    store: Store,
    dice: random.Random,
    taxa: Sequence[Taxon],
    weights: Sequence[float],
    count: int,
) -> None:
    points = list(_points(dice, count))
    grids = [dice.choice(SQUARES_A_DEGREE) if dice.random() < GENERALISED else None for _ in points]
    public_points = [_seen(point, grid) for point, grid in zip(points, grids, strict=True)]
    places = [_place(point, grid) for point, grid in zip(public_points, grids, strict=True)]
    with store.transaction() as tx:
        tx.map._fragment(
            INSERT + "where 1 = 1 returning grid",
            ids=[UUID(int=dice.getrandbits(128), version=4) for _ in points],
            public_ids=[UUID(int=dice.getrandbits(128), version=4) for _ in points],
            statuses=["accepted_considered_correct"] * count,
            taxa=[taxon.taxon_id for taxon in dice.choices(taxa, weights, k=count)],
            grids=grids,
            latitudes=[point[0] for point in public_points],
            longitudes=[point[1] for point in public_points],
            days=[FIRST_DAY + timedelta(days=dice.randrange(DAYS)) for _ in points],
            districts=[place.district for place in places],
            cells=[place.cell_city for place in places],
            quarters=[place.cell_quarter for place in places],
        )


def _points(dice: random.Random, count: int) -> Iterator[Point]:
    for _ in range(count):
        yield _near_a_place(dice) if dice.random() < NEAR_A_PLACE else _anywhere(dice)


def _near_a_place(dice: random.Random) -> Point:
    place = dice.choice(KEY_PLACES)
    while True:
        latitude = dice.gauss(place.latitude, TOWN_SPREAD)
        longitude = dice.gauss(place.longitude, TOWN_SPREAD)
        if _is_in_the_city(round(latitude, 2), round(longitude, 2)):
            return round(latitude, 6), round(longitude, 6)


def _anywhere(dice: random.Random) -> Point:
    while True:
        latitude = dice.uniform(CITY_BOX.south, CITY_BOX.north)
        longitude = dice.uniform(CITY_BOX.west, CITY_BOX.east)
        if _is_in_the_city(round(latitude, 2), round(longitude, 2)):
            return round(latitude, 6), round(longitude, 6)


@lru_cache(maxsize=100_000)
def _is_in_the_city(latitude: float, longitude: float) -> bool:
    return district_of(latitude, longitude) is not None


def _seen(point: Point, grid: int | None) -> Point:
    if grid is None:
        return point
    return (int(point[0] * grid) + 0.5) / grid, (int(point[1] * grid) + 0.5) / grid


def _place(point: Point, grid: int | None) -> PublicPlace:
    """The cells of the point, and the district of a point within half a kilometre.

    That is exact enough for measurements.
    """
    near = _district(round(point[0], 2), round(point[1], 2))
    fine = None if grid else cell_of(*point, QUARTER_RESOLUTION)
    return PublicPlace(near, cell_of(*point, CITY_RESOLUTION), fine)


@lru_cache(maxsize=100_000)
def _district(latitude: float, longitude: float) -> str | None:
    district = district_of(latitude, longitude)
    return district.code if district else None
