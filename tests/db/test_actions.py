"""Logging actions and deciding on them, on both engines."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from db.seeding import read_seed
from observations.actions.allowance import allowance
from observations.actions.counting import SELF_REPORT_POINTS_A_DAY
from observations.actions.deciding import decide
from observations.actions.entries import ActionReport
from observations.actions.recording import submit
from observations.actions.withdrawing import withdraw
from observations.base.clock import day_of
from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.privacy.erasing import record_erasure
from observations.verification.decisions import DecisionRequest, Reason, Verdict
from observations.verification.statuses import VerificationStatus
from tests.observations.actions.shelf import an_upload, catalogue
from tests.support.sightings import add_row_of_photo, phone
from tests.support.store_rows import answer_of

NOW = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
TODAY = day_of(NOW)
ZHOU_HENG = Person(staff_id=new_id(), role=Role.VERIFIER)


@pytest.fixture
def device(store):
    """A browser that has consented."""
    return phone(store)


def report(code="TRV-METRO", quantity=1, done_on=TODAY, **changes):
    return ActionReport(
        changes.pop("id", None) or new_id(), code, Decimal(quantity), done_on, **changes
    )


@pytest.fixture
def photo(store, device):
    """The upload id of a photo from the same browser."""
    return uploaded(store, device)


def uploaded(store, device_id):
    return add_row_of_photo(store, an_upload(device_id))


def verdict(store, entry, word, **changes):
    seen = store.verification.review(entry.action_entry_id).decision_id
    request = DecisionRequest(entry.action_entry_id, word, ZHOU_HENG, seen, **changes)
    return decide(store, request, NOW)


def balance(store, logged):
    return store.points.balance_of(logged.observer.observer_id)


def test_the_catalogue_comes_back_as_it_was_seeded(store):
    stored = store.actions.catalogue(TODAY)
    assert [found.code for found in stored] == [found.code for found in catalogue()]
    assert stored == catalogue()
    assert store.actions.catalogue(date(2020, 1, 1)) == []


def test_loading_the_catalogue_again_changes_nothing(store):
    before = store.actions.catalogue(TODAY)
    with store.transaction() as tx:
        tx.actions.seed(read_seed("actions.csv"))
    assert store.actions.catalogue(TODAY) == before


def test_an_action_at_the_persons_word_is_paid_half_at_once(store, device):
    logged = submit(store, report(quantity=2), device, NOW)
    assert (logged.entry.points, logged.entry.full_points) == (3, 6)
    assert logged.entry.avoided_kg_co2e == Decimal("0.274")
    assert balance(store, logged) == 3
    assert store.verification.review(logged.entry.action_entry_id) is None
    assert store.actions.entry(logged.entry.action_entry_id) == logged.entry


def test_the_same_report_again_stores_one_and_says_so(store, device):
    sent = report()
    first, second = submit(store, sent, device, NOW), submit(store, sent, device, NOW)
    assert (first.is_new, second.is_new) == (True, False)
    assert second.entry == first.entry
    assert balance(store, first) == 2


def test_another_persons_id_is_refused(store, device):
    sent = report()
    submit(store, sent, device, NOW)
    with pytest.raises(Refused, match="action.id_taken"):
        submit(store, sent, phone(store), NOW)


def test_nothing_is_kept_before_consent(store):
    with pytest.raises(Refused, match="consent.missing"):
        submit(store, report(), new_id(), NOW)
    assert answer_of(store, "select count(*) from observer where not is_demo") == 0


def test_an_unknown_action_is_refused(store, device):
    with pytest.raises(Refused, match="action.unknown"):
        submit(store, report("TRV-METRO-GZ"), device, NOW)


def test_what_is_the_same_act_is_counted_once_a_day(store, device):
    submit(store, report("TRV-WALK-STEP", 4000), device, NOW)
    with pytest.raises(Refused, match="action.counted_already"):
        submit(store, report("TRV-WALK-KM", 3), device, NOW)
    yesterday = TODAY - timedelta(days=1)
    assert submit(store, report("TRV-WALK-KM", 3, yesterday), device, NOW).is_new


def test_the_days_allowance_is_shown_and_holds(store, device):
    assert allowance(store, None, TODAY).left == SELF_REPORT_POINTS_A_DAY
    codes = ["TRV-METRO", "FOD-PLANT", "FOD-PLATE", "HOM-KWH", "CLO-RECYCLE", "TRV-BUS"]
    earned = [submit(store, report(code, 3), device, NOW).entry.points for code in codes]
    assert sum(earned) == SELF_REPORT_POINTS_A_DAY
    last = submit(store, report("USE-CUP", 3), device, NOW)
    assert last.entry.points == 0
    observer_id = last.observer.observer_id
    assert allowance(store, observer_id, TODAY).left == 0
    assert allowance(store, observer_id, TODAY + timedelta(days=1)).used == 0


def test_with_a_photo_it_waits_and_earns_the_full_rate_when_accepted(store, device, photo):
    logged = submit(store, report(quantity=2, upload_id=photo), device, NOW)
    assert balance(store, logged) == 0
    assert logged.entry.photo_sha256 == store.occurrences.upload(photo).sha256
    assert store.verification.review(logged.entry.action_entry_id).is_waiting
    verdict(store, logged.entry, Verdict.ACCEPT)
    assert balance(store, logged) == 6
    [line] = store.actions.entries_of(logged.observer.observer_id, 10)
    assert line.verification_status == VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    assert (line.earned, line.entry) == (6, logged.entry)


def test_a_refusal_after_an_award_takes_it_back_and_frees_the_day(store, device, photo):
    logged = submit(store, report("TRV-WALK-KM", 8, upload_id=photo), device, NOW)
    verdict(store, logged.entry, Verdict.ACCEPT)
    verdict(store, logged.entry, Verdict.REJECT, reason=Reason.NOT_OWN_PHOTO)
    assert balance(store, logged) == 0
    assert store.actions.avoided_by(logged.observer.observer_id) == 0
    assert submit(store, report("TRV-WALK-STEP", 4000), device, NOW).is_new


def test_a_decision_taken_back_takes_the_points_back(store, device, photo):
    logged = submit(store, report(upload_id=photo), device, NOW)
    verdict(store, logged.entry, Verdict.PLAUSIBLE)
    verdict(store, logged.entry, Verdict.UNDO)
    assert balance(store, logged) == 0
    verdict(store, logged.entry, Verdict.ACCEPT)
    assert balance(store, logged) == 3


def me(logged):
    return Person(observer_id=logged.observer.observer_id)


def test_what_was_logged_by_mistake_is_taken_back_whole(store, device):
    logged = submit(store, report("TRV-METRO", 2), device, NOW)
    later = NOW + timedelta(minutes=1)
    said = withdraw(store, logged.entry.action_entry_id, me(logged), later)
    observer_id = logged.observer.observer_id
    assert (said.verdict, said.decided_by_observer) == (Verdict.WITHDRAW, observer_id)
    assert balance(store, logged) == 0
    assert [posting.points for posting in store.points.entries_of(observer_id, 9)] == [-3, 3]
    assert store.actions.avoided_by(observer_id) == 0
    assert allowance(store, observer_id, TODAY).used == 0
    assert store.actions.day_of(observer_id, TODAY) == []
    [line] = store.actions.entries_of(observer_id, 9)
    assert (line.is_withdrawn, line.earned, line.entry) == (True, 0, logged.entry)


def test_what_is_taken_back_never_comes_to_the_desk(store, device):
    logged = submit(store, report(), device, NOW)
    withdraw(store, logged.entry.action_entry_id, me(logged), NOW)
    assert store.verification.queue(None, 9).waiting == []
    with pytest.raises(Refused, match="decision.not_possible"):
        verdict(store, logged.entry, Verdict.ACCEPT)
    assert balance(store, logged) == 0


def test_an_entry_that_earned_nothing_can_be_taken_back(store, device):
    for code in ("TRV-METRO", "FOD-PLANT", "FOD-PLATE", "HOM-KWH", "CLO-RECYCLE", "TRV-BUS"):
        submit(store, report(code, 3), device, NOW)
    nothing = submit(store, report("USE-CUP", 3), device, NOW)
    assert nothing.entry.points == 0
    withdraw(store, nothing.entry.action_entry_id, me(nothing), NOW)
    latest = store.actions.entries_of(nothing.observer.observer_id, 9)
    assert [line.is_withdrawn for line in latest].count(True) == 1


def test_with_a_photo_too_it_is_taken_back_accepted_or_not(store, device, photo):
    logged = submit(store, report(quantity=2, upload_id=photo), device, NOW)
    verdict(store, logged.entry, Verdict.ACCEPT)
    withdraw(store, logged.entry.action_entry_id, me(logged), NOW)
    assert balance(store, logged) == 0
    other = submit(store, report("TRV-BUS", upload_id=photo), device, NOW)
    withdraw(store, other.entry.action_entry_id, me(other), NOW)
    assert store.verification.queue(None, 9).waiting == []


def test_taking_back_is_the_persons_own_and_once(store, device):
    logged = submit(store, report(), device, NOW)
    entry_id = logged.entry.action_entry_id
    for somebody in (ZHOU_HENG, Person(observer_id=new_id())):
        with pytest.raises(Refused, match="decision.not_yours"):
            withdraw(store, entry_id, somebody, NOW)
    with pytest.raises(Refused, match="action.unknown_entry"):
        withdraw(store, new_id(), me(logged), NOW)
    withdraw(store, entry_id, me(logged), NOW)
    with pytest.raises(Refused, match="decision.not_possible"):
        withdraw(store, entry_id, me(logged), NOW)
    assert balance(store, logged) == 0


def test_what_was_taken_back_is_erased_with_its_person(store, device):
    logged = submit(store, report(), device, NOW)
    withdraw(store, logged.entry.action_entry_id, me(logged), NOW)
    with store.transaction() as tx:
        record_erasure(tx, b"secret", logged.observer.observer_id, NOW)
    assert store.verification.review(logged.entry.action_entry_id) is None
    assert store.verification.decisions(logged.entry.action_entry_id) == []


def test_a_question_leaves_the_points_alone(store, device, photo):
    logged = submit(store, report(upload_id=photo), device, NOW)
    verdict(store, logged.entry, Verdict.QUERY, message="哪一站上的车？")
    assert balance(store, logged) == 0


def test_only_the_own_browsers_photo_is_taken(store, device):
    strangers = uploaded(store, phone(store))
    for upload_id in (strangers, new_id()):
        with pytest.raises(Refused, match="action.photo_unknown"):
            submit(store, report(upload_id=upload_id), device, NOW)


def test_what_a_person_avoided_adds_up(store, device):
    first = submit(store, report("TRV-METRO", 2), device, NOW)
    submit(store, report("TRV-WALK-STEP", 10_000), device, NOW)
    submit(store, report("TRV-WALK-STEP", 10_000), device, NOW)
    submit(store, report("USE-CUP"), device, NOW)
    observer_id = first.observer.observer_id
    assert store.actions.avoided_by(observer_id) == Decimal("0.57")
    assert store.actions.avoided_by(new_id()) == 0
    assert len(store.actions.entries_of(observer_id, 3)) == 3


def test_script_in_a_note_is_kept_as_it_was_typed(store, device):
    logged = submit(store, report(note="<script>alert(1)</script>"), device, NOW)
    assert store.actions.entry(logged.entry.action_entry_id).note == "<script>alert(1)</script>"


@pytest.mark.parametrize("seed", range(2))
def test_after_any_history_the_allowance_held_and_the_ledger_agrees(store, device, photo, seed):
    chance = random.Random(seed)
    now, entries = NOW, []
    for _ in range(40):
        now += timedelta(hours=chance.randint(0, 9))
        what = chance.choice(catalogue())
        evidence = photo if chance.random() < 0.3 else None
        sent = report(what.code, chance.choice(what.choices), day_of(now), upload_id=evidence)
        try:
            entries.append(submit(store, sent, device, now).entry)
        except Refused as refusal:
            assert refusal.code in ("action.counted_already", "action.too_much")
    paid = {}
    for entry in entries:
        if not entry.has_photo:
            paid[day_of(entry.logged_at)] = paid.get(day_of(entry.logged_at), 0) + entry.points
    assert max(paid.values()) <= SELF_REPORT_POINTS_A_DAY
    assert store.points.balance_of(entries[0].observer_id) == sum(paid.values())


def test_the_allowance_holds_with_sixteen_hands(store, device):
    submit(store, report("USE-BAG"), device, NOW)  # the observer is there before the rush
    offered = [found for found in catalogue() if not found.not_with][:16]
    offered += [found for found in catalogue() if found.code in ("TRV-METRO", "FOD-PLATE")]

    def log(what):
        try:
            return submit(store, report(what.code, what.daily_cap), device, NOW).entry.points
        except StorageError:  # PostgreSQL may send a late one away for good: nothing was kept
            return 0

    with ThreadPoolExecutor(16) as hands:
        earned = list(hands.map(log, offered))
    observer = store.people.observer_of_device(device)
    paid = store.points.balance_of(observer.observer_id)
    waits = store.points.waiting_of([observer.observer_id], TODAY, TODAY)
    # so many at once look odd: the later ones wait, and take their part of the allowance
    assert 1 + sum(earned) == paid + waits.get(observer.observer_id, 0)
    assert paid + waits.get(observer.observer_id, 0) <= SELF_REPORT_POINTS_A_DAY


def test_what_a_person_logged_is_erased(store, device):
    logged = submit(store, report(), device, NOW)
    with store.transaction() as tx:
        tx.actions.erase(logged.observer.observer_id)
        tx.points.erase(logged.observer.observer_id)
    assert store.actions.entry(logged.entry.action_entry_id) is None
