"""Passwords of staff, kept as argon2id."""

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from observations.base.errors import Refused
from observations.people.staff import PASSWORD_LENGTH

_hasher = PasswordHasher()  # argon2id with the library's current parameters (RFC 9106)


def hash_password(password: str) -> str:
    """argon2id of the password. Raises `Refused("staff.password_short")`."""
    if len(password) < PASSWORD_LENGTH:
        raise Refused("staff.password_short", "password", limit=PASSWORD_LENGTH)
    return _hasher.hash(password.encode("utf-8", "replace"))


def fits(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one of this hash.

    Nobody's (None) is checked against a hash too, so that both take the same time.
    """
    try:
        return _hasher.verify(password_hash or _nobodys_hash(), password.encode("utf-8", "replace"))
    except VerificationError:
        return False


@functools.cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(16))
