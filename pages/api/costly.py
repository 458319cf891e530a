"""Public reads that cost a core tens of milliseconds: off the loop, in turn, limited a network.

Two run at a time, of each network one: whoever asks for many waits for themselves. The counts are
in the memory of a process.
"""

import asyncio
import functools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from pages.parts.answers import Handler, answered
from pages.parts.limits import network_of

AT_ONCE = 2  # more would hold up the loop, which shares one lock with them
MOST_WAITING = 200  # of one network
# Milliseconds of work in ten minutes: half of the time that one network can have. 300 telephones
# behind one address that look about on the map take less.
WORK = parse("300000/10 minutes")
_limiter = FixedWindowRateLimiter(MemoryStorage())


@dataclass
class Lane:
    """The requests of one network."""

    turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    waiting: int = 0


@dataclass
class Lanes:
    """The requests of all networks."""

    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    long: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    by_network: dict[str, Lane] = field(default_factory=dict)


_lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, Lanes] = WeakKeyDictionary()


def costly(read: Callable[[Request], Response], is_long: bool = False) -> Handler:
    """The handler that answers with `read`, which runs in a thread.

    One that can take many seconds `is_long` and holds up its like alone. A network that has used up
    its time, or has too many waiting, gets 429.
    """

    @answered
    @functools.wraps(read)
    async def handler(request: Request) -> Response:
        return await in_turn(network_of(request), functools.partial(read, request), is_long)

    return handler


async def in_turn(network: str, work: Callable[[], Response], is_long: bool = False) -> Response:
    """The answer of `work`, run in a thread when it is this network's turn.

    Raises `Refused`: `limit.too_many`.
    """
    lanes = _lanes.setdefault(asyncio.get_running_loop(), Lanes())
    lane = lanes.by_network.setdefault(network, Lane())
    if lane.waiting >= MOST_WAITING:
        raise Refused("limit.too_many")
    lane.waiting += 1
    try:
        async with lane.turn, lanes.long if is_long else lanes.slots:
            return await run_in_threadpool(_charged, network, work)
    finally:
        lane.waiting -= 1
        if not lane.waiting:
            del lanes.by_network[network]


def _charged(network: str, work: Callable[[], Response]) -> Response:
    """The work's answer; its time counts against the network."""
    if not _limiter.test(WORK, "reads", network):
        raise Refused("limit.too_many")
    began = time.perf_counter()
    try:
        return work()
    finally:
        spent = (time.perf_counter() - began) * 1000
        _limiter.hit(WORK, "reads", network, cost=max(1, round(spent)))
