"""Random histories on both engines: whatever happens, ledger, boards and caps agree.

Hypothesis writes the histories and, where one fails, shortens it to the shortest that does.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observations.base.clock import day_of
from observations.base.ids import new_id
from observations.people.observer import Observer
from observations.points.awarding import award, reverse
from observations.points.boards import districts_board, people_board, standing_of, teams_board
from observations.points.periods import Period, span
from observations.points.postings import CauseKind
from observations.points.tallies import Holder
from observations.points.teams import Team, TeamKind

HISTORIES = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
START = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)  # near the end of a week, month, quarter and year
SEEN = CauseKind.OCCURRENCE
HOMES = ("330106", "330108", "elsewhere", None)
RESIDENTS = {"330106": 1_089_229, "330108": 503_859}
PEOPLE, TEAMS = 4, 2

hours = st.integers(0, 24 * 30)
people = st.integers(0, PEOPLE - 1)
steps = st.one_of(
    st.tuples(st.just("give"), people, st.integers(1, 20), hours),
    st.tuples(st.just("take"), st.integers(0, 30), hours),
    st.tuples(st.just("move"), people, st.sampled_from(HOMES[:3])),
    st.tuples(st.just("team"), people, st.one_of(st.none(), st.integers(0, TEAMS - 1))),
    st.tuples(st.just("erase"), people),
)


class City:
    """A few people and teams in a store, and what is done to them."""

    def __init__(self, store) -> None:
        self.store = store
        self.causes: list[UUID] = []
        self.people = [self._person(number) for number in range(PEOPLE)]
        self.teams = [self._team() for _ in range(TEAMS)]

    def _person(self, number):
        observer_id = new_id()
        row = Observer(observer_id, str(observer_id), None, None, START, None, is_demo=False)
        with self.store.transaction() as tx:
            tx.people.add_observer(row)
            tx.people.choose_boards(observer_id, True)
            if HOMES[number]:
                tx.people.choose_home_district(observer_id, HOMES[number])
        return observer_id

    def _team(self):
        team_id = new_id()
        name, code = str(team_id), team_id.hex[-8:]
        with self.store.transaction() as tx:
            tx.points.add_team(Team(team_id, name, TeamKind.FAMILY, code, None, START, None, False))
        return team_id

    def give(self, number, amount, hour):
        cause = new_id()
        with self.store.transaction() as tx:
            award(tx, self.people[number], SEEN, cause, amount, START + timedelta(hours=hour))
        self.causes.append(cause)

    def take(self, number, hour):
        if self.causes:
            hour += 24 * 60  # after everything that was given
            with self.store.transaction() as tx:
                cause = self.causes[number % len(self.causes)]
                reverse(tx, SEEN, cause, START + timedelta(hours=hour))

    def move(self, number, home):
        with self.store.transaction() as tx:
            tx.people.choose_home_district(self.people[number], home)

    def team(self, number, team):
        with self.store.transaction() as tx:
            team_id = None if team is None else self.teams[team]
            tx.points.move_to(self.people[number], team_id, datetime.now(UTC))

    def erase(self, number):
        with self.store.transaction() as tx:
            tx.points.erase(self.people[number])

    def live(self, history):
        for what, *values in history:
            getattr(self, what)(*values)

    def postings(self):
        return [p for person in self.people for p in self.store.points.entries_of(person, 10_000)]


@HISTORIES
@given(history=st.lists(steps, max_size=25))
def test_after_any_history_every_board_is_the_ledgers_sum(store, history):
    city = City(store)
    city.live(history)
    postings = city.postings()
    for period in Period:
        for days_on in (0, 12, 31):
            _compare(city, postings, period, day_of(START + timedelta(days=days_on)))


def _compare(city, postings, period, today):
    days = span(period, today)
    within = [p for p in postings if days.first <= p.earned_on <= days.last]
    points = {who: sum(p.points for p in within if p.observer_id == who) for who in city.people}
    named = people_board(city.store, period, today, limit=10_000).rows
    assert {r.observer_id: r.points for r in named if r.observer_id in points} == {
        who: total for who, total in points.items() if total
    }
    for who, total in points.items():
        assert standing_of(city.store, who, period, today).points == total
    in_teams = {t: sum(p.points for p in within if p.team_id == t) for t in city.teams}
    teams = teams_board(city.store, period, today, limit=10_000).rows
    assert {r.team_id: r.points for r in teams if r.team_id in in_teams} == {
        team: total for team, total in in_teams.items() if total
    }


@HISTORIES
@given(history=st.lists(steps, max_size=12), number=people, amount=st.integers(1, 50), hour=hours)
def test_a_reversal_restores_every_board_exactly(store, history, number, amount, hour):
    city = City(store)
    city.live(history)
    before = _everything(city)
    city.give(number, amount, hour)
    assert _everything(city) != before
    city.take(len(city.causes) - 1, hour + 1)
    assert _everything(city) == before


def _everything(city):
    store, days = city.store, (day_of(START), day_of(START + timedelta(days=30)))
    return [
        (
            people_board(store, period, day).rows,
            teams_board(store, period, day).rows,
            districts_board(store, period, day, RESIDENTS).rows,
            [standing_of(store, who, period, day) for who in city.people],
        )
        for period in Period
        for day in days
    ]


@pytest.mark.parametrize("holder", list(Holder))
def test_a_rebuilt_board_is_the_one_that_was_kept(store, holder):
    city = City(store)
    city.live([("team", 0, 0), ("give", 0, 5, 3), ("give", 1, 2, 300), ("take", 0, 4)])
    before = _everything(city)
    with store.transaction() as tx:
        tx.points.rebuild_boards()
    assert _everything(city) == before
