"""Streamlit's files and ours, compressed once: without this a first visit loads 2.7 MB."""

import gzip
import hashlib
import os
import queue
import re
import sys
import threading
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

import brotli
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from pages.parts.assets import ASSETS, is_private
from pages.shell.assets import FOR_EVER, served

STREAMLIT_FILES = Path(file_util.get_static_dir()).resolve()
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
# A comment on lines of its own in our scripts, where no text begins like one.
COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)
QUICK, BEST = 5, 11  # brotli's quality: 60 ms and 6 s for Streamlit's largest file


class Compressor:
    """Compressed copies of files: a quick one at once, the best one made once and stored on disk.

    The best copy takes seconds a megabyte, so one thread makes it in the background, at low
    priority; until then the quick one is sent.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ready: dict[tuple[Path, int, str], bytes] = {}
        self._waiting: queue.Queue[tuple[Path, int]] = queue.Queue()
        self._worker: threading.Thread | None = None
        self._lock = threading.Lock()

    def body(self, path: Path, coding: str) -> bytes:
        """The file at `path` in `coding` (`br` or `gzip`). Raises `OSError` where there is none."""
        changed = path.stat().st_mtime_ns
        key = (path, changed, coding)
        if key not in self._ready:
            self._ready[key] = self._first(path, changed, coding)
        return self._ready[key]

    def wait(self) -> None:
        """Block until no file waits to be compressed."""
        self._waiting.join()

    def _first(self, path: Path, changed: int, coding: str) -> bytes:
        raw = content(path)
        if coding == "gzip":
            return gzip.compress(raw, 9, mtime=0)
        best = self._kept(raw)
        if best.is_file():
            return best.read_bytes()
        self._ask_for_best(path, changed)
        quick: bytes = brotli.compress(raw, quality=QUICK)
        return quick

    def _kept(self, raw: bytes) -> Path:
        return self._folder / f"{hashlib.sha256(raw).hexdigest()}.br"

    def _ask_for_best(self, path: Path, changed: int) -> None:
        self._waiting.put((path, changed))
        with self._lock:
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="compressor", daemon=True)
                self._worker.start()

    def _work(self) -> None:
        if sys.platform == "linux":  # on Linux each thread has its own priority
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 15)
        while True:
            path, changed = self._waiting.get()
            with suppress(OSError):  # full disk, or no file: the quick copy stays in use
                self._compress(path, changed)
            self._waiting.task_done()

    def _compress(self, path: Path, changed: int) -> None:
        raw = content(path)
        best = brotli.compress(raw, quality=BEST)
        self._ready[(path, changed, "br")] = best
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{os.getpid()}.part"
        partial.write_bytes(best)
        partial.replace(self._kept(raw))


class Precompressed:
    """Answers `/static/…` and `/assets/…` with compressed copies where the browser accepts them."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._compressor = Compressor(folder / streamlit.__version__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            threading.Thread(target=self._first_page, name="first page", daemon=True).start()
        response = await self._answer(scope) if scope["type"] == "http" else None
        await (response or self._app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        if scope["method"] not in ("GET", "HEAD"):
            return None
        path = unquote(scope["path"])
        file, kept_for = located(path, scope["query_string"])
        coding = accepted(Headers(scope=scope).get("accept-encoding", ""))
        if file is None or coding is None:
            return None
        try:
            body = await run_in_threadpool(self._compressor.body, file, coding)
        except OSError:
            return None
        return packed(body, coding, TYPES[file.suffix], kept_for, Headers(scope=scope))

    def _first_page(self) -> None:
        """Compress in advance what every first visit needs."""
        page = (STREAMLIT_FILES / "index.html").read_text("utf-8")
        for name in re.findall(r'"\./(static/[^"]+\.(?:js|css))"', page):
            self._compressor.body(STREAMLIT_FILES / name, "br")


def content(path: Path) -> bytes:
    """What is sent of a file: our own scripts without comments and types, others unchanged.

    Each line keeps its number, so that an error names the line of the file.
    """
    raw = path.read_bytes()
    is_ours = path.is_relative_to(ASSETS) and not path.is_relative_to(ASSETS / "vendor")
    if path.suffix != ".js" or not is_ours:
        return raw
    return COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), raw.decode()).encode()


def located(path: str, query: bytes) -> tuple[Path | None, str]:
    """The compressible file of a path of this site, and its cache header."""
    if Path(path).suffix not in TYPES:
        return None, ""
    if path.startswith("/static/"):
        return _inside(STREAMLIT_FILES, path[1:]), FOR_EVER
    if not path.startswith("/assets/"):
        return None, ""
    name, kept_for = served(path.removeprefix("/assets/"), query)
    return (None, "") if is_private(name) else (_inside(ASSETS, name), kept_for)


def accepted(header: str) -> str | None:
    """The best coding that an Accept-Encoding header takes: `br`, `gzip` or None."""
    codings = {part.split(";")[0].strip() for part in header.lower().split(",")}
    return next((coding for coding in ("br", "gzip") if coding in codings), None)


def packed(
    body: bytes, coding: str, kind: str, kept_for: str, request_headers: Headers
) -> Response:
    """A compressed answer, or 304 where the browser has this very body."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Cache-Control": kept_for, "ETag": tag, "Vary": "Accept-Encoding"}
    if request_headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    headers["Content-Encoding"] = coding
    return Response(body, media_type=kind, headers=headers)


def _inside(root: Path, name: str) -> Path | None:
    path = (root / name).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
