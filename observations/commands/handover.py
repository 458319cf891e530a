"""The command's side: hand the work to the running server, if there is one."""

import json
import socket
from pathlib import Path

from observations.base.wording import N_, translate
from observations.commands.executing import Say
from observations.commands.exits import UNAVAILABLE
from observations.commands.socket_path import short_path
from observations.exchange.survey_import import Progress, no_progress

SILENCE_S = 10.0


def hand_over(
    home: Path,
    arguments: list[str],
    password: str,
    language: str,
    say: Say,
    progress: Progress = no_progress,
) -> int | None:
    """Let the server that uses `home` run it; gives its exit code, None where no server listens.

    A server at work reports every two seconds. One that reports nothing for ten seconds has
    stalled: the command says so and ends.
    """
    request = {"arguments": arguments, "password": password, "language": language}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, short_path(home) as path:
        try:
            connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        connection.settimeout(SILENCE_S)
        try:
            connection.sendall(json.dumps(request).encode() + b"\n")
            return _follow(connection, say, progress)
        except TimeoutError:
            words = N_("服务在运行，但 {seconds} 秒没有应答；它可能卡住了，看看它的日志。")
            say(translate(words, language).format(seconds=round(SILENCE_S)))
    return UNAVAILABLE


def _follow(connection: socket.socket, say: Say, progress: Progress) -> int:
    for line in connection.makefile("r", encoding="utf-8"):
        answer = json.loads(line)
        if "exit" in answer:
            return int(answer["exit"])
        if "progress" in answer:
            progress(*answer["progress"])
        elif "say" in answer:
            say(answer["say"])
    return UNAVAILABLE
