"""Ready words on both engines, and questions that nobody answers."""

from datetime import timedelta

import pytest

from db.seeding import give_first_replies
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.desk.lapses import end_old_questions
from observations.desk.replies import drop_reply, keep_reply, replies_for
from observations.desk.reply import FIRST_REPLIES, Audience, Reply
from observations.verification.decisions import Reason, Verdict
from observations.verification.patience import PATIENCE
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from tests.support.sightings import NOW, VERIFIER, observer_of, phone, record, said


def reply(words, verdict=Verdict.REJECT, group=None, audience=Audience.EVERYONE):
    return Reply(new_id(), verdict, group, audience, words)


def words_for(store, verdict=Verdict.REJECT, group="bird", sent=3):
    return [one.words for one in replies_for(store, verdict, group, sent)]


def test_a_new_store_has_replies_and_those_removed_do_not_come_back(store):
    assert len(store.desk.replies()) == len(FIRST_REPLIES)
    for one in store.desk.replies():
        drop_reply(store, VERIFIER, one.reply_id, NOW)

    give_first_replies(store)

    assert store.desk.replies() == []


def test_the_words_for_this_group_come_first_then_those_for_newcomers(store):
    for one in store.desk.replies():
        drop_reply(store, VERIFIER, one.reply_id, NOW)
    for one in (
        reply("谁都行"),
        reply("新来的", audience=Audience.NEWCOMER),
        reply("常来的", audience=Audience.REGULAR),
        reply("鸟", group="bird"),
        reply("植物", group="plant"),
        reply("问", Verdict.QUERY),
    ):
        keep_reply(store, VERIFIER, one, NOW)

    assert words_for(store) == ["鸟", "新来的", "谁都行"]
    assert words_for(store, sent=10) == ["鸟", "常来的", "谁都行"]
    assert words_for(store, group=None) == ["新来的", "谁都行"]
    assert words_for(store, Verdict.QUERY) == ["问"]


def test_a_reply_is_changed_and_a_bad_one_refused(store):
    first = store.desk.replies()[0]
    keep_reply(
        store, VERIFIER, Reply(first.reply_id, *[*first.__dict__.values()][1:4], " 新 "), NOW
    )

    assert store.desk.replies()[0].words == "新"
    for bad, code in (
        (reply("  "), r"reply\.empty"),
        (reply("x", Verdict.ACCEPT), r"reply\.verdict"),
        (reply("x", group="dragon"), r"reply\.verdict"),
        (reply("长" * 501), r"text\.too_long"),
        (reply("\x00"), r"text\.unreadable"),
    ):
        with pytest.raises(Refused, match=code):
            keep_reply(store, VERIFIER, bad, NOW)
    with pytest.raises(Refused, match=r"role\.may_not"):
        keep_reply(store, Person(staff_id=new_id(), role=Role.ORGANISER), reply("x"), NOW)


def test_a_question_without_an_answer_brings_the_record_back(store):
    device = phone(store)
    asked, answered, decided = (record(store, device) for _ in range(3))
    for one in (asked, answered, decided):
        said(store, one, Verdict.QUERY, message="有叶子吗？", now=NOW)
    said(store, answered, Verdict.ANSWER, observer_of(store, device), message="有")
    said(store, decided, Verdict.REJECT, reason=Reason.NOT_ENOUGH, message="看不清。")

    assert end_old_questions(store, NOW + PATIENCE) == 0
    late = NOW + PATIENCE + timedelta(seconds=1)
    assert end_old_questions(store, late) == 1
    assert end_old_questions(store, late) == 0

    review = store.verification.review(asked)
    assert (review.verification_status, review.release_status, review.is_waiting) == (
        VerificationStatus.UNCONFIRMED,
        ReleaseStatus.PENDING,
        True,
    )
    assert [line.verdict for line in store.verification.history(asked)][-1] is Verdict.LAPSE
    with pytest.raises(Refused, match=r"role\.may_not"):
        said(store, asked, Verdict.LAPSE)
