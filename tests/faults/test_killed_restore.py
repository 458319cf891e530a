"""A killed restore: its half is refused at the start, and the same command begins anew."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.opening import open_store
from db.photos import open_photos
from db.restoring import restore
from db.store import Store
from observations.base.clock import now_utc
from observations.base.settings import RESTORING, UnsafeSetting, load_settings
from observations.commands.checking import check
from observations.exchange.survey_import import no_progress
from tests.browser.server import ROOT
from tests.pages.api.phone import noise_jpeg
from tests.support.sightings import phone, photo, record
from tests.support.store_rows import every_row

SECRET = b"of the backup 0123456789abcdef01234567"
# What the command has just done when it is killed: a photo is put, a table is filled, all are.
POINTS = ("photos 1", "rows 3", "rows last")
KILLED = """
import os, sys
from pathlib import Path
from db.photos import open_photos
from db.restoring import restore
url, home, backup, point = sys.argv[1:]
def progress(what, done, total):
    if point in (f"{what} {done}", f"{what} last" if done == total else ""):
        os.kill(os.getpid(), 9)
restore(url, open_photos(f"file://{home}/photos"), Path(home, "secret"), Path(backup), progress)
"""


@pytest.fixture(params=["duckdb", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place on each engine."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/home/luji.duckdb"
        return
    server = request.getfixturevalue("postgres")
    place = server.database_url()
    yield place
    server.drop(place)


@pytest.fixture
def lived(duckdb_store: Store, tmp_path: Path) -> Store:
    """Two sightings with photos, and `backup.zip` of them."""
    photos, device_id = open_photos(f"file://{tmp_path}/photos"), phone(duckdb_store)
    for number in range(2):
        upload = photo(duckdb_store, photos, device_id, noise_jpeg(number))
        record(duckdb_store, device_id, photos=[str(upload)])
    duckdb_store.back_up(photos, SECRET, tmp_path / "backup.zip", now_utc(), no_progress)
    return duckdb_store


def killed(url: str, home: Path, backup: Path, point: str) -> None:
    command = [sys.executable, "-c", KILLED, url, str(home), str(backup), point]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL


def test_what_a_kill_left_is_refused_and_the_same_command_begins_anew(
    lived: Store, tmp_path: Path, url: str
) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.zip"
    before = load_settings({"LUJI_HOME": str(home)}).secret
    for point in POINTS:
        killed(url, home, backup, point)
        with pytest.raises(UnsafeSetting, match="half restored"):
            load_settings({"LUJI_HOME": str(home)})
        assert (home / "secret").read_bytes() == SECRET != before
    photos = open_photos(f"file://{home}/photos")
    restore(url, photos, home / "secret", backup, no_progress)
    assert load_settings({"LUJI_HOME": str(home)}).secret == SECRET
    again = open_store(url)
    try:
        assert every_row(again) == every_row(lived)
        assert check(again, photos) == []
    finally:
        again.close()
    assert not [path for path in home.iterdir() if RESTORING in path.name]


def test_a_kill_when_all_rows_were_there_is_ended_by_the_same_command_alone(
    lived: Store, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.zip"
    load_settings({"LUJI_HOME": str(home)})
    photos = open_photos(f"file://{home}/photos")
    with monkeypatch.context() as patch:
        patch.setattr("db.restoring._Place.end", lambda place: None)
        first = restore(url, photos, home / "secret", backup, no_progress)
    lived.back_up(photos, b"x" * 32, tmp_path / "other.zip", now_utc(), no_progress)
    with pytest.raises(Exception, match="not empty"):
        restore(url, photos, home / "secret", tmp_path / "other.zip", no_progress)
    with pytest.raises(UnsafeSetting):
        load_settings({"LUJI_HOME": str(home)})
    assert restore(url, photos, home / "secret", backup, no_progress) == first
    assert load_settings({"LUJI_HOME": str(home)}).secret == SECRET
