"""A city of any number of sightings, with every table that grows with them.

These are people, browsers, photos, names, decisions, points, boards, low-carbon actions and the
log. There are a hundred sightings a person, one in four with an action; over three years until now.
The last hundredth waits at the desk, one in twenty was not accepted and one in twenty hides its
place. A few taxa are frequent, most are rare. The city is the same on both engines, and each time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from db.engines.engine import execute
from db.store import Store
from observations.occurrences.occurrence import public_place
from observations.people.consent import CONSENT_VERSION
from observations.places.districts import CITY_BOX, DISTRICTS, district_of

SIGHTINGS_A_PERSON = 100
SPOTS, YEARS = 20_000, 3
VERIFIERS = 20
GOLDEN = 0.6180339887498949  # its multiples are evenly spread, in no visible order
SPOT = """create table bench_spot (n bigint, latitude double precision, longitude double precision,
    district text, cell_city text, cell_quarter text, rough_district text, rough_cell text)"""
SPOT_ROWS = """insert into bench_spot select unnest(cast(:n as bigint[])),
    unnest(cast(:latitudes as double precision[])), unnest(cast(:longitudes as double precision[])),
    unnest(cast(:districts as text[])), unnest(cast(:cells as text[])),
    unnest(cast(:quarters as text[])), unnest(cast(:rough_districts as text[])),
    unnest(cast(:rough_cells as text[]))"""
# Of every sighting n: who, where, what, when, and its status.
SIGHTING = """create table bench_sighting as
select s.n, s.n % {people} + 1 as person, s.n * 7919 % {spots} as spot, t.taxon_id, t.group_code,
    {id_1} as occurrence_id, {id_2} as event_id, {id_3} as identification_id, {id_4} as decision_id,
    {id_5} as upload_id, {observer} as observer_id, {device} as device_id,
    cast(md5(cast(s.n as text)) as uuid) as public_id,
    md5(cast(s.n as text)) || md5(cast(-s.n as text)) as sha256,
    cast('{began}' as timestamptz) + s.n * {step} * interval '1 second' as submitted_at,
    s.n > {decided} as is_waiting, s.n % 20 = 0 as is_refused, s.n % 20 = 7 as is_hidden
from (select cast(g as bigint) as n from generate_series(1, {count}) as q(g)) as s
join (select taxon_id, group_code, row_number() over (order by list_order, taxon_id) as k
      from taxon where sensitive_category is null) as t
    on t.k = cast(floor(exp((s.n * 7919 % 100003) / 100003.0 * ln({taxa}))) as bigint)"""
PEOPLE = """insert into observer
    (observer_id, nickname, home_district, on_boards, joined_at, is_demo)
select {observer}, 'bench ' || cast(n as text), (array[{districts}])[n % 13 + 1], n % 2 = 0,
    cast('{began}' as timestamptz), false
from (select cast(g as bigint) as n from generate_series(1, {people}) as q(g)) as s"""
BROWSERS = """insert into device (device_id, observer_id, linked_at)
select {device}, {observer}, cast('{began}' as timestamptz)
from (select cast(g as bigint) as n from generate_series(1, {people}) as q(g)) as s"""
CONSENTS = """insert into consent
    (consent_id, device_id, version, allows_place, photo_licence, consented_at)
select {id_6}, {device}, '{consent}', true, 'CC BY 4.0', cast('{began}' as timestamptz)
from (select cast(g as bigint) as n from generate_series(1, {people}) as q(g)) as s"""
STAFF = """insert into staff
    (staff_id, username, password_hash, role, is_disabled, is_demo, added_at)
select {id_7}, 'bench ' || cast(n as text), '', 'verifier', false, false,
    cast('{began}' as timestamptz)
from (select cast(g as bigint) as n from generate_series(1, {verifiers}) as q(g)) as s"""
ROWS = {
    "media": """insert into media (upload_id, device_id, sha256, perceptual_hash, media_type, width,
    height, byte_count, uploaded_at, stored_bytes, quarter_1, quarter_2, quarter_3, quarter_4)
select upload_id, device_id, sha256, substr(md5(sha256), 1, 16), 'image/jpeg', 1600, 1200, 320000,
    submitted_at, 200000, n * 7919 % 65536, n * 104729 % 65536, n * 1299709 % 65536, n % 65536
from bench_sighting order by n""",
    "photo_digest": """insert into photo_digest (sha256, is_damaged)
select sha256, false from bench_sighting group by sha256""",
    "event": """insert into event (event_id, event_date, is_time_known, decimal_latitude,
    decimal_longitude, coordinate_uncertainty_in_meters, place_source, place_name, datum_as_given,
    district, hides_exact_place)
select s.event_id, s.submitted_at - interval '2 hours', true, p.latitude, p.longitude, 12, 'device',
    '', 'WGS84', p.district, s.is_hidden
