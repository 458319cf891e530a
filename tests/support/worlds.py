"""Two cities that must look the same from outside: 1,000 secrets are elsewhere in each.

In one a secret is somewhere in its square of the public grid, in the other somewhere else in the
same square; its hour, day in the month, observer, note, own id and exact district differ too. What
may never be public at all (category 1, a sealed case) is in the first alone. Some secrets have a
picture that an open sighting has too, or one like it: in each city that of another one. A public
answer that differs between the two reveals something of a secret.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import floor
from uuid import UUID

from db.store import Store, Transaction
from observations.festivals.festival import Festival, Team
from observations.map.projection import rebuild
from observations.media.hashing import sha256_of
from observations.occurrences.same_photos import quarters_of
from observations.people.observer import Observer
from observations.places.districts import CITY_BOX, district_of
from observations.taxa.taxon import Taxon

SECRETS, OPEN = 1_000, 300
PICTURES = 40
FESTIVAL = (date(2025, 4, 1), date(2025, 5, 1))
SEED = 22_05_2026
MONTHS = tuple(date(2025, month, 1) for month in range(1, 13))
ANCHOR = datetime(2026, 1, 1, tzinfo=UTC)
CELLS_A_DEGREE = {2: 10, 3: 100, 4: 1000}
HIDDEN, UNNAMED, SEALED = "hidden", "unnamed", "sealed"

INSERTS = (
    """insert into event (event_id, event_date, is_time_known, decimal_latitude,
        decimal_longitude, coordinate_uncertainty_in_meters, place_source, place_name,
        datum_as_given, district, hides_exact_place)
    select unnest(cast(:ids as uuid[])), unnest(cast(:times as timestamptz[])), true,
        unnest(cast(:latitudes as double precision[])),
        unnest(cast(:longitudes as double precision[])), 5, 'exif',
        unnest(cast(:notes as text[])), 'WGS-84', unnest(cast(:districts as text[])),
        unnest(cast(:hidden as boolean[])) where 1 = 1""",
    """insert into occurrence (occurrence_id, event_id, observer_id, public_id, note,
        submitted_at, is_demo)
    select unnest(cast(:ids as uuid[])), unnest(cast(:ids as uuid[])),
        unnest(cast(:observers as uuid[])), unnest(cast(:public_ids as uuid[])),
        unnest(cast(:notes as text[])), unnest(cast(:times as timestamptz[])), false
    where 1 = 1""",
    """insert into identification (identification_id, occurrence_id, taxon_id, verbatim_name,
        group_code, identified_at)
    select unnest(cast(:ids as uuid[])), unnest(cast(:ids as uuid[])),
        unnest(cast(:taxa as uuid[])), '', unnest(cast(:groups as text[])),
        unnest(cast(:times as timestamptz[])) where 1 = 1""",
    """insert into review (subject_id, kind, observer_id, submitted_at, verification_status,
        release_status, is_waiting, waiting_since, is_demo)
    select unnest(cast(:ids as uuid[])), 'occurrence', unnest(cast(:observers as uuid[])),
        unnest(cast(:times as timestamptz[])), 'accepted_considered_correct',
        unnest(cast(:releases as text[])), false, unnest(cast(:times as timestamptz[])), false
    where 1 = 1""",
)


PHOTOS = (
    """insert into media (upload_id, device_id, sha256, perceptual_hash, media_type, width,
        height, byte_count, uploaded_at, quarter_1, quarter_2, quarter_3, quarter_4)
    select gen_random_uuid(), gen_random_uuid(), unnest(cast(:sha256s as text[])),
        unnest(cast(:hashes as text[])), 'image/jpeg', 800, 600, 9000, current_timestamp,
        unnest(cast(:q1 as integer[])), unnest(cast(:q2 as integer[])),
        unnest(cast(:q3 as integer[])), unnest(cast(:q4 as integer[])) where 1 = 1""",
    """insert into occurrence_media (occurrence_id, position, sha256, licence)
    select unnest(cast(:ids as uuid[])), 1, unnest(cast(:sha256s as text[])), 'CC BY 4.0'
    where 1 = 1""",
    """insert into photo_digest (sha256, is_damaged)
    select distinct s.sha256, false
    from (select unnest(cast(:sha256s as text[])) as sha256) as s where 1 = 1""",
)


@dataclass(frozen=True)
class Seen:
    """One sighting; `grid` is its public square's, None for an exact one."""

    own_id: UUID
    public_id: UUID
    taxon: Taxon | None
    latitude: float
    longitude: float
    at: datetime
    observer: int
    grid: int | None
    hides: bool = False
    release: str = "released"
    picture: int | None = None
    is_copy: bool = False  # its picture is one like that, in other bytes


