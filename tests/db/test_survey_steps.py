"""A survey file is written in several transactions that nobody sees, on both engines."""

import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.opening import open_store
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.exchange.survey_import import ImportOptions, import_survey
from observations.exchange.survey_matching import rebuild_surveys
from observations.exchange.survey_writing import QUIET, remove_interrupted
from tests.support.sightings import phone
from tests.support.survey_files import HERON, csv_file

NOW = datetime(2026, 5, 9, 6, 0, tzinfo=UTC)
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from db.opening import open_store
from observations.base.roles import Person, Role
from observations.exchange import survey_import, survey_writing
survey_import.BATCH, survey_writing.BATCHES = 7, 1

def die(what, done, total):
    if (what, done) == ("write", 14):
        os.kill(os.getpid(), signal.SIGKILL)

survey_import.import_survey(
    open_store(sys.argv[1]), Path(sys.argv[2]), survey_import.ImportOptions(),
    Person(role=Role.ADMIN), datetime.fromisoformat(sys.argv[3]), die)
"""

FIRST = "(select record_id from survey_occurrence order by record_id limit 1)"
LAST = "(select record_id from survey_occurrence order by record_id desc limit 1)"
DAMAGE = (
    f"delete from released_survey_occurrence where record_id = {FIRST}",
    f"""insert into released_survey_occurrence select * from released_survey_occurrence
        where record_id = {LAST}""",
    f"""update released_survey_occurrence set scientific_name = 'another'
        where record_id <> {LAST} and decimal_longitude > 0 and first_day is not null""",
    f"update survey_occurrence set grid = 10, cell_city = 'wrong' where record_id = {LAST}",
)


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("observations.exchange.survey_import.BATCH", 7)
    monkeypatch.setattr("observations.exchange.survey_writing.BATCHES", 2)


def rows_at(latitude: str, count: int = 30) -> list[list[str]]:
    """Rows of herons at that latitude."""
    return [[f"HZ-{k}", HERON[1], latitude, *HERON[3:]] for k in range(count)]


def imported(
    store: Store, path: Path, step: Callable[..., None] = lambda *_: None, **options: bool
) -> None:
    import_survey(store, path, ImportOptions(**options), ADMIN, NOW, step)  # type: ignore[arg-type]


def seen(store: Store) -> list[tuple[float, int]]:
    """What the public sees: latitudes with their number of rows."""
    rows = store.datasets._fragment(
        "select decimal_latitude, count(*) from surveyed_occurrence group by 1 order by 1"
    )
    return [(row[0], row[1]) for row in rows]


def stored(store: Store) -> list[int]:
    """The number of stored rows, and of imports on their way."""
    names = ("survey_occurrence", "survey_import")
    return [store.datasets._fragment(f"select count(*) from {name}")[0][0] for name in names]


def test_half_an_import_is_seen_by_nobody(store: Store, tmp_path: Path) -> None:
    looks = []

    def look(what: str, done: int, _total: int) -> None:
        if what != "read":
            looks.append((what, done, seen(store), len(store.datasets.datasets())))
            assert store.broken_invariants() == {}

    imported(store, csv_file(tmp_path, rows_at("30.1")), look)
    assert looks == [
        ("write", 14, [], 0),
        ("write", 28, [], 0),
        ("write", 30, [], 0),
        ("publish", 30, [], 0),
    ]
    assert seen(store) == [(30.1, 30)] and stored(store) == [30, 0]

    looks.clear()
    imported(store, csv_file(tmp_path, rows_at("30.2", 20)), look, replaces=True)
    assert [look[1:3] for look in looks] == [
        (14, [(30.1, 30)]),
        (20, [(30.1, 30)]),
        (20, [(30.1, 30)]),
    ]
    assert seen(store) == [(30.2, 20)] and stored(store) == [20, 0]


@pytest.mark.parametrize("is_again", [False, True], ids=["new", "again"])
def test_what_fails_half_way_leaves_nothing(store: Store, tmp_path: Path, is_again: bool) -> None:
    class Stopped(BaseException):
        """As a session that ended."""

    def stop(what: str, done: int, _total: int) -> None:
        if (what, done) == ("write", 28):
            assert stored(store)[1] == 1
            raise Stopped

    if is_again:
        imported(store, csv_file(tmp_path, rows_at("30.1")))
    with pytest.raises(Stopped):
        imported(store, csv_file(tmp_path, rows_at("30.2")), stop)
    assert stored(store) == [30 * is_again, 0]
    assert seen(store) == [(30.1, 30)] * is_again


@pytest.mark.parametrize("is_again", [False, True], ids=["new", "again"])
def test_what_a_kill_leaves_is_unseen_and_removed(
    store_url: str, tmp_path: Path, is_again: bool
) -> None:
    before = [(30.1, 30)] * is_again
    if is_again:
        store = open_store(store_url)
        imported(store, csv_file(tmp_path, rows_at("30.1")))
        store.close()
    path = csv_file(tmp_path, rows_at("30.2"))
    words = [sys.executable, "-c", KILLED, store_url, str(path), NOW.isoformat()]
    done = subprocess.run(words, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()

    store = open_store(store_url)
    assert stored(store) == [30 * is_again + 14, 1] and seen(store) == before
    assert store.broken_invariants() == {}
    assert remove_interrupted(store, NOW + timedelta(minutes=5)) == 0  # it might be at work
    assert remove_interrupted(store, NOW + 2 * QUIET) == 1
    assert stored(store) == [30 * is_again, 0] and seen(store) == before
    imported(store, path)
    assert seen(store) == [(30.2, 30)] and stored(store) == [30, 0]
    assert store.broken_invariants() == {}
    store.close()


def test_an_import_removes_what_an_earlier_one_left(store: Store, tmp_path: Path) -> None:
    with store.transaction() as tx:
        tx.datasets.begin_import(new_id(), NOW - 2 * QUIET)
    imported(store, csv_file(tmp_path, rows_at("30.1")))
    assert stored(store) == [30, 0]


def test_two_imports_of_one_dataset_at_once(store: Store, tmp_path: Path) -> None:
    one = csv_file(tmp_path, rows_at("30.1"))
    (tmp_path / "other").mkdir()
    other = csv_file(tmp_path / "other", rows_at("30.2"))

    def second(what: str, _done: int, _total: int) -> None:
        if what == "publish":
            imported(store, other)

    with pytest.raises(Refused, match=r"dataset\.changed_meanwhile"):
        imported(store, one, second)
    assert seen(store) == [(30.2, 30)] and stored(store) == [30, 0]


def test_an_import_whose_rows_were_removed_meanwhile_is_refused(
    store: Store, tmp_path: Path
) -> None:
    def forget(what: str, _done: int, _total: int) -> None:
        if what == "write":
            remove_interrupted(store, NOW + 2 * QUIET)  # a clock that went wrong

    with pytest.raises(Refused, match=r"dataset\.changed_meanwhile"):
        imported(store, csv_file(tmp_path, rows_at("30.1")), forget)
    assert seen(store) == [] and stored(store) == [0, 0]


def test_a_rebuild_replaces_what_differs_in_steps(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("observations.exchange.survey_matching.STEP", 4)
    imported(store, csv_file(tmp_path, rows_at("30.1")))
    for damage in DAMAGE:
        with store._engine.writing() as connection:
            connection.execute(damage)
    assert store.broken_invariants() != {}
    steps: list[tuple[str, int, int]] = []

    def step(*words: object) -> None:
        phone(store)  # another writer comes between
        steps.append(words)  # type: ignore[arg-type]

    rebuild_surveys(store, step)

    assert store.broken_invariants() == {} and seen(store) == [(30.1, 30)]
    assert len(steps) > 3 and steps[-1][1] == steps[-1][2]
    stamp = store.map.stamp()
    rebuild_surveys(store)
    assert store.map.stamp() == stamp
