"""What a page costs the server, and how many first screens it sends a second.

Of a rerun: processor time of the server's own process, messages and bytes, beside a bare page with
and without the collection of garbage after each run; the visitor is a newcomer to the demo's city.
First screens stand beside a bare answer of the same bytes. Statements are counted by
`tests/pages/test_statements.py`.
"""

import http.client
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.beside_bare import BARE
from bench.measurement import Measurement
from tests.browser.server import Server
from tests.browser.signing_in import fill_with_demo
from tests.support.visits import visit

RUNS, FULL_RUNS = 40, 200
WARMING = 3
GOALS_MS = {
    "": 15,
    "map": 30,
    "species": 12,
    "boards": 15,
    "discoveries": 12,
    "places": 12,
    "festival": 15,
    "action": 15,
    "satisfaction": 12,
    "record": 12,
    "me": 12,
    "about": 12,
}
COLLECTED = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
NOT_COLLECTED = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "false"}
ANSWERS, ASKERS = 400, 4
SHARE_OF_BARE, TIMES_THE_SCRIPT = 0.3, 20
STARLETTE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
body = b"x" * int(sys.argv[2])
answer = lambda request: Response(body, media_type="text/html")
app = Starlette(routes=[Route("/healthz", answer), Route("/", answer)])
uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""


@dataclass(frozen=True)
class Cost:
    """Of one run: processor milliseconds, messages, bytes."""

    cpu_ms: float
    messages: float
    bytes: float


def measure(full: bool = False) -> Iterator[Measurement]:
    """Each page beside both bare pages; then the first screens."""
    runs = FULL_RUNS if full else RUNS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        home = Path(folder) / "home"
        fill_with_demo(home)
        app = Path(folder) / "app.py"
        app.write_text(BARE, "utf-8")
        ours = Server(home, LUJI_DEMO="1").start()
        bare = Server(Path(folder) / "bare", app=app, **NOT_COLLECTED).start()
        collected = Server(Path(folder) / "collected", app=app, **COLLECTED).start()
        try:
            yield from _scripts(ours, bare, collected, runs)
            yield from _screens(ours, Path(folder))
        finally:
            for server in (ours, bare, collected):
                server.stop()


def _scripts(ours: Server, bare: Server, collected: Server, runs: int) -> Iterator[Measurement]:
    floor, with_collection = _cost(bare, "", runs), _cost(collected, "", runs)
    name = "pages: a bare page, its collection"
    yield Measurement(name, with_collection.cpu_ms, floor.cpu_ms, "ms cpu", runs)
    for path, goal in GOALS_MS.items():
        cost, about = _cost(ours, path, runs), f"pages: /{path}"
        yield Measurement(f"{about}, cpu a run", cost.cpu_ms, None, "ms cpu", runs, at_most=goal)
        yield Measurement(f"{about}, messages", cost.messages, floor.messages, "", runs)
        yield Measurement(f"{about}, bytes", cost.bytes, floor.bytes, "B", runs)


def _cost(server: Server, path: str, runs: int) -> Cost:
    """One visitor who has the page drawn again and again."""
    with visit(server.url) as visitor:
        for _ in range(WARMING):
            visitor.open_page(path)
        before, messages = cpu_s(server.process_id), list[ForwardMsg]()
        for _ in range(runs):
            messages += visitor.open_page(path)
        spent = cpu_s(server.process_id) - before
    sizes = sum(message.ByteSize() for message in messages)
    return Cost(1000 * spent / runs, len(messages) / runs, sizes / runs)


def cpu_s(process: int) -> float:
    """Processor seconds that a process has used, on all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _screens(ours: Server, folder: Path) -> Iterator[Measurement]:
    """Answers a second, ours and a bare one's of the same size, in turn."""
    with visit(ours.url) as visitor:
        started = time.perf_counter()
        for _ in range(RUNS):
            visitor.open_page("")
        script = RUNS / (time.perf_counter() - started)
    for path in ("/", "/species", "/boards", "/map"):
        size = len(_answer(ours.port, path))
        plain = _Plain(folder, size)
        try:
            rates = [(_rate(ours.port, path), _rate(plain.port, "/")) for _ in range(3)]
        finally:
            plain.stop()
        best, floor = max(rate for rate, _ in rates), max(rate for _, rate in rates)
        name = f"pages: first screens of {path} a second"
        yield Measurement(name, best, floor, "1/s", ANSWERS, at_least=SHARE_OF_BARE)
        if path == "/":
            name = "pages: first screens beside runs of the script"
            yield Measurement(name, best, script, "1/s", ANSWERS, at_least=TIMES_THE_SCRIPT)


class _Plain(Server):
    """A bare Starlette answer of some bytes."""

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder / f"plain-{size}")
        self._size = size
        self.start()

    def _command(self) -> list[str]:
        return [sys.executable, "-c", STARLETTE, str(self.port), str(self._size)]


def _rate(port: int, path: str) -> float:
    def ask() -> None:
        line = http.client.HTTPConnection("localhost", port, timeout=30)
        for _ in range(ANSWERS // ASKERS):
            _answer(port, path, line)
        line.close()

    askers = [threading.Thread(target=ask) for _ in range(ASKERS)]
    started = time.perf_counter()
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    return ANSWERS / (time.perf_counter() - started)


def _answer(port: int, path: str, line: http.client.HTTPConnection | None = None) -> bytes:
    own = line or http.client.HTTPConnection("localhost", port, timeout=30)
    own.request("GET", path, headers={"Accept": "text/html", "Accept-Encoding": "br"})
    answer = own.getresponse()
    assert answer.status == 200
    return answer.read()
