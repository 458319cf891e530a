"""Which unused photos go, and which stay."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from observations.base.ids import new_id
from observations.occurrences.unused_uploads import MOST_A_DEVICE, UnusedUpload, too_many

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
GIGABYTE = 1024**3


def uploads(count: int, size: int = 300_000, days: float = 0) -> list[UnusedUpload]:
    """So many of one browser, a minute apart, the oldest first."""
    device_id = new_id()
    first = NOW - timedelta(days=days, minutes=count)
    return [
        UnusedUpload(new_id(), device_id, "a" * 64, size, first + timedelta(minutes=number))
        for number in range(count)
    ]


def gone(unused: Sequence[UnusedUpload]) -> set[UnusedUpload]:
    return set(too_many(unused, NOW))


def test_a_week_is_kept_and_no_more() -> None:
    fresh, old = uploads(3, days=6.9), uploads(3, days=7)
    assert gone(fresh + old) == set(old)


def test_sixty_of_a_browser_are_kept_the_oldest_go() -> None:
    mine, others = uploads(MOST_A_DEVICE + 5), uploads(MOST_A_DEVICE)
    assert gone(others + mine) == set(mine[:5])


def test_two_gigabytes_in_all_are_kept_the_oldest_go() -> None:
    old, new = uploads(3, GIGABYTE // 2, days=2), uploads(3, GIGABYTE // 2, days=1)
    assert gone(new + old) == set(old[:2])


def test_nothing_goes_of_little() -> None:
    assert gone([]) == set()
    assert gone(uploads(30)) == set()
