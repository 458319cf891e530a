"""A person's own answers: the current one, all of them for the download, erasing their words."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from observations.satisfaction.concern import Concern, ThemeAnswer
from observations.satisfaction.responses import Response
from observations.satisfaction.store import Reads, Transaction
from observations.satisfaction.tokens import person_token, residence_token
from observations.satisfaction.waves import wave_of


def own_answer(store: Reads, secret: bytes, observer_id: UUID, now: datetime) -> Response | None:
    """This person's answer in the running wave, or None."""
    wave_id = wave_of(now).wave_id
    return store.satisfaction.current(wave_id, person_token(secret, wave_id, observer_id))


def own_concern(
    store: Reads, secret: bytes, observer_id: UUID, now: datetime
) -> tuple[Concern | None, list[ThemeAnswer]]:
    """This person's concern behind their low score, and the answer of the staff."""
    wave_id = wave_of(now).wave_id
    token = person_token(secret, wave_id, observer_id)
    answers = store.satisfaction.answers_to(wave_id, token)
    return store.satisfaction.concern(wave_id, token), answers


def answers_of(store: Reads, secret: bytes, observer_id: UUID) -> list[Response]:
    """All answers of this person, changes included, oldest first."""
    return store.satisfaction.turns(_tokens(store, secret, observer_id))


def forget_person(tx: Transaction, secret: bytes, observer_id: UUID) -> list[str]:
    """Erase what this person wrote, where, with which photos; the SHA-256 of photos to remove.

    The answers stay and lead to nobody. Call it before the observer is erased, and compact the
    store afterwards.
    """
    tokens = _tokens(tx, secret, observer_id)
    photos = tx.satisfaction.photos_of_concerns(tokens)
    tx.satisfaction.forget_reasons(tokens)
    tx.satisfaction.forget_concerns(tokens)
    tx.satisfaction.forget_proofs(residence_token(secret, observer_id))
    return photos


def _tokens(store: Reads, secret: bytes, observer_id: UUID) -> Sequence[str]:
    waves = store.satisfaction.waves()
    return [person_token(secret, wave.wave_id, observer_id) for wave in waves]
