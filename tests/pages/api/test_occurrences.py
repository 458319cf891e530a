"""`/api/v1/occurrences` and the map's tiles: open data, and nothing that is not public in it."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.map.tiling import DEEPEST
from observations.people.joining import choose_boards
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import occurrences, tiles
from pages.api.occurrences import cell
from pages.parts import runtime
from tests.support.sightings import NIGHT_HERON, NOW, phone, record, said
from tests.support.site import Site
from tests.support.tiles import tile_of

PHEASANT = taxon_id_of("Syrmaticus ellioti")  # category 2
PANGOLIN = taxon_id_of("Manis pentadactyla")  # category 1
SECRET = {"latitude": 30.211347, "longitude": 120.186759, "uncertainty_m": 4, "source": "exif"}
NOTE = "巢在左边第三棵树上"
URL = "/api/v1/occurrences"


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    routes = [*occurrences.ROUTES, *tiles.ROUTES]
    with TestClient(Starlette(routes=routes)) as opened:
        yield opened


@pytest.fixture
def heron(client: TestClient) -> UUID:
    """A heron at 西溪, released; its own id."""
    return released(taxon_id=str(NIGHT_HERON))


@pytest.fixture
def pheasant(client: TestClient) -> UUID:
    """A sensitive bird at a place known to four metres, with a note, released; its own id.

    Its observer is on the boards.
    """
    device_id = phone(runtime.store())
    occurrence_id = released(device_id, taxon_id=str(PHEASANT), place=SECRET, note=NOTE)
    choose_boards(runtime.store(), device_id, True, NOW)
    return occurrence_id


def released(device_id: UUID | None = None, **changes: Any) -> UUID:
    store = runtime.store()
    occurrence_id = record(store, device_id or phone(store), **changes)
    said(store, occurrence_id, Verdict.ACCEPT)
    return occurrence_id


def features(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(URL, params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["features"]
    return found


def test_an_empty_city_is_an_empty_collection(client: TestClient) -> None:
    answer = client.get(URL)
    assert answer.json()["features"] == [] and answer.json()["next"] is None
    assert answer.headers["content-type"] == "application/geo+json"
    assert client.get(f"{URL}.csv").text.count("\n") == 1


def test_a_released_sighting_is_there_at_once(client: TestClient, heron: UUID) -> None:
    [feature] = features(client)
    occurrence = runtime.store().occurrences.occurrence(heron)
    assert occurrence is not None
    assert feature["id"] == str(occurrence.public_id)
    assert feature["geometry"]["coordinates"] == [120.0631, 30.2694]
    properties = feature["properties"]
    assert properties["scientificName"] == "Nycticorax nycticorax"
    assert properties["eventDate"] == "2026-05-09"
    assert properties["geodeticDatum"] == "WGS84"
    assert "recordedBy" not in properties  # not on the boards


def test_what_is_not_released_is_not_there(client: TestClient) -> None:
    record(runtime.store(), phone(runtime.store()))
    assert features(client) == []


def test_who_is_on_the_boards_is_named(client: TestClient) -> None:
    device_id = phone(runtime.store())
    released(device_id)
    observer = runtime.store().people.observer_of_device(device_id)
    assert observer is not None
    choose_boards(runtime.store(), device_id, True, NOW)
    assert features(client)[0]["properties"]["recordedBy"] == observer.nickname


def everything(client: TestClient) -> str:
    """All that the public routes say of 西湖区, in one text."""
    said_here = [client.get(URL).text, client.get(f"{URL}.csv").text]
    for zoom in range(7, DEEPEST + 1):
        tile = tile_of(SECRET["latitude"], SECRET["longitude"], zoom)
        url = f"/tiles/{tile.zoom}/{tile.x}/{tile.y}.json"
        said_here += [client.get(url).text, client.get(url, params={"rough": "1"}).text]
    return "\n".join(said_here)


def test_nothing_tells_where_a_sensitive_taxon_is(client: TestClient, pheasant: UUID) -> None:
    """No coordinate in any answer comes nearer to the place than the square's own geometry."""
    text = everything(client)
    occurrence = runtime.store().occurrences.occurrence(pheasant)
    assert occurrence is not None and occurrence.nickname
    assert "白颈长尾雉" in text and "10-302-1201" in text
    for secret in (
        "30.2113",
        "120.1867",
        NOTE,
        occurrence.nickname,
        str(pheasant),
        str(occurrence.observer_id),
        "2026-05-09",
        "2026-05-01",
    ):
        assert secret not in text, secret
    [feature] = features(client)
    assert feature["geometry"]["coordinates"] == [120.15, 30.25]
    assert feature["properties"]["eventDate"] == "2026-05"
    assert feature["properties"]["coordinateUncertaintyInMeters"] >= 14_000
    assert UUID(feature["id"]).version == 4


def test_a_sensitive_taxon_is_never_a_point_on_the_map(client: TestClient, pheasant: UUID) -> None:
    tile = tile_of(SECRET["latitude"], SECRET["longitude"], 13)
    drawn = client.get(f"/tiles/13/{tile.x}/{tile.y}.json").json()["features"]
    assert {feature["geometry"]["type"] for feature in drawn} <= {"Polygon", "LineString"}
    assert {feature["properties"]["i"] for feature in drawn} == {"10-302-1201"}


