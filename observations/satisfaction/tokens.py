"""One-way tokens in the place of people, networks and residence codes."""

import hashlib
import hmac
from uuid import UUID


def person_token(secret: bytes, wave_id: str, observer_id: UUID) -> str:
    """64 hexadecimal digits that are the same for a person all through a wave.

    HMAC-SHA256 keyed with the installation's secret: without the secret the token can be
    traced to nobody, and a person's tokens of two waves have nothing in common.
    """
    message = f"{wave_id}/{observer_id}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def residence_token(secret: bytes, observer_id: UUID) -> str:
    """The token under which a person's proof of residence is stored: the same in all waves."""
    return _digest(secret, f"residence/{observer_id}")


def network_token(secret: bytes, wave_id: str, network: str) -> str:
    """The token of a network in one wave; it differs in the next wave."""
    return _digest(secret, f"network/{wave_id}/{network}")[:32] if network else ""


def code_token(secret: bytes, code: str) -> str:
    """The token under which a residence code is stored: the code cannot be read from the store."""
    return _digest(secret, f"code/{code}")


def _digest(secret: bytes, message: str) -> str:
    return hmac.new(secret, message.encode(), hashlib.sha256).hexdigest()
