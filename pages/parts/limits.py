"""Limits on how often one browser and one network may write, or guess wrong.

The counts are in the memory of a process: several processes count separately.
"""

import hashlib
from collections.abc import Iterator

import streamlit as st
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from observations.base.errors import Refused
from observations.base.networks import network_around, read_address

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
_limiter = MovingWindowRateLimiter(MemoryStorage())


def allow(what: str, device: object, network: str) -> None:
    """Count one write; of a browser without an id (None) only its network's.

    The network is asked first: one that has made too many leaves no trace of further browsers.
    Raises `Refused("limit.too_many")` when the browser or its network has made too many.
    """
    if not all(_limiter.hit(limit, *key) for limit, key in _keys(what, device, network)):
        raise Refused("limit.too_many")


def require_guesses(what: str, device: object, network: str) -> None:
    """Refuse even a right guess where the browser or its network guessed wrong too often.

    Raises `Refused("limit.too_many")`.
    """
    if not all(_limiter.test(limit, *key) for limit, key in _keys(what, device, network)):
        raise Refused("limit.too_many")


def note_guess(what: str, device: object, network: str) -> None:
    """Count a wrong guess."""
    for limit, key in _keys(what, device, network):
        _limiter.hit(limit, *key)


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
