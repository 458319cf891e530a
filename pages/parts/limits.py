"""Limits on how often one browser and one network may write.

The counts are in the memory of a process: several processes count separately.
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
    "names": (parse("10/hour"), parse("300/hour")),
    "me": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "actions": (parse("60/10 minutes"), parse("1500/10 minutes")),
    "codes": (parse("40/10 minutes"), parse("1500/10 minutes")),
    "satisfaction": (parse("30/10 minutes"), parse("1000/10 minutes")),
    "recover": (parse("5/10 minutes"), parse("20/10 minutes")),
    "sign_in": (parse("10/10 minutes"), parse("30/10 minutes")),
}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address | None
_limiter = MovingWindowRateLimiter(MemoryStorage())


def allow(what: str, device: object, network: str) -> None:
    """Count one write.

    Raises `Refused("limit.too_many")` when the browser or its network has made too many.
    """
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
    peer = st.context.ip_address or _this_machine()  # Streamlit gives None for this very machine
    return _believed(peer, st.context.headers.get("X-Forwarded-For") or "")


def _believed(peer: str, forwarded: str) -> str:
    """An IPv4 address, or the /64 of an IPv6 one, which one phone owns.

    X-Forwarded-For is believed only from LUJI_TRUSTED_PROXIES, its last entry first.
    """
    trusted = _trusted()
    address = _address(peer)
    for hop in reversed([hop.strip() for hop in forwarded.split(",") if hop.strip()]):
        if address not in trusted:
            break
        address = _address(hop)
    return _prefix(address)


def _trusted() -> set[Address]:
    return {_address(proxy) for proxy in settings().trusted_proxies} - {None}


def _this_machine() -> str:
    """The loopback address that a trusted proxy of this machine has, else the usual one."""
    loopback = (address for address in _trusted() if address and address.is_loopback)
    return str(next(loopback, "127.0.0.1"))


def _address(text: str) -> Address:
    """An address as it is compared.

    A server that listens on IPv4 and IPv6 at once gets an IPv4 visitor as `::ffff:a.b.c.d`; this
    becomes `a.b.c.d`. None for a text that is no address.
    """
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _prefix(address: Address) -> str:
    if address is None:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
