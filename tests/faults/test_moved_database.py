"""A start on a wrong database, an empty one, or with photos away: refused, nothing touched."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.photos import FolderOfPhotos
from tests.browser.server import Server, run_command
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.refused_starts import refused_start

pytestmark = pytest.mark.soak
PHOTOS = 12


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a server that has taken photos, stopped."""
    server = Server(tmp_path_factory.mktemp("lived") / "home").start()
    try:
        phone = Phone(server.url)
        for number in range(PHOTOS):
            assert phone.upload(noise_jpeg(number)).status_code in (200, 201)
    finally:
        server.stop()
    return server.home


@pytest.fixture(params=["duckdb", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database on each engine."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path}/mistyped.duckdb"
        return
    postgres = request.getfixturevalue("postgres")
    url = postgres.database_url()
    yield url
    postgres.drop(url)


def photo_files(home: Path) -> set[str]:
    """Every photo file that is served, and none that is set aside."""
    return {f"{sha256}-{size}" for sha256, size in FolderOfPhotos(home / "photos").names()}


def test_a_server_on_an_empty_database_is_refused_and_costs_no_photo(
    lived: Path, other_url: str
) -> None:
    before = photo_files(lived)
    start = refused_start(Server(lived, LUJI_DATABASE_URL=other_url))
    assert "belong to another store" in start.words
    assert "Traceback" not in start.words.split("belong to another store")[0][-300:]
    assert photo_files(lived) == before
    assert len(before) == 2 * PHOTOS


def test_a_person_says_that_the_photos_are_its_own_and_it_serves(
    lived: Path, other_url: str
) -> None:
    before = photo_files(lived)
    done = run_command(lived, "photos", "adopt", LUJI_DATABASE_URL=other_url)
    assert done.returncode == 0, done.stderr
    try:
        Server(lived, LUJI_DATABASE_URL=other_url).start().stop()
        assert photo_files(lived) == before
    finally:
        assert run_command(lived, "photos", "adopt").returncode == 0


def test_a_start_without_the_photos_is_refused(lived: Path, tmp_path: Path) -> None:
    away = (tmp_path / "not-mounted").as_uri()
    assert "there are no photos" in refused_start(Server(lived, LUJI_MEDIA_URL=away)).words
    Server(lived).start().stop()