from bench_sighting as s join bench_spot as p on p.n = s.spot order by s.n""",
    "occurrence": """insert into occurrence (occurrence_id, event_id, observer_id, public_id,
    individual_count, establishment_means, note, submitted_at, is_demo)
select occurrence_id, event_id, observer_id, public_id, 1, null, '', submitted_at, false
from bench_sighting order by n""",
    "occurrence_media": """insert into occurrence_media (occurrence_id, position, sha256, licence)
select occurrence_id, 1, sha256, 'CC BY 4.0' from bench_sighting order by n""",
    "identification": """insert into identification (identification_id, occurrence_id, taxon_id,
    verbatim_name, group_code, identified_by_observer, identified_at)
select identification_id, occurrence_id, taxon_id, '', group_code, observer_id, submitted_at
from bench_sighting order by n""",
    "occurrence_check": """insert into occurrence_check (occurrence_id, code, is_flag, details)
select occurrence_id, 'unexpected_season', true, '' from bench_sighting where n % 10 = 0
order by n""",
    "review": """insert into review (subject_id, kind, observer_id, submitted_at,
    verification_status, release_status, decision_id, is_waiting, waiting_since, is_demo)
select occurrence_id, 'occurrence', observer_id, submitted_at,
    case when is_waiting then 'unconfirmed' when is_refused then 'not_accepted_incorrect'
        else 'accepted_considered_correct' end,
    case when is_waiting then 'pending' when is_refused then 'withheld' else 'released' end,
    case when is_waiting then null else decision_id end, is_waiting, submitted_at, false
from bench_sighting order by n""",
    "decision": """insert into decision (decision_id, subject_id, verdict, verification_status,
    release_status, is_waiting, reason, message, rules_out_sensitive, decided_by_staff, decided_at)
select decision_id, occurrence_id, case when is_refused then 'reject' else 'accept' end,
    case when is_refused then 'not_accepted_incorrect' else 'accepted_considered_correct' end,
    case when is_refused then 'withheld' else 'released' end, false,
    case when is_refused then 'wrong_name' end, '', false, {verifier},
    submitted_at + interval '1 hour'
from bench_sighting as s where not is_waiting order by n""",
    "posting": """insert into posting (posting_id, idempotency_key, from_account, to_account,
    amount, kind, cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo)
select decision_id, 'bench:' || cast(n as text), 'city', 'observer:' || cast(observer_id as text),
    5, 'award', 'occurrence', occurrence_id, observer_id,
    cast(submitted_at at time zone 'Asia/Shanghai' as date), submitted_at + interval '1 hour', false
from bench_sighting where not is_waiting and not is_refused order by n""",
    "action_entry": """insert into action_entry (action_entry_id, observer_id, action_code,
    action_version, activity_data, unit, saving_factor, avoided_kg_co2e, full_points, points,
    done_on, note, logged_at, is_demo)
select {action_id}, s.observer_id, a.code, a.version, 1, a.unit, a.saving_factor,
    case when a.saving_factor is not null then 0 end, 1, 1,
    cast(s.submitted_at at time zone 'Asia/Shanghai' as date), '', s.submitted_at, false
from bench_sighting as s
join (select *, row_number() over (order by sort_order, code) as k from (
        select distinct on (code) * from action order by code, version desc nulls last) as v) as a
    on a.k = s.n / 4 % 20 + 1
where s.n % 4 = 0 order by s.n""",
    "the points of actions": """insert into posting (posting_id, idempotency_key, from_account,
    to_account, amount, kind, cause_kind, cause_id, observer_id, earned_on, posted_at, is_demo)
select {action_posting}, 'bench action:' || cast(n as text), 'city',
    'observer:' || cast(observer_id as text), 1, 'award', 'self_report', {action_id}, observer_id,
    cast(submitted_at at time zone 'Asia/Shanghai' as date), submitted_at, false
from bench_sighting as s where n % 4 = 0 order by n""",
    "where they lived": """update posting set home_district = o.home_district
from observer as o where o.observer_id = posting.observer_id and o.home_district <> 'elsewhere'""",
    "log_entry": """insert into log_entry (entry_id, action, subject_id, observer_id, details,
    logged_at)
select {log_id}, 'occurrence.submitted', occurrence_id, observer_id, '', submitted_at
from bench_sighting as s order by n""",
    "released_occurrence": """insert into released_occurrence
select v.occurrence_id, v.public_id, v.observer_id, v.individual_count, v.establishment_means,
    v.is_demo, v.verification_status, v.taxon_id, v.scientific_name, v.vernacular_name,
    v.english_name, v.group_code, v.grid, v.decimal_latitude, v.decimal_longitude,
    v.coordinate_uncertainty_in_meters, v.event_day,
    case when v.grid is null then p.district else p.rough_district end,
    case when v.grid is null then p.cell_city else p.rough_cell end,
    case when v.square is null then p.cell_quarter end, s.sha256, 1, v.square
