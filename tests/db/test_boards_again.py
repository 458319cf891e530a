"""The boards are compared with the ledger and corrected in steps, on both engines."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from db.store import Store
from observations.base.ids import new_id
from observations.people.observer import Observer
from observations.points.awarding import award
from observations.points.postings import CauseKind
from observations.points.projection import rebuild_boards
from observations.points.teams import Team, TeamKind
from tests.support.sightings import phone

NOW = datetime(2026, 5, 7, 1, 0, tzinfo=UTC)
HOMES = ("330106", "330127", "330106")
TABLES = ("tally", "home_tally", "confirmed_observer")
DISTRICTS = """select district, period, first_day, sum(points), sum(people), sum(demo_people)
    from district_tally group by 1, 2, 3 order by 1, 2, 3"""
ONE = "(select holder_id from tally order by holder_id limit 1)"
DAMAGE = {
    "a tally is gone": f"delete from tally where holder_id = {ONE} and period = 'week'",
    "a tally is of nothing": f"""insert into tally (holder_id, holder_kind, period, first_day,
        points, gain, is_demo) select holder_id, holder_kind, 'week', date '2020-01-06', 7, 0, false
        from tally where holder_id = {ONE} and period = 'all'""",
    "points are wrong": "update tally set points = points + 1",
    "gains are wrong": "update tally set gain = gain + 1 where period = 'month'",
    "homes are gone": "delete from home_tally where district = '330106'",
    "homes are wrong": "update home_tally set points = points + 3 where period = 'all'",
    "somebody is confirmed": """insert into confirmed_observer select observer_id from observer
        where observer_id not in (select observer_id from confirmed_observer)""",
    "nobody is confirmed": "delete from confirmed_observer",
    "districts are gone": "delete from district_tally where period = 'year'",
    "districts are twice": "insert into district_tally select * from district_tally",
}


def person(store: Store, home: str, team: UUID | None) -> UUID:
    """Somebody who earned in several weeks."""
    who = new_id()
    row = Observer(who, str(who), None, None, NOW, None, is_demo=False)
    with store.transaction() as tx:
        tx.people.add_observer(row)
        tx.people.choose_home_district(who, home)
        if team:
            tx.points.move_to(who, team, NOW - timedelta(days=90))
    for weeks in range(4):
        with store.transaction() as tx:
            moment = NOW - timedelta(weeks=weeks)
            award(tx, who, CauseKind.OCCURRENCE, new_id(), 5 + weeks, moment)
    return who


@pytest.fixture
def board(store: Store) -> Store:
    """A store where people and a team have earned, and one person by their word alone."""
    team = Team(new_id(), "青山队", TeamKind.SCHOOL, "ABCDEFGH", None, NOW, None, is_demo=False)
    with store.transaction() as tx:
        tx.points.add_team(team)
    for place, home in enumerate(HOMES):
        person(store, home, team.team_id if place else None)
    who = new_id()
    with store.transaction() as tx:
        tx.people.add_observer(Observer(who, "一个人", None, None, NOW, None, is_demo=False))
        tx.people.choose_home_district(who, HOMES[0])
    with store.transaction() as tx:
        award(tx, who, CauseKind.SELF_REPORT, new_id(), 5, NOW)
    return store


def state(store: Store) -> list[object]:
    """Every row of the boards, and the districts' sums."""
    rows = [sorted(store.points._fragment(f"select * from {table}")) for table in TABLES]
    return [*rows, store.points._fragment(DISTRICTS)]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_is_not_the_ledgers_is_corrected(board: Store, damage: str) -> None:
    before = state(board)
    with board._engine.writing() as connection:
        connection.execute(damage)
    assert state(board) != before

    rebuild_boards(board, lambda *_: phone(board))  # another writer comes between

    assert state(board) == before


def test_a_board_that_is_the_ledgers_is_not_written(board: Store) -> None:
    before = board.transactions_here
    assert rebuild_boards(board, lambda *_: None) == 0
    assert board.transactions_here == before


def test_points_earned_between_the_steps_are_counted_once(board: Store) -> None:
    for damage in DAMAGE.values():
        with board._engine.writing() as connection:
            connection.execute(damage)
    rebuild_boards(board, lambda *_: person(board, HOMES[0], None))
    assert board.broken_invariants() == {}
