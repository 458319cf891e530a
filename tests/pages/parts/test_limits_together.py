"""Several processes count together over a real Redis, and each alone while it is away."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from socket import create_connection
from time import monotonic

import pytest

from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.layers import NO_REDIS
from tests.support.ports import free_port
from tests.support.provision import find_redis
from tests.support.waits import eventually

SECRET = "one secret of both processes, long enough"
OF_A_BROWSER = 20  # consents in ten minutes


class Redis:
    """A server of its own, with nothing on the disk."""

    def __init__(self, program: str, folder: Path) -> None:
        self._command = [program, "--save", "", "--dir", str(folder), "--bind", "127.0.0.1"]
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self.port)], stdout=subprocess.DEVNULL
        )
        eventually(self._answers)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        try:
            create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    program = find_redis()
    if program is None:
        pytest.skip(NO_REDIS)
    server = Redis(program, tmp_path)
    server.start()
    yield server
    server.stop()


def test_what_one_process_counted_another_refuses_and_without_redis_each_counts_alone(
    redis: Redis, tmp_path: Path
) -> None:
    one, other = (
        Server(tmp_path / name, LUJI_LIMITS_URL=redis.url, LUJI_SECRET=SECRET)
        for name in ("one", "other")
    )
    try:
        phone = Phone(one.start().url, consents=False)
        told = [phone.consent().status_code for _ in range(OF_A_BROWSER)]
        assert set(told) == {204}
        phone.url = other.start().url
        assert phone.consent().status_code == 429

        redis.stop()
        start = monotonic()
        assert phone.consent().status_code == 204
        assert monotonic() - start < 5
        assert '"event": "limits.alone"' in other.log()
    finally:
        one.stop()
        other.stop()
