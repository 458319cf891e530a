"""DESIGN's table of decisions, row by row."""

from datetime import timedelta

import pytest

from observations.base.errors import Refused
from observations.base.roles import NOBODY, Person, Role
from observations.verification.decisions import (
    Award,
    DecisionRequest,
    Kind,
    Reason,
    Review,
    Verdict,
)
from observations.verification.settling import settle
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from tests.support.cast import CHEN_MO, HE_QING, LIN_XIA, ZHOU_HENG
from tests.support.sightings import NOW

V, R = VerificationStatus, ReleaseStatus
SUBJECT = LIN_XIA.observer_id  # any id


class Desk:
    """Reviews and decisions in memory; it is its own transaction."""

    def __init__(self) -> None:
        self.said = []
        self.entries = []
        self.ties = {ZHOU_HENG.staff_id: {ZHOU_HENG.observer_id}}
        self.standing = Review(
            SUBJECT, Kind.OCCURRENCE, LIN_XIA.observer_id, NOW, V.UNCONFIRMED, R.PENDING, None,
            True, NOW, False,
        )  # fmt: skip

    @property
    def verification(self):
        return self

    people = log = verification

    def review(self, subject_id):
        return self.standing if subject_id == SUBJECT else None

    def decision(self, decision_id):
        return next((d for d in self.said if d.decision_id == decision_id), None)

    def observers_of_staff(self, staff_id):
        return self.ties.get(staff_id, set())

    def end_lease(self, _subject_id):
        """There are no leases here."""

    def add_decision(self, decision, waiting_since):
        self.said.append(decision)
        self.standing = Review(
            SUBJECT, Kind.OCCURRENCE, self.standing.observer_id, NOW, decision.verification_status,
            decision.release_status, decision.decision_id, decision.is_waiting, waiting_since,
            False,
        )  # fmt: skip

    def add(self, entry):
        self.entries.append(entry)


@pytest.fixture
def desk():
    return Desk()


def say(desk, verdict, person=ZHOU_HENG, later=1, **words):
    decision_id = words.pop("seen", desk.standing.decision_id)
    words.setdefault("message", "请说说大小" if verdict in (Verdict.QUERY, Verdict.ANSWER) else "")
    words.setdefault("reason", Reason.PHOTO_UNCLEAR if verdict is Verdict.REJECT else None)
    request = DecisionRequest(SUBJECT, verdict, person, decision_id, **words)
    return settle(desk, request, NOW + timedelta(hours=later))


@pytest.mark.parametrize(
    ("verdict", "verification", "release", "award", "waits"),
    [
        (Verdict.ACCEPT, V.ACCEPTED_CONSIDERED_CORRECT, R.RELEASED, Award.GIVE, False),
        (Verdict.PLAUSIBLE, V.PLAUSIBLE, R.RELEASED, Award.GIVE, False),
        (Verdict.REJECT, V.NOT_ACCEPTED_UNABLE_TO_VERIFY, R.WITHHELD, Award.TAKE, False),
        (Verdict.QUERY, V.QUERIED, R.PENDING, Award.KEEP, False),
    ],
)
def test_what_staff_say_of_something_new(desk, verdict, verification, release, award, waits):
    decision = say(desk, verdict)

    assert (decision.verification_status, decision.release_status) == (verification, release)
    assert (decision.award, decision.is_waiting) == (award, waits)
    assert decision.decided_by_staff == ZHOU_HENG.staff_id


@pytest.mark.parametrize(
    ("before", "verification"),
    [(None, V.UNCONFIRMED), (Verdict.ACCEPT, V.ACCEPTED_CONSIDERED_CORRECT)],
)
def test_withholding_leaves_the_verification_as_it_was(desk, before, verification):
    if before:
        say(desk, before)
    decision = say(desk, Verdict.WITHHOLD)
    assert (decision.verification_status, decision.release_status) == (verification, R.WITHHELD)


