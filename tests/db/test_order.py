"""Keeping order on both engines: suspensions, what is set aside, flags, appeals; all with undo."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import FolderOfPhotos
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person, Role
from observations.moderation.appealing import answer, appeal
from observations.moderation.flagging import THRESHOLD, flag
from observations.moderation.order import FlagReason, SuspensionReason
from observations.moderation.standing import lift, put_back, set_aside, suspend
from observations.occurrences.community.saying import say
from observations.occurrences.community.voices import Opinion, agreement
from observations.people.joining import choose_nickname
from observations.privacy.downloading import everything_of
from observations.privacy.erasing import erase
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from tests.support.photographs import plain_jpeg
from tests.support.sightings import (
    NIGHT_HERON,
    NOW,
    VERIFIER,
    observer_of,
    phone,
    photo,
    record,
    said,
)

WEEK = SuspensionReason.FLOOD, 7
LATER = NOW + timedelta(hours=1)
SECRET = b"s" * 32
PHEASANT = taxon_id_of("Syrmaticus ellioti")


def me(store: Store, device_id: UUID) -> UUID:
    observer_id = observer_of(store, device_id).observer_id
    assert observer_id is not None
    return observer_id


def shown(store: Store) -> tuple[UUID, UUID]:
    subject = record(store, phone(store))
    said(store, subject, Verdict.ACCEPT)
    sighting = store.occurrences.occurrence(subject)
    assert sighting is not None
    return subject, sighting.public_id


def first_in_the_queue(store: Store) -> UUID:
    return store.verification.queue(None, 1).waiting[0].subject_id


def test_who_is_suspended_sends_nothing_until_it_is_over_or_lifted(
    store: Store, tmp_path: Path
) -> None:
    device_id = phone(store)
    kept = record(store, device_id)
    _subject, public_id = shown(store)
    observer_id = me(store, device_id)
    other_browser = phone(store)
    with store.transaction() as tx:
        tx.people.link_device(other_browser, observer_id, NOW)
    suspension = suspend(store, VERIFIER, observer_id, *WEEK, NOW)
    files = FolderOfPhotos(tmp_path / "photos")
    for browser in (device_id, other_browser):
        for send in (
            lambda who: record(store, who, LATER),
            lambda who: photo(store, files, who, plain_jpeg(), LATER),
            lambda who: say(store, public_id, who, Opinion(NIGHT_HERON), LATER),
            lambda who: flag(store, public_id, who, FlagReason.SPAM, LATER),
            lambda who: choose_nickname(store, who, "新名字", LATER),
        ):
            with pytest.raises(Refused, match=r"person\.suspended") as refused:
                send(browser)
            assert refused.value.values == {"until": "2026-05-16 14:00"}
    assert store.occurrences.occurrence(kept) is not None  # what was sent before stays
    record(store, phone(store), LATER)  # others go on
    with pytest.raises(Refused, match=r"suspend\.already"):
        suspend(store, VERIFIER, observer_id, *WEEK, LATER)
    record(store, device_id, NOW + timedelta(days=7, minutes=1))

    lift(store, VERIFIER, suspension.suspension_id, LATER)
    assert store.order.suspensions(LATER) == []
    record(store, device_id, LATER)
    with pytest.raises(Refused, match=r"suspend\.over"):
        lift(store, VERIFIER, suspension.suspension_id, LATER)
    suspend(store, VERIFIER, observer_id, *WEEK, LATER)


def test_who_is_suspended_counts_for_nothing_in_what_others_say(store: Store) -> None:
    subject, public_id = shown(store)
    device_id = phone(store)
    say(store, public_id, device_id, Opinion(NIGHT_HERON), NOW)
    assert agreement(store.community.voices(subject, NOW)) is not None
    suspension = suspend(store, VERIFIER, me(store, device_id), *WEEK, NOW)
    assert agreement(store.community.voices(subject, NOW)) is None
    lift(store, VERIFIER, suspension.suspension_id, NOW)
    assert agreement(store.community.voices(subject, NOW)) is not None


def test_one_senders_waiting_records_are_set_aside_together_and_put_back_whole(
    store: Store,
) -> None:
    flooder, other = phone(store), phone(store)
    waiting = [record(store, flooder, NOW + timedelta(minutes=n)) for n in range(4)]
    decided = record(store, flooder, NOW)
    said(store, decided, Verdict.ACCEPT)
    others = record(store, other)
    before = [one.subject_id for one in store.verification.queue(None, 9).waiting]

    assert set_aside(store, VERIFIER, me(store, flooder), LATER) == 4
    assert [one.subject_id for one in store.verification.queue(None, 9).waiting] == [others]
    with pytest.raises(Refused, match=r"aside\.nothing"):
        set_aside(store, VERIFIER, me(store, flooder), LATER)
    said(store, waiting[0], Verdict.REJECT, reason=Reason.NOT_NATURE, now=LATER)
    [batch] = store.order.sets_aside(9)
    assert (batch.count, batch.standing) == (4, 3)

    much_later = LATER + timedelta(hours=1)
    assert put_back(store, VERIFIER, batch.set_aside_id, much_later) == 3
    after = [one.subject_id for one in store.verification.queue(None, 9).waiting]
    assert after == [one for one in before if one != waiting[0]]  # each where it was
    with pytest.raises(Refused, match=r"aside\.nothing"):
        put_back(store, VERIFIER, batch.set_aside_id, much_later)
    review = store.verification.review(decided)
    assert review and review.release_status == "released"


def test_enough_people_who_flag_bring_a_record_to_the_front_of_the_desk(store: Store) -> None:
    for _ in range(2):
        record(store, phone(store), NOW - timedelta(days=3))
    subject, public_id = shown(store)
    flaggers = [phone(store) for _ in range(THRESHOLD)]
    for device_id in (*flaggers[:-1], flaggers[0], flaggers[0]):  # one person counts once
        flag(store, public_id, device_id, FlagReason.PRIVATE, LATER)
    assert first_in_the_queue(store) != subject
    [listed] = store.order.flagged(LATER, 9)
    assert (listed.people, dict(listed.reasons)) == (2, {FlagReason.PRIVATE: 2})
    flag(store, public_id, flaggers[-1], FlagReason.SPAM, LATER)
    assert first_in_the_queue(store) == subject
    assert store.occurrences.public(public_id) is not None  # it stays until somebody decides
    standing = said(store, subject, Verdict.UNDO, now=LATER + timedelta(minutes=1))
    assert standing.verification_status == "accepted_considered_correct"
    assert store.order.flagged(LATER, 9) == []  # a decision answers the flags
    flag(store, public_id, flaggers[0], FlagReason.SPAM, LATER + timedelta(minutes=2))
    assert first_in_the_queue(store) != subject


def test_flags_of_the_suspended_count_for_nothing(store: Store) -> None:
    subject, public_id = shown(store)
    flaggers = [phone(store) for _ in range(THRESHOLD)]
    flag(store, public_id, flaggers[0], FlagReason.SPAM, LATER)
    suspend(store, VERIFIER, me(store, flaggers[0]), *WEEK, LATER)
    for device_id in flaggers[1:]:
        flag(store, public_id, device_id, FlagReason.SPAM, LATER)
    review = store.verification.review(subject)
    assert review and not review.is_waiting
    [listed] = store.order.flagged(LATER, 9)
    assert listed.people == 2


def test_a_second_verifier_who_accepts_after_a_recall_is_still_the_second(store: Store) -> None:
    subject, public_id = shown(store)
    for _ in range(THRESHOLD):
        flag(store, public_id, phone(store), FlagReason.SPAM, LATER)
    other = Person(staff_id=new_id(), role=Role.VERIFIER)
    decision = said(store, subject, Verdict.ACCEPT, other, LATER + timedelta(minutes=1))
    assert decision.verification_status == "accepted_correct"


def test_another_name_that_people_agree_on_goes_to_the_desk_and_so_does_a_sensitive_one(
    store: Store,
) -> None:
    subject, public_id = shown(store)
    egret = Opinion(taxon_id_of("Egretta garzetta"))
    for count in range(1, 5):  # four of five against the observer's own
        say(store, public_id, phone(store), egret, LATER)
        review = store.verification.review(subject)
        assert review and review.is_waiting == (count >= 3)
    secret, its_id = shown(store)
    say(store, its_id, phone(store), Opinion(PHEASANT), LATER)
    review = store.verification.review(secret)
    assert review and not review.is_waiting  # a newcomer alone moves nothing
    say(store, its_id, phone(store), Opinion(PHEASANT), LATER)
    assert first_in_the_queue(store) == secret


def test_an_appeal_is_heard_by_staff_and_answered_once(store: Store) -> None:
    device_id, stranger = phone(store), phone(store)
    subject = record(store, device_id)
    record(store, stranger)
    with pytest.raises(Refused, match=r"appeal\.unknown"):  # nothing was decided yet
        appeal(store, device_id, subject, "为什么？", NOW)
    said(store, subject, Verdict.REJECT, reason=Reason.WRONG_NAME)
    suspension = suspend(store, VERIFIER, me(store, device_id), *WEEK, NOW)
    for about in (subject, suspension.suspension_id):
        with pytest.raises(Refused, match=r"appeal\.unknown"):
            appeal(store, stranger, about, "我替他说", LATER)
        appeal(store, device_id, about, " 这是我自己拍的 ", LATER)  # also while suspended
        with pytest.raises(Refused, match=r"appeal\.already"):
            appeal(store, device_id, about, "再说一遍", LATER)
    with pytest.raises(Refused, match=r"appeal\.empty"):
        appeal(store, device_id, subject, " \n", LATER)
    first, second = store.order.open_appeals()
    assert first.words == "这是我自己拍的" and {first.kind, second.kind} == {"record", "suspension"}
    answer(store, VERIFIER, first.appeal_id, "看过了，确实不是夜鹭。", LATER)
    with pytest.raises(Refused, match=r"appeal\.over"):
        answer(store, VERIFIER, first.appeal_id, "再答", LATER)
    answered = store.order.appeals_about(first.subject_id)
    assert answered[0].answer == "看过了，确实不是夜鹭。"
    appeal(store, device_id, first.subject_id, "可是", LATER)  # once answered, once more


def test_all_of_it_is_downloaded_and_goes_with_the_person(store: Store, tmp_path: Path) -> None:
    device_id = phone(store)
    record(store, device_id)
    subject, public_id = shown(store)
    flag(store, public_id, device_id, FlagReason.SPAM, NOW)
    suspension = suspend(store, VERIFIER, me(store, device_id), *WEEK, LATER)
    appeal(store, device_id, suspension.suspension_id, "弄错了", LATER)
    set_aside(store, VERIFIER, me(store, device_id), LATER)
    [waiting] = store.order.open_appeals()
    answer(store, VERIFIER, waiting.appeal_id, "再看看", LATER)

    with zipfile.ZipFile(BytesIO(everything_of(store, SECRET, me(store, device_id)))) as archive:
        mine = json.loads(archive.read("me.json"))
    assert mine["flags"][0]["reason"] == "spam" and mine["suspensions"][0]["reason"] == "flood"
    assert mine["appeals"][0]["answer"] == "再看看"

    erase(store, FolderOfPhotos(tmp_path / "photos"), SECRET, device_id, LATER)
    assert store.order.suspensions(LATER) == store.order.open_appeals() == []
    assert store.order.flagged(LATER, 9) == store.order.sets_aside(9) == []
    assert store.verification.review(subject) is not None


@pytest.mark.parametrize(
    "person",
    [NOBODY, Person(observer_id=new_id()), Person(staff_id=new_id(), role=Role.ORGANISER)],
    ids=["stranger", "observer", "organiser"],
)
def test_only_verifiers_and_admins_keep_order(duckdb_store: Store, person: Person) -> None:
    store = duckdb_store
    for call in (
        lambda: suspend(store, person, new_id(), *WEEK, NOW),
        lambda: lift(store, person, new_id(), NOW),
        lambda: set_aside(store, person, new_id(), NOW),
        lambda: put_back(store, person, new_id(), NOW),
        lambda: answer(store, person, new_id(), "好", NOW),
    ):
        with pytest.raises(Refused, match=r"role\.may_not"):
            call()
