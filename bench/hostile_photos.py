"""200 broken and hostile photos sent at once with good ones, and their cost to the server.

Memory is that of the whole process tree (shared pages counted once), above its use when idle;
meanwhile the event loop is probed by `/healthz`. The run is compared with good photos alone.
"""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bench.measurement import Measurement, percentile
from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.hostile import Hostile, hostile_photos
from tests.support.memory import tree_megabytes
from tests.support.photographs import hangzhou_jpeg, heic, plain_jpeg

COUNT, FULL_COUNT, SENDERS, A_DEVICE = 200, 400, 4, 50
MEMORY_GOAL_MB, STALL_GOAL_MS = 450, 200
LOOK_EVERY_S = 0.02
GOOD: tuple[Callable[[], bytes], ...] = (plain_jpeg, hangzhou_jpeg, heic)


@dataclass
class Watch:
    """Measurements of the server during a run."""

    memory_mb: list[float] = field(default_factory=list)
    answers_ms: list[float] = field(default_factory=list)


@dataclass
class Answers:
    """How the server answered the senders."""

    statuses: Counter[int] = field(default_factory=Counter)
    speechless: list[str] = field(default_factory=list)
    good: Counter[int] = field(default_factory=Counter)


def measure(full: bool = False) -> Iterator[Measurement]:
    """Good photos alone, then hostile ones among them."""
    count = FULL_COUNT if full else COUNT
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder:
        server = Server(Path(folder) / "home").start()
        try:
            Phone(server.url).upload(plain_jpeg())
            yield from _rows(server, list(hostile_photos(count)))
        finally:
            server.stop()


def _rows(server: Server, hostile: Sequence[Hostile]) -> Iterator[Measurement]:
    time.sleep(2)  # memory that is in use when idle is measured when idle
    idle = tree_megabytes(server.process_id)
    calm, storm, quiet, answers = Watch(), Watch(), Answers(), Answers()
    with _watched(server, calm):
        _send_good(Phone(server.url), quiet, 30, threading.Event())
    with _watched(server, storm):
        _send_all(server.url, hostile, answers)
    good = sum(answers.good.values())
    name, n = "hostile_photos", len(hostile)
    peak, calm_peak = max(storm.memory_mb) - idle, max(calm.memory_mb) - idle
    yield Measurement(f"{name}: without a sentence", len(answers.speechless), None, "answers", n, 0)
    yield Measurement(f"{name}: memory above idle", peak, None, "MB", n, MEMORY_GOAL_MB)
    yield Measurement(f"{name}: memory, good photos alone", calm_peak, None, "MB", 30)
    stall = max(storm.answers_ms)
    probes = len(storm.answers_ms)
    yield Measurement(f"{name}: slowest probe", stall, None, "ms", probes, STALL_GOAL_MS)
    slow = percentile(storm.answers_ms, 99), percentile(calm.answers_ms, 99)
    yield Measurement(f"{name}: probe, p99", *slow, "ms", probes)
    refused = good - answers.good[201]
    yield Measurement(f"{name}: good photos refused beside them", refused, None, "of", good, 0)


class _watched:  # noqa: N801 - a context manager
    """Measure memory and `/healthz` until the block ends."""

    def __init__(self, server: Server, watch: Watch) -> None:
        self._server, self._watch, self._is_over = server, watch, threading.Event()
        self._threads = [threading.Thread(target=look) for look in (self._weigh, self._probe)]

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _weigh(self) -> None:
        while not self._is_over.wait(LOOK_EVERY_S):
            self._watch.memory_mb.append(tree_megabytes(self._server.process_id))

    def _probe(self) -> None:
        with requests.Session() as session:
            session.get(f"{self._server.url}/healthz", timeout=60)
            while not self._is_over.wait(LOOK_EVERY_S):
                begun = time.perf_counter()
                session.get(f"{self._server.url}/healthz", timeout=60)
                self._watch.answers_ms.append((time.perf_counter() - begun) * 1000)


def _send_all(url: str, hostile: Sequence[Hostile], answers: Answers) -> None:
    """Several senders of hostile photos, and one of good ones while they send."""
    is_over = threading.Event()
    kind_one = threading.Thread(target=_send_good, args=(Phone(url), answers, 10_000, is_over))
    senders = [
        threading.Thread(target=_send_hostile, args=(url, hostile[first::SENDERS], answers))
        for first in range(SENDERS)
    ]
    for thread in (kind_one, *senders):
        thread.start()
    for thread in senders:
        thread.join()
    is_over.set()
    kind_one.join()


def _send_hostile(url: str, share: Sequence[Hostile], answers: Answers) -> None:
    phone = Phone(url)
    for number, photo in enumerate(share):
        if number % A_DEVICE == A_DEVICE - 1:
            phone = Phone(url)
        answer = phone.upload(photo.data)
        answers.statuses[answer.status_code] += 1
        if not _says_something(answer):
            answers.speechless.append(f"{photo.kind}: {answer.status_code}")


def _says_something(answer: Any) -> bool:
    try:
        body = answer.json()
    except ValueError:
        return False
    if answer.status_code in (200, 201):
        return bool(body.get("sha256"))
    return 400 <= answer.status_code < 500 and bool(body["error"]["message"])


def _send_good(phone: Phone, answers: Answers, most: int, is_over: threading.Event) -> None:
    for number in range(most):
        answer = phone.upload(GOOD[number % len(GOOD)]())
        answers.good[answer.status_code] += 1
        if is_over.is_set():
            return
        is_over.wait(1.0 if number >= 30 else 0.1)  # within one browser's limit
