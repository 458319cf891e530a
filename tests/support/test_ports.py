"""A port for a server is one that no connection of another process can get."""

import socket
from pathlib import Path

import pytest

from tests.support import ports


def test_it_lies_below_those_the_system_hands_out() -> None:
    handed_out = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()

    assert ports.PORTS[0] <= ports.free_port() < ports.PORTS[1] <= int(handed_out[0])


def test_one_in_use_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        taken = listener.getsockname()[1]
        monkeypatch.setattr(ports, "PORTS", (taken, taken + 20))

        assert taken < ports.free_port() < taken + 20
