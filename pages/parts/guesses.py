"""Limits on wrong guesses of a short code: only what is wrong counts, so that a crowd can come in.

The counts are in the memory of a process: several processes count separately.
"""

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from observations.base.errors import Refused

# (per browser, per network). Of a million codes a network can try 2,880 a day.
GUESSES: dict[str, tuple[RateLimitItem, RateLimitItem]] = {
    "festival_code": (parse("10/10 minutes"), parse("120/hour")),
}
_limiter = MovingWindowRateLimiter(MemoryStorage())


def require_guesses(what: str, device: object, network: str) -> None:
    """Refuse even a right code where the browser or its network guessed wrong too often.

    Raises `Refused("limit.too_many")`.
    """
    if not all(_limiter.test(limit, *key) for limit, key in _keys(what, device, network)):
        raise Refused("limit.too_many")


def note_guess(what: str, device: object, network: str) -> None:
    """Count a wrong guess."""
    for limit, key in _keys(what, device, network):
        _limiter.hit(limit, *key)


def _keys(
    what: str, device: object, network: str
) -> list[tuple[RateLimitItem, tuple[str, str, str]]]:
    """The limits with their keys; visitors without a browser's id share none."""
    per_device, per_network = GUESSES[what]
    of_network = (per_network, (what, "network", network))
    return [of_network, (per_device, (what, "device", str(device)))] if device else [of_network]
