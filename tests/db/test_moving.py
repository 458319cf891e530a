"""Moves: rows between the engines, photos between a folder and a bucket, killed in the middle."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.migrating import migrations
from db.moving import move_database, move_photos
from db.opening import open_store
from db.photos import open_photos
from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import StorageError
from observations.commands.checking import check
from observations.exchange.survey_import import no_progress
from observations.log.sealing import seal_new
from observations.media.hashing import sha256_of
from observations.media.store import PhotoFiles, PhotoSize
from observations.verification.decisions import Verdict
from tests.browser.server import ROOT
from tests.pages.api.phone import noise_jpeg
from tests.support.bucket import object_store
from tests.support.sightings import phone, photo, record, said
from tests.support.store_rows import every_row

TODAY = date(2026, 5, 9)
NOTES = (
    '"a", \\N\nb; \\ 夜鹭 🐦',
    "\\N",
    "NULL",
    "\u202eمرحبا\u0301 𠮷",
    " ",
    "'; drop table media; --",
)
# Killed when it has brought so many tables; when all are there and its mark is too.
POINTS = ("rows 3", "end")
KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from db import moving
from db.photos import open_photos
kind, source, target, home, point = sys.argv[1:]
def die(*_): os.kill(os.getpid(), 9)
def progress(what, done, total):
    if point in (f"{what} {done}", f"{what} last" if done == total else ""):
        die()
if point == "end":
    moving._Mark.end = die
if kind == "rows":
    moving.move_database(source, target, Path(home), progress)
else:
    day = date(2026, 5, 9)
    moving.move_photos(open_photos(source), open_photos(target), Path(home), day, progress)
"""


@pytest.fixture
def empty_postgresql(request: pytest.FixtureRequest) -> Iterator[str]:
    server = request.getfixturevalue("postgres")
    url = server.database_url()
    yield url
    server.drop(url)


@pytest.fixture
def lived(tmp_path: Path) -> str:
    """The URL of a DuckDB with hostile notes, a photo, decisions and a sealed log."""
    url, photos = f"duckdb:///{tmp_path}/luji.duckdb", open_photos(f"file://{tmp_path}/photos")
    store = open_store(url)
    device_id = phone(store)
    upload = photo(store, photos, device_id, noise_jpeg())
    said(store, record(store, device_id, photos=[str(upload)]), Verdict.ACCEPT)
    for note in NOTES:
        record(store, device_id, note=note)
    seal_new(store, now_utc())
    store.close()
    return url


def killed(kind: str, source: str, target: str, home: Path, point: str) -> None:
    command = [sys.executable, "-c", KILLED, kind, source, target, str(home), point]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL


def rows_at(url: str) -> dict[str, list[str]]:
    store = open_store(url)
    try:
        return every_row(store)
    finally:
        store.close()


def test_rows_go_to_postgresql_and_back_whole_though_each_way_is_killed(
    lived: str, empty_postgresql: str, tmp_path: Path
) -> None:
    before, back = rows_at(lived), f"duckdb:///{tmp_path}/back/luji.duckdb"
    for source, target in ((lived, empty_postgresql), (empty_postgresql, back)):
        for point in POINTS:
            killed("rows", source, target, tmp_path, point)
        counts = move_database(source, target, tmp_path, no_progress)
        assert counts == {table: len(rows) for table, rows in before.items()}
        assert rows_at(target) == before
        with pytest.raises(StorageError, match="not empty"):
            move_database(source, target, tmp_path, no_progress)
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith("moving-")]
    again = open_store(back)
    try:
        assert check(again, open_photos(f"file://{tmp_path}/photos")) == []
        record(again, phone(again), note="life goes on")
    finally:
        again.close()


def test_a_server_that_writes_during_a_move_loses_nothing_and_the_copy_is_of_one_moment(
    lived: str, empty_postgresql: str, tmp_path: Path
) -> None:
    store = open_store(lived)
    try:
        device_id = phone(store)
        before = every_row(store)
        wrote: list[Store] = []

        def progress(_what: str, _done: int, _total: int) -> None:
            if not wrote:
                record(store, device_id, note="meanwhile")
                wrote.append(store)

        store.move(lived, empty_postgresql, tmp_path, progress)
        assert every_row(store) != before
    finally:
        store.close()
    assert rows_at(empty_postgresql) == before


def test_a_move_is_refused_where_it_would_touch_what_is_there(
    lived: str, empty_postgresql: str, tmp_path: Path
) -> None:
    same = lived.replace("/luji.duckdb", "/photos/../luji.duckdb")
    for source, target, words in (
        (lived, same, "the same"),
        (f"duckdb:///{tmp_path}/none.duckdb", empty_postgresql, "no database"),
        (empty_postgresql, f"duckdb:///{tmp_path}/new.duckdb", "migrations"),
        (lived, "mysql://somewhere/db", "use duckdb"),
    ):
        with pytest.raises(StorageError, match=words):
            move_database(source, target, tmp_path, no_progress)
    store = open_store(lived)
    with store._engine.migrating() as connection:
        connection.execute("update schema_migration set checksum = 'x' where number = 1")
    with pytest.raises(StorageError, match="migrations"):
        store.move(lived, empty_postgresql, tmp_path, no_progress)
    store.close()


def test_a_cut_off_move_is_not_called_whole_when_the_source_went_on(
    lived: str, empty_postgresql: str, tmp_path: Path
) -> None:
    killed("rows", lived, empty_postgresql, tmp_path, "end")
    store = open_store(lived)
    record(store, phone(store))
    store.close()
    with pytest.raises(StorageError, match="not the same"):
        move_database(lived, empty_postgresql, tmp_path, no_progress)


def test_no_column_counts_or_works_itself_out() -> None:
    """Such columns would have to be set going again after a move."""
    text = "\n".join(migration.sql for migration in migrations())
    assert not re.search(r"\b(nextval|create sequence|\w*serial|generated \w+ as)\b", text, re.I)


def contents(photos: PhotoFiles) -> dict[tuple[str, PhotoSize], bytes | None]:
    return {name: photos.get(*name) for name in photos.names()}


def test_photos_go_to_a_bucket_and_back_though_each_way_is_killed(
    lived: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, back = f"file://{tmp_path}/photos", f"file://{tmp_path}/back"
    photos = open_photos(first)
    erased = sha256_of(b"erased between the two tries")
    with object_store() as bucket:
        for name, value in bucket.environment.items():
            monkeypatch.setenv(name, value)
        for source, target in ((first, bucket.url), (bucket.url, back)):
            here, there = open_photos(source), open_photos(target)
            here.put(erased, PhotoSize.THUMB, b"erased between the two tries")
            for point in ("photos 1", "end"):
                killed("photos", source, target, tmp_path, point)
            here.delete(erased)
            there.put(min(here.names())[0], PhotoSize.THUMB, b"cut off")
            move_photos(here, there, tmp_path, TODAY, no_progress)
            assert contents(there) == contents(photos) != {}
            assert there.owner() == photos.owner()
            with pytest.raises(StorageError, match="not empty"):
                move_photos(here, there, tmp_path, TODAY, no_progress)
        nowhere = open_photos(f"file://{tmp_path}/nowhere")
        with pytest.raises(StorageError, match="no photos"):
            move_photos(nowhere, open_photos(f"{bucket.url}/2"), tmp_path, TODAY, no_progress)
        with pytest.raises(StorageError, match="the same"):
            move_photos(photos, photos, tmp_path, TODAY, no_progress)
