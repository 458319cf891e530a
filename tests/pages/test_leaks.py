"""No public door tells where a secret lies: two cities with 1,000 of them look the same.

`docs/privacy.md` names, for each guard, the test of this file (or another) that fails without it.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.opening import open_store
from observations.map.spots import square_of
from observations.map.tiling import Tile
from observations.occurrences import season_and_range
from observations.occurrences.before_saving import check_before_saving
from observations.occurrences.deciding import NewName
from observations.occurrences.draft import read_draft
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.surveys.case_steps import Candidate, open_case
from observations.surveys.levels import Level
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import boards, dwca, occurrences, photos, taxa, tiles
from pages.api.records_check import described
from pages.parts import runtime
from pages.parts.taxa import checklist
from tests.support.cast import HE_QING
from tests.support.photographs import hangzhou_jpeg, plain_jpeg
from tests.support.sightings import NIGHT_HERON, NOW, phone, photo, record, said
from tests.support.site import Site
from tests.support.tiles import tile_of
from tests.support.worlds import Seen, World, first_world, other_world, settle

PHEASANT = taxon_id_of("Syrmaticus ellioti")
SALAMANDER = taxon_id_of("Hynobius amjiensis")
METADATA = (b"EXIF", b"Exif", b"XMP ", b"GPS", b"ICCP")
SECRET = {"latitude": 30.211347, "longitude": 120.186759, "uncertainty_m": 4, "source": "exif"}
WHOLE_CITY = [Tile(7, 106, 52), Tile(7, 106, 53)]
Answers = dict[str, str]
Door = Callable[[TestClient, list[Seen]], Answers]


@pytest.fixture(scope="module")
def cities(
    tmp_path_factory: pytest.TempPathFactory, duckdb_template: Path
) -> Iterator[tuple[Path, Path, World]]:
    """Two stores as files, and the first one's sightings."""
    folder = tmp_path_factory.mktemp("cities")
    paths = (folder / "one.duckdb", folder / "other.duckdb")
    for path in paths:
        shutil.copyfile(duckdb_template, path)
    store = open_store(f"duckdb:///{paths[0]}")
    one = first_world(store.taxa.all_taxa())
    settle(store, one)
    assert "public_and_not_in_the_projection" not in store.broken_invariants()
    store.close()
    store = open_store(f"duckdb:///{paths[1]}")
    settle(store, other_world(one))
    store.close()
    yield paths[0], paths[1], one


def enter(site: Site, path: Path) -> TestClient:
    """Be a stranger in that city."""
    runtime.close()
    shutil.copyfile(path, site.home / "luji.duckdb")
    # no city answers with another's file
    shutil.rmtree(site.home / dwca.FOLDER, ignore_errors=True)
    checklist._found_of.cache_clear()
    rooms = (occurrences, tiles, taxa, dwca, boards)
    return TestClient(Starlette(routes=[route for room in rooms for route in room.ROUTES]))


def fetched(client: TestClient, *addresses: str) -> Answers:
    """Each address with the hash of what it answers, its tag and its links included."""
    hashes = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:200]}"
        told = answer.content + repr(sorted(answer.headers.items())).encode()
        hashes[address] = hashlib.sha256(told).hexdigest()
    return hashes


def tile_under(one: Seen, zoom: int) -> Tile:
    return tile_of(one.latitude, one.longitude, zoom)


def address(tile: Tile, **query: object) -> str:
    return f"/tiles/{tile.zoom}/{tile.x}/{tile.y}.json?{urlencode(query)}"


def far_tiles(client: TestClient, secrets: list[Seen]) -> Answers:
    """The whole city, by every filter there is."""
    queries: list[dict[str, object]] = [{}, {"wide": 1}, {"rough": 1}, {"measure": "species"}]
    queries += [{"subject": "protected"}, {"months": "4,5"}, {"from": "2025-03-10"}]
    queries += [{"group": group} for group in ("bird", "plant", "amphibian")]
    queries += [{"district": "330112", "group": "bird"}]
    queries += [{"taxon_id": one.taxon.taxon_id, "rough": 1} for one in secrets[:12] if one.taxon]
    return fetched(client, *(address(tile, **q) for tile in WHOLE_CITY for q in queries))


