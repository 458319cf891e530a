"""The command's side: hand the work to the running server, if there is one."""

import json
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from observations.base.wording import N_, translate
from observations.commands.context import Say
from observations.commands.exits import REFUSED, UNAVAILABLE
from observations.commands.socket_path import short_path
from observations.exchange.survey_import import Progress, no_progress

SILENCE_S = 10.0
BROKEN_OFF = N_("服务没有说完就断开了，不知道做没做成。看看它的日志，再用 check 核对。")


@dataclass(frozen=True)
class Request:
    """What the server is to run, and for whom."""

    arguments: list[str]
    password: str
    language: str
    system_user: str


def hand_over(
    home: Path, request: Request, say: Say, progress: Progress = no_progress
) -> int | None:
    """Let the server that uses `home` run it; gives its exit code, None where no server listens.

    A server at work reports every two seconds. One that reports nothing for ten seconds has
    stalled: the command says so and ends.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, short_path(home) as path:
        try:
            connection.connect(path)
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        except PermissionError:
            say(translate(N_("服务是另一个用户开的。换成那个用户再来。"), request.language))
            return REFUSED
        connection.settimeout(SILENCE_S)
        try:
            connection.sendall(json.dumps(asdict(request)).encode() + b"\n")
            code = _follow(connection, say, progress)
            if code is None:
                say(translate(BROKEN_OFF, request.language))
            return UNAVAILABLE if code is None else code
        except (ConnectionError, ValueError):
            say(translate(BROKEN_OFF, request.language))
        except TimeoutError:
            words = N_("服务在运行，但 {seconds} 秒没有应答；它可能卡住了，看看它的日志。")
            say(translate(words, request.language).format(seconds=round(SILENCE_S)))
    return UNAVAILABLE


def is_served(home: Path) -> bool:
    """Whether a server that uses `home` listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, short_path(home) as path:
        try:
            connection.connect(path)
        except PermissionError:
            return True
        except OSError:
            return False
    return True


def _follow(connection: socket.socket, say: Say, progress: Progress) -> int | None:
    """The exit code; None where the server said none."""
    for line in connection.makefile("r", encoding="utf-8"):
        answer = json.loads(line)
        if "exit" in answer:
            return int(answer["exit"])
        if "progress" in answer:
            progress(*answer["progress"])
        elif "say" in answer:
            say(answer["say"])
    return None
