"""A real server for the routes: started once, asked over HTTP."""

from collections.abc import Iterator

import pytest

from tests.browser.server import Server


@pytest.fixture(scope="session")
def api_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server in demo mode, without demo records."""
    server = Server(tmp_path_factory.mktemp("api") / "home", LUJI_DEMO="1").start()
    yield server
    server.stop()


@pytest.fixture
def api_url(api_server: Server) -> str:
    """Where it answers."""
    return api_server.url
