"""The command line: `python -m observations COMMAND`."""

import argparse
import errno
import getpass
import logging
import os
import pwd
import sys
from pathlib import Path

from db import open_store
from db.engines.of_url import duckdb_path
from db.moving import absolute, move_database, move_photos
from db.photos import open_photos
from db.restoring import restore
from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import StorageError
from observations.base.settings import (
    SECRET_FILE,
    Settings,
    UnsafeSetting,
    load_settings,
    terminal_language,
)
from observations.base.wording import N_, translate
from observations.commands.context import CommandContext, reason_of
from observations.commands.executing import (
    BESIDE_SERVER,
    FILES_MOVED,
    NOT_MOVED,
    ROWS_MOVED,
    execute,
)
from observations.commands.exits import DONE, REFUSED, STOPPED, UNAVAILABLE, USAGE
from observations.commands.handover import Request, hand_over, is_served
from observations.commands.parser import build_parser, with_whole_paths
from observations.commands.progress_bar import progress_bar
from observations.commands.staff import WITH_PASSWORD
from observations.media.store import PhotoFiles

NEVER_BESIDE_SERVER = ("demo", "restore")


def main(words: list[str]) -> int:
    """Run one command, by the running server where there is one; gives its exit code."""
    language = terminal_language()
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # the last error is told
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        return _run(words, language)
    except UnsafeSetting as error:
        _say(str(error))
        return USAGE
    except OSError as error:
        reason = " ".join(filter(None, (error.filename, reason_of(error, language))))
        _say(translate(N_("没有做成：{error}"), language).format(error=reason))
        return UNAVAILABLE
    except (KeyboardInterrupt, EOFError):
        _say(translate(N_("停下了。"), language))
        return STOPPED


def _run(words: list[str], language: str) -> int:
    arguments = build_parser(language).parse_args(words)
    words = with_whole_paths(words, arguments)
    arguments = build_parser(language).parse_args(words)
    settings = load_settings(is_restoring=arguments.command == "restore")
    if arguments.command in NEVER_BESIDE_SERVER and is_served(settings.home):
        sentence = translate(N_("服务正在用 {home}。先停下服务，再跑 {command}。"), language)
        _say(sentence.format(home=settings.home, command=arguments.command))
        return REFUSED
    if arguments.command == "restore":
        return _restore(arguments, settings)
    if arguments.command == "move":
        return _move(arguments, settings)
    if arguments.command == "import-ground":
        return _import_ground(arguments, settings)
    is_secret = getattr(arguments, "action", "") in WITH_PASSWORD
    password = _ask_password() if is_secret else ""
    if arguments.command in BESIDE_SERVER:
        draw = progress_bar(sys.stderr, language)
        request = Request(words, password, language, _system_user())
        code = hand_over(settings.home, request, _say, draw)
        if code is not None:
            return code
    return _run_alone(arguments, password, settings)


def _run_alone(arguments: argparse.Namespace, password: str, settings: Settings) -> int:
    try:
        store = open_store(settings.database_url)
    except StorageError as error:
        words = translate(N_("存储没有应答：{error}"), settings.terminal_language)
        _say(words.format(error=error))
        return UNAVAILABLE
    try:
        photos = open_photos(settings.media_url)
        return execute(arguments, password, _context(store, photos, settings))
    finally:
        store.close()


def _context(store: Store, photos: PhotoFiles, settings: Settings) -> CommandContext:
    language = settings.terminal_language
    progress = progress_bar(sys.stderr, language)
    return CommandContext(store, photos, _say, language, progress, _system_user())


def _restore(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run `restore`, which opens the store itself, since it must be empty; gives the exit code."""
    language = settings.terminal_language
    draw = progress_bar(sys.stderr, language)
    if not Path(arguments.file).is_file():
        reason = reason_of(FileNotFoundError(errno.ENOENT, ""), language)
        words = translate(N_("读不到文件 {file}：{error}"), language)
        _say(words.format(file=arguments.file, error=reason))
        return USAGE
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


def _move(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run `move`; a DuckDB that the server has open is read by the server."""
    language, is_open = settings.terminal_language, is_served(settings.home)
    source, target = absolute(arguments.source), absolute(arguments.target)
    draw = progress_bar(sys.stderr, language, has_lines=True)
    if is_open and duckdb_path(source) and source == absolute(settings.database_url):
        words = ["--as", arguments.on_behalf, "move", "--from", source, "--to", target]
        code = hand_over(settings.home, Request(words, "", language, _system_user()), _say, draw)
        if code is not None:
            return code
    try:
        is_photos = [url.startswith(("file://", "s3://")) for url in (source, target)]
        if all(is_photos):
            places = open_photos(source), open_photos(target)
            files = move_photos(*places, settings.home, now_utc().date(), draw)
            _say(translate(FILES_MOVED, language).format(files=files))
            return DONE
        if any(is_photos):
            raise StorageError("rows move between databases, photos between file:// and s3://")
        counts = move_database(source, target, settings.home, draw)
    except StorageError as error:
        _say(translate(NOT_MOVED, language).format(error=error))
        return REFUSED
    rows = sum(counts.values())
    _say(translate(ROWS_MOVED, language).format(rows=rows, tables=len(counts)))
    return DONE


def _import_ground(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run `import-ground`, which needs no store and is too long for the server's process."""
    # Imported here: nothing else needs the packages that read an extract and cut it.
    from observations.places.import_ground import import_ground

    language = settings.terminal_language
    draw = progress_bar(sys.stderr, language)
    try:
        made = import_ground(Path(arguments.file), settings.home, draw)
    except (OSError, RuntimeError) as error:
        words = translate(N_("没有做成底图：{error}"), language)
        _say(words.format(error=error))
        return REFUSED
    words = translate(
        N_("底图已做好：{features} 样东西，{tiles} 块瓦片，{names} 个地名。"), language
    )
    _say(words.format(features=made.features, tiles=made.tiles, names=made.names))
    return DONE


def _system_user() -> str:
    """The name of the account on this machine; its number where it has none, as in a container."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


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
