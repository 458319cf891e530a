"""Whose work what waits is, on both engines: by group and district, asked of one, a second look."""

from datetime import timedelta

import pytest

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.desk.assigning import assign, end_assignment
from observations.desk.assignment import REFERRED
from observations.desk.referring import colleagues, refer
from observations.desk.seen import Seen
from observations.desk.together import accept_together
from observations.occurrences.deciding import NewName
from observations.people.staff import Staff
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from observations.verification.filters import Filter, Turn
from observations.verification.leases import take_one
from observations.verification.statuses import VerificationStatus
from tests.support.sightings import NIGHT_HERON, NOW, phone, record, said

ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)
EGRET = taxon_id_of("Egretta garzetta")
SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(hours=1)
# 西溪 lies in 西湖区; this in 桐庐县
TONGLU = {"latitude": 29.79, "longitude": 119.68, "uncertainty_m": 8, "source": "map"}


def verifier(store, name, role=Role.VERIFIER):
    """Somebody with an account."""
    staff = Staff(new_id(NOW), name, "", role, False, False, NOW)
    with store.transaction() as tx:
        tx.people.add_staff(staff)
    return Person(staff_id=staff.staff_id, role=role)


def shown_to(store, person, turn=None, now=LATER):
    if turn is None:
        queue = store.verification.queue(None, 99, seen_by=(person.staff_id, now))
    else:
        only = Filter(turn=turn)
        queue = store.verification.filtered_queue(only, 99, now, staff_id=person.staff_id)
    return [review.subject_id for review in queue.waiting]


def test_ones_own_work_is_by_group_and_by_district(store):
    zhou, lin = verifier(store, "周衡"), verifier(store, "林雨")
    device = phone(store)
    heron = record(store, device, NOW)
    moth = record(store, device, SOON, taxon_id=None, name="一种蛾子", group="insect")
    far = record(store, device, LATER, taxon_id=None, name="一种草", group="plant", place=TONGLU)
    here = store.occurrences.occurrence(heron).district
    assert store.occurrences.occurrence(far).district not in (None, here)

    birds = assign(store, ADMIN, zhou.staff_id, "bird", None, NOW)
    assert assign(store, ADMIN, zhou.staff_id, "bird", "", NOW) == birds
    assign(store, ADMIN, lin.staff_id, "insect", here, NOW)
    assign(store, ADMIN, lin.staff_id, None, store.occurrences.occurrence(far).district, NOW)

    assert shown_to(store, zhou, Turn.MINE) == [heron]
    assert shown_to(store, lin, Turn.MINE) == [moth, far]
    assert shown_to(store, zhou) == [heron, moth, far]  # the rest is not hidden
    assert shown_to(store, ADMIN, Turn.MINE) == []

    end_assignment(store, ADMIN, birds.assignment_id, LATER)
    end_assignment(store, ADMIN, birds.assignment_id, LATER)
    assert shown_to(store, zhou, Turn.MINE) == []


@pytest.mark.parametrize(
    ("group", "district"), [(None, None), ("", ""), ("dragon", None), ("bird", "999999")]
)
def test_an_assignment_names_a_group_or_a_district_that_is_there(store, group, district):
    zhou = verifier(store, "周衡")
    with pytest.raises(Refused, match=r"assignment\.empty"):
        assign(store, ADMIN, zhou.staff_id, group, district, NOW)
    with pytest.raises(Refused, match=r"staff\.unknown"):
        assign(store, ADMIN, new_id(), "bird", None, NOW)
    with pytest.raises(Refused, match=r"role\.may_not"):
        assign(store, zhou, zhou.staff_id, "bird", None, NOW)


def test_what_a_colleague_is_asked_about_is_shown_to_nobody_else_for_a_week(store):
    zhou, lin, he = (verifier(store, name) for name in ("周衡", "林雨", "何清"))
    heron, other = record(store, phone(store), NOW), record(store, phone(store), SOON)

    refer(store, zhou, heron, None, lin.staff_id, " 是夜鹭的亚成鸟吗？ ", NOW)

    assert shown_to(store, zhou) == shown_to(store, he) == [other]
    assert shown_to(store, lin) == [heron, other]
    assert shown_to(store, lin, Turn.ASKED) == shown_to(store, lin, Turn.MINE) == [heron]
    assert shown_to(store, zhou, Turn.ASKED) == []
    asked = store.desk.referral(heron, LATER)
    assert (asked.asked_by_name, asked.asked_of_name) == ("周衡", "林雨")
    assert asked.words == "是夜鹭的亚成鸟吗？"
    left = accept_together(store, he, [Seen(heron, None)], LATER).left
    assert left == {heron: "decision.leased"}
    # the colleague can lease it like any other, and it waits for all again in the end
    assert take_one(store, lin.staff_id, [heron], LATER).subject_id == heron
    assert shown_to(store, he, now=NOW + REFERRED) == [heron, other]


