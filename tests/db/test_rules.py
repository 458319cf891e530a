"""Rules on both engines: what they accept, what they keep for the audit, when they end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Person, Role
from observations.desk import rules as desk_rules
from observations.desk.progress import a_day, by_district, by_verifier
from observations.desk.rule import Rate, Rule
from observations.desk.rules import make_rule, rehearse_rule, run_rules, switch_rule, undo_rule
from observations.occurrences.deciding import NewName
from observations.people.accounts import add_account
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from observations.verification.statuses import VerificationStatus
from tests.db.test_together import pictured, status_of
from tests.support.cast import HE_QING
from tests.support.sightings import NIGHT_HERON, NOW, SECOND_VERIFIER, VERIFIER, phone, said

LATER = NOW + timedelta(days=1)
BIRDS = Rule(new_id(), "bird", None, None, 3, False, frozenset(), 0.05)
EGRET = NewName(taxon_id_of("Egretta garzetta"), "白鹭")


@pytest.fixture
def audits(monkeypatch):
    """Which of the sightings that a rule meets are kept for the audit, by their number."""
    kept: set[int] = set()
    monkeypatch.setattr(desk_rules, "is_audited", lambda _rule, _subject, earlier: earlier in kept)
    return kept


def proven(store, many=3):
    """A browser of which so many night herons were accepted."""
    device = phone(store)
    for at in range(many):
        said(store, pictured(store, device, NOW - timedelta(hours=9 - at)), Verdict.ACCEPT)
    return device


def working(store, **changes):
    rule = make_rule(store, HE_QING, replace(BIRDS, **changes), NOW)
    switch_rule(store, HE_QING, rule.rule_id, True, NOW)
    return rule


def tally(store, rule):
    return store.desk.tallies()[rule.rule_id]


def test_a_rule_is_off_until_staff_turn_it_on(store, audits):
    device = proven(store)
    subject = pictured(store, device)
    rule = make_rule(store, HE_QING, BIRDS, NOW)

    assert run_rules(store, LATER).accepted == 0
    switch_rule(store, HE_QING, rule.rule_id, True, NOW)
    assert run_rules(store, LATER).accepted == 1
    assert status_of(store, subject) is VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    [decision] = store.verification.decisions(subject)
    assert decision.is_automatic
    assert decision.batch_id == rule.rule_id
    [line] = [one for one in store.verification.history(subject) if one.verdict]
    assert (line.is_by_staff, line.username) == (False, None)
    assert len(store.occurrences.latest_released(9)) == 4


def test_what_is_not_easy_is_left_to_the_desk(store, audits):
    device, newcomer = proven(store), phone(store)
    rare = taxon_id_of("Lophura nycthemera")
    left = [
        pictured(store, newcomer),
        pictured(store, device, taxon_id=str(EGRET.taxon_id)),  # the first of its kind here
        pictured(store, device, taxon_id=str(rare)),
        pictured(store, device, event_date=(NOW - timedelta(days=500)).isoformat()),
        pictured(store, device, taxon_id=None, name="大鸟"),
    ]
    working(store)

    assert run_rules(store, LATER).accepted == 0
    assert {status_of(store, one) for one in left} == {VerificationStatus.UNCONFIRMED}


def test_a_verifier_after_a_rule_is_the_first_and_not_the_second(store, audits):
    subject = pictured(store, proven(store))
    working(store)
    run_rules(store, LATER)

    assert said(store, subject, Verdict.ACCEPT, now=LATER).verification_status is (
        VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    )
    assert said(store, subject, Verdict.ACCEPT, SECOND_VERIFIER).verification_status is (
        VerificationStatus.ACCEPTED_CORRECT
    )


def test_what_is_audited_waits_for_a_verifier_like_anything_else(store, audits):
    audits.update(range(9))
    device = proven(store)
    right, renamed, refused, doubted = (pictured(store, device) for _ in range(4))
    rule = working(store, error_limit=0.2)

    done = run_rules(store, LATER)

    assert (done.accepted, done.audited) == (0, 4)
    assert len(store.verification.queue(None, 9).waiting) == 4
    assert run_rules(store, LATER).audited == 0
    said(store, right, Verdict.ACCEPT)
    said(store, renamed, Verdict.ACCEPT, name=EGRET)
    said(store, refused, Verdict.REJECT, reason=Reason.WRONG_NAME)
    said(store, doubted, Verdict.PLAUSIBLE)
    assert tally(store, rule).audit == Rate(2, 3)
    assert tally(store, rule).kept == 4


def test_a_rule_over_its_limit_ends_and_stays_off(store, audits):
    audits.update({0, 1})
    device = proven(store)
    wrong = [pictured(store, device) for _ in range(2)]
    rule = working(store)
    run_rules(store, LATER)
    for one in wrong:
        said(store, one, Verdict.REJECT, reason=Reason.WRONG_NAME)
    after = pictured(store, device)

    done = run_rules(store, LATER)

    assert done.ended == (rule.rule_id,)
    [stored] = store.desk.rules()
    assert (stored.is_on, stored.ended_at) == (False, LATER)
    assert run_rules(store, LATER).accepted == 0
    assert status_of(store, after) is VerificationStatus.UNCONFIRMED
    with pytest.raises(Refused, match=r"rule\.ended"):
        switch_rule(store, HE_QING, rule.rule_id, True, LATER)


def test_all_that_a_rule_accepted_is_taken_back_and_not_accepted_again(store, audits):
    device = proven(store)
    first, second, third = (pictured(store, device, NOW + timedelta(minutes=at)) for at in range(3))
    rule = working(store)
    run_rules(store, LATER)
    said(store, third, Verdict.REJECT, now=LATER, reason=Reason.WRONG_NAME)

    assert tally(store, rule).overturned == 1
    assert undo_rule(store, HE_QING, rule.rule_id, LATER) == 2

    assert [one.subject_id for one in store.verification.queue(None, 9).waiting] == [first, second]
    assert not store.desk.rules()[0].is_on
    switch_rule(store, HE_QING, rule.rule_id, True, LATER)
    assert run_rules(store, LATER).accepted == 0


def test_the_rehearsal_counts_what_would_have_been_accepted(store, audits):
    device = proven(store, 4)
    store_at = NOW + timedelta(hours=1)
    good, bad, renamed = (pictured(store, device, store_at) for _ in range(3))
    said(store, good, Verdict.ACCEPT, now=LATER)
    said(store, bad, Verdict.REJECT, now=LATER, reason=Reason.WRONG_NAME)
    said(store, renamed, Verdict.ACCEPT, now=LATER, name=EGRET)
    rule = make_rule(store, HE_QING, BIRDS, NOW)

    done = rehearse_rule(store, HE_QING, rule.rule_id)

    assert done.decided == 7
    assert done.accepted == Rate(2, 3)


def test_a_bad_rule_is_refused_and_so_is_whoever_may_not(store):
    for changes, code in (
        ({"group_code": "dragon"}, r"rule\.group"),
        ({"district": "999999"}, r"rule\.district"),
        ({"least_accepted": -1}, r"rule\.numbers"),
        ({"error_limit": 0.5}, r"rule\.numbers"),
        ({"taxon_id": new_id()}, r"rule\.taxon"),
        ({"group_code": "plant", "taxon_id": NIGHT_HERON}, r"rule\.taxon"),
    ):
        with pytest.raises(Refused, match=code):
            make_rule(store, HE_QING, replace(BIRDS, **changes), NOW)
    with pytest.raises(Refused, match=r"role\.may_not"):
        make_rule(store, VERIFIER, BIRDS, NOW)
    with pytest.raises(Refused, match=r"rule\.unknown"):
        switch_rule(store, HE_QING, new_id(), True, NOW)


def account(store, name):
    return add_account(store, OPERATOR, name, "lake-ferry-osmanthus-42", Role.VERIFIER, NOW)


def test_progress_counts_what_waits_and_what_was_overturned(store):
    people = [
        Person(staff_id=account(store, name).staff_id, role=Role.VERIFIER)
        for name in ("周衡", "何青")
    ]
    device = phone(store)
    first, second, third = (pictured(store, device) for _ in range(3))
    said(store, first, Verdict.ACCEPT, people[0])
    said(store, first, Verdict.REJECT, people[1], reason=Reason.WRONG_NAME)
    said(store, second, Verdict.ACCEPT, people[1])
    today = day_of(NOW)

    [waits] = store.desk.waiting()
    work = store.desk.work(NOW - timedelta(days=1))

    assert (waits.group_code, waits.count) == ("bird", 2)  # one of them for a second look
    assert list(by_district([waits]))[0] == waits.district
    assert sorted(by_verifier(work, today)) == [("何青", 2, 2, 0), ("周衡", 1, 1, 1)]
    assert a_day(work, today)[0] == (today, 3)
    assert status_of(store, third) is VerificationStatus.UNCONFIRMED
