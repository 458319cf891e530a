"""Decoding photos in processes of their own, so that no photo can stall or crash the server.

Two workers share a budget of memory, first come, first served. A photo that crashes its worker, or
takes more memory or time than it may, is refused as one that does not open; the next photo gets a
new worker.
"""

import json
import math
import select
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from queue import LifoQueue
from typing import IO, Any

from observations.base.errors import Refused, StorageError
from observations.media.decoding import Photo
from observations.media.exif import Exif

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "observations.media.worker")
# The environment carries no secret. The malloc settings keep the memory of idle workers small.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "262144"}
WORKERS = 2
MEGABYTES = 400  # for all workers together, above what they use when idle
HEADER_MEGABYTES = 40.0  # memory for reading a header
PATIENCE_S = 90.0  # of real time, on a busy machine; the worker limits its own CPU time
MOST_ANSWER = 64 * 1024
PIECE = 64 * 1024


class Broken(Exception):
    """A worker ended, or did not answer in time."""


class Budget:
    """An amount that is reserved and released, first come, first served.

    Shares are rounded up to whole ones: sums of fractions have rounding errors, and a request for
    the whole amount could then wait for ever.
    """

    def __init__(self, amount: int) -> None:
        self.amount = amount
        self._free = amount
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def reserve(self, amount: float) -> Iterator[None]:
        """Wait for the amount (at most the whole budget), and hold it during the block."""
        share, ticket = min(math.ceil(amount), self.amount), object()
        with self._changed:
            self._queue.append(ticket)
            self._changed.wait_for(lambda: self._queue[0] is ticket and self._free >= share)
            self._queue.popleft()
            self._free -= share
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += share
                self._changed.notify_all()


class Worker:
    """One process that decodes one photo at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process unless it runs; it is ready about a quarter of a second later."""
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=ENVIRONMENT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                bufsize=0,
            )

    def end(self) -> None:
        """Kill the process."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process = None

    def decode(self, path: Path, budget: Budget) -> Photo:
        """The decoded photo. Raises `Refused` as `decoding.decode`; `Broken`."""
        with budget.reserve(HEADER_MEGABYTES):
            first = self._first_answer(path)
        if "needs" not in first:
            return self._photo(first)
        with budget.reserve(first["needs"]):
            self._send(b"go\n")
            return self._photo(self._hear())

    def _first_answer(self, path: Path) -> dict[str, Any]:
        """The answer to a path; sent twice where the worker ended after its last photo."""
        try:
            self._send(bytes(path) + b"\n")
            return self._hear()
        except Broken:
            self.end()
        self._send(bytes(path) + b"\n")
        return self._hear()

    def _photo(self, answer: dict[str, Any]) -> Photo:
        if "refused" in answer:
            raise Refused(answer["refused"], **answer["values"])
        fields: dict[str, Any] = answer["photo"]
        exif = fields["exif"]
        text = exif["taken_at"]
        moment = datetime.fromisoformat(text) if text else None
        fields["exif"] = Exif(**exif | {"taken_at": moment})
        fields["thumb"], fields["large"] = (self._read(fields[size]) for size in ("thumb", "large"))
        return Photo(**fields)

    def _send(self, line: bytes) -> None:
        self.start()
        try:
            self._pipe("stdin").write(line)
        except OSError as error:
            raise Broken from error

    def _hear(self) -> dict[str, Any]:
        line = bytearray()
        while not line.endswith(b"\n") and len(line) < MOST_ANSWER:
            line += self._read(1)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _read(self, count: int) -> bytes:
        pipe, deadline, data = self._pipe("stdout"), time.monotonic() + PATIENCE_S, bytearray()
        while len(data) < count:
            is_ready, _, _ = select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))
            piece = pipe.read(min(PIECE, count - len(data))) if is_ready else b""
            if not piece:
                raise Broken
            data += piece
        return bytes(data)

    def _pipe(self, name: str) -> IO[bytes]:
        pipe: IO[bytes] | None = getattr(self._process, name, None)
        if pipe is None:
            raise Broken
        return pipe


class Decoders:
    """The workers; each is lent to one photo at a time. May be used from several threads."""

    def __init__(self, workers: int = WORKERS, megabytes: int = MEGABYTES) -> None:
        self._budget = Budget(megabytes)
        self._is_closed = False
        self._all = [Worker() for _ in range(workers)]
        self._idle: LifoQueue[Worker] = LifoQueue()
        for worker in self._all:
            self._idle.put(worker)

    def start(self) -> None:
        """Start the workers in advance, so that the first photo need not wait."""
        for worker in self._all:
            worker.start()

    def decode(self, path: Path) -> Photo:
        """The decoded photo of a file.

        Raises `Refused` as `decoding.decode`, and `StorageError` where the server stops meanwhile:
        nothing is known of the photo then, and it is to be sent again.
        """
        worker = self._idle.get()
        try:
            return worker.decode(path, self._budget)
        except Refused:
            raise
        except BaseException as error:
            worker.end()  # it may be half way through an answer
            if self._is_closed and isinstance(error, Exception):
                raise StorageError("the server is stopping") from error
            if isinstance(error, Broken):
                raise Refused("photo.undecodable", "photos") from error
            raise
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """Kill the workers; a photo that one has is not decoded."""
        self._is_closed = True
        for worker in self._all:
            worker.end()
