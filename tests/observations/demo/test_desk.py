"""The demo's desk follows the rules of the real one."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from observations.demo.desk import Case, Step, case, opened
from observations.demo.dice import Dice
from observations.points.awarding import points_in_force
from observations.verification.decisions import Kind, Reason, Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus

SENT = datetime(2026, 5, 9, 1, 42, tzinfo=UTC)
SUBJECT, OBSERVER, FIRST, SECOND = (UUID(int=number) for number in range(1, 5))


def told(*said: Verdict) -> Case:
    """A sighting of which this was said, an hour apart, the second 属实 by another verifier."""
    steps = [
        Step(
            verdict,
            SENT + timedelta(hours=number + 1),
            SECOND if number else FIRST,
            Reason.PHOTO_UNCLEAR if verdict is Verdict.REJECT else None,
        )
        for number, verdict in enumerate(said)
    ]
    return case(opened(SUBJECT, Kind.OCCURRENCE, OBSERVER, SENT), steps, 5, Dice(1))


@pytest.mark.parametrize(
    ("said", "status", "release", "points"),
    [
        ([], VerificationStatus.UNCONFIRMED, ReleaseStatus.PENDING, 0),
        (
            [Verdict.ACCEPT],
            VerificationStatus.ACCEPTED_CONSIDERED_CORRECT,
            ReleaseStatus.RELEASED,
            5,
        ),
        (
            [Verdict.ACCEPT, Verdict.ACCEPT],
            VerificationStatus.ACCEPTED_CORRECT,
            ReleaseStatus.RELEASED,
            5,
        ),
        ([Verdict.PLAUSIBLE], VerificationStatus.PLAUSIBLE, ReleaseStatus.RELEASED, 5),
        (
            [Verdict.REJECT],
            VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY,
            ReleaseStatus.WITHHELD,
            0,
        ),
        (
            [Verdict.ACCEPT, Verdict.REJECT],
            VerificationStatus.NOT_ACCEPTED_UNABLE_TO_VERIFY,
            ReleaseStatus.WITHHELD,
            0,
        ),
        ([Verdict.WITHHOLD], VerificationStatus.UNCONFIRMED, ReleaseStatus.WITHHELD, 0),
        ([Verdict.WITHDRAW], VerificationStatus.UNCONFIRMED, ReleaseStatus.WITHHELD, 0),
        ([Verdict.QUERY], VerificationStatus.QUERIED, ReleaseStatus.PENDING, 0),
        ([Verdict.QUERY, Verdict.ANSWER], VerificationStatus.ANSWERED, ReleaseStatus.PENDING, 0),
    ],
)
def test_what_was_said_leads_where_the_table_of_decisions_says(
    said: list[Verdict], status: VerificationStatus, release: ReleaseStatus, points: int
) -> None:
    case = told(*said)

    assert (case.review.verification_status, case.review.release_status) == (status, release)
    assert points_in_force(case.postings) == points


def test_an_answer_waits_again_and_a_question_does_not() -> None:
    assert not told(Verdict.QUERY).review.is_waiting
    assert told(Verdict.QUERY, Verdict.ANSWER).review.is_waiting


def test_decisions_name_the_one_before_and_who_said_it() -> None:
    question, answer, acceptance = told(Verdict.QUERY, Verdict.ANSWER, Verdict.ACCEPT).decisions

    assert answer.previous_decision_id == question.decision_id
    assert (answer.decided_by_observer, answer.decided_by_staff) == (OBSERVER, None)
    assert acceptance.decided_by_staff == SECOND
