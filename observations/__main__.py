"""The command line: `python -m observations COMMAND`."""

import argparse
import getpass
import sys
from pathlib import Path

from db import open_store
from db.photos import open_photos
from observations.commands.executing import BESIDE_SERVER, Bench, execute
from observations.commands.exits import UNAVAILABLE, USAGE
from observations.commands.handing import hand_over
from observations.commands.parser import build_parser
from observations.log.errors import StorageError
from observations.log.settings import Settings, UnsafeSetting, load_settings


def main(arguments: list[str]) -> int:
    """Run one command, by the running server where there is one; the exit code."""
    given = build_parser().parse_args(arguments)
    try:
        settings = load_settings()
    except UnsafeSetting as error:
        _say(str(error))
        return USAGE
    arguments = _with_whole_path(given, arguments)
    password = _ask_password() if getattr(given, "action", "") in ("add", "passwd") else ""
    if given.command in BESIDE_SERVER:
        language = settings.terminal_language
        code = hand_over(settings.home, arguments, password, language, _say)
        if code is not None:
            return code
    return _run_alone(given, password, settings)


def _with_whole_path(given: argparse.Namespace, arguments: list[str]) -> list[str]:
    """The server, who may read the file in our place, works in another folder."""
    if "file" not in given:
        return arguments
    whole = str(Path(given.file).absolute())
    return [whole if argument == given.file else argument for argument in arguments]


def _run_alone(given: argparse.Namespace, password: str, settings: Settings) -> int:
    try:
        store = open_store(settings.database_url)
    except StorageError as error:
        _say(str(error))
        return UNAVAILABLE
    try:
        photos = open_photos(settings.media_url)
        return execute(given, password, Bench(store, photos, _say, settings.terminal_language))
    finally:
        store.close()


def _ask_password() -> str:
    """From the terminal without echo, else the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\n")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
