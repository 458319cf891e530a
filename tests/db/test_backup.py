"""Backup and restore: the same file for both engines, consistent over rows and photos."""

import json
import stat
import threading
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.opening import open_store
from db.photos import open_photos
from db.restoring import restore
from db.store import Store
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.commands.checking import check
from observations.exchange.survey_import import ImportOptions, import_survey, no_progress
from observations.media.store import PhotoSize
from observations.satisfaction.concern import Concern
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.responses import Questionnaire
from observations.satisfaction.submission import Extras
from observations.satisfaction.submission import submit as answer
from observations.satisfaction.wave_steps import open_wave
from observations.satisfaction.waves import Wave
from observations.verification.decisions import Verdict
from tests.support.photographs import hangzhou_jpeg, png
from tests.support.sightings import phone, photo, record, said
from tests.support.store_rows import every_row
from tests.support.survey_files import csv_file

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
SECRET = b"0123456789abcdef0123456789abcdef"
STRANGE = 'a "quoted", \\N line\nwith breaks, 夜鹭 🐦 and \\ slashes'


@pytest.fixture
def photos_url(tmp_path: Path) -> str:
    return f"file://{tmp_path}/photos"


@pytest.fixture
def city(store: Store, tmp_path: Path, photos_url: str) -> Store:
    """A sighting with a photo and a strange note, released; one without; a survey dataset."""
    device_id = phone(store)
    upload = photo(store, open_photos(photos_url), device_id, hangzhou_jpeg())
    said(store, record(store, device_id, photos=[str(upload)], note=STRANGE), Verdict.ACCEPT)
    record(store, device_id, note="\\N")
    import_survey(store, csv_file(tmp_path), ImportOptions(), Person(role=Role.ADMIN), NOW)
    return store


