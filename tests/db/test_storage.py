"""The store itself: migrations, transactions, errors, compaction; on both engines."""

import dataclasses
import inspect
import stat
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import EnumType
from inspect import isabstract
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from db.engines.fair_lock import FairLock
from db.migrating import Migration, migrate, migrations
from db.opening import open_store
from db.seeding import LOADERS, read_seed, seed
from db.store import Rooms, Store
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.map.exploring import Filters
from observations.occurrences.occurrence import public_place
from tests.support.sightings import NOW, phone


class AnyAsk:
    """Stands where a room's methods are only listed."""

    def __call__(self, *args: Any, **values: Any) -> None:
        raise AssertionError

    fragment = by_name = __call__


def methods() -> list[tuple[str, str]]:
    """Every public method of every room."""
    rooms = Rooms(AnyAsk())  # type: ignore[arg-type]
    return [
        (name, method)
        for name, room in vars(rooms).items()
        for method, _ in inspect.getmembers(type(room), inspect.isfunction)
        if not method.startswith("_")
    ]


class Anything:
    """An argument of any type: every attribute, item and call gives another."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self, *args: Any, **values: Any) -> Any:
        return Anything()

    def __iter__(self) -> Any:
        return iter([Anything()])

    def __getitem__(self, key: object) -> Any:
        return "1"

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        return ""


@pytest.fixture
def closed(store_url: str) -> Store:
    """A store that was closed."""
    opened = open_store(store_url)
    opened.close()
    return opened


ARGUMENTS: dict[tuple[str, str], list[object]] = {
    ("map", "richness"): [Filters(), 7],
    ("actions", "seed"): [read_seed("actions.csv")[:1]],
    ("datasets", "add_rows"): [new_id(), defaultdict(list)],
    ("map", "publish_all"): [[(new_id(), public_place(30.25, 120.15, None))]],
}


VALUES: dict[Any, object] = {
    UUID: new_id(),
    datetime: NOW,
    date: NOW.date(),
    str: "a",
    int: 1,
    float: 1.0,
    bool: False,
    bytes: b"a",
    Decimal: Decimal(1),
    Filters: Filters(),
}


def stand_in(kind: Any) -> object:
    """A value of the parameter's type, built field by field and item by item."""
    origin, inside = get_origin(kind), [one for one in get_args(kind) if one is not NoneType]
    if kind in VALUES:
        return VALUES[kind]
    if isinstance(kind, EnumType):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: stand_in(hints[field.name]) for field in fields(kind)})
    if origin in (Union, UnionType):
        return stand_in(inside[0])
    if origin is tuple and Ellipsis not in inside:
        return tuple(stand_in(one) for one in inside)
    if origin in (dict, Mapping):
        return {stand_in(inside[0]): stand_in(inside[1])}
    if origin in (list, tuple, set, frozenset, Sequence, Iterable, Collection):
        items = [stand_in(inside[0])]
        return origin(items) if isinstance(origin, type) and not isabstract(origin) else items
    return Anything()


@pytest.mark.parametrize(("room", "method"), methods())
def test_every_method_of_a_closed_store_says_so(closed: Store, room: str, method: str) -> None:
    ask = getattr(getattr(closed, room), method)
    hints = get_type_hints(ask)
    arguments = [stand_in(hints.get(name)) for name in inspect.signature(ask).parameters]
    with pytest.raises(StorageError):
        answer = ask(*ARGUMENTS.get((room, method), arguments))
        list(answer or ())  # a reader that is lazy must fail when read


def test_a_second_start_migrates_and_seeds_nothing(store: Store, store_url: str) -> None:
    assert seed(store) == []
    assert set(LOADERS)


def test_what_fails_leaves_nothing(store: Store) -> None:
    class Stopped(BaseException):
        """As Streamlit stops a script."""

    device_id = new_id()
    with pytest.raises(Stopped), store.transaction() as tx:
        tx.people.link_device(device_id, new_id(), NOW)
        raise Stopped
    assert store.people.observer_of_device(device_id) is None
    phone(store)  # and the next writer comes through


