"""Rewriting a table of PostgreSQL, so that erased bytes leave its files.

`vacuum full` locks a table while it is rewritten, which is short for a small one only. Of a large
one a copy is made beside it; a trigger keeps the keys of rows that change meanwhile; these rows are
copied again until few are left; then the copy takes the table's name, and everybody waits for that
alone.

A transaction whose snapshot is older than the copy would find no row in it. So the names change
only while nobody has such a snapshot. This program's own transactions take theirs after `ENTER`,
which waits; how old those of others are, the server says.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from psycopg.errors import LockNotAvailable, QueryCanceled

from observations.base.errors import StorageError

PREFIX = "compacting_"  # such tables are no part of the store
COPY, OLD = f"{PREFIX}copy", f"{PREFIX}old"
CHANGED, NOTE = f"{PREFIX}changed", f"{PREFIX}note"
GATE = "schema_migration"  # every store has this table, and nobody writes it but a migration
ENTER = f"lock table {GATE} in row share mode"  # a LOCK takes no snapshot, nor while it waits
LARGE = 4 * 1024 * 1024  # bytes of a table with its indices that `vacuum full` is too slow for
LOCK_MS, STATEMENT_MS, DRAIN_S = 50, 80, 0.03  # of what everybody waits for
FEW, ROUNDS = 50, 100  # rows to copy again while everybody waits
TRIES, PAUSE_S = 1200, 0.5

STORAGE = "select reloptions, pg_relation_filenode(oid) from pg_class where oid = to_regclass(%s)"
COLUMNS = """select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute
    where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum"""
INDICES = """select i.relname, pg_get_indexdef(i.oid), (select pg_get_constraintdef(c.oid)
        from pg_constraint as c where c.conindid = i.oid and c.conrelid = x.indrelid)
    from pg_index as x join pg_class as i on i.oid = x.indexrelid
    where x.indrelid = to_regclass(%s) order by x.indisprimary desc, i.relname"""
VIEWS = """select distinct v.oid::regclass::text, pg_get_viewdef(v.oid),
        coalesce('with (' || array_to_string(v.reloptions, ', ') || ')', '')
    from pg_depend as d join pg_rewrite as r on r.oid = d.objid
    join pg_class as v on v.oid = r.ev_class
    where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass
        and d.refobjid = to_regclass(%s) and v.oid <> d.refobjid order by 1"""
GRANTS = """select format('grant %%s on %%s to %%s', g.privilege_type, c.oid::regclass,
        case g.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(g.grantee)) end
        || case when g.is_grantable then ' with grant option' else '' end)
    from pg_class as c, aclexplode(c.relacl) as g
    where c.oid = to_regclass(%s) and g.grantee <> c.relowner order by 1"""
# What an operator may have added that a copy would lack.
EXTRAS = """select 1 from pg_class as c where c.oid = to_regclass(%s) and (
        c.relrowsecurity or c.relreplident <> 'd' or c.relpersistence <> 'p'
        or c.reltablespace <> 0 or pg_get_userbyid(c.relowner) <> current_user
        or exists (select from pg_trigger where tgrelid = c.oid)
        or exists (select from pg_rewrite where ev_class = c.oid)
        or exists (select from pg_inherits where c.oid in (inhrelid, inhparent))
        or exists (select from pg_publication_tables
            where schemaname = current_schema() and tablename = c.relname)
        or exists (select from pg_attribute where attrelid = c.oid and attnum > 0
            and not attisdropped and (attacl is not null or attidentity <> ''
            or attoptions is not null or coalesce(attstattarget, -1) <> -1))
        or exists (select from pg_depend as d left join pg_class as o
                on d.classid = 'pg_class'::regclass and o.oid = d.objid
            left join pg_rewrite as r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
            left join pg_class as v on v.oid = r.ev_class
            where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and (
                o.relkind in ('i', 't') or v.relkind = 'v' and v.relowner = c.relowner
                or d.classid in ('pg_constraint'::regclass, 'pg_attrdef'::regclass,
                    'pg_type'::regclass)) is not true))"""
KEY = """select array(select a.attname::text from unnest(x.indkey) with ordinality as k(n, place)
        join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.n
        where place <= x.indnkeyatts order by place)
    from pg_index as x
    where x.indrelid = to_regclass(%s) and x.indpred is null and x.indexprs is null
        and x.indisvalid and not exists (
            select from unnest(x.indkey) with ordinality as k(n, place)
            join pg_attribute as a on a.attrelid = x.indrelid and a.attnum = k.n
            where place <= x.indnkeyatts and not a.attnotnull)
    order by x.indisunique desc, x.indnkeyatts, x.indexrelid limit 1"""
# Only an autovacuum is nobody's; what kind a session is, is hidden from other users.
OLDER = """select pid from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
        and usesysid is not null and age(backend_xmin) >= age(%s::xid)
    order by age(backend_xmin) desc limit 1"""


class _IsBusy(StorageError):
    """Not at this moment."""


def rewrite_all(gate: Any, worker: Any, tables: list[str]) -> None:
    """Rewrite tables one after the other, then the server's statistics of what was in them.

    Both connections commit each statement by themselves; one holds the locks, the other copies.
    Raises `StorageError` at the end where a table was too busy or altered; the others are done.
    """
    for connection in (gate, worker):
        # what a crash takes back was not in use yet, or is flushed with what came after it
        connection.execute(f"set lock_timeout = {LOCK_MS}; set synchronous_commit = off")
        connection.execute("set jit = off")  # compiling takes longer than the statements
    _patiently(lambda: clean(worker))
    failures = []
    for table in tables:
        try:
            _rewrite(gate, worker, f'"{table}"')
        except StorageError as error:
            failures.append(f"{table}: {error}")
    _patiently(lambda: worker.execute("vacuum (full) pg_catalog.pg_statistic"))
    if failures:
        raise StorageError("; ".join(failures))


def clean(connection: Any) -> None:
    """Remove what a copy that was interrupted has left."""
    connection.execute(f"drop table if exists {COPY}, {OLD}")
    sql = "select tgrelid::regclass::text from pg_trigger where tgname = %s and not tgisinternal"
    for (table,) in connection.execute(sql, (NOTE,)).fetchall():
        connection.execute(f"drop trigger {NOTE} on {table}")
    connection.execute(f"drop table if exists {CHANGED}")
    connection.execute(f"drop function if exists {NOTE}()")


def _rewrite(gate: Any, worker: Any, table: str) -> None:
    size = worker.execute("select pg_total_relation_size(to_regclass(%s))", (table,)).fetchone()[0]
    is_plain = worker.execute(EXTRAS, (table,)).fetchone() is None
    if (size or 0) > LARGE and is_plain and worker.execute(KEY, (table,)).fetchone():
        _TableCopy(gate, worker, table).replace()
    else:
        _patiently(lambda: worker.execute(f"vacuum (full, analyze) {table}"))


def _patiently(action: Callable[[], object]) -> None:
    """Do it once nobody is in the way. Raises `StorageError` after ten minutes."""
    for _ in range(TRIES):
        try:
            action()
            return
        except LockNotAvailable:
            time.sleep(PAUSE_S)
    raise StorageError("always in use")


class _TableCopy:
    """A copy of one table, which takes its place."""

    def __init__(self, gate: Any, worker: Any, table: str) -> None:
        self._gate, self._worker, self._table = gate, worker, table
        self._key: list[str] = worker.execute(KEY, (table,)).fetchone()[0]
        self._facts = self._read_facts(worker)
        self._storage, _, self._indices, self._views, self._grants = self._facts
        self._last = 0  # the latest transaction that wrote into the copy

    def replace(self) -> None:
        """Copy the table and give the copy its name.

        Raises `StorageError` where the table is in use for ten minutes or was altered meanwhile.
        """
        try:
            self._note_changes()
            self._copy()
            self._follow()
        finally:
            _patiently(lambda: clean(self._worker))

    def _read_facts(self, connection: Any) -> list[Any]:
        """What the copy must have; whoever alters or empties the table changes one of them."""
        storage = connection.execute(STORAGE, (self._table,)).fetchone()
        rows = (COLUMNS, INDICES, VIEWS, GRANTS)
        return [storage, *(connection.execute(sql, (self._table,)).fetchall() for sql in rows)]

    def _columns(self, alias: str) -> str:
        return ", ".join(f'{alias}."{name}"' for name in self._key)

    def _note_changes(self) -> None:
        """From now on a trigger keeps the keys of rows that change."""
        self._worker.execute(
            f"create unlogged table {CHANGED} as select {self._columns('t')} "
            f"from {self._table} as t with no data"
        )
        # by its maker's rights and path: whoever may write the table knows nothing of this one
        self._worker.execute(
            f"create function {NOTE}() returns trigger language plpgsql security definer "
            "set search_path from current as $$ begin "
            f"if tg_op <> 'INSERT' then insert into {CHANGED} values ({self._columns('old')}); "
            f"end if; if tg_op <> 'DELETE' then insert into {CHANGED} values "
            f"({self._columns('new')}); end if; return null; end $$"
        )
        trigger = (
            f"create trigger {NOTE} after insert or update or delete on {self._table} "
            f"for each row execute function {NOTE}()"
        )
        _patiently(lambda: self._worker.execute(trigger))

    def _copy(self) -> None:
        """The rows of one moment, with indices and statistics."""
        options = f" with ({', '.join(self._storage[0])})" if self._storage[0] else ""
        with self._worker.transaction():
            self._worker.execute("set local synchronize_seqscans = off")  # rows keep their order
            self._worker.execute(
                f"create table {COPY} (like {self._table} including all excluding indexes){options}"
            )
            self._worker.execute(f"insert into {COPY} select * from {self._table}")
            for number, (_, definition, constraint) in enumerate(self._indices):
                self._worker.execute(_index(number, definition, constraint))
            self._last = _own_number(self._worker)
        self._worker.execute(f"vacuum (analyze) {COPY}")

    def _follow(self) -> None:
        reason = "always in use"
        for _ in range(TRIES):
            if not self._is_caught_up():
                reason = "too much is being written"
            elif reader := self._older_snapshot(self._worker):
                reason = f"the session {reader} of the server has an old snapshot"
            else:
                with suppress(_IsBusy, LockNotAvailable, QueryCanceled):
                    self._take_its_place()
                    return
            time.sleep(PAUSE_S)
        raise StorageError(reason)

    def _is_caught_up(self) -> bool:
        """Copy changed rows again until few are left; gives whether that was reached."""
        for _ in range(ROUNDS):
            count = self._copy_changed()
            self._worker.execute(f"vacuum {CHANGED}")  # its dead rows would be read every time
            if count < FEW:
                return True
        return False

    def _copy_changed(self) -> int:
        """Copy again the rows that changed up to one moment; gives the number of changes."""
        worker, keys = self._worker, f"(select distinct * from {CHANGED}) as k"
        same = " and ".join(f'k."{name}" = t."{name}"' for name in self._key)
        with worker.transaction():
            worker.execute(
                "set transaction isolation level repeatable read; "
                "set local enable_hashjoin = off; set local enable_mergejoin = off"
            )
            if not worker.execute(f"select 1 from {CHANGED} limit 1").fetchone():
                return 0
            worker.execute(f"delete from {COPY} as t using {keys} where {same}")
            worker.execute(
                f"insert into {COPY} select t.* from {keys} join {self._table} as t on {same}"
            )
            count: int = worker.execute(f"delete from {CHANGED}").rowcount
            number = _own_number(worker)
        self._last = number
        return count

    def _older_snapshot(self, connection: Any) -> int | None:
        """The server's number of a session that would not see all rows of the copy."""
        row = connection.execute(OLDER, (str(self._last),)).fetchone()
        return row[0] if row else None

    def _take_its_place(self) -> None:
        """Raises `_IsBusy`, or an error of the driver, where somebody is in the way."""
        names = ", ".join([*(view for view, _, _ in self._views), self._table])
        with self._gate.transaction():
            self._gate.execute(f"set local statement_timeout = {STATEMENT_MS}")
            self._gate.execute(f"lock table {GATE} in exclusive mode")
            self._copy_changed()
            # a reader of a view locks it before its tables
            self._gate.execute(f"lock table {names} in access exclusive mode")
            self._require_alone()
            self._gate.execute("; ".join(self._renaming()))

    def _require_alone(self) -> None:
        if self._gate.execute(f"select 1 from {CHANGED} limit 1").fetchone():
            raise _IsBusy
        if self._read_facts(self._gate) != self._facts:
            raise StorageError("altered while it was copied")
        deadline = time.monotonic() + DRAIN_S
        while self._older_snapshot(self._gate):
            if time.monotonic() > deadline:
                raise _IsBusy
            time.sleep(0.002)

    def _renaming(self) -> list[str]:
        """The copy takes the table's name, its views, the names of its indices and its grants."""
        names = [name for name, _, _ in self._indices]
        return [
            *(f'alter index "{name}" rename to {OLD}_{n}' for n, name in enumerate(names)),
            f"alter table {self._table} rename to {OLD}",
            f"alter table {COPY} rename to {self._table}",
            *(
                f"create or replace view {view} {options} as {definition.rstrip(';')}"
                for view, definition, options in self._views
            ),
            *(f'alter index {COPY}_{n} rename to "{name}"' for n, name in enumerate(names)),
            *(grant for (grant,) in self._grants),
        ]


def _index(number: int, definition: str, constraint: str | None) -> str:
    """The statement that makes an index of the copy like one of the table."""
    if constraint:
        return f"alter table {COPY} add constraint {COPY}_{number} {constraint}"
    return re.sub(
        r"INDEX .+? ON .+? USING", f"INDEX {COPY}_{number} ON {COPY} USING", definition, count=1
    )


def _own_number(connection: Any) -> int:
    """The number of this connection's transaction, which is a writing one."""
    number: int = connection.execute("select pg_current_xact_id()::xid::text::bigint").fetchone()[0]
    return number
