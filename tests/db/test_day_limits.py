"""What one day can hold: tried as somebody would who wants as much as possible."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from observations.actions.codes import CodeKind
from observations.actions.counting import SELF_REPORT_KG_A_DAY, SELF_REPORT_POINTS_A_DAY
from observations.actions.deciding import decide
from observations.actions.entries import ActionEntry, ActionReport
from observations.actions.odd_patterns import CODE_POINTS_A_DAY, MORE_THAN_A_DAY, SAME_ACT
from observations.actions.programmes import Programme, make_codes, use_code
from observations.actions.recording import submit
from observations.actions.withdrawing import withdraw
from observations.base.clock import day_of
from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.verification.decisions import DecisionRequest, Reason, Verdict
from tests.observations.actions.shelf import an_upload, catalogue
from tests.support.sightings import add_row_of_photo, phone

if TYPE_CHECKING:
    from db.store import Store

NOW = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
TODAY = day_of(NOW)
STAFF = Person(staff_id=new_id(), role=Role.ADMIN)


def report(code: str, quantity: object, done_on: date = TODAY, **changes: UUID) -> ActionReport:
    return ActionReport(new_id(), code, Decimal(str(quantity)), done_on, **changes)


def log_all(
    store: "Store", device: UUID, done_on: date, now: datetime, most: int = 99
) -> list[ActionEntry]:
    """What avoids most, as much of it as can be logged at one's word for a day, a minute apart."""
    entries = []
    by_kilograms = sorted(catalogue(), key=lambda a: -a.factor.saving if a.factor else Decimal(0))
    for turn, action in enumerate(by_kilograms[:most]):
        sent = report(action.code, action.quantity_max, done_on)
        try:
            entries.append(submit(store, sent, device, now + timedelta(minutes=turn)).entry)
        except Refused as refusal:
            assert refusal.code in ("action.counted_already", "action.too_much")
    return entries


def in_order(store: "Store") -> bool:
    return "kilograms_over_a_limit" not in store.broken_invariants()


def decided(store: "Store", entry: ActionEntry, verdict: Verdict, **changes: object) -> None:
    seen = store.verification.review(entry.action_entry_id)
    assert seen is not None
    request = DecisionRequest(entry.action_entry_id, verdict, STAFF, seen.decision_id, **changes)  # type: ignore[arg-type]
    decide(store, request, NOW)


def test_at_ones_word_a_day_holds_ten_kilograms_and_twenty_points(store: "Store") -> None:
    device = phone(store)
    entries = log_all(store, device, TODAY, NOW)
    assert sum(e.avoided_kg_co2e or 0 for e in entries) == SELF_REPORT_KG_A_DAY
    assert sum(e.points for e in entries) == SELF_REPORT_POINTS_A_DAY
    assert store.actions.avoided_by(entries[0].observer_id) <= SELF_REPORT_KG_A_DAY
    assert in_order(store)


@pytest.mark.parametrize(("code", "kilograms"), [("TRV-METRO", "0.6"), ("CLO-LESS", "10.1")])
def test_check_finds_a_kilogram_over_a_limit(store: "Store", code: str, kilograms: str) -> None:
    entry = submit(store, report(code, 1), phone(store), NOW).entry
    assert in_order(store)
    with store.transaction() as tx:
        tx.actions.recount(replace(entry, avoided_kg_co2e=Decimal(kilograms)))
    assert not in_order(store)
    with store.transaction() as tx:
        tx.actions.recount(entry)


def test_a_month_logged_late_and_daily_holds_no_more_than_its_days(store: "Store") -> None:
    device, points, kilograms = phone(store), defaultdict(int), defaultdict(Decimal)
    for back in (10, 5, 0):
        for earlier in (0, 5):  # these days again five days later
            now = NOW - timedelta(days=back)
            for entry in log_all(store, device, day_of(now) - timedelta(days=earlier), now, 6):
                points[entry.done_on] += entry.points
                kilograms[entry.done_on] += entry.avoided_kg_co2e or 0
    assert max(points.values()) <= SELF_REPORT_POINTS_A_DAY
    assert max(kilograms.values()) <= SELF_REPORT_KG_A_DAY
    assert in_order(store)


def test_what_is_withdrawn_makes_room_once(store: "Store") -> None:
    device = phone(store)
    for turn in range(4):
        now = NOW + timedelta(hours=turn)
        entry = submit(store, report("TRV-METRO", 4), device, now).entry
        assert (entry.points, entry.avoided_kg_co2e) == (6, Decimal("0.548"))
        withdraw(store, entry.action_entry_id, Person(observer_id=entry.observer_id), now)
    assert store.points.balance_of(entry.observer_id) == 0
    assert store.actions.avoided_by(entry.observer_id) == 0