def test_a_broken_reference_is_found(store_url: str) -> None:
    store = open_store(store_url)
    with store.transaction() as tx:
        tx.people.link_device(new_id(), new_id(), NOW)
    assert set(store.broken_invariants()) == {"device_of_nobody"}
    store.close()


def test_compacting_keeps_every_row_and_lets_readers_go_on(store: Store) -> None:
    device_id = phone(store)
    answers: list[bool] = []
    is_done = threading.Event()

    def read() -> None:
        while not is_done.is_set():
            answers.append(store.people.consent_of(device_id) is not None)

    reader = threading.Thread(target=read)
    reader.start()
    store.compact()
    is_done.set()
    reader.join()
    assert store.people.consent_of(device_id) is not None
    assert all(answers)


def test_transactions_do_not_nest_on_duckdb(duckdb_store: Store) -> None:
    with (
        duckdb_store.transaction(),
        pytest.raises(RuntimeError, match="nest"),
        duckdb_store.transaction(),
    ):
        pass


def test_a_database_newer_than_the_program_is_refused(store_url: str) -> None:
    store = open_store(store_url)
    with pytest.raises(StorageError, match="newer"):
        migrate(store._engine, migrations()[:-1])
    store.close()


def test_an_edited_migration_is_refused(store_url: str) -> None:
    store = open_store(store_url)
    first, *rest = migrations()
    edited = Migration(first.number, first.name, first.sql + "-- edited")
    with pytest.raises(StorageError, match="must not be edited"):
        migrate(store._engine, [edited, *rest])
    store.close()


def test_a_migration_that_fails_leaves_nothing(store_url: str) -> None:
    store = open_store(store_url)
    broken = Migration(9999, "broken", "create table half (a integer); select * from nowhere")
    with pytest.raises(StorageError):
        migrate(store._engine, [*migrations(), broken])
    mended = Migration(9999, "mended", "create table half (a integer)")
    assert migrate(store._engine, [*migrations(), mended]) == ["mended"]
    store.close()


def test_a_start_on_an_older_database_says_which_migration_it_makes(
    store_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_store(store_url)
    assert caplog.messages == []
    more = [Migration(9998 + n, f"more_{n}", f"create table more_{n} (a integer)") for n in (0, 1)]
    migrate(store._engine, [*migrations(), *more])
    assert caplog.messages == [
        "storage.migrating 9998 more_0, 1 of 2",
        "storage.migrating 9999 more_1, 2 of 2",
    ]
    store.close()


def test_an_unknown_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="duckdb:///PATH"):
        open_store(f"sqlite:///{tmp_path}/a.db")


def test_several_starts_on_one_empty_database(postgres: Any) -> None:
    url = postgres.database_url()
    failures: list[BaseException] = []

    def start() -> None:
        try:
            open_store(url).close()
        except BaseException as error:  # noqa: BLE001 - counted below
            failures.append(error)

    starts = [threading.Thread(target=start) for _ in range(5)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    postgres.drop(url)
    assert failures == []


def test_the_lock_is_first_come_first_served() -> None:
    lock, order = FairLock(), []
    waiting = [threading.Event() for _ in range(5)]

    def enter(number: int) -> None:
        waiting[number].set()
        with lock.turn():
            order.append(number)

    threads = [threading.Thread(target=enter, args=(number,)) for number in range(5)]
    with lock.turn():
        for number, thread in enumerate(threads):
            thread.start()
            waiting[number].wait()
            while len(lock._waiting) <= number:
                pass
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_the_database_file_and_its_log_are_their_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "luji.duckdb"
    open_store(f"duckdb:///{path}").close()
    path.chmod(0o644)  # as older versions left it
    store = open_store(f"duckdb:///{path}")
    try:
        store.compact()
        phone(store)
        files = [path, path.with_name(path.name + ".wal")]
        assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    finally:
        store.close()
