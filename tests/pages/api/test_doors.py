"""Every way in is in the table and in `docs/security.md`, and none reads more than it says."""

import inspect
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.routing import Route

from pages.shell.doors import DOORS, OURS, WORK_LIMIT, Door
from pages.shell.routes import routes
from tests.support.architecture import ROOT
from tests.support.door_rows import PAPER, expected, limit, limits_of_pages, name_of, rows

# Streamlit answers OPTIONS of its own routes for pages of other origins, of which we have none.
QUIET = {"HEAD", "OPTIONS"}
ROUTES = """
import json, app
built = app.app._build_starlette_app()
for route in built.routes:
    is_socket = "WebSocket" in type(route).__name__
    methods = list(getattr(route, "methods", None) or ["WEBSOCKET" if is_socket else "GET"])
    print(json.dumps([methods, route.path]))
"""


def routes_of_the_app(home: Path) -> set[tuple[str, str]]:
    """Method and path of every route of the app as it is started."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("LUJI_")}
    done = subprocess.run(
        [sys.executable, "-c", ROUTES],
        cwd=ROOT,
        env={**others, "LUJI_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    table = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[[")]
    return {(method, path) for methods, path in table for method in set(methods) - QUIET}


def test_every_route_of_the_running_app_is_a_door_and_every_door_a_route(tmp_path: Path) -> None:
    routes = routes_of_the_app(tmp_path)
    doors = {(door.method, door.path) for door in DOORS}
    closed = {door.path for door in DOORS if door.who.startswith("nobody")}
    assert {route for route in routes if route[1] not in closed} == {
        door for door in doors if door[1] not in closed
    }
    assert closed == {path for _, path in routes if path in closed}


def test_the_costly_reads_are_those_that_the_table_names() -> None:
    """A handler that runs in turn, in a thread, is a plain function below its wrappers."""
    costly = {
        route.path
        for route in routes()
        if isinstance(route, Route)
        and "GET" in (route.methods or ())
        and hasattr(route.endpoint, "__wrapped__")
        and not inspect.iscoroutinefunction(inspect.unwrap(route.endpoint))
    }
    assert costly == {door.path for door in DOORS if door.limit == WORK_LIMIT}


def test_the_paper_says_of_every_door_and_message_what_the_code_does() -> None:
    written = {row.name: row.cells for row in rows()}
    assert written == expected()
    assert len(rows()) == len(written)


def test_the_paper_has_every_limit() -> None:
    text = PAPER.read_text("utf-8")
    for name in limits_of_pages():
        assert re.search(rf"^\| {name} \|.+\| {re.escape(limit(name))} \|$", text, re.M), name


def test_the_tests_that_the_paper_names_are_there() -> None:
    for row in rows():
        file, _, name = row.test.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), row


BODIES = [door for door in OURS if door.largest]


def answered(url: str, door: Door, head: str, start: bytes) -> int:
    """The status that comes while all but the start of a body are still to be sent."""
    host, port = url.removeprefix("http://").split(":")
    request = (
        f"{door.method} {door.path} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {url}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{head}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(request.encode() + start)
        return int(line.recv(4096).split()[1])


@pytest.mark.parametrize("door", BODIES, ids=name_of)
@pytest.mark.parametrize("is_declared", [True, False], ids=["declared", "chunked"])
def test_no_door_reads_more_than_it_says(api_url: str, door: Door, is_declared: bool) -> None:
    """Answered at once, though the sender promises a gigabyte and sends a little too much of it."""
    size = min(door.largest, 64 * 1024) + 1
    if is_declared:
        status = answered(api_url, door, f"Content-Length: {2**30}", b"x" * 10)
    else:
        chunk = f"{size:x}\r\n".encode() + b"x" * size + b"\r\n"
        status = answered(api_url, door, "Transfer-Encoding: chunked", chunk)
    assert status in (303, 403, 413, 422)


@pytest.mark.parametrize("path", ["/", "/map", "/api/v1/taxa", "/healthz", "/nothing/here"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_where_nothing_is_asked_for_nothing_is_read(api_url: str, path: str, method: str) -> None:
    door = Door(method, path, "everyone")
    assert answered(api_url, door, f"Content-Length: {2**30}", b"x" * 65536) < 500
