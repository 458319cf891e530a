"""Two server processes on one PostgreSQL share the queue: what one verifier sees, no other does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import Server, command
from tests.pages.api.phone import Phone
from tests.support.visits import Visit, visit

PASSWORD = "lake-ferry-osmanthus-42"
ACCEPT = re.compile(rb"accept_([0-9a-f]{8}-[0-9a-f-]{27})_")
AHEAD = re.compile(rb'g-ahead" data-subject="([0-9a-f-]{36})"')
RECORDS = 12


@pytest.fixture
def servers(tmp_path: Path, postgresql_url: str) -> Iterator[tuple[Server, Server]]:
    """Two processes with data folders of their own, but one database, photo folder and secret."""
    shared = {
        "LUJI_DATABASE_URL": postgresql_url,
        "LUJI_MEDIA_URL": f"file://{tmp_path / 'photos'}",
        "LUJI_SECRET": "one secret for both processes of this test",
    }
    one, other = Server(tmp_path / "one", **shared), Server(tmp_path / "other", **shared)
    try:
        yield one.start(), other.start()
    finally:
        one.stop()
        other.stop()


def cookies_of(server: Server, name: str) -> dict[str, str]:
    """Those of somebody who signed in at this process."""
    phone = Phone(server.url, consents=False)
    assert phone.sign_in(name, PASSWORD).status_code == 303
    return {str(key): str(value) for key, value in phone.session.cookies.items()}


def drawn(page: Visit, query: str = "") -> tuple[set[bytes], set[bytes]]:
    """The record that the desk shows, and those that its browser has ready."""
    sent = b"".join(message.SerializeToString() for message in page.open_page("verify", query))
    return set(ACCEPT.findall(sent)), set(AHEAD.findall(sent))


def test_verifiers_at_two_processes_are_shown_different_records(
    servers: tuple[Server, Server],
) -> None:
    sender = Phone(servers[0].url)
    for _ in range(RECORDS):
        assert sender.record().status_code == 201
    for name in ("zhou", "lin"):
        command(servers[0].home, "staff", "add", name, typed=f"{PASSWORD}\n")
    zhou, lin = cookies_of(servers[0], "zhou"), cookies_of(servers[1], "lin")

    with visit(servers[0].url, zhou) as one, visit(servers[1].url, lin) as other:
        (first,), ahead = drawn(one)
        (second,), others_ahead = drawn(other)
        assert len({first, second} | ahead | others_ahead) == 8  # one and three ahead each
        # what the other process's verifier looks at asks for a deliberate decision
        with visit(servers[1].url, lin) as by_number:
            assert drawn(by_number, f"id={first.decode()}")[0] == set()

    # a session of one process is one of the other, and so are its leases
    with visit(servers[1].url, zhou) as again:
        assert drawn(again) == ({first}, ahead)