@dataclass
class World:
    """The sightings of both cities, and the secrets of this one."""

    seen: list[Seen] = field(default_factory=list)

    @property
    def secrets(self) -> list[Seen]:
        """The sightings whose place is secret."""
        return [one for one in self.seen if one.grid or one.release != "released"]


def first_world(taxa: Sequence[Taxon]) -> World:
    """The one city."""
    dice = random.Random(SEED)
    kinds = _kinds(taxa)
    secrets = [_secret(dice, dice.choice(kinds)) for _ in range(SECRETS)]
    usual = [taxon for taxon in taxa if not taxon.is_sensitive][:60]
    beside = [_beside(dice, dice.choice(secrets), dice.choice(usual)) for _ in range(OPEN)]
    taken = [replace(one, picture=number) for number, one in enumerate(beside[:PICTURES])]
    shared = [
        replace(one, picture=number % PICTURES, is_copy=number % 2 == 1)
        for number, one in enumerate(secrets[: 4 * PICTURES])
    ]
    return World([*shared, *secrets[4 * PICTURES :], *taken, *beside[PICTURES:]])


def other_world(world: World) -> World:
    """The same city with every secret elsewhere in its square, or not there at all."""
    dice = random.Random(SEED + 1)
    return World([_moved(dice, one) if one.grid else one for one in world.seen if _may_be(one)])


def _may_be(one: Seen) -> bool:
    """Whether anything of it is public."""
    is_withheld = one.taxon is not None and one.taxon.sensitive_category == 1
    return one.release == "released" and not is_withheld


def _kinds(taxa: Sequence[Taxon]) -> list[tuple[Taxon | None, str]]:
    """Every sensitive taxon, and ordinary ones that are hidden, unnamed, or in a sealed case."""
    sensitive = [(taxon, "") for taxon in taxa if taxon.is_sensitive]
    usual = [taxon for taxon in taxa if not taxon.is_sensitive][:20]
    hidden: list[tuple[Taxon | None, str]] = [(taxon, HIDDEN) for taxon in usual]
    sealed = [(taxon, SEALED) for taxon in usual[:10]]
    return [*sensitive, *hidden, *([(None, UNNAMED)] * 10), *sealed]


def _secret(dice: random.Random, kind: tuple[Taxon | None, str]) -> Seen:
    taxon, why = kind
    category = taxon.sensitive_category if taxon else None
    grid = 10 if why in (HIDDEN, UNNAMED) else CELLS_A_DEGREE.get(category or 0)
    latitude, longitude = _anywhere(dice)
    return Seen(
        own_id=_id(dice),
        public_id=_id(dice),
        taxon=taxon,
        latitude=latitude,
        longitude=longitude,
        at=_moment(dice, dice.choice(MONTHS)),
        observer=dice.randrange(5),
        grid=grid,
        hides=why == HIDDEN,
        release="withheld" if why == SEALED else "released",
    )


def _beside(dice: random.Random, secret: Seen, taxon: Taxon) -> Seen:
    """An open sighting by a secret's observer, minutes before it and some steps away."""
    return replace(
        secret,
        own_id=_id(dice),
        public_id=_id(dice),
        taxon=taxon,
        latitude=secret.latitude + 0.0004,
        at=secret.at - timedelta(minutes=3),
        grid=None,
        hides=False,
        release="released",
    )


def _moved(dice: random.Random, one: Seen) -> Seen:
    """The sighting elsewhere in its square, at another hour of its month, by somebody else."""
    grid = one.grid or 1
    south, west = floor(one.latitude * grid) / grid, floor(one.longitude * grid) / grid
    return replace(
        one,
        own_id=_id(dice),
        latitude=south + dice.uniform(0.05, 0.95) / grid,
        longitude=west + dice.uniform(0.05, 0.95) / grid,
        at=_moment(dice, one.at.date().replace(day=1)),
        observer=(one.observer + 1 + dice.randrange(4)) % 5,
        picture=None if one.picture is None else (one.picture + 1) % PICTURES,
    )


