"""Three processes behind nginx over one PostgreSQL and one bucket: one is killed, one restarted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.photos import open_photos
from observations.base.ids import new_id
from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.bucket import object_store
from tests.support.crowd import AWAY, Crowd
from tests.support.layers import NO_NGINX
from tests.support.nginx import NAME, Nginx, browser
from tests.support.provision import find_nginx

SECRET = "one secret of all three replicas, long enough"
PROXIES = "127.0.0.1,::1"  # each phone stands in a network of its own


@pytest.fixture
def replicas(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[Server]]:
    """Three of them, each with a data folder of its own."""
    with object_store() as bucket:
        for name, value in bucket.environment.items():
            monkeypatch.setenv(name, value)
        servers = [
            Server(
                tmp_path / f"home-{number}",
                address="127.0.0.1",
                LUJI_DATABASE_URL=postgresql_url,
                LUJI_MEDIA_URL=bucket.url,
                LUJI_SECRET=SECRET,
                LUJI_TRUSTED_PROXIES=PROXIES,
            )
            for number in range(3)
        ]
        try:
            with ThreadPoolExecutor() as at_once:
                list(at_once.map(Server.start, servers))
            yield servers
        finally:
            for server in servers:
                server.stop()


def test_a_photo_begun_on_one_is_sent_anew_to_another_and_used_on_a_third(
    replicas: list[Server],
) -> None:
    first, second, third = (server.url for server in replicas)
    phone, data, upload_id = Phone(first), noise_jpeg(), str(new_id())

    def send(url: str, begins: int, ends: int | None = None) -> tuple[int, str]:
        phone.url = url
        headers = {
            "X-Upload-Id": upload_id,
            "Content-Type": "image/jpeg",
            "Upload-Offset": str(begins),
            "Upload-Length": str(len(data)),
        }
        answer = phone.post("/api/v1/media", headers, data=data[begins:ends])
        return answer.status_code, answer.json().get("error", {}).get("code", "")

    assert send(first, 0, 1000)[1] == "photo.piece_missing"
    assert send(second, 1000)[1] == "photo.piece_missing"  # the phone begins it anew
    assert send(second, 0)[0] == 201
    phone.url = third
    assert phone.record(photos=[upload_id]).status_code == 201


@pytest.mark.parametrize("writes", [200, pytest.param(5000, marks=pytest.mark.soak)])
def test_what_was_acknowledged_is_there_once(
    replicas: list[Server], postgresql_url: str, tmp_path: Path, writes: int
) -> None:
    if find_nginx() is None:
        pytest.skip(NO_NGINX)
    upstreams = [f"127.0.0.1:{server.port}" for server in replicas]
    rounds = max(1, writes // 500)
    with Nginx(tmp_path / "nginx", *upstreams) as nginx:

        def connect(address: str) -> Phone:
            own = browser("127.0.0.1")
            own.headers["X-Forwarded-For"] = address
            return Phone(nginx.url(), consents=False, session=own, origin=f"https://{NAME}")

        crowd = Crowd(nginx.url(), connect, AWAY)
        try:
            for turn in range(rounds):
                killed, restarted = replicas[turn % 3], replicas[(turn + 1) % 3]
                crowd.wait_for(writes // rounds // 4)
                killed.kill()
                crowd.wait_for(writes // rounds // 4)
                killed.start()
                crowd.wait_for(writes // rounds // 4)
                restarted.stop()
                restarted.start()
                crowd.wait_for(writes // rounds // 4)
        finally:
            crowd.end()
    for server in replicas:
        assert server.failures() == []
        server.stop()
    assert len(crowd.acknowledged) >= writes
    crowd.require_whole(postgresql_url, open_photos(replicas[0]._environment["LUJI_MEDIA_URL"]))
    print(  # noqa: T201 - the figures of the table in docs/operations.md
        f"\n{rounds} kills, {rounds} restarts, {len(crowd.acknowledged)} acknowledged, none lost"
    )
