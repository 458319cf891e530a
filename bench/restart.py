"""How soon a server serves again after SIGKILL under load, with a hundred thousand sightings.

The floor is the same server after it was asked to end: what is over it is the log that DuckDB has
to execute again.
"""

import itertools
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from bench.measurement import Measurement, middle, percentile
from bench.whole_city import fill
from db.opening import open_store
from db.photos import open_photos
from observations.media.ownership import adopt
from tests.browser.server import Server
from tests.pages.api.phone import Phone

SIZE, KILLS, FULL_KILLS = 100_000, 8, 40
LOAD_S, PHONES = 6, 8
P95_GOAL_MS, LONGEST_GOAL_MS = 3_000, 6_000
PROXIES = "127.0.0.1,::1"  # each phone stands in a network of its own


def measure(full: bool = False) -> Iterator[Measurement]:
    """Kill and start, over and over."""
    kills = FULL_KILLS if full else KILLS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
        fill(store, SIZE, datetime.now(UTC))
        adopt(store, open_photos(f"file://{home / 'photos'}"))
        store.close()
        Server.compressed = Path(folder) / "precompressed"
        Server.compressed.mkdir()
        server = Server(home, LUJI_TRUSTED_PROXIES=PROXIES).start()
        try:
            plain, killed, written = _starts(server, kills)
        finally:
            server.stop()
    name = f"restart at {SIZE:,} sightings"
    yield Measurement(f"{name}: records before each kill", written, None, "n", kills)
    yield Measurement(f"{name}: asked to end, median", middle(plain), None, "ms", len(plain))
    yield Measurement(f"{name}: killed, median", middle(killed), middle(plain), "ms", kills)
    slow = percentile(killed, 95)
    yield Measurement(f"{name}: killed, p95", slow, None, "ms", kills, at_most=P95_GOAL_MS)
    longest = max(killed)
    yield Measurement(
        f"{name}: killed, longest", longest, None, "ms", kills, at_most=LONGEST_GOAL_MS
    )


def _starts(server: Server, kills: int) -> tuple[list[float], list[float], float]:
    """Milliseconds of starts after an end and after a kill, and how much was written before."""
    plain, killed, written = [], [], 0
    for _ in range(kills):
        server.stop()
        plain.append(_start(server))
        with _recording(server) as records:
            time.sleep(LOAD_S)
            server.kill()
        killed.append(_start(server))
        written += next(records)
    return plain, killed, written / kills


def _start(server: Server) -> float:
    begun = time.perf_counter()
    server.start()
    return (time.perf_counter() - begun) * 1000


@contextmanager
def _recording(server: Server) -> Iterator["itertools.count[int]"]:
    """Phones record all the while; how many records were received."""
    phones = [Phone(server.url) for _ in range(PHONES)]
    over, received = threading.Event(), itertools.count()

    def work(phone: Phone, number: int) -> None:
        phone.session.headers["X-Forwarded-For"] = f"10.0.{number}.1"
        while not over.is_set():
            try:
                if phone.record().status_code == 201:
                    next(received)
            except requests.RequestException:
                return

    pairs = zip(phones, range(PHONES), strict=True)
    crowd = [threading.Thread(target=work, args=pair) for pair in pairs]
    for one in crowd:
        one.start()
    try:
        yield received
    finally:
        over.set()
        for one in crowd:
            one.join()
