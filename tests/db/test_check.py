"""`check` gives no false alarm beside writers, and reads every page that it vouches for."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from db.opening import open_store
from db.photos import FolderOfPhotos
from observations.base.clock import now_utc
from observations.base.errors import Conflict, Refused
from observations.commands.checking import check
from observations.media import digests
from observations.media.ownership import adopt
from observations.media.store import PhotoSize
from observations.privacy.erasing import erase
from tests.pages.api.phone import noise_jpeg
from tests.support.photographs import plain_jpeg
from tests.support.sightings import phone, photo, record

if TYPE_CHECKING:
    from db.store import Store
    from tests.support.postgres import PostgreSQL

SECRET = b"0123456789abcdef0123456789abcdef"
CHECKS, WRITERS = 5, 2


@pytest.fixture
def photos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderOfPhotos:
    monkeypatch.setattr(digests, "AGAIN_S", 0.2)
    return FolderOfPhotos(tmp_path / "photos")


@contextmanager
def _erased_by_the_other() -> Iterator[None]:
    """A photo that both sent goes with the first who erases; a phone sends it again."""
    try:
        yield
    except Refused as refusal:
        if refusal.code != "photo.unknown":
            raise


def test_beside_people_who_record_and_erase_nothing_is_told(
    store: "Store", photos: FolderOfPhotos
) -> None:
    """Two people send the same photo and others, record and erase, again and again."""
    is_done, failures, turns = threading.Event(), list[BaseException](), [0] * WRITERS
    shared = plain_jpeg((320, 240))
    adopt(store, photos)

    def go_on(number: int) -> None:
        try:
            while not is_done.is_set():
                now, device_id = now_utc(), phone(store)
                with suppress(Conflict), _erased_by_the_other():
                    for data in (shared, noise_jpeg()):
                        upload = photo(store, photos, device_id, data, now)
                        record(store, device_id, now, photos=[str(upload)])
                    erase(store, photos, SECRET, device_id, now)
                    turns[number] += 1
        except BaseException as error:  # noqa: BLE001 - looked at below
            failures.append(error)

    writers = [threading.Thread(target=go_on, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        told = [line for _ in range(CHECKS) for line in check(store, photos)]
    finally:
        is_done.set()
        for writer in writers:
            writer.join()
    assert failures == []
    assert told == []
    assert all(turns)


def test_a_photo_erased_between_its_row_and_its_file_is_no_loss(
    store: "Store", photos: FolderOfPhotos, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, device_id = now_utc(), phone(store)
    record(store, device_id, now, photos=[str(photo(store, photos, device_id, noise_jpeg(), now))])
    get = photos.get

    def get_after_erasing(sha256: str, size: PhotoSize) -> bytes | None:
        monkeypatch.setattr(photos, "get", get)
        erase(store, photos, SECRET, device_id, now)
        return get(sha256, size)

    monkeypatch.setattr(photos, "get", get_after_erasing)
    assert check(store, photos) == []
    assert list(photos.names()) == []


def test_every_block_of_the_file_is_read(duckdb_store: "Store", duckdb_url: str) -> None:
    """A server that has all in memory looks at the file nonetheless."""
    path = Path(duckdb_url.removeprefix("duckdb:///"))
    duckdb_store.gather()
    with duckdb_store._engine.reading() as connection:
        connection.execute("checkpoint")
    assert duckdb_store.damages() == []
    sound = path.read_bytes()
    flip, used = 0, 0
    for block in range((len(sound) - 3 * 4096) // 2**18):
        flip = 3 * 4096 + block * 2**18 + 99_999
        _write_at(path, flip, bytes([sound[flip] ^ 16]))
        told = duckdb_store.damages()
        assert told in ([], [f"block {block} of {path.name} is damaged"])
        used += bool(told)
        _write_at(path, flip, sound[flip : flip + 1])
    assert used > 0
    assert duckdb_store.damages() == []
    _write_at(path, 100, b"\xff")
    assert duckdb_store.damages() == [f"the header of {path.name} is damaged"]
    _write_at(path, 100, sound[100:101])


def _write_at(path: Path, place: int, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY)
    os.pwrite(file, data, place)
    os.close(file)


def test_a_table_that_cannot_be_read_is_told(
    postgres: "PostgreSQL", postgres_template: str
) -> None:
    url = postgres.database_url(postgres_template)
    with psycopg.connect(url, autocommit=True) as connection, suppress(psycopg.Error):
        connection.execute("create extension amcheck")
    store = open_store(url)
    try:
        assert store.damages() == []
    finally:
        store.close()
    other = postgres.database_url(postgres_template)
    with psycopg.connect(other, autocommit=True) as connection:
        row = connection.execute("select pg_relation_filepath('official_score')").fetchone()
    assert row
    _write_at(postgres._folder / "data" / row[0], 0, b"\xff" * 64)
    store = open_store(other)
    try:
        assert [line.partition(":")[0] for line in store.damages()] == ["official_score"]
    finally:
        store.close()
        postgres.drop(other)
        postgres.drop(url)