def near_tiles(client: TestClient, secrets: list[Seen]) -> Answers:
    """The tiles that hold secrets, at each zoom."""
    tiles = {
        tile_of(one.latitude, one.longitude, zoom)
        for one in secrets[:25]
        for zoom in (10, 12, 13, 14)
    }
    return fetched(client, *(address(tile) for tile in sorted(tiles, key=repr)))


def pictures(client: TestClient, secrets: list[Seen]) -> Answers:
    """The picture on a species page."""
    names = {one.taxon.taxon_id for one in secrets[:30] if one.taxon}
    queries = [f"taxon_id={name}" for name in sorted(names)]
    return fetched(client, "/tiles/city.svg", *(f"/tiles/city.svg?{query}" for query in queries))


def pages_of_records(client: TestClient, secrets: list[Seen]) -> Answers:
    """Open data: order, paging, tags, days, counts by district and filter."""
    answers, following = {}, "/api/v1/occurrences?limit=400"
    while following:
        answers |= fetched(client, following)
        following = client.get(following).json()["next"]
    queries = [f"district={code}&group=bird&limit=1000" for code in ("330106", "330112", "330127")]
    queries += ["from=2025-04-10&to=2025-04-12&limit=1000", "group=plant&limit=1000"]
    return answers | fetched(client, *(f"/api/v1/occurrences.csv?{query}" for query in queries))


def halved_boxes(client: TestClient, secrets: list[Seen]) -> Answers:
    """Ever smaller boxes that close in on a secret."""
    urls = []
    for one in secrets[:8]:
        for step in range(1, 14):
            reach = 1 / 2**step
            south, west = one.latitude - reach / 3, one.longitude - reach / 3
            box = f"{west:.6f},{south:.6f},{west + reach:.6f},{south + reach:.6f}"
            urls.append(f"/api/v1/occurrences?limit=1000&bbox={box}")
    return fetched(client, *urls)


def likely(client: TestClient, secrets: list[Seen]) -> Answers:
    """可能是, asked where the secrets are."""
    urls = [
        f"/api/v1/taxa/likely?lat={one.latitude:.4f}&lon={one.longitude:.4f}&on=2025-05-01"
        for one in secrets[:20]
    ]
    return fetched(client, *urls)


def archive(client: TestClient, secrets: list[Seen]) -> Answers:
    """The Darwin Core Archive, byte by byte, with the tag that says whether it changed."""
    return fetched(client, "/api/v1/dwca.zip")


def searches(client: TestClient, secrets: list[Seen]) -> Answers:
    """The checklist, its search and the names that come first."""
    names = {one.taxon.vernacular_name for one in secrets[:25] if one.taxon}
    urls = [f"/api/v1/taxa?{urlencode({'q': name})}" for name in sorted(names)]
    return fetched(client, "/api/v1/taxa", "/api/v1/taxa?group=bird", *urls)


def rankings(client: TestClient, secrets: list[Seen]) -> Answers:
    """The boards of points, which know no place but the home that somebody chose."""
    periods = ("week", "month", "quarter", "year", "all")
    return fetched(client, *(f"/api/v1/boards/points?period={period}" for period in periods))


def advice(client: TestClient, secrets: list[Seen]) -> Answers:
    """What is said before saving, asked point by point where the secrets are."""
    store = runtime.store()
    device_id = phone(store)
    told = {}
    for one in secrets[:60]:
        place = {
            "latitude": one.latitude,
            "longitude": one.longitude,
            "uncertainty_m": 8,
            "source": "map",
        }
        taxon_id = str(one.taxon.taxon_id) if one.taxon else str(NIGHT_HERON)
        draft = {"place": place, "taxon_id": taxon_id, "event_date": one.at.isoformat()}
        findings = check_before_saving(store, read_draft(draft), device_id, "zh", NOW)
        told[str(one.public_id)] = repr(described(findings, "zh"))
    return told