from public_occurrence as v
join bench_sighting as s on s.occurrence_id = v.occurrence_id
join bench_spot as p on p.n = s.spot order by s.n""",
}


def person(number: int) -> UUID:
    """The observer of that number, from 1."""
    return UUID(f"00000000-0000-7000-8000-{number:012d}")


def browser(number: int) -> UUID:
    """The browser of that observer."""
    return UUID(f"00000000-0000-7000-8001-{number:012d}")


def sighting(number: int) -> UUID:
    """The sighting of that number, from 1, the oldest."""
    return UUID(f"00000000-0000-7000-9001-{number:012d}")


def people(count: int) -> int:
    """The number of people who made `count` sightings."""
    return max(1, count // SIGHTINGS_A_PERSON)


def verifier(number: int) -> UUID:
    """The member of staff of that number, from 1."""
    return UUID(f"00000000-0000-7000-9007-{number:012d}")


def fill(store: Store, count: int, now: datetime) -> None:
    """Fill an empty, migrated store; on PostgreSQL also its statistics."""
    words = _words(store, count, now)
    _run(store, SPOT)
    _spots(store)
    _run(store, SIGHTING.format(**words))
    for statement in (PEOPLE, BROWSERS, CONSENTS, STAFF, *ROWS.values()):
        _run(store, statement.format(**words))
    for table in ("bench_sighting", "bench_spot"):
        _run(store, f"drop table {table}")
    with store.transaction() as tx:
        tx.points.rebuild_boards()
        tx.map.count_all()
    if store.engine_name == "postgresql":
        with store._engine.migrating() as connection:
            connection.execute("vacuum analyze")


def _words(store: Store, count: int, now: datetime) -> dict[str, object]:
    """The values that complete the statements."""
    span = timedelta(days=365 * YEARS)
    ids = {f"id_{kind}": _id(f"9{kind:03d}") for kind in range(1, 8)}
    taxa = sum(not taxon.is_sensitive for taxon in store.taxa.all_taxa())
    return {
        **ids,
        "count": count,
        "people": people(count),
        "verifiers": VERIFIERS,
        "spots": SPOTS,
        "taxa": taxa,
        "decided": count - count // 100,
        "consent": CONSENT_VERSION,
        "began": (now - span).isoformat(),
        "step": span.total_seconds() / (count + 1),
        "districts": ", ".join(f"'{code}'" for code in DISTRICTS),
        "observer": _id("8000", f"n % {people(count)} + 1"),
        "device": _id("8001", f"n % {people(count)} + 1"),
        "verifier": _id("9007", f"n % {VERIFIERS} + 1"),
        "action_id": _id("9008"),
        "action_posting": _id("9009"),
        "log_id": _id("9010"),
    }


def _id(kind: str, number: str = "n") -> str:
    return f"cast('00000000-0000-7000-{kind}-' || lpad(cast({number} as text), 12, '0') as uuid)"


def _spots(store: Store) -> None:
    """Add places inside the city: exact ones, and centres of squares of 0.1 degrees."""
    rows = [(n, *point) for n, point in enumerate(_points(SPOTS))]
    exact = [public_place(latitude, longitude, None) for _, latitude, longitude in rows]
    rough = [
        public_place(_middle(latitude), _middle(longitude), 10) for _, latitude, longitude in rows
    ]
    _run(
        store,
        SPOT_ROWS,
        n=[row[0] for row in rows],
        latitudes=[row[1] for row in rows],
        longitudes=[row[2] for row in rows],
        districts=[place.district for place in exact],
        cells=[place.cell_city for place in exact],
        quarters=[place.cell_quarter for place in exact],
        rough_districts=[place.district for place in rough],
        rough_cells=[place.cell_city for place in rough],
    )


def _middle(degrees: float) -> float:
    return int(degrees * 10 + 1e-9) / 10 + 0.05


def _points(count: int) -> Sequence[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    height, width = CITY_BOX.north - CITY_BOX.south, CITY_BOX.east - CITY_BOX.west
    turn = 0
    while len(points) < count:
        turn += 1
        latitude = round(CITY_BOX.south + turn * GOLDEN % 1 * height, 5)
        longitude = round(CITY_BOX.west + turn * GOLDEN * GOLDEN * 7 % 1 * width, 5)
        if district_of(latitude, longitude):
            points.append((latitude, longitude))
    return points


def _run(store: Store, sql: str, **values: Any) -> None:
    """Run a statement of the bench's own, in a transaction."""
    with store._engine.writing() as connection:
        execute(store._engine, connection, sql, values) if values else connection.execute(sql)
