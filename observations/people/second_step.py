"""The second step of a sign-in: six figures that a phone shows for half a minute (RFC 6238).

Each code works once. Where the phone is lost a spare code does, once too.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

import pyotp

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.people.recovery import hash_code, make_code
from observations.people.store import Store, Transaction

ISSUER = "Green Traces Hangzhou"
STEP_S = 30
EARLY_AND_LATE = (-1, 0, 1)  # half minutes by which a phone's clock may differ
SPARE_CODES = 8
SECRET_BYTES = 20  # RFC 4226 recommends 160 bits


def make_seed() -> str:
    """A random part of a secret, which the store may know."""
    return secrets.token_hex(16)


def secret_of(server: bytes, staff_id: UUID, seed: str) -> str:
    """The secret in the phone, in base32: of the server's own secret, which is not in the store."""
    text = b"second step" + staff_id.bytes + seed.encode()
    return base64.b32encode(hmac.new(server, text, hashlib.sha256).digest()[:SECRET_BYTES]).decode()


def address_of(secret: str, username: str) -> str:
    """The `otpauth:` address that a phone scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


@retried
def start_second_step(
    store: Store, server: bytes, staff_id: UUID, seed: str, code: str, now: datetime
) -> list[str]:
    """Ask for a second step from now on, if the phone shows the right code; gives the spare codes.

    They are returned once; only their hashes are stored. Raises `Refused("staff.wrong_code")`.
    """
    step = _step_of(secret_of(server, staff_id, seed), code, 0, now)
    if step is None:
        raise Refused("staff.wrong_code", "code")
    spare = [make_code() for _ in range(SPARE_CODES)]
    with store.transaction() as tx:
        tx.people.drop_second_step(staff_id)
        tx.people.start_second_step(staff_id, seed, step, [hash_code(one) for one in spare], now)
        person = Person(staff_id=staff_id)
        tx.log.add(LogEntry("staff.second_step_started", staff_id, person, now))
    return spare


def require_code(tx: Transaction, server: bytes, staff_id: UUID, code: str, now: datetime) -> None:
    """Use a code of the phone, or a spare one. Raises `Refused("staff.wrong_code")`."""
    seed_and_step = tx.people.second_step(staff_id)
    if seed_and_step is None:
        raise Refused("staff.wrong_code", "code")
    seed, last = seed_and_step
    step = _step_of(secret_of(server, staff_id, seed), code, last, now)
    if step is not None:
        tx.people.use_step(staff_id, step)
    elif not tx.people.use_spare_code(staff_id, hash_code(code)):
        raise Refused("staff.wrong_code", "code")


def _step_of(secret: str, code: str, last: int, now: datetime) -> int | None:
    """The half minute whose code this is, later than `last`; None for another code."""
    typed = "".join(letter for letter in code if letter.isdigit() and letter.isascii())
    if len(typed) != 6:
        return None
    totp, middle = pyotp.TOTP(secret), int(now.timestamp()) // STEP_S
    steps = [middle + offset for offset in EARLY_AND_LATE]
    right = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), typed)]
    return next((step for step in right if step > last), None)
