"""The command's end: hand the work to the running server, if there is one."""

import json
import socket
from pathlib import Path

from observations.commands.executing import Say
from observations.commands.exits import UNAVAILABLE
from observations.commands.socket_path import short_path
from observations.exchange.importing import Progress, no_progress


def hand_over(
    home: Path,
    arguments: list[str],
    password: str,
    language: str,
    say: Say,
    progress: Progress = no_progress,
) -> int | None:
    """Let the server that uses `home` do it; its exit code, or None where no server listens."""
    request = {"arguments": arguments, "password": password, "language": language}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, short_path(home) as path:
        try:
            connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        connection.sendall(json.dumps(request).encode() + b"\n")
        for line in connection.makefile("r", encoding="utf-8"):
            answer = json.loads(line)
            if "exit" in answer:
                return int(answer["exit"])
            if "progress" in answer:
                progress(*answer["progress"])
            else:
                say(answer["say"])
    return UNAVAILABLE
