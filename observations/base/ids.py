"""Identifiers: UUIDv7 for what people make, UUIDv4 where an id must not reveal when it was made."""

import os
import time
from datetime import datetime
from uuid import UUID, uuid4

from observations.base.errors import Refused


def new_id(now: datetime | None = None) -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits. `now` is aware."""
    milliseconds = int((now.timestamp() if now else time.time()) * 1000)
    number = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(os.urandom(10), "big")
    number &= ~(0xF << 76 | 0x3 << 62)
    return UUID(int=number | 0x7 << 76 | 0x2 << 62)


def first_id(moment: datetime) -> UUID:
    """What every UUIDv7 that was made from `moment` (aware) on is greater than, or equal to."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def random_id() -> UUID:
    """A UUIDv4: for public ids of obscured records, which must not reveal when they were made."""
    return uuid4()


def parse_id(text: object, field: str) -> UUID:
    """The UUID in what a phone sent. Raises `Refused("id.malformed")` where it is not one."""
    try:
        return UUID(str(text))
    except ValueError:
        raise Refused("id.malformed", field) from None
