"""Sixteen processes on one PostgreSQL, each with its own store.

Limits hold, a slip works once, and what one wrote is on every other's boards at its next read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from typing import TYPE_CHECKING

import pytest

from observations.actions.codes import CodeKind
from observations.actions.counting import SELF_REPORT_POINTS_A_DAY
from observations.actions.entries import ActionReport
from observations.actions.programmes import Programme, make_codes
from observations.actions.recording import submit
from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.points.awarding import award, reverse
from observations.points.postings import CauseKind
from tests.observations.actions.shelf import catalogue
from tests.support.rush import Process, together
from tests.support.sightings import phone

if TYPE_CHECKING:
    from db.store import Store
    from tests.support.postgres import PostgreSQL

PROCESSES = 16
NOW = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
TODAY = day_of(NOW)
WHEN = {"now": NOW.isoformat(), "day": TODAY.isoformat()}
HE_QING = Person(staff_id=new_id(), role=Role.ADMIN)


@pytest.fixture(scope="module")
def url(postgres: "PostgreSQL", postgres_template: str) -> Iterator[str]:
    """A database of this module's own: sixteen processes are started once."""
    address = postgres.database_url(postgres_template)
    yield address
    postgres.drop(address)


@pytest.fixture(scope="module")
def processes(url: str) -> Iterator[list[Process]]:
    """Sixteen, each with its store open."""
    started = [Process(url) for _ in range(PROCESSES)]
    for process in started:
        process.wait()
    yield started
    for process in started:
        process.close()


@pytest.fixture
def here(url: str) -> "Iterator[Store]":
    """The store of this process; at the end every invariant must hold."""
    from db.opening import open_store

    store = open_store(url)
    yield store
    assert store.broken_invariants() == {}
    store.close()


def joined(store: "Store") -> tuple[str, Person]:
    """A browser and its observer, who has logged one small thing."""
    device = phone(store)
    logged = submit(store, ActionReport(new_id(), "USE-BAG", Decimal(1), TODAY), device, NOW)
    return str(device), Person(observer_id=logged.observer.observer_id)


def test_a_days_limit_of_an_action_holds(here: "Store", processes: list[Process]) -> None:
    metro = next(action for action in catalogue() if action.code == "TRV-METRO")
    device, person = joined(here)
    question = {"what": "log", "code": metro.code, "quantity": "1", "device": device, **WHEN}
    counted = [points for points in together(processes, [question] * PROCESSES) if points]
    assert person.observer_id
    day = {total.action_code: total for total in here.actions.day_of(person.observer_id, TODAY)}
    most = min(day[metro.code].quantity, metro.daily_cap) // metro.portion
    assert sum(counted) == most * metro.points
    assert sum(counted) <= metro.daily_cap // metro.portion * metro.points


def test_the_days_allowance_holds(here: "Store", processes: list[Process]) -> None:
    device, person = joined(here)
    free = [action for action in catalogue() if not action.not_with]
    offered = list(islice(cycle(free), PROCESSES))
    together(
        processes,
        [
            {
                "what": "log",
                "code": action.code,
                "quantity": str(action.daily_cap),
                "device": device,
                **WHEN,
            }
            for action in offered
        ],
    )
    assert person.observer_id
    paid = here.points.balance_of(person.observer_id)
    waits = here.points.waiting_of([person.observer_id], TODAY, TODAY)
    assert 0 < paid + waits.get(person.observer_id, 0) <= SELF_REPORT_POINTS_A_DAY


def test_a_slip_pays_one(here: "Store", processes: list[Process]) -> None:
    slip = Programme(
        title="湖滨旧物修理日",
        kind=CodeKind.SLIP,
        action_code="NAT-VOL",
        quantity=Decimal(1),
        points=10,
        opens_at=NOW - timedelta(hours=1),
        closes_at=NOW + timedelta(hours=4),
        count=1,
    )
    [code] = make_codes(here, HE_QING, slip, NOW - timedelta(hours=2))
    phones = [str(phone(here)) for _ in range(PROCESSES)]
    requests = [{"what": "use", "token": code.token, "device": one, **WHEN} for one in phones]
    assert together(processes, requests).count(True) == 1
    assert here.actions.uses_of(code.code_id) == 1


def test_an_entry_and_its_reversal_are_on_every_board_of_every_process(
    here: "Store", processes: list[Process]
) -> None:
    _, person = joined(here)
    assert person.observer_id
    with here.transaction() as tx:
        tx.people.choose_boards(person.observer_id, True)
        tx.people.choose_home_district(person.observer_id, "330106")
    question = {"what": "boards", "observer": str(person.observer_id), "day": TODAY.isoformat()}

    def boards() -> list[dict[str, int]]:
        return together(processes, [question] * PROCESSES)

    before, cause = boards(), new_id()
    with here.transaction() as tx:
        award(tx, person.observer_id, CauseKind.OCCURRENCE, cause, 7, NOW)
    assert boards() == [{name: n + 7 for name, n in points.items()} for points in before]
    with here.transaction() as tx:
        reverse(tx, CauseKind.OCCURRENCE, cause, NOW)
    assert boards() == before
