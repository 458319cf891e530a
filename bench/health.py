"""How soon `/healthz` answers beside visitors who open one page after another.

Asked by a process of its own, so that only the server's own waiting is measured; the floor is the
same server with nobody there.
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measurement import Measurement, middle, percentile
from tests.browser.server import Server
from tests.support.visits import visit

VISITORS, SECONDS, FULL_SECONDS = 40, 15, 60
GOAL_MS = 100
ASKING = """
import http.client, json, sys, time
port, seconds, took = int(sys.argv[1]), float(sys.argv[2]), []
end = time.monotonic() + seconds
while time.monotonic() < end:
    start = time.perf_counter()
    line = http.client.HTTPConnection("localhost", port, timeout=30)
    line.request("GET", "/healthz")
    assert line.getresponse().status == 200
    took.append((time.perf_counter() - start) * 1000)
    line.close()
    time.sleep(0.05)
print(json.dumps(took))
"""


def measure(full: bool = False) -> Iterator[Measurement]:
    """Alone, then beside the visitors."""
    seconds = FULL_SECONDS if full else SECONDS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        server = Server(Path(folder) / "home").start()
        try:
            alone = _asked(server, seconds)
            with _visitors(server) as pages:
                beside = _asked(server, seconds)
        finally:
            server.stop()
    name = f"/healthz beside {VISITORS} visitors"
    yield Measurement(f"{name}: pages a second", pages[0] / seconds, None, "1/s", pages[0])
    yield Measurement(f"{name}: median", middle(beside), middle(alone), "ms", len(beside))
    for percent in (95, 99):
        ours, floor = percentile(beside, percent), percentile(alone, percent)
        yield Measurement(f"{name}, alone: p{percent}", floor, None, "ms", len(alone))
        yield Measurement(f"{name}: p{percent}", ours, None, "ms", len(beside), at_most=GOAL_MS)


def _asked(server: Server, seconds: float) -> list[float]:
    """Milliseconds of each answer."""
    command = [sys.executable, "-c", ASKING, str(server.port), str(seconds)]
    took: list[float] = json.loads(subprocess.check_output(command))
    return took


@contextmanager
def _visitors(server: Server) -> Iterator[list[int]]:
    """Everybody opens a page as soon as the last is drawn; how many were opened."""
    over, pages = threading.Event(), [0]

    def open_pages() -> None:
        with visit(server.url) as one:
            while not over.is_set():
                one.open_page()
                pages[0] += 1

    crowd = [threading.Thread(target=open_pages) for _ in range(VISITORS)]
    for visitor in crowd:
        visitor.start()
    try:
        yield pages
    finally:
        over.set()
        for visitor in crowd:
            visitor.join()
