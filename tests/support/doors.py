"""The public doors that the leak test tries: what each answers a stranger, hashed by address."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.map.tiling import Tile
from observations.occurrences.before_saving import check_before_saving
from observations.occurrences.draft import read_draft
from pages.api import boards, dwca, occurrences, photos, taxa, tiles
from pages.api.records_check import described
from pages.parts import runtime
from pages.parts.first_screen import FirstScreen
from pages.parts.taxa import checklist
from pages.parts.wording import speaking
from pages.visit.boards import first as first_boards
from pages.visit.home import first as home
from pages.visit.map import first as city_map
from pages.visit.places import first as places
from pages.visit.sighting import first as sighting
from pages.visit.species import first as species
from tests.support.sightings import NIGHT_HERON, NOW, phone
from tests.support.site import Site
from tests.support.tiles import tile_of
from tests.support.worlds import Seen

WHOLE_CITY = [Tile(7, 106, 52), Tile(7, 106, 53)]
Answers = dict[str, str]
Door = Callable[[TestClient, list[Seen]], Answers]


def enter(site: Site, path: Path) -> TestClient:
    """Be a stranger in that city."""
    runtime.close()
    shutil.copyfile(path, site.home / "luji.duckdb")
    # no city answers with another's file
    shutil.rmtree(site.home / dwca.FOLDER, ignore_errors=True)
    checklist._found_of.cache_clear()
    rooms = (occurrences, tiles, taxa, dwca, boards, photos)
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


def first_screens(_client: TestClient, secrets: list[Seen]) -> Answers:
    """What the server sends of each page before Streamlit has started."""
    taxa_of_secrets = {
        str(one.taxon.taxon_id): str(one.taxon.group) for one in secrets if one.taxon
    }
    asked: list[tuple[FirstScreen, dict[str, str]]] = [(home.screen, {}), (city_map.screen, {})]
    asked += [(places.screen, {}), (places.screen, {"id": "xixi"}), (species.screen, {})]
    asked += [(first_boards.screen, {"period": period}) for period in ("month", "all")]
    asked += [(species.screen, {"group": group}) for group in set(taxa_of_secrets.values())]
    asked += [(species.screen, {"taxon": taxon_id}) for taxon_id in [*taxa_of_secrets][:12]]
    asked += [(city_map.screen, {"taxon": taxon_id}) for taxon_id in [*taxa_of_secrets][:3]]
    asked += [(sighting.screen, {"id": str(one.public_id)}) for one in secrets[:40]]
    with speaking("zh"):
        return {f"{screen.__module__} {query}": screen(query).body for screen, query in asked}


DOORS = (
    first_screens,
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
