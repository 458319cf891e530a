"""Two hundred kills under load, on each engine: what was acknowledged is there, once."""

import random
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any

import pytest
import requests

from db.opening import open_store
from db.photos import FolderOfPhotos
from observations.base.ids import new_id
from observations.commands.checking import check
from tests.browser.server import Server
from tests.pages.api.phone import Phone, noise_jpeg

pytestmark = pytest.mark.soak
KILLS, PHONES, RECORDS_A_PHONE = 200, 6, 100
PHOTO_EVERY = 5
PATIENCE_S = 60.0
PROXIES = "127.0.0.1,::1"  # each phone stands in a network of its own


class Crowd:
    """People who record all the time; what a kill left without an answer they send again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._over, self._changed = threading.Event(), threading.Condition()
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()
        self.failures: list[str] = []
        self._people = [threading.Thread(target=self._go_on, args=(n,)) for n in range(PHONES)]
        for person in self._people:
            person.start()

    def wait_for(self, more: int) -> None:
        """Wait until so many more records have been acknowledged."""
        target = len(self.acknowledged) + more
        with self._changed:
            came = self._changed.wait_for(
                lambda: len(self.acknowledged) >= target or self.failures, PATIENCE_S
            )
        assert came, "nothing was acknowledged any more"
        assert not self.failures, self.failures

    def end(self) -> None:
        """Everybody sends what is left, and stops."""
        self._over.set()
        for person in self._people:
            person.join()
        assert not self.failures, self.failures

    def _go_on(self, number: int) -> None:
        try:
            turns = count()
            while not self._over.is_set():
                phone = self._until_answered(lambda: self._phone(f"10.{number}.{next(turns)}.1"))
                for record in range(RECORDS_A_PHONE):
                    if self._over.is_set():
                        return
                    self._record(phone, with_photo=record % PHOTO_EVERY == 0)
        except Exception as error:  # noqa: BLE001 - told by the test
            with self._changed:
                self.failures.append(repr(error))
                self._changed.notify_all()

    def _phone(self, address: str) -> Phone:
        phone = Phone(self._url, consents=False)
        phone.session.headers["X-Forwarded-For"] = address
        answer = phone.consent()
        answer.raise_for_status()
        return phone

    def _record(self, phone: Phone, with_photo: bool) -> None:
        record_id, photos = str(new_id()), []
        if with_photo:
            data, upload_id = noise_jpeg(random.randrange(40)), str(new_id())
            answer = self._until_answered(lambda: phone.upload(data, upload_id))
            assert answer.status_code in (200, 201), answer.text
            photos = [upload_id]
        with self._changed:
            self.sent.add(record_id)
        answer = self._until_answered(lambda: phone.record(id=record_id, photos=photos))
        assert answer.status_code in (200, 201), answer.text
        with self._changed:
            self.acknowledged.add(record_id)
            self._changed.notify_all()

    def _until_answered(self, ask: Callable[[], Any]) -> Any:
        deadline = monotonic() + PATIENCE_S
        while True:
            try:
                return ask()
            except requests.RequestException:
                if monotonic() > deadline:
                    raise
                threading.Event().wait(0.2)  # the server is being started again


@pytest.fixture(params=["duckdb", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database on each engine; PostgreSQL writes to the disk as in production."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/home/luji.duckdb"
        return
    from tests.support.postgres import PostgreSQL

    durable = PostgreSQL(durable=True)
    yield durable.database_url()
    durable.stop()


def test_what_was_acknowledged_is_there_once(url: str, tmp_path: Path) -> None:
    chance, starts = random.Random(url.partition(":")[0]), list[float]()
    server = Server(tmp_path / "home", LUJI_DATABASE_URL=url, LUJI_TRUSTED_PROXIES=PROXIES).start()
    crowd = Crowd(server.url)
    try:
        for _ in range(KILLS):
            crowd.wait_for(chance.randrange(1, 20))
            server.kill()
            begun = perf_counter()
            server.start()
            starts.append(perf_counter() - begun)
    finally:
        crowd.end()
        server.stop()
    store = open_store(url)
    try:
        with store._engine.reading() as connection:
            rows = connection.execute(
                "select cast(o.occurrence_id as text), count(*) from occurrence as o"
                " join event using (event_id) join identification using (occurrence_id)"
                " join review as r on r.subject_id = o.occurrence_id group by 1"
            ).fetchall()
        times = dict(rows)
        assert crowd.acknowledged - times.keys() == set()
        assert {record for record, number in times.items() if number != 1} == set()
        assert times.keys() - crowd.sent == set()
        assert check(store, FolderOfPhotos(tmp_path / "home" / "photos")) == []
    finally:
        store.close()
    starts.sort()
    print(  # noqa: T201 - the figures of the table in docs/operations.md
        f"\n{KILLS} kills, {len(crowd.acknowledged)} acknowledged, 0 lost, 0 doubled;"
        f" starts p50 {starts[len(starts) // 2]:.1f} s, longest {starts[-1]:.1f} s"
    )
