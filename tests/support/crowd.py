"""People who record while servers are killed and started again."""

import random
import threading
from collections.abc import Callable, Container
from itertools import count
from time import monotonic
from typing import Any

import requests

from db.opening import open_store
from observations.base.ids import new_id
from observations.commands.checking import check
from observations.media.store import PhotoFiles
from tests.pages.api.phone import Phone, noise_jpeg

PHONES, RECORDS_A_PHONE, PHOTO_EVERY = 6, 100, 5
PATIENCE_S = 60.0
AWAY = (502, 503, 504)  # what is behind this address is stopping, or gone


class Crowd:
    """People who record all the time; what a kill left without an answer they send again."""

    def __init__(
        self,
        url: str,
        connect: Callable[[str], Phone] | None = None,
        again: Container[int] = (),
    ) -> None:
        """They open the site at `url`; or as `connect` does, which is given an address.

        They take answers with a status of `again` for none.
        """
        self._url, self._connect = url, connect
        self._again = again
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
        phone = self._connect(address) if self._connect else Phone(self._url, consents=False)
        phone.session.headers["X-Forwarded-For"] = address
        answer = self._until_answered(phone.consent)
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
                answer = ask()
                if getattr(answer, "status_code", 200) in self._again:
                    raise requests.ConnectionError(f"away: {answer.status_code}")
                return answer
            except requests.RequestException:
                if monotonic() > deadline:
                    raise
                threading.Event().wait(0.2)  # the server is being started again

    def require_whole(self, url: str, files: PhotoFiles) -> None:
        """What was acknowledged is there once, nothing else is, and `check` says nothing."""
        store = open_store(url)
        try:
            with store._engine.reading() as connection:
                rows = connection.execute(
                    "select cast(o.occurrence_id as text), count(*) from occurrence as o"
                    " join event using (event_id) join identification using (occurrence_id)"
                    " join review as r on r.subject_id = o.occurrence_id group by 1"
                ).fetchall()
            times = dict(rows)
            assert self.acknowledged - times.keys() == set()
            assert {record for record, number in times.items() if number != 1} == set()
            assert times.keys() - self.sent == set()
            assert check(store, files) == []
        finally:
            store.close()
