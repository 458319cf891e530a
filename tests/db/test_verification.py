"""The desk on both engines: the queue, who decided last, two who decide at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Person, Role
from observations.occurrences.deciding import NewName, decide
from observations.occurrences.occurrence import Sent
from observations.people.accounts import add_account
from observations.verification.decisions import DecisionRequest, Kind, Queue, Reason, Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from tests.support.sightings import (
    MANDARIN,
    NIGHT_HERON,
    NOW,
    SECOND_VERIFIER,
    VERIFIER,
    observer_of,
    phone,
    record,
    said,
)


def waiting(store):
    return [review.subject_id for review in store.verification.queue(None, 99).waiting]


def test_the_queue_is_longest_first_and_both_kinds_or_one(store):
    device = phone(store)
    late, early = record(store, device), record(store, device, NOW - timedelta(hours=5))

    assert waiting(store) == [early, late]
    assert [r.subject_id for r in store.verification.queue(None, 1).waiting] == [early]
    assert store.verification.queue(Kind.ACTION, 9) == Queue(None, [], 0)
    assert store.verification.count_waiting() == store.verification.count_waiting(Kind.OCCURRENCE)
    assert store.verification.count_waiting(Kind.ACTION) == 0


def test_every_field_of_a_decision_comes_back(store):
    device = phone(store)
    sighting = record(store, device)
    first = said(store, sighting, Verdict.QUERY, message="多大？<b>")
    second = said(store, sighting, Verdict.ANSWER, observer_of(store, device), message="很小")
    third = said(store, sighting, Verdict.REJECT, reason=Reason.WRONG_NAME)

    assert store.verification.decisions(sighting) == [first, second, third]
    assert store.verification.decision(second.decision_id) == second
    both = store.verification.decisions_with([first.decision_id, third.decision_id])
    assert both == {one.decision_id: one for one in (first, third)}
    review = store.verification.review(sighting)
    assert (review.decision_id, review.is_waiting) == (third.decision_id, False)
    assert review.verification_status is VerificationStatus.NOT_ACCEPTED_INCORRECT
    assert review.release_status is ReleaseStatus.WITHHELD


def test_ones_latest_decisions_can_be_undone_one_after_the_other(store):
    device = phone(store)
    one, two = record(store, device), record(store, device)
    assert store.verification.last_decided_by(VERIFIER.staff_id) is None
    first = said(store, one, Verdict.ACCEPT)
    second = said(store, two, Verdict.PLAUSIBLE, now=NOW + timedelta(minutes=2))
    said(store, record(store, device), Verdict.ACCEPT, SECOND_VERIFIER)

    assert store.verification.last_decided_by(VERIFIER.staff_id) == second
    said(store, two, Verdict.UNDO, now=NOW + timedelta(minutes=3))
    assert store.verification.last_decided_by(VERIFIER.staff_id) == first
    said(store, one, Verdict.UNDO, now=NOW + timedelta(minutes=4))
    assert store.verification.last_decided_by(VERIFIER.staff_id) is None
    assert waiting(store)[:2] in ([one, two], [two, one])


def test_a_decision_knows_the_state_it_was_made_on(store):
    sighting = record(store, phone(store))
    before = store.verification.review(sighting)
    first = said(store, sighting, Verdict.PLAUSIBLE)
    between = store.verification.review(sighting)
    second = said(store, sighting, Verdict.ACCEPT)

    assert first.replaces(before) and second.replaces(between)
    assert not first.replaces(between) and not second.replaces(before)


def test_what_somebody_else_decided_since_is_not_ones_own_to_undo(store):
    sighting = record(store, phone(store))
    said(store, sighting, Verdict.PLAUSIBLE)
    said(store, sighting, Verdict.ACCEPT, SECOND_VERIFIER)

    assert store.verification.last_decided_by(VERIFIER.staff_id) is None


def test_of_eight_who_decide_at_once_one_is_heard(store):
    device = phone(store)
    sighting = record(store, device)

    def accept(_number):
        try:
            decide(store, DecisionRequest(sighting, Verdict.ACCEPT, VERIFIER, None), NOW)
        except Refused as refused:
            return refused.code
        return "decided"

    with ThreadPoolExecutor(8) as hands:
        answers = sorted(hands.map(accept, range(8)))

    assert answers == ["decided"] + ["decision.stale"] * 7
    assert store.points.balance_of(observer_of(store, device).observer_id) == 5


def test_a_track_record_counts_by_group_what_a_verifier_accepted_and_refused(store):
    device = phone(store)
    me = None
    for verdict in (Verdict.ACCEPT, Verdict.PLAUSIBLE, Verdict.REJECT, None):
        sighting = record(store, device)
        me = observer_of(store, device).observer_id
        if verdict:
            said(store, sighting, verdict, reason=Reason.NOT_ENOUGH)
    unnamed = record(store, device, taxon_id=None, name="一种蛾子", group="insect")
    said(store, unnamed, Verdict.ACCEPT)

    track = store.occurrences.track_record(me)
    assert track.nickname == store.people.observer(me).nickname
    assert track.groups == {"bird": Sent(4, 1, 1), "insect": Sent(1, 1, 0)}
    assert (track.sent, track.accepted, track.of_group("plant")) == (5, 2, Sent(0, 0, 0))
    assert store.occurrences.track_record(new_id()) is None
    own = store.occurrences.own_index(me, 10)
    assert {record.taxon_id for record in own if record.is_met} == {NIGHT_HERON, None}


def test_the_queue_has_what_was_asked_for_beside_what_waits(store):
    device = phone(store)
    decided, one, two = (record(store, device) for _ in range(3))
    said(store, decided, Verdict.ACCEPT)

    queue = store.verification.queue(None, 1, asked_for=decided)

    assert queue.asked_for == store.verification.review(decided)
    assert [review.subject_id for review in queue.waiting] == [min(one, two)]
    assert queue.count == 2
    assert store.verification.queue(None, 9, asked_for=one).asked_for.subject_id == one


def test_the_history_is_every_name_and_every_decision_in_order(store):
    staff = add_account(store, OPERATOR, "周衡", "十个字符以上的密码呀", Role.VERIFIER, NOW)
    zhou = Person(staff_id=staff.staff_id, role=staff.role)
    sighting = record(store, phone(store))
    said(store, sighting, Verdict.QUERY, zhou, message="多大？")
    name = NewName(MANDARIN, "鸳鸯")
    said(store, sighting, Verdict.ACCEPT, zhou, NOW + timedelta(minutes=9), name)

    lines = store.verification.history(sighting)

    assert [line.verdict for line in lines] == [None, Verdict.QUERY, None, Verdict.ACCEPT]
    assert [line.vernacular_name for line in lines] == ["夜鹭", None, "鸳鸯", None]
    assert [line.is_by_staff for line in lines] == [False, True, True, True]
    assert (lines[1].username, lines[1].message) == ("周衡", "多大？")


def test_sightings_are_read_together_as_they_are_read_alone(store):
    device = phone(store)
    one = record(store, device)
    two = record(store, device, taxon_id=None, name="水鸟")
    record(store, device)

    both = store.occurrences.occurrences_with([one, two])

    alone = {i: store.occurrences.occurrence(i) for i in (one, two)}
    assert {i: sighting for i, (sighting, _) in both.items()} == alone
    assert both[one][1] == store.taxa.taxon(NIGHT_HERON)
    assert both[two][1] is None
    assert store.occurrences.occurrences_with([]) == {}
