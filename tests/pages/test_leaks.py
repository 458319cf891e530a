"""No public door tells where a secret lies: two cities with 1,000 of them look the same.

`docs/privacy.md` names, for each guard, the test of this file (or another) that fails without it.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.opening import open_store
from observations.map.spots import square_of
from observations.media.hashing import bits_between, picture_hash
from observations.occurrences import season_and_range
from observations.occurrences.deciding import NewName
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.surveys.case_steps import Candidate, open_case
from observations.surveys.levels import Level
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import dwca, occurrences, photos, taxa, tiles
from pages.parts import runtime
from tests.support.cast import HE_QING
from tests.support.doors import DOORS, Door, address, archive, enter, pages_of_records, tile_under
from tests.support.photographs import as_jpeg, drawn, hangzhou_jpeg, plain_jpeg
from tests.support.sightings import NIGHT_HERON, NOW, phone, photo, record, said
from tests.support.site import Site
from tests.support.tiles import tile_of
from tests.support.worlds import World, first_world, other_world, settle

PHEASANT = taxon_id_of("Syrmaticus ellioti")
SALAMANDER = taxon_id_of("Hynobius amjiensis")
SIDES = ("district", "person", "team")
PHOTO = re.compile(r"/photos/[^/]+/(?:thumb|large)\.webp")
METADATA = (b"EXIF", b"Exif", b"XMP ", b"GPS", b"ICCP")
PICTURE_ALONE = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
SECRET = {"latitude": 30.211347, "longitude": 120.186759, "uncertainty_m": 4, "source": "exif"}


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
        ("visit/festival/page.py", {}),
        ("visit/festival/page.py", {"order": "number"}),
        *(("visit/boards/page.py", {"by": side, "period": "all"}) for side in SIDES),
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
    assert client.get(f"/photos/{sha256}/large.webp").status_code == 404
    [shown] = runtime.store().occurrences.public_photographs(occurrence_id)
    for size in ("thumb", "large"):
        answer = client.get(f"/photos/{shown.sha256}/{size}.webp")
        assert answer.status_code == 200
        assert set(chunks(answer.content)) <= PICTURE_ALONE
        assert "last-modified" not in answer.headers  # it would tell when it was sent


def chunks(webp: bytes) -> Iterator[bytes]:
    """The names of the parts of a WebP file; three letters may stand in a picture by chance."""
    assert webp[:4] == b"RIFF"
    at = 12
    while at < len(webp):
        yield webp[at : at + 4]
        size = int.from_bytes(webp[at + 4 : at + 8], "little")
        at += 8 + size + size % 2


def archived_photos(client: TestClient) -> dict[str, list[str]]:
    """The addresses of photos in the archive, by record."""
    with zipfile.ZipFile(io.BytesIO(client.get("/api/v1/dwca.zip").content)) as archive:
        rows = archive.read("multimedia.txt").decode().splitlines()[1:]
    told: dict[str, list[str]] = {}
    for row in rows:
        told.setdefault(row.split("\t")[0], []).append(*PHOTO.findall(row))
    return told


def looks_of(client: TestClient, address: str) -> str:
    """The picture hash of what everyone is served."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    with Image.open(io.BytesIO(answer.content)) as picture:
        return picture_hash(picture)


@pytest.mark.parametrize("is_secret_first", [True, False], ids=["secret first", "open first"])
def test_no_photo_joins_a_secret_to_another_record(site: Site, is_secret_first: bool) -> None:
    """The archive, every page and the API: each picture of a secret stands nowhere else."""
    store, pairs = runtime.store(), []
    copies = (plain_jpeg(), plain_jpeg((640, 480)), as_jpeg(drawn(), quality=30))
    for data in (*copies, hangzhou_jpeg()):
        secret, sha256 = seen_with(data, PHEASANT)
        pairs.append((secret, sha256))
    shared, _sha256 = seen_with(plain_jpeg(), NIGHT_HERON)
    secrets = [secret for secret, _sha256 in pairs]
    for one in (*secrets, shared) if is_secret_first else (shared, *secrets):
        said(store, one, Verdict.ACCEPT)
    rooms = (occurrences, tiles, photos, dwca, taxa)
    client = TestClient(Starlette(routes=[route for room in rooms for route in room.ROUTES]))
    archived = archived_photos(client)
    public = {one: store.occurrences.occurrence(one) for one in (*secrets, shared)}
    ids = {one: str(whole.public_id) for one, whole in public.items() if whole}
    assert {len(archived.get(ids[one], ())) for one in secrets[:3]} == {0}
    assert (len(archived[ids[secrets[3]]]), len(archived[ids[shared]])) == (1, 1)
    own = archived[ids[secrets[3]]][0]
    told = {one for each in archived.values() for one in each if one != own}
    pages = [("visit/sighting/page.py", {"id": one}) for one in ids.values()]
    pages += [("visit/species/page.py", {"taxon": str(taxon)}) for taxon in (PHEASANT, NIGHT_HERON)]
    pages += [("visit/map/page.py", {}), ("visit/home/page.py", {})]
    told |= {found for page, query in pages for found in PHOTO.findall(shown(site, page, **query))}
    api = ("/api/v1/occurrences", "/api/v1/occurrences.csv", "/api/v1/taxa/likely?on=2026-05-09")
    told |= {found for path in api for found in PHOTO.findall(client.get(path).text)}
    assert not [one for one in told for _, sha256 in pairs[3:] if sha256 in one]
    look = looks_of(client, own.replace("thumb", "large"))
    for other in sorted(told):
        if other.split("/")[2] != own.split("/")[2]:
            assert bits_between(looks_of(client, other), look) > 8, other
    for one, sha256 in pairs[1:]:
        assert client.get(f"/photos/{sha256}/thumb.webp").status_code == 404, one


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
