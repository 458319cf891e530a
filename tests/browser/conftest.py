"""A living server and real browsers. Every test here is marked `browser` by lying here."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import signing_in
from tests.browser.devices import DESKTOP, PHONE, launch_options
from tests.browser.server import Server

HERE = Path(__file__).parent
PATIENCE_S = 20  # two cores, software WebGL
servers: list[Server] = []

StartServer = Callable[..., Server]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Show the servers' logs beside a failure."""
    outcome: Any = yield
    report = outcome.get_result()
    if report.failed and HERE in item.path.parents:
        for server in servers:
            report.sections.append((f"server at {server.url}", server.log()))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own browser; Playwright's is not downloaded."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    return {**browser_type_launch_args, **launch_options()}


@pytest.fixture(scope="module")
def start_server(
    tmp_path_factory: pytest.TempPathFactory, duckdb_template: Path
) -> Iterator[StartServer]:
    """`start_server(LUJI_DEMO="1")`: a server with an empty store, which ends with the module.

    With `filled` it has a copy of that home's store.
    """
    started: list[Server] = []

    def start(filled: Path | None = None, **environment: str) -> Server:
        home = tmp_path_factory.mktemp("server") / "home"
        if filled:
            shutil.copytree(filled, home)
        else:
            home.mkdir()
            shutil.copyfile(duckdb_template, home / "luji.duckdb")
        server = Server(home, **environment)
        started.append(server)
        servers.append(server)
        return server.start()

    yield start
    for server in started:
        server.stop()
        servers.remove(server)


@pytest.fixture(scope="module")
def demo_server(start_server: StartServer, demo_home: Path) -> Server:
    """A server with the demo's half-year, of this module's own."""
    return start_server(demo_home, LUJI_DEMO="1")


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    """The module's server, in demo mode (it has the demo verifier), with an empty store."""
    return start_server(LUJI_DEMO="1")


@pytest.fixture
def organiser(browser: Browser, server: Server) -> Iterator[Page]:
    """The organiser's phone, signed in."""
    context = browser.new_context(**PHONE, base_url=server.url)
    signing_in.sign_in(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A phone of 390 x 844 with touch, in Hangzhou, in Chinese."""
    context = browser.new_context(**PHONE, base_url=server.url)
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    """A desktop of 1280 x 900."""
    context = browser.new_context(**DESKTOP, base_url=server.url)
    yield context
    context.close()
