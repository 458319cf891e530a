"""Public reads that cost much: in turn, limited a network, and nobody else waits for them."""

import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests
from limits import parse
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from db.opening import open_store
from pages.api import costly
from pages.parts import runtime
from pages.shell import health
from pages.shell.health import healthz
from tests.browser.server import Server
from tests.support.health import health_of
from tests.support.site import Site
from tests.support.worlds import World, first_world, settle

COSTLY = (
    "/api/v1/occurrences?limit=1000",
    "/api/v1/occurrences.csv?limit=1000",
    "/api/v1/boards/points?period=all&by=person",
    "/api/v1/boards/satisfaction",
    "/tiles/7/106/52.json?measure=species",
    "/tiles/city.svg",
    "/api/v1/dwca.zip",
)
AT_ONCE, MOST_S = 20, 0.2


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, duckdb_template: Path) -> Iterator[Server]:
    """A server of a city with a thousand public records."""
    home = tmp_path_factory.mktemp("city") / "home"
    home.mkdir()
    shutil.copyfile(duckdb_template, home / "luji.duckdb")
    store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
    world = first_world(store.taxa.all_taxa())
    settle(store, World([replace(one, picture=None) for one in world.seen]))
    store.close()
    server = Server(home, LUJI_PUBLIC_URL="https://luji.example").start()
    yield server
    server.stop()


@pytest.mark.parametrize("path", COSTLY)
def test_twenty_at_once_leave_the_health_quick(city: Server, path: str) -> None:
    requests.get(f"{city.url}{path}", timeout=60)
    over, times = threading.Event(), []

    def crowd() -> list[int]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            asks = pool.map(
                lambda _: requests.get(f"{city.url}{path}", timeout=60).status_code,
                range(2 * AT_ONCE),
            )
            codes = list(asks)
        over.set()
        return codes

    with ThreadPoolExecutor(1) as one:
        codes = one.submit(crowd)
        with requests.Session() as session:
            while not over.is_set() or not times:
                began = time.perf_counter()
                assert session.get(f"{city.url}/healthz", timeout=9).status_code == 200
                times.append(time.perf_counter() - began)
        assert set(codes.result()) == {200}
    assert sorted(times)[len(times) * 9 // 10] < MOST_S


def test_a_stranger_learns_only_whether_all_is_well(city: Server) -> None:
    for headers in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": "Bearer "},
        {"Cookie": "luji_staff=x"},
    ):
        answer = requests.get(f"{city.url}/healthz", headers=headers, timeout=9)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert health_of(city).json() == {"status": "ok", "engine": "duckdb", "waiting": 0}
    assert (city.home / "health-key").stat().st_mode & 0o077 == 0


def test_a_stranger_learns_no_more_when_something_fails(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.shell.health.LEAST_FREE", 2**62)
    client = TestClient(Starlette(routes=[Route("/healthz", healthz)]))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    health._watch._threads.submit(runtime.store).result()  # the store is not in use any more


def test_a_network_that_used_up_its_time_waits_and_another_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(costly, "WORK", parse("20/10 minutes"))
    monkeypatch.setattr(costly, "network_of", lambda request: request.headers["x-network"])

    def slow(_request: object) -> PlainTextResponse:
        threading.Event().wait(0.03)
        return PlainTextResponse("done")

    client = TestClient(Starlette(routes=[Route("/", costly.costly(slow))]))
    assert client.get("/", headers={"x-network": "a"}).status_code == 200
    refused = client.get("/", headers={"x-network": "a"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "limit.too_many")
    assert client.get("/", headers={"x-network": "b"}).status_code == 200


def test_of_one_network_one_runs_at_a_time_and_of_all_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costly, "network_of", lambda request: request.headers["x-network"])
    running: dict[str, int] = {}
    most: dict[str, int] = {}
    lock = threading.Lock()

    def work(request: object) -> PlainTextResponse:
        network = request.headers["x-network"]  # type: ignore[attr-defined]
        with lock:
            for key in (network, "all"):
                running[key] = running.get(key, 0) + 1
                most[key] = max(most.get(key, 0), running[key])
        threading.Event().wait(0.02)
        with lock:
            for key in (network, "all"):
                running[key] -= 1
        return PlainTextResponse("done")

    app = Starlette(routes=[Route("/", costly.costly(work))])
    with TestClient(app) as client, ThreadPoolExecutor(12) as pool:
        names = "aabbccddaabb"
        asks = [pool.submit(client.get, "/", headers={"x-network": name}) for name in names]
        assert {ask.result().status_code for ask in asks} == {200}
    assert most.pop("all") == costly.AT_ONCE
    assert set(most.values()) == {1}