def test_a_question_leaves_a_released_record_released_and_its_points(desk):
    say(desk, Verdict.ACCEPT)
    decision = say(desk, Verdict.QUERY)
    assert (decision.release_status, decision.award) == (R.RELEASED, Award.KEEP)


@pytest.mark.parametrize(
    ("reason", "verification"),
    [
        (Reason.PHOTO_UNCLEAR, V.NOT_ACCEPTED_UNABLE_TO_VERIFY),
        (Reason.NOT_ENOUGH, V.NOT_ACCEPTED_UNABLE_TO_VERIFY),
        (Reason.NOT_OWN_PHOTO, V.NOT_ACCEPTED_UNABLE_TO_VERIFY),
        (Reason.WRONG_NAME, V.NOT_ACCEPTED_INCORRECT),
        (Reason.WRONG_PLACE_OR_TIME, V.NOT_ACCEPTED_INCORRECT),
        (Reason.NOT_NATURE, V.NOT_ACCEPTED_INCORRECT),
    ],
)
def test_each_of_six_reasons_says_wrong_or_cannot_tell(desk, reason, verification):
    assert say(desk, Verdict.REJECT, reason=reason).verification_status is verification


def test_only_a_second_verifier_makes_it_correct_without_a_doubt(desk):
    say(desk, Verdict.ACCEPT, ZHOU_HENG)
    again = say(desk, Verdict.ACCEPT, ZHOU_HENG)
    assert again.verification_status is V.ACCEPTED_CONSIDERED_CORRECT
    assert say(desk, Verdict.ACCEPT, HE_QING).verification_status is V.ACCEPTED_CORRECT


def test_an_answer_brings_it_back_to_the_end_of_the_queue(desk):
    say(desk, Verdict.QUERY)
    answer = say(desk, Verdict.ANSWER, LIN_XIA, later=5)
    assert (answer.verification_status, answer.is_waiting) == (V.ANSWERED, True)
    assert desk.standing.waiting_since == NOW + timedelta(hours=5)


def test_a_correction_takes_it_from_the_public_until_it_is_checked_again(desk):
    say(desk, Verdict.ACCEPT)
    decision = say(desk, Verdict.CORRECT, LIN_XIA)
    assert (decision.release_status, decision.is_waiting) == (R.PENDING, True)
    assert decision.award is Award.TAKE


def test_withdrawing_takes_the_points_and_is_final(desk):
    say(desk, Verdict.ACCEPT)
    decision = say(desk, Verdict.WITHDRAW, LIN_XIA)
    assert (decision.release_status, decision.award) == (R.WITHHELD, Award.TAKE)
    for verdict in (Verdict.CORRECT, Verdict.WITHDRAW, Verdict.ANSWER):
        with pytest.raises(Refused, match=r"decision\.not_possible"):
            say(desk, verdict, LIN_XIA)


def test_undo_is_a_new_decision_that_goes_back_to_the_state_before(desk):
    say(desk, Verdict.QUERY)
    say(desk, Verdict.ANSWER, LIN_XIA)
    say(desk, Verdict.ACCEPT)
    undone = say(desk, Verdict.UNDO)
    assert (undone.verification_status, undone.release_status) == (V.ANSWERED, R.PENDING)
    assert undone.is_waiting and len(desk.said) == 4


def test_undo_brings_it_back_to_where_it_stood_in_the_queue(desk):
    say(desk, Verdict.ACCEPT, later=3)
    undone = say(desk, Verdict.UNDO, later=4)
    assert (undone.verification_status, undone.release_status) == (V.UNCONFIRMED, R.PENDING)
    assert undone.award is Award.TAKE
    assert desk.standing.waiting_since == NOW


def test_what_the_observer_said_and_what_is_undone_cannot_be_undone(desk):
    for before in (None, Verdict.ACCEPT, Verdict.UNDO):
        if before:
            say(desk, before)
        if before is not Verdict.ACCEPT:
            with pytest.raises(Refused, match=r"decision\.not_possible"):
                say(desk, Verdict.UNDO)
    say(desk, Verdict.CORRECT, LIN_XIA)
    with pytest.raises(Refused, match=r"decision\.not_possible"):
        say(desk, Verdict.UNDO)


