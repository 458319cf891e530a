"""The public map while others write, on both engines.

A phone's visit and the tiles of many views, beside twenty transactions a second that publish
nothing. The goals are those of `map`. The transactions are consents, answered by the same server. A
million records with `--full`.
"""

import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from playwright.sync_api import Browser, sync_playwright

from bench import map as city_map
from bench.many_records import fill
from bench.measurement import Measurement
from observations.people.consent import CONSENT_VERSION
from tests.browser.devices import launch_options
from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.postgres import PostgreSQL

SIZE, FULL_SIZE = 100_000, 1_000_000
A_SECOND = 20
PHONES, EACH = 250, 18  # within the limit of consents a browser
AGREED = {"version": CONSENT_VERSION, "place": True, "photo_licence": "CC BY 4.0"}
PROXIES = "127.0.0.1,::1"  # each phone has a network of its own


def measure(full: bool = False) -> Iterator[Measurement]:
    """DuckDB, then PostgreSQL."""
    size = FULL_SIZE if full else SIZE
    server = PostgreSQL(durable=True)
    try:
        with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder, sync_playwright() as play:
            browser = play.chromium.launch(**launch_options())
            for engine, url in (
                ("DuckDB", f"duckdb:///{folder}/DuckDB/luji.duckdb"),
                ("PostgreSQL", server.database_url()),
            ):
                home = Path(folder) / engine
                fill(home, size, url)
                if engine == "PostgreSQL":
                    with psycopg.connect(url, autocommit=True) as connection:
                        connection.execute("vacuum analyze")
                yield from _on(browser, home, url, f"map {size:,} on {engine}, busy")
            browser.close()
    finally:
        server.stop()


def _on(browser: Browser, home: Path, database: str, name: str) -> Iterator[Measurement]:
    tiles = city_map.tiles_of_city(database)
    server = Server(
        home, LUJI_DEMO="1", LUJI_DATABASE_URL=database, LUJI_TRUSTED_PROXIES=PROXIES
    ).start()
    try:
        phones = [Phone(server.url, consents=False) for _ in range(PHONES)]
        with _busy(phones) as rate:
            ours = city_map.visited(browser, server, tiles)
        yield from city_map.rows(name, ours)
        yield Measurement(
            f"{name}: transactions beside it", rate[0], None, "1/s", 1, at_least=A_SECOND * 0.9
        )
    finally:
        server.stop()


@contextmanager
def _busy(phones: list[Phone]) -> Iterator[list[float]]:
    """Consents at a steady pace; at the end the list has their number a second."""
    over, rate, begun = threading.Event(), [0.0], time.perf_counter()

    def write() -> None:
        accepted = 0
        for turn in range(PHONES * EACH):
            if over.wait(max(0.0, begun + turn / A_SECOND - time.perf_counter())):
                break
            network = {"X-Forwarded-For": f"10.0.{turn % PHONES}.1"}
            answer = phones[turn % PHONES].post("/api/v1/consent", network, json=AGREED)
            accepted += answer.status_code == 204
            rate[0] = accepted / (time.perf_counter() - begun)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield rate
    finally:
        over.set()
        writer.join()
