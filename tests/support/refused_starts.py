"""Starts that must not end in a running server."""

import re
import time
from dataclasses import dataclass

from tests.browser.server import Server


@dataclass(frozen=True)
class RefusedStart:
    """The last output of a start that was refused, and the seconds until it ended."""

    words: str
    seconds: float


def refused_start(server: Server) -> RefusedStart:
    """Start a server that must end by itself. Raises `AssertionError` where it serves."""
    begun = time.monotonic()
    before = len(server.log(10**9))
    try:
        server.start()
    except RuntimeError:
        words = server.log(10**9)[before:]
        assert not re.search("server.started", words), words
        return RefusedStart(words, time.monotonic() - begun)
    finally:
        server.stop()
    raise AssertionError("the server serves")
