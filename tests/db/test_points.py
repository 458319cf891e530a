"""The ledger and the boards on both engines."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from observations.base.clock import day_of
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.people.observer import ELSEWHERE, Observer
from observations.points.awarding import award, reverse
from observations.points.boards import districts_board, people_board, standing_of
from observations.points.periods import Period, span
from observations.points.postings import CauseKind, Posting, PostingKind

NOW = datetime(2026, 5, 7, 1, 0, tzinfo=UTC)  # a Thursday, nine in the morning in Hangzhou
TODAY = day_of(NOW)
XIHU, BINJIANG = "330106", "330108"
RESIDENTS = {XIHU: 1_089_229, BINJIANG: 503_859}
SEEN = CauseKind.OCCURRENCE


@pytest.fixture
def join(store):
    """Makes an observer: `join("林夏", home=XIHU, on_boards=True)`."""

    def make(nickname, home=XIHU, on_boards=True):
        observer = Observer(new_id(), nickname, None, None, NOW, None, is_demo=False)
        with store.transaction() as tx:
            tx.people.add_observer(observer)
            if home:
                tx.people.choose_home_district(observer.observer_id, home)
            if on_boards is not None:
                tx.people.choose_boards(observer.observer_id, on_boards)
        return observer.observer_id

    return make


def give(store, observer_id, amount, now=NOW):
    cause = new_id()
    with store.transaction() as tx:
        assert award(tx, observer_id, SEEN, cause, amount, now)
    return cause


def take(store, cause, now=NOW):
    with store.transaction() as tx:
        return reverse(tx, SEEN, cause, now)


def test_an_award_is_on_the_statement_and_in_the_balance(store, join):
    lin = join("林夏")
    cause = give(store, lin, 5)
    assert store.points.balance_of(lin) == 5
    [posting] = store.points.entries_of(lin, 10)
    assert isinstance(posting, Posting)
    assert (posting.cause_id, posting.points, posting.kind) == (cause, 5, PostingKind.AWARD)
    assert (posting.earned_on, posting.posted_at) == (TODAY, NOW)
    assert store.points.postings_of(SEEN, cause) == [posting]


def test_a_reversal_restores_balance_boards_and_districts_exactly(store, join):
    lin = join("林夏")
    give(store, lin, 3)
    before = _everything(store, lin)
    cause = give(store, lin, 5)
    assert _everything(store, lin) != before
    assert take(store, cause, NOW + timedelta(days=30))
    assert _everything(store, lin) == before


def _everything(store, observer_id):
    return (
        store.points.balance_of(observer_id),
        [people_board(store, period, TODAY) for period in Period],
        [districts_board(store, period, TODAY, RESIDENTS) for period in Period],
        [standing_of(store, observer_id, period, TODAY) for period in Period],
    )


def test_an_award_that_failed_to_commit_leaves_nothing(store, join):
    lin = join("林夏")
    with pytest.raises(RuntimeError), store.transaction() as tx:
        award(tx, lin, SEEN, new_id(), 5, NOW)
        raise RuntimeError
    assert store.points.balance_of(lin) == 0


def test_the_same_posting_cannot_be_made_twice(store, join):
    lin = join("林夏")
    give(store, lin, 5)
    [posting] = store.points.entries_of(lin, 1)
    with pytest.raises(StorageError), store.transaction() as tx:
        tx.points.post([posting])


def test_people_are_named_only_when_they_agreed_and_ranked_among_everybody(store, join):
    lin, zhou, chen = join("林夏"), join("周衡", on_boards=False), join("陈默", on_boards=None)
    for observer, amount in ((lin, 5), (zhou, 9), (chen, 5)):
        give(store, observer, amount)
    board = people_board(store, Period.WEEK, TODAY)
    assert [(row.rank, row.nickname, row.points) for row in board.rows] == [(2, "林夏", 5)]
    assert standing_of(store, zhou, Period.WEEK, TODAY).rank == 1
    own = standing_of(store, chen, Period.WEEK, TODAY)
    assert (own.rank, own.points, own.people) == (2, 5, 3)


def test_whoever_has_nothing_has_no_rank(store, join):
    lin = join("林夏")
    own = standing_of(store, lin, Period.ALL, TODAY)
    assert (own.rank, own.points, own.people) == (None, 0, 0)
    take(store, give(store, lin, 5))
    assert standing_of(store, lin, Period.ALL, TODAY).rank is None
    assert people_board(store, Period.ALL, TODAY).rows == []


def test_equals_share_a_rank(store, join):
    for name, amount in (("甲", 8), ("乙", 8), ("丙", 3)):
        give(store, join(name), amount)
    board = people_board(store, Period.ALL, TODAY)
    assert [row.rank for row in board.rows] == [1, 1, 3]


def test_a_week_ends_at_midnight_in_hangzhou(store, join):
    lin = join("林夏")
    sunday_evening = datetime(2026, 5, 10, 15, 59, tzinfo=UTC)
    give(store, lin, 2, sunday_evening)
    give(store, lin, 7, sunday_evening + timedelta(minutes=1))
    assert standing_of(store, lin, Period.WEEK, TODAY).points == 2
    assert standing_of(store, lin, Period.WEEK, date(2026, 5, 11)).points == 7
    assert standing_of(store, lin, Period.MONTH, TODAY).points == 9


def test_districts_count_their_people_by_home_and_elsewhere_counts_nowhere(store, join):
    for home, amount in ((XIHU, 5), (XIHU, 4), (BINJIANG, 6), (ELSEWHERE, 50), (None, 50)):
        give(store, join(f"{home} {amount}", home=home, on_boards=None), amount)
    board = districts_board(store, Period.MONTH, TODAY, RESIDENTS)
    assert [(row.rank, row.district, row.points, row.people) for row in board.rows] == [
        (None, XIHU, 9, 2), (None, BINJIANG, 6, 1)
    ]  # fmt: skip
    assert not board.is_empty and not board.is_demo


def test_an_empty_store_has_empty_boards(store):
    assert people_board(store, Period.ALL, TODAY).rows == []
    assert districts_board(store, Period.ALL, TODAY, RESIDENTS).is_empty


def test_boards_say_when_something_on_them_is_made_up(store, join):
    lin = join("林夏")
    with store.transaction() as tx:
        award(tx, lin, SEEN, new_id(), 5, NOW, is_demo=True)
    assert districts_board(store, Period.ALL, TODAY, RESIDENTS).is_demo
    assert people_board(store, Period.ALL, TODAY).is_demo


@pytest.mark.parametrize("seed", range(3))
def test_after_any_history_ledger_and_boards_agree(store, join, seed):
    chance = random.Random(seed)
    people = [join(f"观察者 {n}", home=chance.choice([XIHU, BINJIANG])) for n in range(6)]
    causes = []
    moments = sorted(NOW + timedelta(hours=chance.randint(-900, 900)) for _ in range(60))
    for now in moments:
        if causes and chance.random() < 0.35:
            take(store, chance.choice(causes), now)
        else:
            causes.append(give(store, chance.choice(people), chance.randint(1, 9), now))
    for period in Period:
        _assert_boards_add_up(store, people, period)


def _assert_boards_add_up(store, people, period):
    days = span(period, TODAY)
    sums = {
        person: sum(
            posting.points
            for posting in store.points.entries_of(person, 1000)
            if days.first <= posting.earned_on <= days.last
        )
        for person in people
    }
    board = people_board(store, period, TODAY)
    assert {row.observer_id: row.points for row in board.rows} == {
        person: total for person, total in sums.items() if total
    }
    for row in board.rows:
        assert row.rank == 1 + sum(total > row.points for total in sums.values())
        assert standing_of(store, row.observer_id, period, TODAY).rank == row.rank
    districts = districts_board(store, period, TODAY, RESIDENTS)
    assert sum(row.points for row in districts.rows) == sum(sums.values())


def test_gathering_leaves_the_districts_as_they_are(store, join):
    for nickname, home in (("林夏", XIHU), ("阿明", XIHU), ("小周", BINJIANG)):
        give(store, join(nickname, home=home), 5)
    before = [districts_board(store, period, TODAY, RESIDENTS) for period in Period]
    store.gather()
    assert [districts_board(store, period, TODAY, RESIDENTS) for period in Period] == before
    assert store.points._ask("district_rows") == 2 * len(Period)


def test_sixteen_hands_award_one_cause_once(store, join):
    lin, cause = join("林夏"), new_id()

    @retried
    def once(_):
        with store.transaction() as tx:
            return award(tx, lin, SEEN, cause, 5, NOW)

    with ThreadPoolExecutor(16) as hands:
        awards = list(hands.map(_gives_up_kindly(once), range(16)))
    assert awards.count(True) == 1
    assert store.points.balance_of(lin) == 5


def _gives_up_kindly(use_case):
    """With sixteen at one cause, PostgreSQL may send a late one away: nothing is given."""

    def run(argument):
        try:
            return use_case(argument)
        except StorageError:
            return False

    return run


def test_an_account_is_erased_whole(store, join):
    lin, zhou = join("林夏"), join("周衡")
    give(store, lin, 5)
    give(store, zhou, 3)
    with store.transaction() as tx:
        tx.points.erase(lin)
    assert (store.points.balance_of(lin), store.points.balance_of(zhou)) == (0, 3)
