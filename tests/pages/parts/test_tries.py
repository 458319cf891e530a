"""Wrong tries: a pause that rises, and ends."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from observations.base.errors import Refused
from pages.parts import tries
from pages.parts.tries import FORGOTTEN_AFTER_S, FREE, LONGEST_S, Tries


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guesses(clock: Clock) -> Tries:
    return Tries(clock)


def pause(guesses: Tries, *keys: str) -> int:
    """Seconds to wait, 0 where the try was taken."""
    try:
        guesses.begin(*keys)
    except Refused as refused:
        assert refused.code == "limit.wait"
        return int(str(refused.values["seconds"]))
    return 0


def test_who_mistypes_waits_for_nothing_then_longer_and_longer(
    guesses: Tries, clock: Clock
) -> None:
    assert [pause(guesses, "admin here") for _ in range(FREE)] == [0] * FREE
    pauses = []
    for _ in range(10):
        pauses.append(pause(guesses, "admin here"))
        clock.now += pauses[-1]
        assert pause(guesses, "admin here") == 0
    assert pauses[:4] == [2, 4, 8, 16]
    assert pauses[-1] == LONGEST_S


def test_a_try_while_one_waits_makes_the_wait_no_longer(guesses: Tries, clock: Clock) -> None:
    for _ in range(FREE):
        guesses.begin("admin here")
    assert {pause(guesses, "admin here") for _ in range(100)} == {2}
    clock.now += 2
    assert pause(guesses, "admin here") == 0


def test_a_stranger_s_tries_are_another_key(guesses: Tries) -> None:
    for _ in range(FREE + 1):
        pause(guesses, "admin there", "their browser")
    assert pause(guesses, "admin there", "their browser") > 0
    assert pause(guesses, "admin here", "my browser") == 0


def test_one_key_that_waits_leaves_the_others_uncounted(guesses: Tries) -> None:
    for _ in range(FREE):
        guesses.begin("their browser")
    for _ in range(50):
        assert pause(guesses, "their browser", "admin here") > 0
    assert pause(guesses, "admin here") == 0


def test_a_right_password_and_an_hour_forget(guesses: Tries, clock: Clock) -> None:
    for _ in range(FREE):
        guesses.begin("a", "b")
    guesses.forget("a", "never seen")
    assert pause(guesses, "a") == 0
    assert pause(guesses, "b") > 0
    clock.now += FORGOTTEN_AFTER_S + 1
    assert [pause(guesses, "b") for _ in range(FREE)] == [0] * FREE


def test_guesses_at_once_are_no_more_than_guesses_in_turn(guesses: Tries) -> None:
    with ThreadPoolExecutor(8) as pool:
        pauses = list(pool.map(lambda _: pause(guesses, "admin here"), range(40)))
    assert pauses.count(0) == FREE


def test_memory_is_kept_of_the_latest_alone(
    guesses: Tries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "MOST", 100)
    for n in range(1000):
        guesses.begin(f"name {n}")
    assert len(guesses._past) == 100
