"""A server that hangs: a command beside it says so and ends."""

import socket
from pathlib import Path

import pytest

from observations.commands import handover
from observations.commands.exits import UNAVAILABLE
from observations.commands.handover import Request, hand_over
from observations.commands.socket_path import NAME


def test_a_command_beside_a_server_that_says_nothing_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert handover.SILENCE_S == 10
    monkeypatch.setattr(handover, "SILENCE_S", 0.2)
    monkeypatch.chdir(tmp_path)  # a Unix socket's name is short
    said: list[str] = []
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(NAME)
        hung.listen()

        code = hand_over(tmp_path, Request(["check"], "", "en", "root"), said.append)

    assert code == UNAVAILABLE
    assert "may hang" in said[0]
