"""The command line: `python -m observations COMMAND`."""

import argparse
import getpass
import sys
from pathlib import Path

from db import open_store
from db.photos import open_photos
from observations.commands.executing import BESIDE_SERVER, UNAVAILABLE, USAGE, Bench, execute
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
    password = _ask_password() if getattr(given, "action", "") in ("add", "passwd") else ""
    arguments = _with_whole_path(arguments, getattr(given, "file", None))
    if given.command in BESIDE_SERVER:
        language = settings.terminal_language
        code = hand_over(settings.home, arguments, password, language, _say)
        if code is not None:
            return code
    return _run_alone(given, password, settings)


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


def _with_whole_path(arguments: list[str], file: str | None) -> list[str]:
    """The server that does the work stands in another folder."""
    return [str(Path(file).resolve()) if word == file else word for word in arguments]


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
