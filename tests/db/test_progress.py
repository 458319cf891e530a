"""Progress: growth over one's own best, not rest; on both engines."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from observations.base.ids import new_id
from observations.people.observer import Observer
from observations.points.awarding import award, reverse
from observations.points.boards import improved_board
from observations.points.periods import Period, span
from observations.points.postings import CauseKind
from observations.points.progress import progress

if TYPE_CHECKING:
    from db.store import Store

START = datetime(2025, 1, 15, 1, 0, tzinfo=UTC)
SEEN = CauseKind.OCCURRENCE


def month(number: int) -> datetime:
    """A moment in the month of that number, from January 2025 on."""
    return START.replace(year=2025 + number // 12, month=number % 12 + 1)


def join(store: "Store", nickname: str) -> UUID:
    observer_id = new_id()
    row = Observer(observer_id, nickname, None, None, START, None, is_demo=False)
    with store.transaction() as tx:
        tx.people.add_observer(row)
        tx.people.choose_boards(observer_id, True)
    return observer_id


def earn(store: "Store", who: UUID, amount: int, when: datetime) -> UUID:
    cause = new_id()
    with store.transaction() as tx:
        award(tx, who, SEEN, cause, amount, when)
    return cause


def months(store: "Store", nickname: str, *amounts: int) -> UUID:
    """Somebody with these points in the months from January 2025 on."""
    who = join(store, nickname)
    for number, amount in enumerate(amounts):
        if amount:
            earn(store, who, amount, month(number))
    return who


def gains(store: "Store", number: int, period: Period = Period.MONTH) -> dict[str, int]:
    """The board of the whole month of that number."""
    today = month(number + 1).date() if period is Period.MONTH else month(number).date()
    board = improved_board(store, period, today)
    assert board is not None
    return {row.nickname: row.gain for row in board.rows}


@pytest.mark.parametrize(
    ("points", "earlier", "gain"),
    [
        (9, [], 0),
        (9, [5], 0),
        (9, [5, 5], 4),
        (9, [5, 0, 0], 0),
        (9, [9, 1], 0),
        (90, [1, 1], 1),
        (90, [40, 30, 20], 40),
        (3, [5, 5], 0),
        (-1, [5, 5], 0),
    ],
)
def test_progress_is_over_the_best_and_at_most_as_much_again(points, earlier, gain) -> None:
    assert progress(points, earlier) == gain


def test_resting_every_other_month_is_no_progress_and_growing_is(store: "Store") -> None:
    months(store, "歇着的", 100, 0, 100, 0, 100, 0, 100)
    months(store, "长着的", 20, 20, 25, 25, 30, 30, 36)
    assert gains(store, 6) == {"长着的": 6}


def test_a_new_profile_is_compared_from_its_third_month_on(store: "Store") -> None:
    months(store, "新来的", 5, 10, 18)
    assert [gains(store, number) for number in range(3)] == [{}, {}, {"新来的": 8}]


def test_two_tiny_months_before_a_large_one_win_little(store: "Store") -> None:
    months(store, "藏着的", 1, 1, 400)
    months(store, "长着的", 20, 20, 35)
    assert gains(store, 2) == {"长着的": 15, "藏着的": 1}


def test_the_best_of_more_than_a_year_ago_no_longer_counts(store: "Store") -> None:
    months(store, "有过大日子的", 90, *[10] * 11, 15, 15)
    assert gains(store, 12) == {}  # the same month a year ago is still looked at
    assert gains(store, 13) == {}
    months(store, "又长起来的", 90, *[10] * 12, 15)
    assert gains(store, 13) == {"又长起来的": 5}


def test_a_reversal_in_the_past_changes_what_came_after(store: "Store") -> None:
    who = months(store, "林夏", 10, 10)
    large = earn(store, who, 30, month(1))
    earn(store, who, 18, month(2))
    assert gains(store, 2) == {}
    with store.transaction() as tx:
        reverse(tx, SEEN, large, month(3))
    assert gains(store, 2) == {"林夏": 8}


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_the_board_is_what_the_rule_says(store: "Store", seed: int) -> None:
    chance, who = random.Random(seed), join(store, "林夏")
    causes = []
    for _ in range(50):
        when = START + timedelta(days=chance.randint(0, 900))
        if causes and chance.random() < 0.3:
            with store.transaction() as tx:
                reverse(tx, SEEN, chance.choice(causes), START + timedelta(days=1000))
        else:
            causes.append(earn(store, who, chance.randint(1, 9), when))
    postings = store.points.entries_of(who, 1000)
    for period in (Period.MONTH, Period.QUARTER):
        sums: dict[date, int] = {}
        for posting in postings:
            first = span(period, posting.earned_on).first
            sums[first] = sums.get(first, 0) + posting.points
        for first, points in sums.items():
            back = first.replace(year=first.year - 1)
            earlier = [n for other, n in sums.items() if back <= other < first]
            rows = store.points.most_improved(period, first, 9)
            assert [row.gain for row in rows] == [g for g in [progress(points, earlier)] if g]
    before = store.points.most_improved(Period.WEEK, span(Period.WEEK, START.date()).first, 9)
    with store.transaction() as tx:
        tx.points.rebuild_boards()
    again = store.points.most_improved(Period.WEEK, span(Period.WEEK, START.date()).first, 9)
    assert again == before
