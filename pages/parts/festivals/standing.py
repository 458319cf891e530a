"""How a festival stands, worked out once for all who look at it."""

import time
from threading import Lock

from observations.festivals.festival import Festival
from observations.festivals.result import Result, result
from pages.parts.runtime import known_now, store

# What takes longer than this is held, so that at most this share of a process's time goes into one
# festival: of 5,000 sightings, half a second of work, the numbers are five seconds old at most.
LONG_S, SHARE = 0.25, 0.05
MOST_HELD = 8
_held: dict[Festival, tuple[float, Result]] = {}  # until when it is shown
_lock = Lock()


def standing(festival: Festival) -> Result:
    """The result of a festival, of now or of some seconds ago; teams by name."""
    with _lock:  # whoever waits for it has no need to work it out too
        until, whole = _held.get(festival, (0.0, None))
        begun = time.monotonic()
        if whole is None or begun >= until:
            whole = result(store(), festival, known_now())
            while len(_held) >= MOST_HELD:
                del _held[next(iter(_held))]
            done = time.monotonic()
            _held[festival] = done + (done - begun - LONG_S) / SHARE, whole
        return whole
