"""Whose writes are counted, and what is kept of them."""

from collections.abc import Iterator

import pytest
from limits import parse

from observations.base.errors import Refused
from pages.parts import limits

ONCE, WIDE = parse("1/minute"), parse("1000000/minute")


@pytest.fixture(autouse=True)
def _nobody_yet() -> Iterator[None]:
    limits._limiter.storage.reset()
    yield
    limits._limiter.storage.reset()


def keys() -> list[str]:
    return [str(key) for key in limits._limiter.storage.events]  # type: ignore[attr-defined]


def test_what_a_visitor_says_is_kept_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "me", (WIDE, WIDE))
    for long in ("名" * 300_000, "\ud800" * 1000, "a/b/../c"):
        limits.allow("me", long, long)
    assert len(keys()) == 6
    assert max(map(len, keys())) < 100


def test_a_network_that_made_too_many_leaves_no_trace_of_more_browsers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(limits.LIMITS, "me", (WIDE, ONCE))
    limits.allow("me", "first", "203.0.113.7")
    for device in range(20):
        with pytest.raises(Refused):
            limits.allow("me", device, "203.0.113.7")
    assert len(keys()) == 2
    limits.allow("me", "first", "198.51.100.9")


def test_browsers_without_an_id_do_not_stop_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "me", (ONCE, WIDE))
    for network in ("203.0.113.7", "198.51.100.9", "203.0.113.7"):
        limits.allow("me", None, network)
