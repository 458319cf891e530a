"""The chain over the log: what was sealed is proved unchanged, on both engines."""

import contextlib
import csv
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.engines.engine import execute
from db.store import Store
from observations.base.clock import now_utc
from observations.base.errors import Conflict, Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Person, Role
from observations.log.entries import AFTER, BEFORE, LogEntry, Question
from observations.log.reading import export_log, read_log, who
from observations.log.sealing import faults, seal_new
from observations.moderation.public_name import NameKind
from observations.moderation.renaming import rename
from observations.people.accounts import add_account
from observations.privacy.erasing import record_erasure
from tests.support.sightings import observer_of, phone, record

LATER = timedelta(minutes=1)
SECRET = b"s" * 32


def write(store: Store, count: int = 6) -> list[UUID]:
    """So many entries, each of its own transaction; gives their ids in order."""
    entries = [
        LogEntry("staff.role_changed", new_id(), OPERATOR, now_utc(), {BEFORE: n, AFTER: n + 1})
        for n in range(count)
    ]
    for entry in entries:
        with store.transaction() as tx:
            tx.log.add(entry)
    return sorted(entry.entry_id for entry in entries)


def run(store: Store, sql: str, **values: object) -> None:
    """A statement past all rules, as somebody with the database's password would write it."""
    with store._engine.writing() as connection:
        execute(store._engine, connection, sql, values)


def seal(store: Store) -> None:
    seal_new(store, now_utc() + LATER)


def test_what_is_sealed_and_untouched_has_no_fault(store: Store) -> None:
    write(store)
    assert store.log.count_unsealed() >= 6
    assert seal_new(store, now_utc()) is None  # they may still be under way
    seal(store)
    assert store.log.count_unsealed() == 0
    write(store, 3)
    seal(store)
    assert seal_new(store, now_utc() + LATER) is None
    assert list(faults(store)) == []


# ruff: noqa: E501
CHANGES: dict[str, str] = {
    "one changed byte": "update log_entry set details = replace(details, 'before', 'befope') where entry_id = :two",
    "another moment": "update log_entry set logged_at = logged_at + interval '1 second' where entry_id = :two",
    "another account": "update log_entry set staff_id = :one where entry_id = :two",
    "another subject": "update log_entry set subject_id = :one where entry_id = :two",
    "a removed row": "delete from log_entry where entry_id = :two",
    "a removed seal": "delete from log_seal where entry_id = :two",
    "a row and its seal": "delete from log_seal where entry_id = :two; delete from log_entry where entry_id = :two",
    "an inserted row": "insert into log_entry (entry_id, action, details, logged_at) select :between, action, details, logged_at from log_entry where entry_id = :two",
    "a person where it was emptied": "update log_seal set salt = null where entry_id = :two; update log_entry set observer_id = :one where entry_id = :two",
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_what_is_done_to_sealed_rows_is_found(store: Store, name: str) -> None:
    ids = write(store)
    seal(store)
    between = UUID(int=ids[3].int - 1)
    for sql in CHANGES[name].split("; "):
        values = {"one": ids[1], "two": ids[2], "between": between}
        run(store, sql, **{key: value for key, value in values.items() if f":{key}" in sql})
    assert list(faults(store)), name


def test_two_swapped_rows_are_found(store: Store) -> None:
    ids = write(store)
    seal(store)
    aside = new_id()
    for old, new in ((ids[1], aside), (ids[3], ids[1]), (aside, ids[3])):
        run(store, "update log_entry set entry_id = :new where entry_id = :old", old=old, new=new)
    assert len(list(faults(store))) >= 2


def test_erasing_somebody_empties_their_entries_and_the_chain_holds(store: Store) -> None:
    device_id = phone(store)
    record(store, device_id)
    observer = observer_of(store, device_id)
    staff = add_account(store, OPERATOR, "周衡", "lake-ferry-42", Role.ADMIN, now_utc())
    admin = Person(staff_id=staff.staff_id, role=Role.ADMIN)
    rename(store, admin, NameKind.NICKNAME, observer.observer_id, "西湖边的林夏", now_utc())
    seal(store)
    told = read_log(store, admin, Question(action="name.replaced"), None, 9)
    assert "西湖边的林夏" in (told[0].line.personal or "")
    with store.transaction() as tx:
        record_erasure(tx, SECRET, observer.observer_id, now_utc())
    assert list(faults(store)) == []
    lines = [one.line for one in read_log(store, admin, Question(), None, 99)]
    assert all(observer.observer_id not in (one.observer_id, one.subject_id) for one in lines)
    assert not any("林夏" in (one.personal or "") for one in lines)
    seal(store)
    assert list(faults(store)) == []


def test_several_sealers_at_once_make_one_chain(store: Store) -> None:
    write(store, 30)
    start = threading.Barrier(4)

    def sealing() -> None:
        start.wait()
        with contextlib.suppress(Conflict):
            seal(store)

    threads = [threading.Thread(target=sealing) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(store)
    assert store.log.count_unsealed() == 0
    assert list(faults(store)) == []


def test_the_log_is_read_by_who_what_and_when(store: Store) -> None:
    now = now_utc()
    staff = add_account(store, OPERATOR, "周衡", "lake-ferry-42", Role.ADMIN, now)
    admin = Person(staff_id=staff.staff_id, role=Role.ADMIN)
    add_account(store, admin, "林夏", "lake-ferry-42", Role.VERIFIER, now)
    root = Person(role=Role.ADMIN, system_user="root")
    add_account(store, root, "何青", "lake-ferry-42", Role.VERIFIER, now)

    def read(**asked: object) -> list[str]:
        return [who(one) for one in read_log(store, admin, Question(**asked), None, 99)]

    assert read(action="staff.added") == ["root", "周衡", ""]
    assert read(who="周") == ["周衡"]
    assert read(who="ROOT") == ["root"]
    assert read(who="%") == read(action="' or 1=1 --") == []
    assert read(since=now + LATER) == read(until=now - timedelta(days=1)) == []
    first = read_log(store, admin, Question(), None, 2)
    second = read_log(store, admin, Question(), first[-1].line.entry_id, 2)
    assert {one.line.entry_id for one in first}.isdisjoint(one.line.entry_id for one in second)
    with pytest.raises(Refused, match=r"role\.may_not"):
        read_log(store, Person(staff_id=new_id(), role=Role.VERIFIER), Question(), None, 9)


def test_the_export_holds_every_entry_and_no_formula(store: Store, tmp_path: Path) -> None:
    add_account(store, OPERATOR, "周衡", "lake-ferry-42", Role.ADMIN, now_utc())
    trap = Person(role=Role.ADMIN, system_user="=cmd|' /C calc'!A0")
    add_account(store, trap, "林夏", "lake-ferry-42", Role.ADMIN, now_utc())
    seal(store)
    path = tmp_path / "log.csv"
    count = export_log(store, OPERATOR, Question(), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == count >= 2
    assert rows[0]["who"] == "'" + trap.system_user
    assert all(row["seal"] and len(row["link"]) == 64 for row in rows)
    with pytest.raises(FileExistsError):
        export_log(store, OPERATOR, Question(), path)
