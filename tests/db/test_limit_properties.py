"""Random weeks of logging and taking back, on both engines: no limit is ever passed.

Hypothesis writes the weeks and, where one fails, shortens it to the shortest that does.
"""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observations.actions.counting import SELF_REPORT_POINTS_A_DAY
from observations.actions.entries import ActionReport
from observations.actions.recording import submit
from observations.actions.withdrawing import withdraw
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person
from tests.observations.actions.shelf import catalogue
from tests.support.sightings import phone

WEEKS = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
START = datetime(2026, 5, 28, 1, 0, tzinfo=UTC)  # a month ends within the week
USUAL = {"action.counted_already", "action.too_much"}
# Exclusions on both sides, a month's limit, diminishing steps, many portions a day.
CODES = ("TRV-METRO", "TRV-CARFREE-DAY", "HOM-STAIRS", "CLO-SECOND", "FOD-CUTLERY", "FOD-CHOPSTICK")
ACTIONS = {action.code: action for action in catalogue() if action.code in CODES}

logs = st.tuples(
    st.just("log"),
    st.sampled_from(CODES),
    st.integers(1, 5),  # halves of the day's limit
    st.integers(0, 30),  # hours until then
    st.integers(0, 3),  # days back
)
steps = st.one_of(logs, logs, st.tuples(st.just("withdraw"), st.integers(0, 30)))


class Week:
    """One person's browser, and what they log."""

    def __init__(self, store) -> None:
        self.store, self.now = store, START
        self.device, self.entries = phone(store), []

    def log(self, code, halves, hours, days_back):
        self.now += timedelta(hours=hours)
        amount = max(ACTIONS[code].daily_cap * halves / 2, Decimal(1))
        done_on = day_of(self.now) - timedelta(days=days_back)
        try:
            report = ActionReport(new_id(), code, amount, done_on)
            self.entries.append(submit(self.store, report, self.device, self.now).entry)
        except Refused as refusal:
            assert refusal.code in USUAL

    def withdraw(self, number):
        if self.entries:
            entry = self.entries.pop(number % len(self.entries))
            person = Person(observer_id=entry.observer_id)
            withdraw(self.store, entry.action_entry_id, person, self.now)


@WEEKS
@given(history=st.lists(steps, max_size=20))
def test_after_any_week_every_limit_holds_and_the_ledger_agrees(store, history):
    week = Week(store)
    for what, *values in history:
        getattr(week, what)(*values)
    _limits_of_actions_hold(week.entries)
    _one_act_counts_once(week.entries)
    _allowance_holds(week.entries)
    if week.entries:
        paid = sum(entry.points for entry in week.entries if not entry.waits)
        assert store.points.balance_of(week.entries[0].observer_id) == paid


def _limits_of_actions_hold(entries):
    days, months = defaultdict(int), defaultdict(int)
    for entry in entries:
        days[entry.action_code, entry.done_on] += entry.full_points
        months[entry.action_code, entry.done_on.replace(day=1)] += entry.full_points
    for (code, _), points in days.items():
        action = ACTIONS[code]
        assert points <= action.daily_cap // action.portion * action.points
    for (code, _), points in months.items():
        action = ACTIONS[code]
        if action.monthly_cap is not None:
            assert points <= action.monthly_cap // action.portion * action.points


def _one_act_counts_once(entries):
    codes_by_day = defaultdict(set)
    for entry in entries:
        codes_by_day[entry.done_on].add(entry.action_code)
    for codes in codes_by_day.values():
        assert not any(ACTIONS[code].not_with & codes for code in codes)


def _allowance_holds(entries):
    earned = defaultdict(int)
    for entry in entries:
        earned[day_of(entry.logged_at)] += entry.points
    assert all(points <= SELF_REPORT_POINTS_A_DAY for points in earned.values())
