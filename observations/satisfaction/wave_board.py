"""The board of a wave, computed once for each state of its answers."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime

from observations.satisfaction.figures.board import Board, board
from observations.satisfaction.margins import MarginRow, census
from observations.satisfaction.store import Reads
from observations.satisfaction.wave_steps import closed_at
from observations.satisfaction.waves import Wave

KEPT = 32
_boards: OrderedDict[tuple[object, ...], Board] = OrderedDict()
_lock = threading.Lock()


def board_of(store: Reads, wave: Wave, districts: Sequence[str], now: datetime) -> Board:
    """The board of `wave` for the city's `districts` (adcodes), as of `now`.

    It is computed again only after the answers or the margins have changed.
    """
    margins, older = margins_of_wave(store, wave, now), margins_of_wave(store, wave.before, now)
    edition = store.satisfaction.edition(wave.wave_id)
    before = store.satisfaction.edition(wave.before.wave_id)
    key = (wave, edition, before, tuple(districts), tuple(margins), tuple(older))
    with _lock:
        if key in _boards:
            _boards.move_to_end(key)
            return _boards[key]
    new_board = _computed(store, wave, districts, (margins, older))
    with _lock:
        _boards[key] = new_board
        while len(_boards) > KEPT:
            _boards.popitem(last=False)
    return new_board


def margins_of_wave(store: Reads, wave: Wave, now: datetime) -> list[MarginRow]:
    """The margins to which a wave is raked: those in force now, or when it was closed."""
    return store.satisfaction.margins(closed_at(store, wave) or now) or census()


def _computed(
    store: Reads,
    wave: Wave,
    districts: Sequence[str],
    margins: tuple[Sequence[MarginRow], Sequence[MarginRow]],
) -> Board:
    before = board(
        wave.before, store.satisfaction.profiles(wave.before.wave_id), districts, margins[1]
    )
    profiles = store.satisfaction.profiles(wave.wave_id)
    is_demo = store.satisfaction.has_demo(wave.wave_id)
    return board(wave, profiles, districts, margins[0], is_demo, before)
