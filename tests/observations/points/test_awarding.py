"""Awards and reversals, on a ledger that is a list."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from observations.base.ids import new_id
from observations.points.awarding import award, points_in_force, reverse
from observations.points.postings import CITY, CauseKind, PostingKind, account_of
from tests.support.cast import CHEN_MO, LIN_XIA

NOW = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
SEEN = CauseKind.OCCURRENCE


class Ledger:
    """Postings in a list; it is its own transaction."""

    def __init__(self):
        self.rows = []

    @property
    def points(self):
        return self

    def postings_of(self, cause_kind, cause_id):
        return [p for p in self.rows if (p.cause_kind, p.cause_id) == (cause_kind, cause_id)]

    def team_of(self, observer_id):
        return None

    def home_of(self, observer_id):
        return None

    def post(self, postings):
        keys = {p.idempotency_key for p in self.rows}
        assert not keys & {p.idempotency_key for p in postings}
        self.rows.extend(postings)

    def balance_of(self, observer_id):
        return sum(p.points for p in self.rows if p.observer_id == observer_id)


@pytest.fixture
def ledger():
    return Ledger()


def test_an_award_moves_points_from_the_city_to_the_observer(ledger):
    cause = new_id()
    assert award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
    [posting] = ledger.rows
    assert (posting.from_account, posting.to_account) == (CITY, account_of(LIN_XIA.observer_id))
    assert (posting.amount, posting.kind, posting.points) == (5, PostingKind.AWARD, 5)
    assert str(posting.earned_on) == "2026-05-09"


def test_a_cause_is_awarded_once_however_often_it_is_asked(ledger):
    cause = new_id()
    assert [award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW) for _ in range(3)] == [
        True, False, False
    ]  # fmt: skip
    assert ledger.balance_of(LIN_XIA.observer_id) == 5


def test_the_same_id_of_another_kind_is_another_cause(ledger):
    cause = new_id()
    assert award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
    assert award(ledger, LIN_XIA.observer_id, CauseKind.ACTION, cause, 3, NOW)
    assert ledger.balance_of(LIN_XIA.observer_id) == 8


def test_a_reversal_restores_the_balance_exactly_and_leaves_the_award_in_the_ledger(ledger):
    cause = new_id()
    award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
    assert reverse(ledger, SEEN, cause, NOW + timedelta(days=40))
    assert ledger.balance_of(LIN_XIA.observer_id) == 0
    assert [p.kind for p in ledger.rows] == [PostingKind.AWARD, PostingKind.REVERSAL]


def test_a_reversal_counts_for_the_day_of_its_award(ledger):
    cause = new_id()
    award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
    reverse(ledger, SEEN, cause, NOW + timedelta(days=40))
    assert ledger.rows[1].earned_on == ledger.rows[0].earned_on
    assert ledger.rows[1].posted_at == NOW + timedelta(days=40)


def test_nothing_is_taken_back_twice_or_before_it_was_given(ledger):
    cause = new_id()
    assert not reverse(ledger, SEEN, cause, NOW)
    award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
    assert [reverse(ledger, SEEN, cause, NOW) for _ in range(2)] == [True, False]


def test_after_a_reversal_a_cause_may_be_awarded_again(ledger):
    cause = new_id()
    for _ in range(3):
        assert award(ledger, LIN_XIA.observer_id, SEEN, cause, 5, NOW)
        assert reverse(ledger, SEEN, cause, NOW)
    assert ledger.balance_of(LIN_XIA.observer_id) == 0
    assert len({p.idempotency_key for p in ledger.rows}) == 6


@pytest.mark.parametrize("seed", range(20))
def test_after_any_history_a_cause_holds_its_award_or_nothing(ledger, seed):
    chance = random.Random(seed)
    worth = {new_id(): chance.randint(1, 20) for _ in range(5)}
    owner = {cause: chance.choice([LIN_XIA, CHEN_MO]).observer_id for cause in worth}
    holds = dict.fromkeys(worth, False)
    for _ in range(100):
        cause = chance.choice(list(worth))
        if chance.random() < 0.5:
            award(ledger, owner[cause], SEEN, cause, worth[cause], NOW)
            holds[cause] = True
        else:
            reverse(ledger, SEEN, cause, NOW)
            holds[cause] = False
    for cause, amount in worth.items():
        assert points_in_force(ledger.postings_of(SEEN, cause)) == (amount if holds[cause] else 0)
    expected = sum(worth[c] for c in worth if holds[c] and owner[c] == LIN_XIA.observer_id)
    assert ledger.balance_of(LIN_XIA.observer_id) == expected
