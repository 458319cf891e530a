"""The boards of districts count confirmed people, where they lived; tried with many profiles."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from observations.base.clock import day_of
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.people.observer import ELSEWHERE, Observer
from observations.points.awarding import award, reverse
from observations.points.boards import DistrictRow, confirmation_of, districts_board
from observations.points.confirmation import DAYS, RANKED_FROM
from observations.points.periods import Period
from observations.points.postings import CauseKind

if TYPE_CHECKING:
    from db.store import Store

NOW = datetime(2026, 5, 7, 1, 0, tzinfo=UTC)
TODAY = day_of(NOW)
XIHU, CHUNAN = "330106", "330127"
RESIDENTS = {XIHU: 1_089_229, CHUNAN: 328_957}
WORD, PROOF = CauseKind.SELF_REPORT, CauseKind.OCCURRENCE


@pytest.fixture
def join(store: "Store") -> Callable[[str | None], UUID]:
    """Makes an observer who lives there."""

    def make(home: str | None) -> UUID:
        observer_id = new_id()
        row = Observer(observer_id, str(observer_id), None, None, NOW, None, is_demo=False)
        with store.transaction() as tx:
            tx.people.add_observer(row)
            if home:
                tx.people.choose_home_district(observer_id, home)
        return observer_id

    return make


def give(
    store: "Store", who: UUID, amount: int, back: int = 0, cause_kind: CauseKind = PROOF
) -> UUID:
    """Points for something sent so many days ago."""
    cause = new_id()
    with store.transaction() as tx:
        award(tx, who, cause_kind, cause, amount, NOW - timedelta(days=back))
    return cause


def board(store: "Store", period: Period = Period.YEAR) -> dict[str, DistrictRow]:
    return {r.district: r for r in districts_board(store, period, TODAY, RESIDENTS).rows}


def move(store: "Store", who: UUID, home: str) -> None:
    with store.transaction() as tx:
        tx.people.choose_home_district(who, home)


def test_twenty_profiles_of_one_evening_are_no_district(store: "Store", join) -> None:
    for _ in range(RANKED_FROM):
        give(store, join(XIHU), 5)
    for _ in range(20):
        profile = join(CHUNAN)
        for _entry in range(8):
            give(store, profile, 20, cause_kind=WORD)
    rows = board(store)
    assert (rows[XIHU].rank, rows[XIHU].people) == (1, RANKED_FROM)
    assert (rows[CHUNAN].rank, rows[CHUNAN].points, rows[CHUNAN].people) == (None, 0, 0)


def test_days_confirm_and_what_was_earned_before_counts_too(store: "Store", join) -> None:
    who = join(XIHU)
    for back in range(DAYS - 1):
        give(store, who, 2, back, WORD)
        give(store, who, 2, back, WORD)
    assert board(store)[XIHU].people == 0
    assert confirmation_of(store, who).days == DAYS - 1
    last = give(store, who, 2, DAYS, WORD)
    assert (board(store)[XIHU].people, board(store)[XIHU].points) == (1, 4 * DAYS - 2)
    with store.transaction() as tx:
        reverse(tx, WORD, last, NOW)
    assert (board(store)[XIHU].people, board(store)[XIHU].points) == (0, 0)


@pytest.mark.parametrize("kind", [CauseKind.OCCURRENCE, CauseKind.ACTION, CauseKind.CODE])
def test_one_thing_with_proof_confirms_as_long_as_it_holds(store: "Store", join, kind) -> None:
    who = join(XIHU)
    give(store, who, 3, cause_kind=WORD)
    proof = give(store, who, 5, cause_kind=kind)
    assert (board(store)[XIHU].people, board(store)[XIHU].points) == (1, 8)
    with store.transaction() as tx:
        reverse(tx, kind, proof, NOW)
    assert not confirmation_of(store, who).is_confirmed
    assert (board(store)[XIHU].people, board(store)[XIHU].points) == (0, 0)


def test_a_district_has_a_rank_from_a_number_of_people_on(store: "Store", join) -> None:
    for number in range(RANKED_FROM):
        assert board(store)[CHUNAN].rank is None
        assert board(store)[CHUNAN].lacks == RANKED_FROM - number
        give(store, join(CHUNAN), 50)
    assert (board(store)[CHUNAN].rank, board(store)[CHUNAN].lacks) == (1, 0)


def test_a_move_counts_from_then_on_and_past_boards_stay(store: "Store", join) -> None:
    who = join(XIHU)
    give(store, who, 5, back=40)
    move(store, who, CHUNAN)
    assert (board(store)[XIHU].points, board(store)[CHUNAN].points) == (5, 0)
    give(store, who, 3)
    assert (board(store)[XIHU].points, board(store)[CHUNAN].points) == (5, 3)
    month = board(store, Period.MONTH)
    assert (month[XIHU].people, month[CHUNAN].people) == (0, 1)


def test_moved_back_and_forth_points_are_in_one_district_each(store: "Store", join) -> None:
    who, causes = join(XIHU), []
    for turn in range(6):
        move(store, who, (XIHU, CHUNAN, ELSEWHERE)[turn % 3])
        causes.append(give(store, who, 2**turn))
    rows = board(store)
    assert (rows[XIHU].points, rows[CHUNAN].points) == (1 + 8, 2 + 16)
    with store.transaction() as tx:
        reverse(tx, PROOF, causes[3], NOW)  # earned in 西湖, taken back while elsewhere
    rows = board(store)
    assert (rows[XIHU].points, rows[CHUNAN].points) == (1, 2 + 16)


def test_points_saved_up_without_a_home_are_no_districts(store: "Store", join) -> None:
    who = join(None)
    give(store, who, 50)
    move(store, who, CHUNAN)
    assert board(store)[CHUNAN].points == 0
    give(store, who, 5)
    assert board(store)[CHUNAN].points == 5


def test_whoever_is_erased_leaves_the_boards_and_a_rebuilt_one_is_the_same(
    store: "Store", join
) -> None:
    stays, goes = join(XIHU), join(XIHU)
    for who in (stays, goes):
        give(store, who, 5)
        move(store, who, CHUNAN)
        give(store, who, 3)
    with store.transaction() as tx:
        tx.points.erase(goes)
    before = board(store)
    assert (before[XIHU].points, before[CHUNAN].points, before[XIHU].people) == (5, 3, 1)
    with store.transaction() as tx:
        tx.points.rebuild_boards()
    assert board(store) == before


def test_two_proofs_at_once_confirm_once(store: "Store", join) -> None:
    who = join(XIHU)

    @retried
    def once(amount: int) -> int:
        cause = new_id()
        with store.transaction() as tx:
            award(tx, who, PROOF, cause, amount, NOW)
        return amount

    def tried(amount: int) -> int:
        try:
            return once(amount)
        except StorageError:  # PostgreSQL may send a late one away for good: nothing was given
            return 0

    with ThreadPoolExecutor(6) as hands:
        given = sum(hands.map(tried, range(1, 7)))
    assert (board(store)[XIHU].people, board(store)[XIHU].points) == (1, given)
