"""Ports for the servers that tests start."""

import contextlib
import random
import socket

PORTS = (10_000, 32_768)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now.

    It is below the ports that the system assigns itself: between the choice and the server's start,
    or while a server is down, no connection of another process can get it. It is not chosen by
    `random` itself, which tests seed.
    """
    dice = random.SystemRandom()
    while True:
        port = dice.randrange(*PORTS)
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port
