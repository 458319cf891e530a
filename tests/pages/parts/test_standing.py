"""How often a festival's numbers are worked out, with a clock that the test moves."""

from datetime import UTC, date, datetime

import pytest

from observations.base.ids import new_id
from observations.festivals.festival import Festival
from pages.parts.festivals import standing as module
from pages.parts.festivals.standing import standing

NOW = datetime(2026, 5, 16, tzinfo=UTC)


@pytest.fixture
def festival() -> Festival:
    days = date(2026, 5, 16), date(2026, 5, 17)
    return Festival(new_id(), "观察节", "123456", *days, (), new_id(), NOW)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """`[now, how long a count takes, how often it was done]`."""
    at = [1000.0, 0.0, 0]

    def counts(*_arguments: object) -> object:
        at[0] += at[1]
        at[2] += 1
        return object()

    monkeypatch.setattr(module.time, "monotonic", lambda: at[0])
    monkeypatch.setattr(module, "result", counts)
    monkeypatch.setattr(module, "store", lambda: None)
    monkeypatch.setattr(module, "known_now", lambda: NOW)
    return at


def test_a_small_festival_is_as_it_is_now(festival: Festival, clock: list[float]) -> None:
    clock[1] = 0.02
    assert standing(festival) is not standing(festival)


def test_a_large_one_is_counted_once_for_all_who_look(
    festival: Festival, clock: list[float]
) -> None:
    clock[1] = 0.5
    first = standing(festival)
    clock[0] += 4.9
    assert standing(festival) is first
    clock[0] += 0.2
    assert standing(festival) is not first
    assert clock[2] == 2


def test_a_changed_festival_is_counted_anew(festival: Festival, clock: list[float]) -> None:
    clock[1] = 0.5
    standing(festival)
    standing(Festival(**(vars(festival) | {"name": "新名字"})))
    assert clock[2] == 2
