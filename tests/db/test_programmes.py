"""Codes of programmes, versions of the catalogue, limits a month, and what looks odd."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from observations.actions.codes import CodeKind
from observations.actions.deciding import decide
from observations.actions.editing import change
from observations.actions.entries import ActionReport
from observations.actions.odd_patterns import BURST, MANY_AT_ONCE, SAME_PHOTO
from observations.actions.programmes import Programme, cancel_codes, make_codes, use_code
from observations.actions.recording import submit
from observations.actions.withdrawing import withdraw
from observations.base.clock import day_of
from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.privacy.erasing import record_erasure
from observations.verification.decisions import DecisionRequest, Reason, Verdict
from tests.observations.actions.shelf import an_upload
from tests.support.sightings import add_row_of_photo, phone

NOW = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
TODAY = day_of(NOW)
HE_QING = Person(staff_id=new_id(), role=Role.ADMIN)
LATER = NOW + timedelta(hours=1)


def programme(kind=CodeKind.SLIP, count=1, **changes):
    draft = Programme(
        title="湖滨旧物修理日",
        kind=kind,
        action_code="NAT-VOL",
        quantity=Decimal(1),
        points=10,
        opens_at=NOW,
        closes_at=NOW + timedelta(hours=4),
        count=count,
    )
    return replace(draft, **changes)


def codes(store, **changes):
    return make_codes(store, HE_QING, programme(**changes), NOW)


def balance(store, device):
    return store.points.balance_of(store.people.observer_of_device(device).observer_id)


def test_a_slip_pays_at_once_and_works_once(store):
    [code] = codes(store)
    first, second = phone(store), phone(store)
    logged = use_code(store, code.token.lower(), new_id(), first, LATER)
    assert logged.is_new and balance(store, first) == 10
    assert not use_code(store, code.token, logged.entry.action_entry_id, first, LATER).is_new
    for device, word in ((first, "code.used_by_you"), (second, "code.used")):
        with pytest.raises(Refused, match=word):
            use_code(store, code.token, new_id(), device, LATER)
    assert balance(store, first) == 10


def test_a_slip_is_used_once_by_sixteen_at_once(store):
    [code] = codes(store)
    phones = [phone(store) for _ in range(16)]

    def use(device):
        try:
            return use_code(store, code.token, new_id(), device, LATER).is_new
        except (Refused, StorageError):
            return False

    with ThreadPoolExecutor(16) as hands:
        assert list(hands.map(use, phones)).count(True) == 1
    assert store.actions.uses_of(code.code_id) == 1


def test_a_poster_works_once_a_person_within_hours_and_number(store):
    [code] = codes(store, kind=CodeKind.POSTER, count=2)
    one, two, three = (phone(store) for _ in range(3))
    with pytest.raises(Refused, match="code.not_yet"):
        use_code(store, code.token, new_id(), one, NOW - timedelta(minutes=1))
    use_code(store, code.token, new_id(), one, LATER)
    with pytest.raises(Refused, match="code.used_by_you"):
        use_code(store, code.token, new_id(), one, LATER)
    use_code(store, code.token, new_id(), two, LATER)
    with pytest.raises(Refused, match="code.used_up"):
        use_code(store, code.token, new_id(), three, LATER)
    with pytest.raises(Refused, match="code.over"):
        use_code(store, code.token, new_id(), three, NOW + timedelta(hours=5))


def test_a_cancelled_batch_works_no_more_and_an_unknown_code_never(store):
    [first, second] = codes(store, count=2)
    device = phone(store)
    use_code(store, first.token, new_id(), device, LATER)
    cancel_codes(store, HE_QING, first.batch_id, LATER)
    for token, word in ((second.token, "code.over"), ("NOSUCHCODE", "code.unknown")):
        with pytest.raises(Refused, match=word):
            use_code(store, token, new_id(), device, LATER)
    [batch] = store.actions.batches()
    assert (batch.codes, batch.uses, batch.is_cancelled) == (2, 1, True)
    assert balance(store, device) == 10


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"title": " "}, "code.no_title"), ({"closes_at": NOW}, "code.hours"),
     ({"count": 0}, "code.numbers"), ({"points": 500}, "code.numbers"),
     ({"action_code": "NOSUCH"}, "action.unknown")],
)  # fmt: skip
def test_codes_that_make_no_sense_are_refused(store, changes, word):
    with pytest.raises(Refused, match=word):
        codes(store, **changes)


def test_only_organisers_make_codes_and_only_admins_edit(store):
    organiser = Person(staff_id=new_id(), role=Role.ORGANISER)
    verifier = Person(staff_id=new_id(), role=Role.VERIFIER)
    assert make_codes(store, organiser, programme(), NOW)
    with pytest.raises(Refused, match="role.may_not"):
        make_codes(store, verifier, programme(), NOW)
    with pytest.raises(Refused, match="role.may_not"):
        change(store, organiser, store.actions.current("TRV-METRO", TODAY), "more", NOW)


def test_what_a_code_paid_can_be_taken_back_and_erased_and_the_slip_stays_used(store):
    [code] = codes(store)
    [poster] = codes(store, kind=CodeKind.POSTER, count=9)
    device = phone(store)
    logged = use_code(store, code.token, new_id(), device, LATER)
    use_code(store, poster.token, new_id(), device, LATER)
    me = Person(observer_id=logged.observer.observer_id)
    withdraw(store, logged.entry.action_entry_id, me, LATER)
    assert balance(store, device) == 10
    with store.transaction() as tx:
        record_erasure(tx, b"secret", logged.observer.observer_id, LATER)
    with pytest.raises(Refused, match="code.used"):
        use_code(store, code.token, new_id(), phone(store), LATER)


# Versions


def report(code="TRV-METRO", quantity=1, done_on=TODAY, **changes):
    return ActionReport(new_id(), code, Decimal(quantity), done_on, **changes)


def test_a_change_is_a_new_version_from_a_day_and_old_entries_keep_theirs(store):
    device = phone(store)
    before = submit(store, report(), device, NOW).entry
    metro = store.actions.current("TRV-METRO", TODAY)
    tomorrow = TODAY + timedelta(days=1)
    version = change(store, HE_QING, replace(metro, points=9, valid_from=tomorrow), "试一季", NOW)
    assert version.action.version == metro.version + 1
    assert store.actions.current("TRV-METRO", TODAY).points == 3
    assert store.actions.current("TRV-METRO", tomorrow).points == 9
    after = submit(store, report(done_on=tomorrow), device, NOW + timedelta(days=1)).entry
    assert (before.action_version, before.points) == (metro.version, 2)
    assert (after.action_version, after.points) == (metro.version + 1, 5)
    assert store.actions.entry(before.action_entry_id) == before
    assert [v.reason for v in store.actions.versions("TRV-METRO")] == ["试一季", ""]


def test_a_version_of_the_past_without_a_reason_or_with_crossed_limits_is_refused(store):
    metro = store.actions.current("TRV-METRO", TODAY)
    for changes, why, word in (
        ({"valid_from": TODAY - timedelta(days=1)}, "因为", "action.version_past"),
        ({"valid_from": TODAY}, " ", "action.version_reason"),
        ({"valid_from": TODAY, "daily_cap": Decimal(99)}, "因为", "action.version_limits"),
        ({"valid_from": TODAY, "code": "NOSUCH"}, "因为", "action.unknown"),
    ):
        with pytest.raises(Refused, match=word):
            change(store, HE_QING, replace(metro, **changes), why, NOW)


def test_a_retired_action_is_not_offered_and_not_logged(store):
    metro = store.actions.current("TRV-METRO", TODAY)
    retired = replace(metro, valid_from=TODAY, is_offered=False)
    change(store, HE_QING, retired, "有了自动的", NOW)
    assert "TRV-METRO" not in {action.code for action in store.actions.catalogue(TODAY)}
    with pytest.raises(Refused, match="action.unknown"):
        submit(store, report(), phone(store), NOW)


# A month's limits


def test_points_diminish_in_a_month_and_end_at_its_limit(store):
    metro = replace(
        store.actions.current("TRV-METRO", TODAY),
        valid_from=TODAY,
        monthly_cap=Decimal(12),
        steps=((4, 50), (8, 0)),
    )
    change(store, HE_QING, metro, "试", NOW)
    device = phone(store)
    full = []
    for days in range(4):
        moment = NOW + timedelta(days=days)
        full.append(submit(store, report("TRV-METRO", 4, day_of(moment)), device, moment).entry)
    assert [entry.full_points for entry in full] == [12, 6, 0, 0]
    june = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
    assert submit(store, report("TRV-METRO", 4, day_of(june)), device, june).entry.full_points == 12


# What looks odd


def test_a_burst_waits_is_seen_as_waiting_and_is_paid_when_accepted(store):
    device = phone(store)
    entries = [submit(store, report("USE-SORT", 1), device, NOW).entry for _ in range(5)]
    codes_ = ("HOM-WATER", "HOM-GAS", "USE-CUP", "USE-BAG", "OFF-MEET", "FIN-ONLINE", "OFF-PAPER")
    entries += [submit(store, report(code, 1), device, NOW).entry for code in codes_]
    assert len(entries) == BURST and not any(entry.flags for entry in entries)
    flagged = submit(store, report("TRV-ETICKET", 1), device, NOW).entry
    assert flagged.flags == (MANY_AT_ONCE,) and flagged.points == 1
    me = flagged.observer_id
    before = store.points.balance_of(me)
    assert store.points.waiting_of([me], TODAY, TODAY) == {me: 1}
    verdict(store, flagged, Verdict.ACCEPT)
    assert store.points.balance_of(me) == before + 1
    assert store.points.waiting_of([me], TODAY, TODAY) == {}
    verdict(store, flagged, Verdict.REJECT, reason=Reason.NOT_ENOUGH)
    assert store.points.balance_of(me) == before


def test_the_same_photo_twice_is_flagged_for_the_desk(store):
    device = phone(store)
    entries = []
    for code in ("FOD-PLATE", "USE-CUP"):
        upload_id = add_row_of_photo(store, an_upload(device))
        entries.append(submit(store, report(code, upload_id=upload_id), device, NOW).entry)
    assert [entry.flags for entry in entries] == [(), (SAME_PHOTO,)]


def verdict(store, entry, word, **changes):
    seen = store.verification.review(entry.action_entry_id).decision_id
    request = DecisionRequest(entry.action_entry_id, word, HE_QING, seen, **changes)
    return decide(store, request, NOW)


# Sixteen hands at one action


def test_day_and_month_limits_hold_with_sixteen_hands(store):
    device = phone(store)
    metro = replace(
        store.actions.current("TRV-METRO", TODAY), valid_from=TODAY, quantity_max=Decimal(99)
    )
    change(store, HE_QING, metro, "试", NOW)
    submit(store, report("USE-BAG"), device, NOW)  # the observer is there before the rush

    def log(_number):
        try:
            return submit(store, report("TRV-METRO", 1), device, LATER).entry
        except StorageError:
            return None

    with ThreadPoolExecutor(16) as hands:
        entries = [entry for entry in hands.map(log, range(16)) if entry]
    assert sum(entry.full_points for entry in entries) == min(len(entries), 4) * 3


def test_each_action_is_read_in_the_version_of_its_day(store):
    metro = store.actions.current("TRV-METRO", TODAY)
    tomorrow = TODAY + timedelta(days=1)
    change(store, HE_QING, replace(metro, valid_from=tomorrow, points=9), "试一季", NOW)

    versions = store.actions.versions_on(
        [("TRV-METRO", TODAY), ("TRV-METRO", tomorrow), ("USE-CUP", TODAY), ("NO-SUCH", TODAY)]
    )

    assert versions.pop(("USE-CUP", TODAY)) == store.actions.current("USE-CUP", TODAY)
    assert {day: action.points for (_, day), action in versions.items()} == {TODAY: 3, tomorrow: 9}
    assert store.actions.versions_on([]) == {}


def test_the_whole_catalogue_is_read_with_its_versions(store):
    metro = store.actions.current("TRV-METRO", TODAY)
    change(store, HE_QING, replace(metro, valid_from=TODAY, points=9), "试一季", NOW)

    versions = store.actions.versions()

    assert [v for v in versions if v.action.code == "TRV-METRO"] == store.actions.versions(
        "TRV-METRO"
    )
    codes = list(dict.fromkeys(version.action.code for version in versions))
    assert codes == [action.code for action in store.actions.catalogue(TODAY)]
