"""`/healthz`: whether this process can answer, write, and reach its photos.

The store is asked on separate threads, so that other requests that wait for it do not delay the
answer. Where it does not answer at once, its last answer is repeated for a few seconds.
"""

import asyncio
import hmac
import shutil
import time
from concurrent.futures import Future, ThreadPoolExecutor

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.errors import StorageError
from observations.base.roles import NOBODY
from observations.log.entries import LogEntry
from pages.parts.runtime import health_key, known_now, photos, settings, store

WITHIN_S = 0.06  # the rest of 0.1 s belongs to the loop, which pages hold up
BELIEVED_S = 10.0  # after so long without an answer the store counts as unreachable
LEAST_FREE = 16 * 1024 * 1024  # bytes; with less, the next checkpoint may fail
Health = dict[str, object]


class Watch:
    """Checks the process, one check at a time, and remembers the result."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, "health")
        self._question: Future[Health] | None = None
        self._answer: Health = {"status": "unavailable", "failing": ["database"]}
        self._answered_at = -BELIEVED_S

    async def health(self) -> Health:
        """The current result, or where it takes longer than `WITHIN_S` the last one."""
        if self._question is None or self._question.done():
            self._question = self._threads.submit(self._ask)
        pending = asyncio.shield(asyncio.wrap_future(self._question))
        try:
            self._answer = await asyncio.wait_for(pending, WITHIN_S)
        except TimeoutError:
            if time.monotonic() - self._answered_at > BELIEVED_S:
                return {"status": "unavailable", "failing": ["database"]}
        return self._answer

    def _ask(self) -> Health:
        health: Health = {"status": "ok", "engine": "", "waiting": 0}
        failing, step = [], "database"
        try:
            health |= {"engine": store().engine_name}
            health |= {"waiting": store().verification.count_waiting()}
            step = "writing"
            if store().is_write_failing:
                _write()  # a transaction that changes nothing would succeed on a full disk
        except (StorageError, OSError):
            failing.append(step)
        failing += [name for name, is_bad in self._disks() if is_bad]
        if failing:
            health = {"status": "unavailable", "failing": failing}
        self._answer, self._answered_at = health, time.monotonic()
        return health

    def _disks(self) -> list[tuple[str, bool]]:
        free = shutil.disk_usage(settings().home).free
        return [("disk", free < LEAST_FREE), ("photos", photos().is_away())]


def _write() -> None:
    """Record in the log that writing works again. Raises `StorageError` while it does not."""
    with store().transaction() as tx:
        tx.log.add(LogEntry("store.writes_again", None, NOBODY, known_now()))


_watch = Watch()


async def healthz(request: Request) -> Response:
    """200 when everything works, else 503; to a stranger no more than that.

    Whoever has the key in `$LUJI_HOME/health-key` also learns the engine, how much waits for the
    desk, and what fails: database, writing, disk, photos.
    """
    health = await _watch.health()
    is_ok = health["status"] == "ok"
    told = health if _is_operator(request) else {"status": health["status"]}
    return JSONResponse(told, 200 if is_ok else 503, headers={"Cache-Control": "no-store"})


def _is_operator(request: Request) -> bool:
    key = request.headers.get("authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(key.encode("utf-8", "replace"), health_key().encode())


ROUTES = [Route("/healthz", healthz)]
