"""Who a request comes from, and by HTTP or HTTPS: what a trusted proxy says, else the connection.

uvicorn believes every program of this machine, and knows no mapped addresses, networks or ranges.
Its answer is replaced for all that follows, Streamlit's websocket included.
"""

from collections.abc import Iterable
from functools import lru_cache

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from observations.base.networks import Address, Network, read_address, read_networks
from pages.parts.connections import visitor
from pages.parts.runtime import settings

ENCRYPTED = ("https", "wss")
PLAIN = ("http", "ws")
MOST_HOPS = 20  # of a header that anybody may begin


def is_https(scope: Scope) -> bool:
    """Whether the visitor's browser speaks HTTPS, to us or to the proxy before us."""
    return scope["scheme"] in ENCRYPTED or settings().public_url.startswith("https:")


class BehindProxies:
    """Puts the visitor's own address and scheme into the scope."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope = {**scope, **seen(scope)}
        await self._app(scope, receive, send)


def seen(scope: Scope) -> dict[str, object]:
    """`client` and `scheme` of a request, as they are believed."""
    headers, came_by = Headers(scope=scope), visitor()
    peer = came_by.peer if came_by else (scope.get("client") or ("",))[0]
    is_encrypted = came_by.is_encrypted if came_by else scope["scheme"] in ENCRYPTED
    address = read_address(peer)
    if is_trusted(address):
        scheme = _last(headers.getlist("x-forwarded-proto"))
        is_encrypted = scheme in ENCRYPTED if scheme in ENCRYPTED + PLAIN else is_encrypted
        address = _first_visitor(address, headers.getlist("x-forwarded-for"))
    bare = "ws" if scope["type"] == "websocket" else "http"
    return {
        "client": ("" if address is None else str(address), 0),
        "scheme": f"{bare}s" if is_encrypted else bare,
    }


def is_trusted(address: Address | None) -> bool:
    """Whether LUJI_TRUSTED_PROXIES has this address."""
    return address is not None and any(
        address in network for network in _networks(settings().trusted_proxies)
    )


def _first_visitor(address: Address | None, lines: Iterable[str]) -> Address | None:
    """The nearest hop that is no proxy of ours; each one told of the one before it, at the end."""
    hops = [hop.strip() for line in lines for hop in line.split(",") if hop.strip()]
    for hop in reversed(hops[-MOST_HOPS:]):
        if not is_trusted(address):
            break
        address = read_address(hop)
    return address


def _last(lines: Iterable[str]) -> str:
    return ",".join(lines).rpartition(",")[2].strip().lower()


@lru_cache(maxsize=8)
def _networks(words: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(network for word in words for network in read_networks(word))
