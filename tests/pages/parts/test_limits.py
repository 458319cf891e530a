"""Which network a request comes from: what is believed of a proxy, and of anybody else."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from starlette.requests import Request

from observations.base.settings import Settings
from pages.parts import limits


@pytest.fixture
def behind(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., None]:
    """`behind("127.0.0.1")`: these proxies are trusted."""

    def trust(*proxies: str) -> None:
        here = settings(trusted_proxies=proxies)
        monkeypatch.setattr(limits, "settings", lambda: here)

    return trust


def network(peer: str, forwarded: str = "") -> str:
    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    return limits.network_of(Request({"type": "http", "headers": headers, "client": (peer, 1)}))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::FFFF:7f00:1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, ::ffff:127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("127.0.0.1", "no address", "unknown"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_behind_the_proxy_each_visitor_has_a_network_of_their_own(
    behind: Callable[..., None], peer: str, forwarded: str, expected: str
) -> None:
    behind("127.0.0.1")
    assert network(peer, forwarded) == expected


def test_the_proxy_may_be_written_as_the_server_is_told_of_it(
    behind: Callable[..., None],
) -> None:
    behind("::ffff:127.0.0.1")
    assert network("127.0.0.1", "203.0.113.7") == "203.0.113.7"


@pytest.mark.parametrize("peer", ["203.0.113.9", "::ffff:203.0.113.9"])
@pytest.mark.parametrize("proxies", [(), ("127.0.0.1",), ("not-an-address",)])
def test_who_is_no_trusted_proxy_is_not_believed(
    behind: Callable[..., None], peer: str, proxies: tuple[str, ...]
) -> None:
    behind(*proxies)
    assert network(peer, "198.51.100.1") == "203.0.113.9"


def test_what_is_no_address_is_never_a_trusted_proxy(behind: Callable[..., None]) -> None:
    behind("testclient")
    assert network("testclient", "203.0.113.7") == "unknown"


@pytest.mark.parametrize(("proxy", "peer"), [("::1", None), ("127.0.0.1", "::ffff:127.0.0.1")])
def test_a_page_behind_the_proxy_knows_its_visitor_s_network(
    behind: Callable[..., None], monkeypatch: pytest.MonkeyPatch, proxy: str, peer: str | None
) -> None:
    behind(proxy)
    context = SimpleNamespace(ip_address=peer, headers={"X-Forwarded-For": "203.0.113.7"})
    monkeypatch.setattr(limits.st, "context", context)
    assert limits.network_here() == "203.0.113.7"
