"""A recovery code moves an observer's records to another browser (WeChat clears cookies)."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.people.joining import require_observer
from observations.people.store import Store

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U to misread
LENGTH = 20  # 20 x 5 bits = 100 bits
GROUP = 5
_READ_AS = str.maketrans("ILO", "110")


def make_code() -> str:
    """A new code of 100 random bits, in groups of five letters."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[i : i + GROUP] for i in range(0, LENGTH, GROUP))


def hash_code(code: str) -> str:
    """SHA-256 of the code as typed; spaces and case do not matter.

    A fast hash is enough: 100 random bits cannot be guessed.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.translate(_READ_AS).encode("utf-8", "replace")).hexdigest()


@retried
def replace_code(store: Store, device_id: UUID, now: datetime) -> str:
    """Give the observer of this browser a new code; the old one no longer works.

    It is returned once; only its hash is stored. Raises `Refused("observer.unknown")`.
    """
    code = make_code()
    with store.transaction() as tx:
        observer = require_observer(tx, device_id)
        tx.people.replace_recovery_code(observer.observer_id, hash_code(code), now)
        person = Person(observer_id=observer.observer_id)
        tx.log.add(LogEntry("recovery.code_made", observer.observer_id, person, now))
    return code


@retried
def recover(store: Store, device_id: UUID, code: str, now: datetime) -> UUID:
    """Link this browser to the code's observer. Raises `Refused("recovery.wrong_code")`.

    The route that calls this limits the tries of a device and of a network.
    """
    with store.transaction() as tx:
        observer_id = tx.people.observer_of_recovery_code(hash_code(code))
        if observer_id is None:
            raise Refused("recovery.wrong_code", "code")
        tx.people.link_device(device_id, observer_id, now)
        person = Person(observer_id=observer_id)
        tx.log.add(LogEntry("recovery.used", observer_id, person, now))
    return observer_id
