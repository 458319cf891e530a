"""Limits on how often one browser and one network may write, or guess wrong.

The counts are in the memory of a process, or in a Redis where several processes count together;
while it is away each process counts alone.
"""

import hashlib
import time
from collections.abc import Iterator
from typing import Literal

import streamlit as st
from limits import RateLimitItem, parse
from limits.errors import StorageError as CountsAway
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry
from starlette.requests import HTTPConnection

from observations.base.errors import Refused
from observations.base.networks import network_around, read_address
from pages.parts.logs import warn

# (per browser, per network). A festival team shares one network, so that one is wide.
LIMITS: dict[str, tuple[RateLimitItem, RateLimitItem]] = {
    # 30 photos at one go, each tried up to ten times; 300 telephones behind one address
    "media": (parse("300/10 minutes"), parse("9000/10 minutes")),
    "records": (parse("120/10 minutes"), parse("6000/10 minutes")),
    "check": (parse("240/10 minutes"), parse("9000/10 minutes")),
    # naming others' sightings, one after the other on the map
    "identifications": (parse("60/10 minutes"), parse("3000/10 minutes")),
    # a zip with every photo of somebody: read whole, and written to the disk
    "download": (parse("6/hour"), parse("200/hour")),
    "flags": (parse("20/hour"), parse("600/hour")),
    "appeals": (parse("6/hour"), parse("200/hour")),
    "consent": (parse("20/10 minutes"), parse("600/10 minutes")),
    "names": (parse("10/hour"), parse("300/hour")),
    "me": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "actions": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "codes": (parse("40/10 minutes"), parse("1500/10 minutes")),
    # wrong ones alone, so that a crowd can come in; of a million codes a network tries 2,880 a day
    "festival_code": (parse("10/10 minutes"), parse("120/hour")),
    "satisfaction": (parse("30/10 minutes"), parse("1000/10 minutes")),
    # a code of 100 random bits is not found by trying; a mobile network is one address
    "recover": (parse("5/10 minutes"), parse("200/10 minutes")),
    # the name has a rising pause besides; a network of many strangers is no reason to lock it
    "sign_in": (parse("30/10 minutes"), parse("100/10 minutes")),
    # a telephone on a weak signal opens its websocket again and again
    "stream": (parse("20000/10 minutes"), parse("20000/10 minutes")),
}
THIS_MACHINE = "127.0.0.1"  # for which Streamlit gives None
LONGEST_ANSWER_S = 0.25  # of Redis, which is asked in the event loop
RESTS_S = 10.0  # before a Redis that did not answer is asked again
_limiter = MovingWindowRateLimiter(MemoryStorage())


class Together:
    """The counts that several processes share, where there are such."""

    def __init__(self) -> None:
        self._limiter: MovingWindowRateLimiter | None = None
        self._rests_until = 0.0

    def begin(self, url: str) -> None:
        """Count at this Redis from now on; with "" no longer. Connects when it is first asked."""
        self._rests_until = 0.0
        if not url:
            self._limiter = None
            return
        pool = ConnectionPool.from_url(
            url,
            socket_timeout=LONGEST_ANSWER_S,
            socket_connect_timeout=LONGEST_ANSWER_S,
            retry=Retry(NoBackoff(), 0),
        )
        storage = RedisStorage(url, pool, key_prefix="luji", wrap_exceptions=True)
        self._limiter = MovingWindowRateLimiter(storage)

    def ask(self, how: Literal["hit", "test"], limit: RateLimitItem, key: tuple[str, ...]) -> bool:
        """Whether one more is allowed; a `hit` counts it."""
        if self._limiter and time.monotonic() >= self._rests_until:
            try:
                return bool(getattr(self._limiter, how)(limit, *key))
            except CountsAway as error:
                self._rests_until = time.monotonic() + RESTS_S
                warn("limits.alone", kind=type(error.__cause__ or error).__name__)
        return bool(getattr(_limiter, how)(limit, *key))


together = Together()


def allow(what: str, device: object, network: str) -> None:
    """Count one write; of a browser without an id (None) only its network's.

    The network is asked first: one that has made too many leaves no trace of further browsers.
    Raises `Refused("limit.too_many")` when the browser or its network has made too many.
    """
    if not all(together.ask("hit", limit, key) for limit, key in _keys(what, device, network)):
        raise Refused("limit.too_many")


def require_guesses(what: str, device: object, network: str) -> None:
    """Refuse even a right guess where the browser or its network guessed wrong too often.

    Raises `Refused("limit.too_many")`.
    """
    if not all(together.ask("test", limit, key) for limit, key in _keys(what, device, network)):
        raise Refused("limit.too_many")


def note_guess(what: str, device: object, network: str) -> None:
    """Count a wrong guess."""
    for limit, key in _keys(what, device, network):
        together.ask("hit", limit, key)


def _keys(
    what: str, device: object, network: str
) -> Iterator[tuple[RateLimitItem, tuple[str, str, str]]]:
    """The limits with their keys, the network's first; who has no id shares no browser's."""
    per_device, per_network = LIMITS[what]
    yield per_network, (what, "network", short_key(network))
    if device is not None:
        yield per_device, (what, "device", short_key(device))


def short_key(key: object) -> str:
    """A short key of what a visitor says, which may be long: 24 letters."""
    return hashlib.blake2b(str(key).encode("utf-8", "replace"), digest_size=12).hexdigest()


def network_of(connection: HTTPConnection) -> str:
    """The network a request came from; `pages/shell/proxies.py` has put its address there."""
    return network_around(read_address(connection.client.host if connection.client else ""))


def network_here() -> str:
    """The network of the visitor whose page this is."""
    address = st.context.ip_address  # a script that runs without a browser has no text there
    return network_around(read_address(address if isinstance(address, str) else THIS_MACHINE))
