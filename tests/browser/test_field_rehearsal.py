"""A festival in the hills, rehearsed: many recorders, hardly a signal, everything goes wrong.

Each recorder is a browser of its own whose things outlive it. The network is cut most of the time;
browsers are killed without a word and opened again; answers are lost on their way; the server is
killed. At the end every record is there once, named, with photographs whose bytes, by SHA-256, are
those that the phone had. The dice come from a seed.
"""

import os
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import BrowserType, expect

from db.opening import open_store
from observations.base.clock import HANGZHOU, now_utc
from tests.browser.field_phone import FieldPhone, photo
from tests.browser.proxy import Proxy
from tests.browser.server import Server

UP_BYTES = 400_000  # a second
LOST = 0.15  # of the answers, while there is a signal
WINDOWS = 0.25  # how likely there is a signal for a while after a record
NAMES = (("yl", "夜鹭"), ("bl", "白鹭"), ("hjz", "环颈雉"))
ARRIVED = """
select cast(o.occurrence_id as text), i.taxon_id is not null, om.sha256
from occurrence o
join identification i on i.occurrence_id = o.occurrence_id
join occurrence_media om on om.occurrence_id = o.occurrence_id
"""
RECORDERS = int(os.environ.get("LUJI_TEST_RECORDERS", "40"))
RECORDS = int(os.environ.get("LUJI_TEST_RECORDS", "25"))


@dataclass
class Rehearsal:
    """The phones, each behind its own proxy, and what happened to them."""

    server: Server
    kind: BrowserType
    folder: Path
    dice: random.Random
    phones: list[tuple[FieldPhone, Proxy]] = field(default_factory=list)
    vanished: int = 0
    kills: int = 0

    def gather(self, count: int) -> None:
        """Everybody opens the recorder once where there is a network."""
        for number in range(count):
            proxy = Proxy(self.server.port, UP_BYTES)
            home = self.folder / f"phone-{number}"
            phone = FieldPhone(self.kind, home, proxy.url).open().installed()
            proxy.cut()
            self.phones.append((phone, proxy))

    def walk(self, records: int) -> None:
        """Everybody records, in turn."""
        for number in range(records):
            for phone, proxy in self.phones:
                proxy.cut()  # so that it is noted before it is gone
                self._record(phone, number)
                self._mishap(phone, proxy)

    def come_home(self) -> None:
        """The signal is back for good; whoever lost the browser opens it."""
        for phone, proxy in self.phones:
            proxy.loses = 0.0
            proxy.mend()
            phone.close()
            phone.open()
        for phone, _ in self.phones:
            expect(phone.page.get_by_text("等着交 0 条")).to_be_visible(timeout=180_000)
            phone.close()

    def end(self) -> None:
        """Close what is open."""
        for phone, proxy in self.phones:
            phone.close()
            proxy.close()

    def _record(self, phone: FieldPhone, number: int) -> None:
        seed = self.dice.randrange(10**5)
        taken = (now_utc() - timedelta(minutes=seed % 50 + 1)).astimezone(HANGZHOU)
        pictures = [photo(self.folder, f"{seed}.jpg", seed, taken)]
        initials, name = NAMES[number % len(NAMES)]
        phone.record(initials, name, pictures, count=number % 3 + 1)
        phone.note()

    def _mishap(self, phone: FieldPhone, proxy: Proxy) -> None:
        if self.dice.random() < WINDOWS:
            proxy.loses = LOST
            proxy.mend()
            phone.page.evaluate("dispatchEvent(new Event('online'))")
            if self.dice.random() < 0.3:
                self.server.kill()
                self.kills += 1
                self.server.start()
        else:
            proxy.cut()
        if self.dice.random() < 0.3:
            phone.vanish()
            self.vanished += 1
            phone.open()


Say = Callable[[str], None]


def rehearse(
    server: Server, kind: BrowserType, folder: Path, recorders: int, records: int, seed: int
) -> str:
    """The whole of it; gives its figures."""
    start = monotonic()
    rehearsal = Rehearsal(server, kind, folder, random.Random(seed))
    try:
        rehearsal.gather(recorders)
        rehearsal.walk(records)
        if not rehearsal.kills:
            server.kill()
            server.start()
        rehearsal.come_home()
    finally:
        rehearsal.end()
    hashes = {
        key: sorted(value) for phone, _ in rehearsal.phones for key, value in phone.hashes.items()
    }
    server.stop()
    arrived = stored(server.home)
    server.start()
    assert len(arrived) == recorders * records
    assert all(is_linked for _, is_linked, _ in arrived)
    assert {key: [sha256] for key, _, sha256 in arrived} == hashes
    return (
        f"{len(arrived)} of {recorders * records} records once, seed {seed}: "
        f"{rehearsal.vanished} browsers and {rehearsal.kills or 1} servers killed, "
        f"{monotonic() - start:.0f} s"
    )


def stored(home: Path) -> list[tuple[str, bool, str]]:
    """Each sighting's id, whether its name is on the checklist, and its photograph's hash."""
    store = open_store(f"duckdb:///{home}/luji.duckdb")
    try:
        with store._engine.snapshot() as connection:
            rows: list[tuple[str, bool, str]] = connection.execute(ARRIVED).fetchall()
            return rows
    finally:
        store.close()


def test_a_rehearsal_of_three_recorders_loses_and_doubles_nothing(
    server: Server, browser_type: BrowserType, tmp_path: Path
) -> None:
    rehearse(server, browser_type, tmp_path, 3, 4, seed=20261130)


@pytest.mark.soak
def test_a_rehearsal_of_a_whole_festival_loses_and_doubles_nothing(
    server: Server, browser_type: BrowserType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = rehearse(server, browser_type, tmp_path, RECORDERS, RECORDS, seed=20261130)
    with capsys.disabled():
        sys.stdout.write(f"\n{said}\n")