def test_a_taxon_of_category_1_is_nowhere(client: TestClient) -> None:
    released(taxon_id=str(PANGOLIN), place=SECRET)
    assert features(client) == []
    assert "10-302-1201" not in everything(client)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"group": "bird"}, 1),
        ({"group": "plant"}, 0),
        ({"taxon_id": str(NIGHT_HERON)}, 1),
        ({"taxon_id": str(PHEASANT)}, 0),
        ({"district": "330106"}, 1),
        ({"district": "330127"}, 0),
        ({"from": "2026-05-09", "to": "2026-05-09"}, 1),
        ({"from": "2026-05-10"}, 0),
        ({"bbox": "120,30,121,31"}, 1),
        ({"bbox": "119,29,120,30"}, 0),
        ({"status": "accepted_considered_correct,accepted_correct"}, 1),
        ({"status": "plausible"}, 0),
        ({"group": "", "bbox": ""}, 1),
    ],
)
def test_each_filter_narrows(
    client: TestClient, heron: UUID, query: dict[str, str], count: int
) -> None:
    assert len(features(client, **query)) == count


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("group", "dragon"),
        ("taxon_id", "1"),
        ("district", "110000"),
        ("from", "yesterday"),
        ("to", "2026-02-30"),
        ("bbox", "1,2,3"),
        ("bbox", "nan,nan,nan,nan"),
        ("bbox", "121,30,120,31"),
        ("status", "sure"),
        ("limit", "0"),
        ("limit", "1001"),
        ("limit", "²"),
        ("after", "x' or 1=1"),
    ],
)
def test_a_bad_parameter_is_named_with_how_it_is_written(
    client: TestClient, name: str, value: str
) -> None:
    for url in (URL, f"{URL}.csv"):
        answer = client.get(url, params={name: value})
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert (error["code"], error["field"]) == ("filter.malformed", name)
        assert name in error["message"]


def test_an_inverted_period_is_refused(client: TestClient) -> None:
    assert client.get(URL, params={"from": "2026-05-02", "to": "2026-05-01"}).status_code == 400


def test_following_next_gives_every_record_once(client: TestClient) -> None:
    device_id = phone(runtime.store())
    for _ in range(5):
        released(device_id)
    ids, url = [], f"{URL}?limit=2&group=bird"
    while url:
        answer = client.get(url)
        ids += [feature["id"] for feature in answer.json()["features"]]
        assert ("link" in answer.headers) == bool(answer.json()["next"])
        url = answer.json()["next"]
    assert len(ids) == len(set(ids)) == 5


def test_the_table_has_the_same_rows(client: TestClient, heron: UUID) -> None:
    answer = client.get(f"{URL}.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")  # by which Chinese Excel knows UTF-8
    [row] = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["vernacularName"], row["decimalLatitude"]) == ("夜鹭", "30.2694")
    assert row["isDemo"] == "false"
    assert "demo" not in answer.headers["content-disposition"]


def test_demo_rows_are_marked_in_title_name_and_row(client: TestClient, heron: UUID) -> None:
    store = runtime.store()
    with store.transaction() as tx:
        for table in ("occurrence", "released_occurrence"):
            tx.map._fragment(f"update {table} set is_demo = true")
    answer = client.get(URL).json()
    assert answer["isDemo"] and "演示数据" in answer["title"]
    assert answer["features"][0]["properties"]["isDemo"]
    table = client.get(f"{URL}.csv")
    assert "-demo.csv" in table.headers["content-disposition"]
    assert next(csv.DictReader(io.StringIO(table.text)))["isDemo"] == "true"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert (cell(-3.5), cell("夜鹭"), cell(None), cell(True)) == (-3.5, "夜鹭", None, "true")


def test_any_site_may_read_and_nothing_is_sent_twice(client: TestClient, heron: UUID) -> None:
    first = client.get(URL)
    assert first.headers["access-control-allow-origin"] == "*"
    again = client.get(URL, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    released()
    assert client.get(URL, headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_a_client_that_can_read_it_gets_it_packed(client: TestClient, heron: UUID) -> None:
    with client.stream("GET", URL, headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["features"]
    plain = client.get(URL, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_a_tile_shows_a_released_record_and_its_class(client: TestClient, heron: UUID) -> None:
    tile = tile_of(30.2694, 120.0631, 8)
    url = f"/tiles/8/{tile.x}/{tile.y}.json"
    [far] = client.get(url, params={"classes": "1,2,3,4,5"}).json()["features"]
    assert (far["geometry"]["type"], far["properties"]["c"], far["properties"]["n"]) == (
        "Polygon",
        1,
        1,
    )
    tile = tile_of(30.2694, 120.0631, 13)
    [near] = client.get(f"/tiles/13/{tile.x}/{tile.y}.json").json()["features"]
    assert near["geometry"] == {"type": "Point", "coordinates": [120.0631, 30.2694]}
    assert client.get(f"/tiles/13/{tile.x}/{tile.y}.json?group=plant").json()["features"] == []


@pytest.mark.parametrize("path", ["/tiles/8/256/0.json", "/tiles/99/0/0.json", "/tiles/8/x/0.json"])
def test_a_tile_that_does_not_exist_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("classes", ["1,2,3", "5,4,3,2,1", "a,b,c,d,e", "1,1,2,3,4"])
def test_classes_that_make_no_legend_are_refused(client: TestClient, classes: str) -> None:
    answer = client.get("/tiles/8/213/105.json", params={"classes": classes})
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == "classes"


def test_an_unknown_page_start_is_simply_the_rest(client: TestClient, heron: UUID) -> None:
    before_all = "00000000-0000-4000-8000-000000000000"
    assert len(features(client, after=before_all)) == 1
