"""No public door tells where a secret lies: two cities with 1,000 of them look the same.

`docs/privacy.md` names, for each guard, the test of this file (or another) that fails without it.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.opening import open_store
from observations.occurrences.deciding import NewName
from observations.occurrences.spots import square_of
from observations.occurrences.tiling import Tile
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import occurrences, taxa, tiles
from pages.parts import checklist, runtime
from tests.sightings import NIGHT_HERON, phone, record, said
from tests.site import Site
from tests.worlds import ANCHOR, NIL, Seen, World, first_world, other_world, settle

PHEASANT = taxon_id_of("Syrmaticus ellioti")
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
    checklist._found_of.cache_clear()
    routes = [*occurrences.ROUTES, *tiles.ROUTES, *taxa.ROUTES]
    return TestClient(Starlette(routes=routes))


def fetched(client: TestClient, *addresses: str) -> Answers:
    """Each address with the hash of what it answers, its tag and its links included."""
    found = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.text[:200]}"
        told = answer.content + repr(sorted(answer.headers.items())).encode()
        found[address] = hashlib.sha256(told).hexdigest()
    return found


def tile_at(one: Seen, zoom: int) -> Tile:
    side = 2**zoom
    x = int((one.longitude + 180) / 360 * side)
    rows = range(side * 40 // 100, side * 43 // 100)
    return next(
        t for y in rows if (t := Tile(zoom, x, y)).box.contains(one.latitude, one.longitude)
    )


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
    found = {tile_at(one, zoom) for one in secrets[:25] for zoom in (10, 12, 13, 14)}
    return fetched(client, *(address(tile) for tile in sorted(found, key=repr)))


def pictures(client: TestClient, secrets: list[Seen]) -> Answers:
    """The picture on a species page."""
    names = {one.taxon.taxon_id for one in secrets[:30] if one.taxon}
    queries = [f"taxon_id={name}" for name in sorted(names)]
    return fetched(client, "/tiles/city.svg", *(f"/tiles/city.svg?{query}" for query in queries))


def pages_of_records(client: TestClient, secrets: list[Seen]) -> Answers:
    """Open data: order, paging, tags, days, counts by district and filter."""
    found, following = {}, "/api/v1/occurrences?limit=400"
    while following:
        found |= fetched(client, following)
        following = client.get(following).json()["next"]
    queries = [f"district={code}&group=bird&limit=1000" for code in ("330106", "330112", "330127")]
    queries += ["from=2025-04-10&to=2025-04-12&limit=1000", "group=plant&limit=1000"]
    return found | fetched(client, *(f"/api/v1/occurrences.csv?{query}" for query in queries))


def halved_boxes(client: TestClient, secrets: list[Seen]) -> Answers:
    """Ever smaller boxes that close in on a secret."""
    asked = []
    for one in secrets[:8]:
        for step in range(1, 14):
            reach = 1 / 2**step
            south, west = one.latitude - reach / 3, one.longitude - reach / 3
            box = f"{west:.6f},{south:.6f},{west + reach:.6f},{south + reach:.6f}"
            asked.append(f"/api/v1/occurrences?limit=1000&bbox={box}")
    return fetched(client, *asked)


def likely(client: TestClient, secrets: list[Seen]) -> Answers:
    """可能是, asked where the secrets are."""
    asked = [
        f"/api/v1/taxa/likely?lat={one.latitude:.4f}&lon={one.longitude:.4f}&on=2025-05-01"
        for one in secrets[:20]
    ]
    return fetched(client, *asked)


DOORS = (far_tiles, near_tiles, pictures, pages_of_records, halved_boxes, likely)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_two_cities_with_other_secrets_answer_the_same(
    site: Site, cities: tuple[Path, Path, World], door: Door
) -> None:
    one, other, world = cities
    secrets = [seen for seen in world.secrets if seen.grid]
    with enter(site, one) as client:
        told = door(client, secrets)
    with enter(site, other) as client:
        assert door(client, secrets) == told
    assert len(told) > 2


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
    asked = [
        ("visit/map.py", {}),
        ("visit/map.py", {"spot": square}),
        ("visit/map.py", {"taxon": str(secret.taxon.taxon_id)}),
        ("visit/map.py", {"layer": "districts"}),
        ("visit/species.py", {"taxon": str(secret.taxon.taxon_id)}),
        ("visit/species.py", {"group": str(secret.taxon.group)}),
        ("visit/places.py", {"id": "xixi"}),
    ]
    told = []
    for path in (one, other):
        enter(site, path)
        told.append([shown(site, page, **query) for page, query in asked])
    for (page, query), first, second in zip(asked, *told, strict=True):
        assert first == second, (page, query)


def test_a_release_changes_what_is_public_the_same_wherever_the_secret_lies(site: Site) -> None:
    """Before and after: the difference is the square, the month and nothing else."""
    store = runtime.store()
    device_id = phone(store)
    said(store, record(store, device_id), Verdict.ACCEPT)
    client = TestClient(Starlette(routes=[*occurrences.ROUTES, *tiles.ROUTES]))
    near = address(tile_at(_at(SECRET["latitude"], SECRET["longitude"]), 14))
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


def _at(latitude: object, longitude: object) -> Seen:
    assert isinstance(latitude, float) and isinstance(longitude, float)
    return Seen(NIL, NIL, None, latitude, longitude, ANCHOR, 0, 10)


def test_a_record_renamed_to_a_sensitive_taxon_is_rough_everywhere_at_once(site: Site) -> None:
    store = runtime.store()
    occurrence_id = record(store, phone(store), place=SECRET)
    said(store, occurrence_id, Verdict.ACCEPT)
    client = TestClient(Starlette(routes=[*occurrences.ROUTES, *tiles.ROUTES]))
    near = address(tile_at(_at(SECRET["latitude"], SECRET["longitude"]), 14))
    doors = ("/api/v1/occurrences", "/api/v1/occurrences.csv", near)
    assert "30.2113" in client.get(doors[0]).text
    said(store, occurrence_id, Verdict.ACCEPT, name=NewName(PHEASANT))
    for door in doors:
        told = client.get(door).text
        assert "30.2113" not in told and "120.1867" not in told, door
        assert "2026-05-09" not in told, door


def test_a_sealed_sighting_is_nowhere(site: Site, cities: tuple[Path, Path, World]) -> None:
    one, _other, world = cities
    sealed = [seen for seen in world.secrets if seen.release == "withheld"]
    assert len(sealed) > 20
    with enter(site, one) as client:
        text = "".join(client.get(address(tile_at(seen, 14))).text for seen in sealed[:15])
        rows = client.get("/api/v1/occurrences.csv?limit=1000").text
    for seen in sealed:
        assert str(seen.public_id) not in rows + text
        place = f"{seen.latitude:.5f}", f"{seen.longitude:.5f}"
        assert not [row for row in rows.splitlines() if place[0] in row and place[1] in row]


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