def _anywhere(dice: random.Random) -> tuple[float, float]:
    while True:
        latitude = dice.uniform(CITY_BOX.south, CITY_BOX.north)
        longitude = dice.uniform(CITY_BOX.west, CITY_BOX.east)
        if district_of(latitude, longitude):
            return latitude, longitude


def _moment(dice: random.Random, month: date) -> datetime:
    """Some minute of the 2nd to the 27th, whatever the time zone."""
    first = datetime(month.year, month.month, 2, 1, tzinfo=UTC)
    return first + timedelta(minutes=dice.randrange(25 * 24 * 60))


def _id(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def observer_id(number: int) -> UUID:
    """One of the five people of both cities."""
    return UUID(int=0xC0FFEE00000040008000000000000000 + number)


def settle(store: Store, world: World) -> None:
    """Write the city into an empty store and build its projection."""
    columns = _columns(world.seen)
    with store.transaction() as tx:
        for number in range(5):
            person = (observer_id(number), f"阿{number}", "330106", True, ANCHOR, None, False)
            tx.people.add_observer(Observer(*person))
            tx.people.choose_boards(observer_id(number), True)
        _hold_festival(tx)
        for statement in INSERTS:
            names = {name for name in columns if f":{name} " in statement}
            tx.map._fragment(statement, **{name: columns[name] for name in names})
        photos = _photo_columns(world.seen)
        for statement in PHOTOS if photos["ids"] else ():
            names = {name for name in photos if f":{name} " in statement}
            tx.map._fragment(statement, **{name: photos[name] for name in names})
    rebuild(store)


def _hold_festival(tx: Transaction) -> None:
    """A festival in April 2025 in the whole city, two teams, everybody in one of them."""
    festival = Festival(_known_id(1), "四月观察节", "424242", *FESTIVAL, (), _known_id(2), ANCHOR)
    tx.festivals.add_festival(festival)
    teams = [Team(_known_id(number), festival.festival_id, f"{number} 队") for number in (3, 4)]
    for team in teams:
        tx.festivals.add_team(team, ANCHOR)
    for number in range(5):
        tx.people.link_device(_known_id(10 + number), observer_id(number), ANCHOR)
        tx.festivals.join(teams[number % 2], _known_id(10 + number), ANCHOR)


def _known_id(number: int) -> UUID:
    return UUID(int=0xFE571A100000040008000000000000000 % 2**127 + number)


def _photo_columns(sightings: Sequence[Seen]) -> dict[str, list[object]]:
    """The photos of those that have one: names and picture hashes."""
    shown = [one for one in sightings if one.picture is not None]
    hashes = [_hash_of(one) for one in shown]
    quarters = list(zip(*(quarters_of(one) for one in hashes), strict=True))
    return {
        "ids": [one.own_id for one in shown],
        "sha256s": [sha256_of(f"{one.picture} {one.is_copy}".encode()) for one in shown],
        "hashes": list(hashes),
        **{f"q{number}": list(column) for number, column in enumerate(quarters, 1)},
    }


def _hash_of(one: Seen) -> str:
    """A picture's hash; that of its copy differs in two bits."""
    own = random.Random(one.picture).getrandbits(64)
    return f"{own ^ (0b1001 << 30 if one.is_copy else 0):016x}"


def _columns(sightings: Sequence[Seen]) -> dict[str, list[object]]:
    return {
        "ids": [one.own_id for one in sightings],
        "public_ids": [one.public_id for one in sightings],
        "times": [one.at for one in sightings],
        "latitudes": [one.latitude for one in sightings],
        "longitudes": [one.longitude for one in sightings],
        "notes": [f"{one.latitude:.6f} {one.longitude:.6f}" for one in sightings],
        "districts": list(_districts(sightings)),
        "hidden": [one.hides for one in sightings],
        "observers": [observer_id(one.observer) for one in sightings],
        "taxa": [one.taxon.taxon_id if one.taxon else None for one in sightings],
        "groups": [None if one.taxon else "plant" for one in sightings],
        "releases": [one.release for one in sightings],
    }


def _districts(sightings: Sequence[Seen]) -> Iterator[str | None]:
    for one in sightings:
        district = district_of(one.latitude, one.longitude)
        yield district.code if district else None
