"""Two pages are drawn at a time, and those that take long do not hold up the others."""

import threading
from contextlib import ExitStack

import pytest

from pages.parts import turns
from pages.parts.turns import AT_ONCE, Turns

FOREVER_S = 3600.0


def _drawn_beside(several: Turns) -> threading.Event:
    """A page that wants to be drawn by a thread of its own; set when it has been."""
    is_drawn = threading.Event()

    def draw() -> None:
        with several.turn():
            is_drawn.set()

    threading.Thread(target=draw, daemon=True).start()
    return is_drawn


def test_one_more_is_drawn_only_after_one_of_those_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_S", FOREVER_S)
    monkeypatch.setattr(turns, "LONGEST_WAIT_S", FOREVER_S)
    several = Turns()
    with ExitStack() as drawing:
        for _ in range(AT_ONCE):
            drawing.enter_context(several.turn())
        is_drawn = _drawn_beside(several)
        assert not is_drawn.wait(0.3)
    assert is_drawn.wait(5)


def test_a_page_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_S", FOREVER_S)
    monkeypatch.setattr(turns, "LONGEST_WAIT_S", FOREVER_S)
    several = Turns()
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ValueError, match="not drawn"), several.turn():
            raise ValueError("not drawn")
    assert _drawn_beside(several).wait(5)


def test_an_overlong_page_loses_its_turn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it gave up it does not give back, or there would be more turns each time."""
    monkeypatch.setattr(turns, "LONGEST_TURN_S", 0.0)
    monkeypatch.setattr(turns, "LONGEST_WAIT_S", FOREVER_S)
    several = Turns()
    with ExitStack() as drawing:
        for _ in range(3 * AT_ONCE):
            drawing.enter_context(several.turn())
    monkeypatch.setattr(turns, "LONGEST_TURN_S", FOREVER_S)
    with ExitStack() as drawing:
        for _ in range(AT_ONCE):
            drawing.enter_context(several.turn())
        assert not _drawn_beside(several).wait(0.3)


def test_who_has_waited_too_long_is_drawn_out_of_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN_S", FOREVER_S)
    monkeypatch.setattr(turns, "LONGEST_WAIT_S", 0.2)
    several = Turns()
    with ExitStack() as drawing:
        for _ in range(AT_ONCE + 1):
            drawing.enter_context(several.turn())
        assert _drawn_beside(several).wait(5)
