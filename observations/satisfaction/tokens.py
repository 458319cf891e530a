"""The one-way name under which a person's answer is kept."""

import hashlib
import hmac
from uuid import UUID


def person_token(secret: bytes, wave_id: str, observer_id: UUID) -> str:
    """Return 64 hexadecimal digits that are the same for a person all through a wave.

    HMAC-SHA256 keyed with the installation's secret: without the secret the token can be
    traced to nobody, and a person's tokens of two waves have nothing in common.
    """
    message = f"{wave_id}/{observer_id}".encode()
    return hmac.new(secret, message, hashlib.sha256).hexdigest()