def test_what_comes_back_to_a_filled_day_counts_what_is_left(store: "Store") -> None:
    """A photo is rejected, the day filled at one's word, and the rejection taken back."""
    device = phone(store)
    upload = add_row_of_photo(store, an_upload(device))
    first = submit(store, report("CLO-RECYCLE", 5, upload_id=upload), device, NOW).entry
    decided(store, first, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)
    submit(store, report("CLO-RECYCLE", 4), device, NOW)
    decided(store, first, Verdict.UNDO)
    decided(store, first, Verdict.ACCEPT)
    entry = store.actions.entry(first.action_entry_id)
    assert entry is not None
    assert (entry.points, entry.avoided_kg_co2e) == (5, Decimal("1.28"))
    assert in_order(store)


def test_kilograms_of_a_photo_count_once_staff_have_looked(store: "Store") -> None:
    device = phone(store)
    upload = add_row_of_photo(store, an_upload(device))
    entry = submit(store, report("HOM-KWH", 5, upload_id=upload), device, NOW).entry
    assert store.actions.avoided_by(entry.observer_id) == 0
    decided(store, entry, Verdict.ACCEPT)
    assert store.actions.avoided_by(entry.observer_id) == Decimal("2.5765")


@pytest.mark.parametrize("other", ["TRV-EV-KM", "TRV-CARPOOL"])
def test_a_day_without_the_car_has_no_ride_in_one(store: "Store", other: str) -> None:
    device = phone(store)
    submit(store, report("TRV-CARFREE-DAY", 1), device, NOW)
    with pytest.raises(Refused, match=r"action\.counted_already"):
        submit(store, report(other, 1), device, NOW)


def slips(store: "Store", how_many: int, code: str, quantity: int, points: int) -> list[str]:
    programme = Programme(
        title="湖滨旧物修理日",
        kind=CodeKind.SLIP,
        action_code=code,
        quantity=Decimal(quantity),
        points=points,
        opens_at=NOW,
        closes_at=NOW + timedelta(hours=9),
        count=how_many,
    )
    return [code.token for code in make_codes(store, STAFF, programme, NOW)]


def test_a_hand_full_of_slips_waits_over_a_plausible_day(store: "Store") -> None:
    device = phone(store)
    tokens = slips(store, 4, "CLO-RECYCLE", 20, 10)  # more than 60 kg of clothes a day is a mistake
    entries = [use_code(store, token, new_id(), device, NOW).entry for token in tokens]
    assert [entry.flags for entry in entries] == [(), (), (), (MORE_THAN_A_DAY,)]
    observer_id = entries[0].observer_id
    assert store.points.balance_of(observer_id) == 30
    assert store.actions.avoided_by(observer_id) == Decimal("6.4")  # five kilograms are the limit
    decided(store, entries[3], Verdict.ACCEPT)
    assert store.points.balance_of(observer_id) == 40
    assert in_order(store)


def test_slips_of_many_programmes_wait_over_the_points_of_a_day(store: "Store") -> None:
    device = phone(store)
    codes = ("NAT-VOL", "NAT-VISIT", "NAT-FEST", "USE-CUP")
    tokens = [slips(store, 1, code, 1, 50)[0] for code in codes]
    entries = [use_code(store, token, new_id(), device, NOW).entry for token in tokens]
    assert store.points.balance_of(entries[0].observer_id) == CODE_POINTS_A_DAY
    assert [bool(entry.flags) for entry in entries] == [False, False, True, True]


def test_a_slip_for_what_is_logged_already_waits(store: "Store") -> None:
    device = phone(store)
    submit(store, report("FOD-GRAIN", 1), device, NOW)
    [token] = slips(store, 1, "FOD-PLATE", 1, 5)
    assert use_code(store, token, new_id(), device, NOW).entry.flags == (SAME_ACT,)


def test_many_at_once_hold_no_more_kilograms(store: "Store") -> None:
    device = phone(store)
    submit(store, report("USE-BAG", 1), device, NOW)  # the observer is there before the rush
    codes = ("CLO-LESS", "HOM-AC", "CLO-RECYCLE", "FOD-PLANT", "HOM-GREEN-KWH", "TRV-CARFREE-DAY")

    def log(code: str) -> Decimal:
        action = next(one for one in catalogue() if one.code == code)
        try:
            entry = submit(store, report(code, action.daily_cap), device, NOW).entry
        except StorageError:  # PostgreSQL may send a late one away for good: nothing was kept
            return Decimal(0)
        return entry.avoided_kg_co2e or Decimal(0)

    with ThreadPoolExecutor(6) as hands:
        assert sum(hands.map(log, codes)) <= SELF_REPORT_KG_A_DAY
    assert in_order(store)
