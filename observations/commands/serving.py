"""The server's side of commands: DuckDB admits no second process, so the server runs them."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from db.store import Store
from observations.commands.context import CommandContext
from observations.commands.executing import BESIDE_SERVER, execute
from observations.commands.exits import USAGE
from observations.commands.parser import build_parser
from observations.commands.socket_path import NAME, short_path
from observations.exchange.survey_import import Progress
from observations.media.store import PhotoFiles

LONGEST_REQUEST = 64 * 1024
ALIVE_EVERY_S = 2.0
OWNER_ONLY = 0o177  # umask: the socket is made with mode 0600


@asynccontextmanager
async def serve_commands(home: Path, store: Store, photos: PhotoFiles) -> AsyncIterator[None]:
    """Listen at the socket in `home` during the block."""
    (home / NAME).unlink(missing_ok=True)  # left by a killed server

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _answer(reader, writer, store, photos)

    with short_path(home) as path:
        before = os.umask(OWNER_ONLY)
        try:
            server = await asyncio.start_unix_server(answer, path, limit=LONGEST_REQUEST)
        finally:
            os.umask(before)
    try:
        yield
    finally:
        server.close()
        (home / NAME).unlink(missing_ok=True)


async def _answer(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, store: Store, photos: PhotoFiles
) -> None:
    """Read one JSON line, answer a JSON line for each report, and last `{"exit": code}`."""
    loop = asyncio.get_running_loop()

    def say(line: str) -> None:
        loop.call_soon_threadsafe(writer.write, _line({"say": line}))

    def progress(what: str, done: int, total: int) -> None:
        loop.call_soon_threadsafe(writer.write, _line({"progress": [what, done, total]}))

    async def stay_alive() -> None:
        while True:
            writer.write(_line({"alive": True}))
            await asyncio.sleep(ALIVE_EVERY_S)

    alive = asyncio.create_task(stay_alive())
    try:
        line = await reader.readline()
        if not line:
            return  # somebody only looked whether the server is there
        request = json.loads(line)
        code = await asyncio.to_thread(_run, request, store, photos, say, progress)
        await asyncio.sleep(0)  # lines reported by the thread are written before the end
        writer.write(_line({"exit": code}))
        await writer.drain()
    finally:
        alive.cancel()
        writer.close()


def _run(
    request: dict[str, Any], store: Store, photos: PhotoFiles, say: Any, progress: Progress
) -> int:
    arguments = build_parser().parse_args(request["arguments"])
    context = CommandContext(
        store, photos, say, request["language"], progress, request["system_user"]
    )
    if arguments.command not in BESIDE_SERVER:
        say(f"{arguments.command}: stop the server first")
        return USAGE
    return execute(arguments, request["password"], context)


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
