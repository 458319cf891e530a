"""The command line: `python -m observations COMMAND`."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from db import open_store
from db.photos import open_photos
from db.restoring import restore
from db.store import Store
from observations.base.errors import StorageError
from observations.base.settings import SECRET_FILE, Settings, UnsafeSetting, load_settings
from observations.base.wording import N_, translate
from observations.commands.executing import BESIDE_SERVER, CommandContext, execute
from observations.commands.exits import DONE, REFUSED, UNAVAILABLE, USAGE
from observations.commands.handover import hand_over
from observations.commands.parser import build_parser, with_whole_paths
from observations.commands.progress_bar import progress_bar
from observations.media.store import PhotoFiles


def main(words: list[str]) -> int:
    """Run one command, by the running server where there is one; gives its exit code."""
    arguments = build_parser().parse_args(words)
    words = with_whole_paths(words, arguments)
    arguments = build_parser().parse_args(words)
    try:
        settings = load_settings(is_restoring=arguments.command == "restore")
    except UnsafeSetting as error:
        _say(str(error))
        return USAGE
    if arguments.command == "restore":
        return _restore(arguments, settings)
    password = _ask_password() if getattr(arguments, "action", "") in ("add", "passwd") else ""
    if arguments.command in BESIDE_SERVER:
        language = settings.terminal_language
        draw = progress_bar(sys.stderr, language)
        code = hand_over(settings.home, words, password, language, _say, draw)
        if code is not None:
            return code
    return _run_alone(arguments, password, settings)


def _run_alone(arguments: argparse.Namespace, password: str, settings: Settings) -> int:
    try:
        store = open_store(settings.database_url)
    except StorageError as error:
        _say(str(error))
        return UNAVAILABLE
    try:
        photos = open_photos(settings.media_url)
        return execute(arguments, password, _context(store, photos, settings))
    finally:
        store.close()


def _context(store: Store, photos: PhotoFiles, settings: Settings) -> CommandContext:
    language = settings.terminal_language
    return CommandContext(store, photos, _say, language, progress_bar(sys.stderr, language))


def _restore(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run `restore`, which opens the store itself, since it must be empty; gives the exit code."""
    language = settings.terminal_language
    draw = progress_bar(sys.stderr, language)
    try:
        photos = open_photos(settings.media_url)
        secret_file = settings.home / SECRET_FILE
        counts = restore(settings.database_url, photos, secret_file, Path(arguments.file), draw)
    except StorageError as error:
        _say(translate(N_("没有恢复：{error}"), language).format(error=error))
        return REFUSED
    pictures = counts.pop("photos")
    words = translate(N_("已恢复：{rows} 行，{photos} 张照片，还有密钥。"), language)
    _say(words.format(rows=sum(counts.values()), photos=pictures))
    return DONE


def _ask_password() -> str:
    """The password from the terminal without echo, else the first line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass()
    return sys.stdin.readline().rstrip("\n")


def _say(line: str) -> None:
    """Write one line while somebody reads: with `| head` the output ends, but not the work."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, sys.stdout.fileno())  # so that closing at exit does not fail again
        os.close(nobody)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
