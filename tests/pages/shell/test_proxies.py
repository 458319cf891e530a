"""Who a request comes from and how: what is believed of a proxy, and of anybody else."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import HTTPConnection

from observations.base.settings import Settings
from pages.parts import limits
from pages.shell import proxies
from pages.shell.proxies import BehindProxies

Trust = Callable[..., None]


@pytest.fixture
def behind(settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Trust:
    """`behind("127.0.0.1")`: these proxies are trusted."""

    def trust(*names: str, public_url: str = "") -> None:
        here = settings(trusted_proxies=names, public_url=public_url)
        monkeypatch.setattr(proxies, "settings", lambda: here)

    return trust


def arrive(peer: str | None, *headers: tuple[str, str], kind: str = "http") -> dict[str, Any]:
    """The scope as the app sees it."""
    scope = {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": (peer, 1) if peer is not None else None,
    }
    came: list[Any] = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        came.append(scope)

    asyncio.run(BehindProxies(app)(scope, None, None))  # type: ignore[arg-type]
    return dict(came[0])


def network(peer: str | None, *forwarded: str) -> str:
    """The network that the limits count."""
    lines = [("x-forwarded-for", line) for line in forwarded]
    return limits.network_of(HTTPConnection(arrive(peer, *lines)))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::FFFF:7f00:1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7:50123", "203.0.113.7"),
        ("127.0.0.1", "[2001:db8:1:2:3::4]:443", "2001:db8:1:2::/64"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, ::ffff:127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("127.0.0.1", "no address", "unknown"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_behind_the_proxy_each_visitor_has_a_network_of_their_own(
    behind: Trust, peer: str, forwarded: str, expected: str
) -> None:
    behind("127.0.0.1")
    assert network(peer, forwarded) == expected


@pytest.mark.parametrize(
    "proxy", ["::ffff:127.0.0.1", "127.0.0.0/8", "127.0.0.1-127.0.0.3", "::ffff:127.0.0.0/104"]
)
@pytest.mark.parametrize("peer", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_the_proxy_may_be_written_in_any_dress(behind: Trust, proxy: str, peer: str) -> None:
    behind("192.0.2.1", proxy)
    assert network(peer, "203.0.113.7") == "203.0.113.7"


def test_a_proxy_that_adds_a_line_of_its_own_is_heard_last(behind: Trust) -> None:
    behind("127.0.0.1")
    assert network("127.0.0.1", "198.51.100.1", "203.0.113.7") == "203.0.113.7"


def test_proxies_of_ours_in_a_row_are_gone_through(behind: Trust) -> None:
    behind("127.0.0.1", "10.0.0.0/8")
    assert network("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.5, 10.9.9.9") == "203.0.113.7"


@pytest.mark.parametrize("peer", ["203.0.113.9", "::ffff:203.0.113.9"])
@pytest.mark.parametrize("trusted", [(), ("127.0.0.1",), ("203.0.113.8", "10.0.0.0/8")])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_who_is_no_trusted_proxy_changes_nothing(
    behind: Trust, peer: str, trusted: tuple[str, ...], kind: str
) -> None:
    behind(*trusted)
    forged = ("x-forwarded-for", "198.51.100.1"), ("x-forwarded-proto", "https")
    scope = arrive(peer, *forged, kind=kind)
    assert limits.network_of(HTTPConnection(scope)) == "203.0.113.9"
    assert not proxies.is_https(scope)


@pytest.mark.parametrize("peer", [None, "", "testclient"])
def test_who_has_no_address_is_no_proxy(behind: Trust, peer: str | None) -> None:
    behind("127.0.0.1")
    assert network(peer, "203.0.113.7") == "unknown"


@pytest.mark.parametrize(
    ("said", "https"),
    [("https", True), ("HTTPS", True), ("wss", True), ("http", False), ("gopher", False)]
    + [("", False), ("http, https", True), ("https, http", False)],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_the_proxy_says_which_scheme_the_visitor_uses(
    behind: Trust, said: str, https: bool, kind: str
) -> None:
    behind("127.0.0.1")
    scope = arrive("127.0.0.1", ("x-forwarded-proto", said), kind=kind)
    assert proxies.is_https(scope) == https
    assert scope["scheme"] in (("wss", "ws") if kind == "websocket" else ("https", "http"))


def test_a_page_knows_its_visitor_s_network(monkeypatch: pytest.MonkeyPatch) -> None:
    for address, expected in (("2001:db8::7", "2001:db8::/64"), (None, "127.0.0.1")):
        context = SimpleNamespace(ip_address=address, headers={"X-Forwarded-For": "203.0.113.7"})
        monkeypatch.setattr(limits.st, "context", context)
        assert limits.network_here() == expected
