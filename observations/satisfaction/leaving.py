"""What a person can take away: their answers to read, their words to erase."""

from collections.abc import Sequence
from uuid import UUID

from observations.satisfaction.responses import Response
from observations.satisfaction.store import Reads, Transaction
from observations.satisfaction.tokens import person_token, residence_token


def answers_of(store: Reads, secret: bytes, observer_id: UUID) -> list[Response]:
    """Everything this person answered, changes included, oldest first."""
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
