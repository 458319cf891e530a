"""Questions that pages and programs put to the pulse."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observations.satisfaction.board import Board, board
from observations.satisfaction.responses import Response
from observations.satisfaction.store import Reads
from observations.satisfaction.tokens import person_token
from observations.satisfaction.waves import Wave, wave_of


def board_of(store: Reads, wave: Wave, districts: Sequence[str]) -> Board:
    """Return the board of ``wave`` for the city's ``districts`` (adcodes)."""
    counts = store.satisfaction.counts(wave.wave_id)
    return board(wave, counts, districts, store.satisfaction.has_demo(wave.wave_id))


def own_answer(store: Reads, secret: bytes, observer_id: UUID, now: datetime) -> Response | None:
    """Return what this person has answered in the wave that is running, if anything."""
    wave_id = wave_of(now).wave_id
    return store.satisfaction.current(wave_id, person_token(secret, wave_id, observer_id))