@pytest.fixture(params=["duckdb", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An empty place on each engine."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/restored/luji.duckdb"
        return
    server = request.getfixturevalue("postgres")
    url = server.database_url()
    yield url
    server.drop(url)


def backed_up(store: Store, photos_url: str, tmp_path: Path) -> Path:
    path = tmp_path / "backup.zip"
    store.back_up(open_photos(photos_url), SECRET, path, NOW, no_progress)
    return path


def test_a_backup_restores_into_either_engine_whole(
    city: Store, photos_url: str, tmp_path: Path, empty_url: str
) -> None:
    path = backed_up(city, photos_url, tmp_path)
    fresh = open_photos(f"file://{tmp_path}/restored/photos")
    secret = tmp_path / "restored" / "secret"
    secret.parent.mkdir()
    counts = restore(empty_url, fresh, secret, path, no_progress)
    again = open_store(empty_url)
    try:
        assert every_row(again) == every_row(city)
        assert check(again, fresh) == []
        assert sorted(fresh.names()) == sorted(open_photos(photos_url).names())
    finally:
        again.close()
    assert secret.read_bytes() == SECRET
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert (counts["occurrence"], counts["survey_occurrence"], counts["photos"]) == (2, 3, 1)


def test_a_photo_that_only_a_concern_shows_is_in_it(
    city: Store, photos_url: str, tmp_path: Path
) -> None:
    """A concern's photo is cut loose from its upload: its own row alone names it."""
    device_id = phone(city)
    upload = photo(city, open_photos(photos_url), device_id, png())
    open_wave(city, Person(staff_id=new_id(), role=Role.ADMIN), Wave(2026, 2), NOW)
    low, noisy = Questionnaire({Dimension.NOISE: 1}), Concern(Dimension.NOISE, "文一西路口")
    answer(city, SECRET, device_id, "330106", low, NOW, Extras(concern=noisy, upload_id=upload))
    path = backed_up(city, photos_url, tmp_path)
    url, fresh = f"duckdb:///{tmp_path}/again.duckdb", open_photos(f"file://{tmp_path}/again")
    assert restore(url, fresh, tmp_path / "s", path, no_progress)["photos"] == 2
    again = open_store(url)
    assert check(again, fresh) == []
    again.close()


def test_a_backup_is_for_its_owner_alone(city: Store, photos_url: str, tmp_path: Path) -> None:
    assert stat.S_IMODE(backed_up(city, photos_url, tmp_path).stat().st_mode) == 0o600


def test_a_place_that_is_not_empty_is_refused(
    city: Store, photos_url: str, tmp_path: Path, duckdb_url: str
) -> None:
    path = backed_up(city, photos_url, tmp_path)
    if city.engine_name == "duckdb":
        duckdb_url = f"duckdb:///{tmp_path}/other.duckdb"
        open_store(duckdb_url).close()
    with pytest.raises(StorageError, match="not empty"):
        restore(duckdb_url, open_photos(photos_url), tmp_path / "s", path, no_progress)


def test_what_is_written_meanwhile_is_in_it_whole_or_not_at_all(
    city: Store, photos_url: str, tmp_path: Path
) -> None:
    """Sightings with photos keep coming while the backup is written."""
    is_done, failures = threading.Event(), []

    def go_on() -> None:
        device_id = phone(city)
        while not is_done.is_set():
            try:
                upload = photo(city, open_photos(photos_url), device_id, png())
                record(city, device_id, photos=[str(upload)])
            except BaseException as error:  # noqa: BLE001 - looked at below
                failures.append(error)
                return

    writer = threading.Thread(target=go_on)
    writer.start()
    try:
        paths = []
        for number in range(3):
            path = tmp_path / f"{number}.zip"
            city.back_up(open_photos(photos_url), SECRET, path, NOW, no_progress)
            paths.append(path)
    finally:
        is_done.set()
        writer.join()
    assert failures == []
    for number, path in enumerate(paths):
        url = f"duckdb:///{tmp_path}/{number}/luji.duckdb"
        fresh = open_photos(f"file://{tmp_path}/{number}/photos")
        restore(url, fresh, tmp_path / f"secret{number}", path, no_progress)
        again = open_store(url)
        assert check(again, fresh) == []
        again.close()


def test_a_photo_erased_meanwhile_has_everything_read_again(
    city: Store, photos_url: str, tmp_path: Path
) -> None:
    """The first reading finds a photo gone; the second finds its rows gone too."""

    class Erasing:
        """Photo files of which one goes while they are read."""

        def __init__(self) -> None:
            self.inner = open_photos(photos_url)
            self.asked = 0

        def exists(self, sha256: str, size: PhotoSize) -> bool:
            return self.inner.exists(sha256, size)

        def get(self, sha256: str, size: PhotoSize) -> bytes | None:
            self.asked += 1
            return None if self.asked == 1 else self.inner.get(sha256, size)

    erasing = Erasing()
    path = tmp_path / "backup.zip"
    city.back_up(erasing, SECRET, path, NOW, no_progress)  # type: ignore[arg-type]
    assert erasing.asked == 4  # both sizes, twice
    assert not list(tmp_path.glob(".backup-*"))


@pytest.mark.parametrize(
    ("sizes", "is_damaged"),
    [([PhotoSize.THUMB], False), (list(PhotoSize), False), ([PhotoSize.LARGE], True)],
)
def test_a_lost_or_damaged_photo_is_named_and_the_rest_is_in_it(
    city: Store, photos_url: str, tmp_path: Path, sizes: list[PhotoSize], is_damaged: bool
) -> None:
    files = open_photos(photos_url)
    [lost] = city.occurrences.photo_hashes()
    photo(city, files, phone(city), png())
    for size in sizes:
        path = next((tmp_path / "photos").rglob(f"{lost}-{size}.webp"))
        path.write_bytes(path.read_bytes()[:-1]) if is_damaged else path.unlink()
    path = tmp_path / "backup.zip"
    backup = city.back_up(files, SECRET, path, NOW, no_progress)
    assert (backup.photos, backup.lost) == (1, [lost])
    url, fresh = f"duckdb:///{tmp_path}/again.duckdb", open_photos(f"file://{tmp_path}/again")
    restore(url, fresh, tmp_path / "s", path, no_progress)
    again = open_store(url)
    try:
        assert every_row(again) == every_row(city)
        assert check(again, fresh) == [f"photo {lost} has no {size}" for size in sizes]
    finally:
        again.close()


def test_a_damaged_or_foreign_or_newer_file_is_refused(
    duckdb_store: Store, photos_url: str, tmp_path: Path
) -> None:
    path = backed_up(duckdb_store, photos_url, tmp_path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    newer = {**manifest, "migrations": {**manifest["migrations"], "9999": "x"}}
    broken = {
        "not a zip": b"hello",
        "changed": {**members, "tables/taxon.csv": b"taxon_id\n"},
        "foreign": {**members, "manifest.json": b"{}"},
        "newer": {**members, "manifest.json": json.dumps(newer).encode()},
        "outside": {**members, "photos/../../evil-thumb.webp": b"x"},
    }
    for name, content in broken.items():
        bad = tmp_path / "bad.zip"
        if isinstance(content, bytes):
            bad.write_bytes(content)
        else:
            with zipfile.ZipFile(bad, "w") as archive:
                for member, data in content.items():
                    archive.writestr(member, data)
        url = f"duckdb:///{tmp_path}/{name.replace(' ', '-')}.duckdb"
        with pytest.raises(StorageError):
            restore(url, open_photos(photos_url), tmp_path / "s", bad, no_progress)
        assert not (tmp_path / "s").exists()
