"""`GET /api/v1/taxa`."""

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.base.clock import now_utc
from observations.verification.decisions import Verdict
from pages.api.taxa import ROUTES
from pages.parts import runtime
from tests.support.sightings import XIXI, phone, record, said
from tests.support.site import Site


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=ROUTES)) as opened:
        yield opened


def taxa_of(client: TestClient, **query: str) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/taxa", params=query)
    assert answer.status_code == 200
    taxa: list[dict[str, Any]] = answer.json()["taxa"]
    return taxa


def test_initials_find_a_bird_with_all_its_names(client: TestClient) -> None:
    [bulbul] = taxa_of(client, q="btb")

    assert bulbul.pop("taxon_id")
    assert bulbul == {
        "scientific_name": "Pycnonotus sinensis",
        "vernacular_name": "白头鹎",
        "english_name": "Light-vented Bulbul",
        "other_name": None,
        "group": "bird",
        "group_name": "鸟类",
        "picture": "/assets/art/light-vented-bulbul.webp",
        "fit": "near",
    }


@pytest.mark.parametrize(
    ("typed", "fit"),
    [("夜鹭", "name"), ("yelu", "name"), ("知了", "everyday"), ("香樟", "everyday"), ("夜", "near")]
    + [("夜鹭鸟", "class_word"), ("P. sinensis", "near")],
)
def test_how_well_a_name_fits_is_told(client: TestClient, typed: str, fit: str) -> None:
    assert taxa_of(client, q=typed)[0]["fit"] == fit


def test_all_names_come_in_one_answer_that_a_phone_keeps(client: TestClient) -> None:
    with client.stream("GET", "/api/v1/taxa/names", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    taxa = {
        taxon["vernacular_name"]: taxon for taxon in json.loads(gzip.decompress(packed))["taxa"]
    }

    assert len(packed) < 100_000
    assert taxa["夜鹭"]["spelling"] == "YeLu"
    assert "知了" in taxa["蚱蝉"]["everyday_names"]
    known = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/api/v1/taxa/names", headers=known).status_code == 304


def test_a_drawing_is_named_where_there_is_one(client: TestClient) -> None:
    assert taxa_of(client, q="夜鹭")[0]["picture"] == "/assets/art/night-heron.webp"


def test_the_language_is_the_cookies(client: TestClient) -> None:
    client.cookies.set("luji_lang", "en")

    assert taxa_of(client, q="btb")[0]["group_name"] == "Birds"


def test_a_group_and_a_limit_are_kept_to(client: TestClient) -> None:
    plants = taxa_of(client, group="plant", limit="3")

    assert [taxon["group"] for taxon in plants] == ["plant"] * 3


@pytest.mark.parametrize(("limit", "count"), [("", 8), ("1", 1), ("50", 50)])
def test_a_limit_is_kept_to(client: TestClient, limit: str, count: int) -> None:
    assert len(taxa_of(client, q="", limit=limit)) == count


@pytest.mark.parametrize("limit", ["0", "51", "-1", "²", "9" * 30, "x"])
def test_a_limit_out_of_range_is_refused_in_words(client: TestClient, limit: str) -> None:
    answer = client.get("/api/v1/taxa", params={"limit": limit})

    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "limit")


def test_any_site_may_read_it_packed_and_not_twice(client: TestClient) -> None:
    params = {"q": "鹭", "limit": "50"}
    with client.stream(
        "GET", "/api/v1/taxa", params=params, headers={"Accept-Encoding": "gzip"}
    ) as answer:
        raw = b"".join(answer.iter_raw())

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(raw))["taxa"]
    again = client.get(
        "/api/v1/taxa", params=params, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_group_and_a_long_query_are_refused_in_words(client: TestClient) -> None:
    dragon = client.get("/api/v1/taxa", params={"group": "dragon"})
    long = client.get("/api/v1/taxa", params={"q": "b" * 81})

    assert (dragon.status_code, dragon.json()["error"]["code"]) == (422, "choice.unknown")
    assert (long.status_code, long.json()["error"]["code"]) == (422, "text.too_long")
    assert "81" in long.json()["error"]["message"]


def test_nonsense_finds_nothing(client: TestClient) -> None:
    assert taxa_of(client, q="<script>alert(1)</script>") == []


def test_a_local_name_is_told_with_the_taxon(client: TestClient) -> None:
    [fish_mint] = taxa_of(client, q="鱼腥草")

    assert (fish_mint["vernacular_name"], fish_mint["other_name"]) == ("蕺菜", "鱼腥草")


def test_an_empty_city_has_nothing_likely_and_says_so_kindly(client: TestClient) -> None:
    answer = client.get("/api/v1/taxa/likely", params={"group": "bird", "lat": 30.2, "lon": 120.1})

    assert answer.json() == {"scope": "city", "is_demo": False, "taxa": []}


def test_what_is_recorded_is_likely_with_a_picture(client: TestClient) -> None:
    device = phone(runtime.store(), now_utc())
    for _ in range(3):
        subject = record(runtime.store(), device, now_utc())
        said(runtime.store(), subject, Verdict.ACCEPT, now=now_utc())
    place = {"lat": XIXI["latitude"], "lon": XIXI["longitude"]}

    [heron] = client.get("/api/v1/taxa/likely", params=place).json()["taxa"]

    assert (heron["chinese_name"], heron["group"], heron["count"]) == ("夜鹭", "bird", 3)
    assert (heron["photo"], heron["is_drawing"]) == ("/assets/art/night-heron.webp", True)
    assert taxa_of(client, q="lu", **{k: str(v) for k, v in place.items()})[0]["group"] == "bird"


@pytest.mark.parametrize(
    "query", [{"lat": "30"}, {"lat": "x", "lon": "1"}, {"lat": "nan", "lon": "1"}, {"on": "May"}]
)
@pytest.mark.parametrize("path", ["/api/v1/taxa", "/api/v1/taxa/likely"])
def test_a_place_or_day_that_is_not_understood_is_refused(
    client: TestClient, path: str, query: dict[str, str]
) -> None:
    answer = client.get(path, params=query)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "filter.malformed")
