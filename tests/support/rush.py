"""One of many processes that do the same thing at the same moment, on one PostgreSQL.

`python -m tests.support.rush URL` opens a store, writes "ready", then answers each line of JSON on
its standard input with one line on its standard output.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from observations.actions.entries import ActionReport
from observations.actions.programmes import use_code
from observations.actions.recording import submit
from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.places.districts import DISTRICTS
from observations.points.boards import districts_board, people_board, standing_of
from observations.points.periods import Period

if TYPE_CHECKING:
    from db.store import Store

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}


class Process:
    """A process with a store of its own."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.rush", url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> None:
        """Wait until its store is open."""
        assert self.answer() == "ready"

    def ask(self, what: str, **values: Any) -> None:
        """Send one request; `answer` reads the answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"what": what, **values}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """The next line it wrote."""
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)


def together(processes: Sequence[Process], questions: Sequence[dict[str, Any]]) -> list[Any]:
    """The answers; all requests are sent before the first answer is read."""
    for process, question in zip(processes, questions, strict=True):
        process.ask(**question)
    return [process.answer() for process in processes]


# Inside the process


def _log(store: "Store", values: dict[str, Any]) -> int | None:
    """The full points of one more entry of an action; None where it was refused."""
    now = datetime.fromisoformat(values["now"])
    day = date.fromisoformat(values["day"])
    report = ActionReport(new_id(), values["code"], Decimal(values["quantity"]), day)
    try:
        return submit(store, report, UUID(values["device"]), now).entry.full_points
    except (Refused, StorageError):
        return None


def _use(store: "Store", values: dict[str, Any]) -> bool:
    """Whether a slip paid this browser."""
    now = datetime.fromisoformat(values["now"])
    try:
        return use_code(store, values["token"], new_id(), UUID(values["device"]), now).is_new
    except (Refused, StorageError):
        return False


def _boards(store: "Store", values: dict[str, Any]) -> dict[str, int]:
    """The points of one observer on every board, and the districts' sum."""
    who, today = UUID(values["observer"]), date.fromisoformat(values["day"])
    points = {}
    for period in Period:
        rows = people_board(store, period, today).rows
        districts = districts_board(store, period, today, RESIDENTS).rows
        points[f"{period} standing"] = standing_of(store, who, period, today).points
        points[f"{period} named"] = sum(row.points for row in rows if row.observer_id == who)
        points[f"{period} districts"] = sum(row.points for row in districts)
    return points


DONE: dict[str, Callable[["Store", dict[str, Any]], Any]] = {
    "log": _log,
    "use": _use,
    "boards": _boards,
}


def _serve(url: str) -> None:
    from db.opening import open_store

    store = open_store(url)
    _say("ready")
    for line in sys.stdin:
        values = json.loads(line)
        _say(DONE[values.pop("what")](store, values))
    store.close()


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1])