DOORS = (
    far_tiles,
    near_tiles,
    pictures,
    pages_of_records,
    halved_boxes,
    likely,
    archive,
    searches,
    rankings,
    advice,
)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_two_cities_with_other_secrets_answer_the_same(
    site: Site, cities: tuple[Path, Path, World], door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(season_and_range, "FROM_RECORDS", 1)  # so few records give advice here
    one, other, world = cities
    secrets = [secret for secret in world.secrets if secret.grid]
    with enter(site, one) as client:
        told = door(client, secrets)
    with enter(site, other) as client:
        assert door(client, secrets) == told
    assert len(told) > (0 if door is archive else 2)


def shown(site: Site, path: str, **query: str) -> str:
    """Everything a page says, and what its map is told to draw."""
    page = site.open(path, **query)
    assert not page.exception
    words = [element.body for element in page.get("html")]
    return "\n".join([*words, *(chart.proto.json for chart in page.get("deck_gl_json_chart"))])


def test_the_pages_of_two_cities_say_the_same(site: Site, cities: tuple[Path, Path, World]) -> None:
    one, other, world = cities
    secret = next(s for s in world.secrets if s.grid == 10 and s.taxon and s.taxon.is_sensitive)
    assert secret.taxon
    square = square_of(secret.latitude, secret.longitude, 10).code
    addresses = [
        ("visit/map/page.py", {}),
        ("visit/map/page.py", {"spot": square}),
        ("visit/map/page.py", {"taxon": str(secret.taxon.taxon_id)}),
        ("visit/map/page.py", {"layer": "districts"}),
        ("visit/species/page.py", {"taxon": str(secret.taxon.taxon_id)}),
        ("visit/species/page.py", {"group": str(secret.taxon.group)}),
        ("visit/places/page.py", {"id": "xixi"}),
    ]
    told = []
    for path in (one, other):
        enter(site, path)
        told.append([shown(site, page, **query) for page, query in addresses])
    for (page, query), first, second in zip(addresses, *told, strict=True):
        assert first == second, (page, query)


def test_a_release_changes_what_is_public_the_same_wherever_the_secret_lies(site: Site) -> None:
    """Before and after: the difference is the square, the month and nothing else."""
    store = runtime.store()
    device_id = phone(store)
    said(store, record(store, device_id), Verdict.ACCEPT)
    client = TestClient(Starlette(routes=[*occurrences.ROUTES, *tiles.ROUTES]))
    near = address(tile_of(SECRET["latitude"], SECRET["longitude"], 14))
    told = []
    for step in (0, 0.003):
        place = {**SECRET, "latitude": 30.211347 + step, "longitude": 120.186759 - 2 * step}
        occurrence_id = record(store, device_id, taxon_id=str(PHEASANT), place=place)
        before = client.get(near).text
        said(store, occurrence_id, Verdict.ACCEPT)
        after = client.get(near).text
        rows = client.get("/api/v1/occurrences?limit=9").json()["features"]
        [row] = [row for row in rows if row["properties"]["scientificName"] == "Syrmaticus ellioti"]
        told.append((before, after, row["geometry"], row["properties"]["eventDate"]))
        said(store, occurrence_id, Verdict.WITHHOLD)
        assert client.get(near).text == before
    assert told[0] == told[1]


def test_a_record_renamed_to_a_sensitive_taxon_is_rough_everywhere_at_once(site: Site) -> None:
    store = runtime.store()
    occurrence_id = record(store, phone(store), place=SECRET)
    said(store, occurrence_id, Verdict.ACCEPT)
    client = TestClient(Starlette(routes=[*occurrences.ROUTES, *tiles.ROUTES]))
    near = address(tile_of(SECRET["latitude"], SECRET["longitude"], 14))
    doors = ("/api/v1/occurrences", "/api/v1/occurrences.csv", near)
    assert "30.2113" in client.get(doors[0]).text
    said(store, occurrence_id, Verdict.ACCEPT, name=NewName(PHEASANT))
    for door in doors:
        told = client.get(door).text
        assert "30.2113" not in told and "120.1867" not in told, door
        assert "2026-05-09" not in told, door


def test_a_sealed_sighting_is_nowhere(site: Site, cities: tuple[Path, Path, World]) -> None:
    one, _other, world = cities
    sealed = [sighting for sighting in world.secrets if sighting.release == "withheld"]
    assert len(sealed) > 20
    with enter(site, one) as client:
        text = "".join(
            client.get(address(tile_under(sighting, 14))).text for sighting in sealed[:15]
        )
        rows = client.get("/api/v1/occurrences.csv?limit=1000").text
    for sighting in sealed:
        assert str(sighting.public_id) not in rows + text
        place = f"{sighting.latitude:.5f}", f"{sighting.longitude:.5f}"
        assert not [row for row in rows.splitlines() if place[0] in row and place[1] in row]


def seen_with(data: bytes, taxon_id: UUID) -> tuple[UUID, str]:
    """A sighting with a photo, not decided yet; the photo's hash."""
    store = runtime.store()
    device_id = phone(store)
    upload = photo(store, runtime.photos(), device_id, data)
    changes = {"photos": [str(upload)], "taxon_id": str(taxon_id), "place": SECRET}
    occurrence_id = record(store, device_id, **changes)
    [(sha256, _licence)] = store.occurrences.photos(occurrence_id)
    return occurrence_id, sha256


def test_the_bytes_of_a_photo_tell_no_place_and_no_time(site: Site) -> None:
    """The camera wrote both into the file; what is served has neither, nor anything else of it."""
    data = hangzhou_jpeg()
    assert any(mark in data for mark in METADATA)
    occurrence_id, sha256 = seen_with(data, PHEASANT)
    said(runtime.store(), occurrence_id, Verdict.ACCEPT)
    client = TestClient(Starlette(routes=photos.ROUTES))
    for size in ("thumb", "large"):
        answer = client.get(f"/photos/{sha256}/{size}.webp")
        assert answer.status_code == 200
        assert not [mark for mark in METADATA if mark in answer.content]
        assert "last-modified" not in answer.headers  # it would tell when it was sent


@pytest.mark.parametrize("taxon_id", [SALAMANDER, NIGHT_HERON], ids=["category 1", "sealed"])
def test_the_photo_of_what_is_withheld_is_not_there(site: Site, taxon_id: UUID) -> None:
    occurrence_id, sha256 = seen_with(plain_jpeg(), taxon_id)
    said(runtime.store(), occurrence_id, Verdict.ACCEPT)
    if taxon_id == NIGHT_HERON:
        candidate = Candidate(occurrence_id, Level.SCIENCE, "bird", "林夏", date(2026, 5, 1))
        open_case(runtime.store(), HE_QING, candidate, NOW + timedelta(hours=1))
    client = TestClient(Starlette(routes=photos.ROUTES))
    for size in ("thumb", "large"):
        gone = client.get(f"/photos/{sha256}/{size}.webp")
        never_was = client.get(f"/photos/{'0' * 64}/{size}.webp")
        assert (gone.status_code, gone.content) == (never_was.status_code, never_was.content)
        assert gone.status_code == 404


def test_one_observers_records_minutes_apart_are_not_joined(site: Site) -> None:
    """The open one names its observer, the secret one of three minutes later names nobody."""
    store = runtime.store()
    device_id = phone(store)
    observer = store.people.observer_of_device(device_id) or ensured(device_id)
    with store.transaction() as tx:
        tx.people.choose_boards(observer.observer_id, True)
    hour = NOW - timedelta(hours=1)
    for minutes, taxon_id in ((0, NIGHT_HERON), (3, PHEASANT)):
        when = (hour + timedelta(minutes=minutes)).isoformat()
        occurrence_id = record(
            store, device_id, taxon_id=str(taxon_id), place=SECRET, event_date=when
        )
        said(store, occurrence_id, Verdict.ACCEPT)
    client = TestClient(Starlette(routes=occurrences.ROUTES))
    rows = client.get("/api/v1/occurrences").json()["features"]
    told = {row["properties"]["scientificName"]: row["properties"] for row in rows}
    assert told["Nycticorax nycticorax"]["recordedBy"] == observer.nickname
    assert observer.nickname not in repr(told["Syrmaticus ellioti"])
    assert told["Syrmaticus ellioti"]["eventDate"] == "2026-05"
    ids = [row["id"] for row in rows]
    assert all(UUID(one).version == 4 for one in ids)  # an id of time would put them side by side


def ensured(device_id: UUID) -> Observer:
    """The observer of a browser, made before its first record."""
    with runtime.store().transaction() as tx:
        return ensure_observer(tx, device_id, NOW)


def test_the_check_sees_a_secret_that_gets_out(
    site: Site, cities: tuple[Path, Path, World]
) -> None:
    """The proof that the comparison can fail: an open record moved in the other city is noticed."""
    one, other, world = cities
    with enter(site, one) as client:
        told = pages_of_records(client, [])
    with enter(site, other) as client:
        store = runtime.store()
        said(store, record(store, phone(store), taxon_id=str(NIGHT_HERON)), Verdict.ACCEPT)
        assert pages_of_records(client, []) != told
