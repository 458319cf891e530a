"""Reading the log: a page of it for admins, and all of it as a file."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path
from uuid import UUID

from observations.base.clock import HANGZHOU
from observations.base.roles import Person, require
from observations.log.entries import Question, Told
from observations.log.store import Store

ACTION = "read_log"
COLUMNS = ("time", "who", "what", "subject", "details", "personal", "seal", "link", "entry")
TOGETHER = 2000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_log(
    store: Store, person: Person, question: Question, before: UUID | None, limit: int
) -> list[Told]:
    """Entries, the latest first, that are older than `before`. Raises `Refused("role.may_not")`."""
    require(person, ACTION)
    return store.log.told(question, before, limit)


def export_log(store: Store, person: Person, question: Question, path: Path) -> int:
    """Write entries into a new CSV file (UTF-8 with a mark, as Excel likes it); gives their number.

    Times are those of Asia/Shanghai. Raises `Refused("role.may_not")`, `FileExistsError` where the
    file is there, `OSError`.
    """
    require(person, ACTION)
    count = 0
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        file.write(_csv([COLUMNS]))
        for page in _pages(store, person, question):
            file.write(_csv(_cells(one) for one in page))
            count += len(page)
    return count


def _pages(store: Store, person: Person, question: Question) -> Iterator[list[Told]]:
    before = None
    while page := read_log(store, person, question, before, TOGETHER):
        yield page
        before = page[-1].line.entry_id


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(_safe, row) for row in rows)
    return out.getvalue()


def _safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _cells(one: Told) -> tuple[object, ...]:
    line = one.line
    return (
        line.logged_at.astimezone(HANGZHOU).isoformat(timespec="seconds"),
        who(one),
        line.action,
        line.subject_id or "",
        line.details,
        line.personal or "",
        one.position or "",
        one.link or "",
        line.entry_id,
    )


def who(told: Told) -> str:
    """Who did it: an account, a nickname, a name on the machine; "" for the server itself."""
    names = (told.username, told.nickname, told.line.system_user)
    return next((name for name in names if name), "")