def test_ruling_sensitive_taxa_out_lasts_through_a_question_and_goes_with_undo(desk):
    assert say(desk, Verdict.PLAUSIBLE, rules_out_sensitive=True).rules_out_sensitive
    assert say(desk, Verdict.QUERY).rules_out_sensitive
    assert say(desk, Verdict.UNDO).rules_out_sensitive
    desk.said.clear()
    desk.__init__()
    say(desk, Verdict.PLAUSIBLE, rules_out_sensitive=True)
    assert not say(desk, Verdict.UNDO).rules_out_sensitive


def test_an_observer_cannot_rule_sensitive_taxa_out(desk):
    decision = say(desk, Verdict.CORRECT, LIN_XIA, rules_out_sensitive=True)
    assert not decision.rules_out_sensitive


@pytest.mark.parametrize("person", [NOBODY, CHEN_MO, Person(staff_id=SUBJECT, role=Role.ORGANISER)])
@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.REJECT, Verdict.UNDO])
def test_only_verifiers_decide(desk, person, verdict):
    with pytest.raises(Refused, match=r"role\.may_not"):
        say(desk, verdict, person)
    assert desk.said == []


@pytest.mark.parametrize("verdict", [Verdict.ANSWER, Verdict.CORRECT, Verdict.WITHDRAW])
@pytest.mark.parametrize("person", [NOBODY, CHEN_MO, HE_QING])
def test_only_its_observer_answers_corrects_withdraws(desk, person, verdict):
    say(desk, Verdict.QUERY)
    with pytest.raises(Refused, match=r"decision\.not_yours"):
        say(desk, verdict, person)


def test_nobody_decides_on_their_own_record_from_whatever_browser(desk):
    mine = Person(LIN_XIA.observer_id, HE_QING.staff_id, Role.ADMIN)
    with pytest.raises(Refused, match=r"decision\.own_record"):
        say(desk, Verdict.ACCEPT, mine)
    desk.ties[HE_QING.staff_id] = {LIN_XIA.observer_id}
    with pytest.raises(Refused, match=r"decision\.own_record"):
        say(desk, Verdict.ACCEPT, HE_QING)


def test_a_decision_on_a_state_that_has_changed_is_refused(desk):
    say(desk, Verdict.ACCEPT)
    with pytest.raises(Refused, match=r"decision\.stale"):
        say(desk, Verdict.REJECT, HE_QING, seen=None)
    assert len(desk.said) == 1


@pytest.mark.parametrize(
    ("verdict", "words", "code"),
    [
        (Verdict.REJECT, {"reason": None}, "decision.reason_missing"),
        (Verdict.QUERY, {"message": "  "}, "decision.message_missing"),
        (Verdict.QUERY, {"message": "a" * 501}, "text.too_long"),
        (Verdict.QUERY, {"message": "\x00"}, "text.unreadable"),
    ],
)
def test_what_is_missing_is_said(desk, verdict, words, code):
    with pytest.raises(Refused) as refused:
        say(desk, verdict, **words)
    assert refused.value.code == code
    assert desk.said == [] and desk.entries == []


def test_an_unknown_subject_is_refused(desk):
    with pytest.raises(Refused, match=r"decision\.unknown_subject"):
        settle(desk, DecisionRequest(CHEN_MO.observer_id, Verdict.ACCEPT, ZHOU_HENG, None), NOW)


def test_the_log_tells_what_was_decided_without_anybodys_words(desk):
    say(desk, Verdict.QUERY, message="你家门口？")
    [entry] = desk.entries
    assert entry.action == "occurrence.decided" and entry.person == ZHOU_HENG
    assert "你家门口" not in str(entry.details)