def test_asked_again_it_goes_to_the_later_one_and_a_decision_ends_it(store):
    zhou, lin, he = (verifier(store, name) for name in ("周衡", "林雨", "何清"))
    heron = record(store, phone(store), NOW)
    refer(store, zhou, heron, None, lin.staff_id, "", NOW)
    refer(store, lin, heron, None, he.staff_id, "", LATER)
    assert (shown_to(store, lin), shown_to(store, he)) == ([], [heron])

    query = said(store, heron, Verdict.QUERY, he, message="哪里看到的？")
    said(store, heron, Verdict.UNDO, he)

    assert shown_to(store, lin) == [heron]
    assert store.desk.referral(heron, LATER) is None
    with pytest.raises(Refused, match=r"decision\.stale"):
        refer(store, zhou, heron, query.decision_id, lin.staff_id, "", LATER)


def test_only_somebody_who_can_decide_is_asked(store):
    zhou = verifier(store, "周衡")
    organiser = verifier(store, "何清", Role.ORGANISER)
    gone = verifier(store, "林雨")
    heron = record(store, phone(store), NOW)
    refer(store, zhou, heron, None, gone.staff_id, "", NOW)
    with store.transaction() as tx:
        tx.people.set_disabled(gone.staff_id, True)

    assert shown_to(store, zhou) == [heron]  # nobody waits for an account that is closed
    assert colleagues(store, zhou, "bird", None) == []
    for nobody in (zhou, organiser, gone, Person(staff_id=new_id())):
        with pytest.raises(Refused, match=r"referral\.nobody"):
            refer(store, zhou, heron, None, nobody.staff_id, "", NOW)
    for person in (organiser, Person()):
        with pytest.raises(Refused, match=r"role\.may_not"):
            refer(store, person, heron, None, zhou.staff_id, "", NOW)
    with pytest.raises(Refused, match=r"text\.too_long"):
        refer(store, zhou, heron, None, gone.staff_id, "长" * 301, NOW)
    with pytest.raises(Refused, match=r"decision\.unknown_subject"):
        refer(store, zhou, new_id(), None, gone.staff_id, "", NOW)


def test_colleagues_whose_work_it_is_come_first(store):
    zhou, lin, he = (verifier(store, name) for name in ("周衡", "林雨", "何清"))
    assign(store, ADMIN, he.staff_id, "bird", None, NOW)
    names = [one.username for one in colleagues(store, zhou, "bird", "330106")]
    assert names == ["何清", "林雨"]
    assert not any(one.fits for one in colleagues(store, lin, "plant", "330106"))


def test_what_is_new_to_a_district_waits_for_a_second_verifier(store):
    zhou, lin = verifier(store, "周衡"), verifier(store, "林雨")
    device = phone(store)
    first = record(store, device, NOW)

    one = said(store, first, Verdict.ACCEPT, zhou)
    assert one.verification_status is VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    assert store.occurrences.public_view(first) is not None  # public at once
    assert shown_to(store, zhou) == shown_to(store, zhou, Turn.SECOND) == []
    assert shown_to(store, lin) == shown_to(store, lin, Turn.SECOND) == [first]

    two = said(store, first, Verdict.ACCEPT, lin)
    assert two.verification_status is VerificationStatus.ACCEPTED_CORRECT
    assert shown_to(store, zhou) == shown_to(store, lin) == []

    # known in this district now, and new in another one
    assert not said(store, record(store, device, NOW), Verdict.ACCEPT, zhou).is_waiting
    far = record(store, device, NOW, place=TONGLU)
    assert said(store, far, Verdict.ACCEPT, zhou).is_waiting
    # the name that the verifier gives is the one that counts
    known = record(store, device, NOW, taxon_id=str(EGRET))
    assert not said(store, known, Verdict.ACCEPT, zhou, name=NewName(NIGHT_HERON)).is_waiting
    unlisted = record(store, device, NOW, taxon_id=None, name="一种鹭", group="bird")
    assert not said(store, unlisted, Verdict.ACCEPT, zhou).is_waiting


def test_a_second_look_may_refuse_and_the_first_may_be_taken_back(store):
    zhou, lin = verifier(store, "周衡"), verifier(store, "林雨")
    device = phone(store)
    first = record(store, device, NOW)
    said(store, first, Verdict.ACCEPT, zhou)
    said(store, first, Verdict.REJECT, lin, reason=Reason.WRONG_NAME)
    assert store.occurrences.public_view(first) is None
    assert shown_to(store, zhou) == shown_to(store, lin) == []

    second = record(store, device, NOW)
    said(store, second, Verdict.ACCEPT, zhou)
    assert store.verification.last_decided_by(zhou.staff_id).subject_id == second
    said(store, second, Verdict.UNDO, zhou)
    assert shown_to(store, zhou) == shown_to(store, lin) == [second]


def test_where_nobody_else_decides_no_second_look_is_waited_for(store):
    zhou = verifier(store, "周衡")
    verifier(store, "何清", Role.ORGANISER)
    assert not said(store, record(store, phone(store), NOW), Verdict.ACCEPT, zhou).is_waiting
