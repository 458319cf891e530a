"""How often one browser and one network may write. A kept library counts; nothing is stored.

In memory, a process: with several processes each counts for itself.
"""

import ipaddress

import streamlit as st
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from observations.base.errors import Refused
from pages.parts.runtime import settings

# (per browser, per network). A festival team shares one network, so that one is wide.
LIMITS: dict[str, tuple[RateLimitItem, RateLimitItem]] = {
    # 30 photos at one go, each tried up to ten times; 300 telephones behind one address
    "media": (parse("300/10 minutes"), parse("9000/10 minutes")),
    "records": (parse("120/10 minutes"), parse("6000/10 minutes")),
    "check": (parse("240/10 minutes"), parse("9000/10 minutes")),
    "consent": (parse("20/10 minutes"), parse("600/10 minutes")),
    "me": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "actions": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "codes": (parse("40/10 minutes"), parse("1500/10 minutes")),
    "rating": (parse("30/10 minutes"), parse("1000/10 minutes")),
    "recover": (parse("5/10 minutes"), parse("20/10 minutes")),
    "sign_in": (parse("10/10 minutes"), parse("30/10 minutes")),
}
_limiter = MovingWindowRateLimiter(MemoryStorage())


def allow(what: str, device: object, network: str) -> None:
    """Count one write. Raises `Refused("limit.too_many")` when either has made too many."""
    per_device, per_network = LIMITS[what]
    by_device = _limiter.hit(per_device, what, "device", str(device))
    by_network = _limiter.hit(per_network, what, "network", network)
    if not (by_device and by_network):
        raise Refused("limit.too_many")


def network_of(connection: HTTPConnection) -> str:
    """The network a request came from."""
    peer = connection.client.host if connection.client else "unknown"
    return _believed(peer, connection.headers.get("x-forwarded-for", ""))


def network_here() -> str:
    """The network of the visitor whose page this is."""
    peer = st.context.ip_address or "127.0.0.1"  # Streamlit gives None for this very machine
    return _believed(peer, st.context.headers.get("X-Forwarded-For") or "")


def _believed(peer: str, forwarded: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one, which one phone owns.

    X-Forwarded-For is believed only from LUJI_TRUSTED_PROXIES, its last entry first.
    """
    for hop in reversed([hop.strip() for hop in forwarded.split(",") if hop.strip()]):
        if peer not in settings().trusted_proxies:
            break
        peer = hop
    return _prefix(peer)


def _prefix(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
