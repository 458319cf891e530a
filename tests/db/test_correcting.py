"""Correcting one's own record, on both engines: time, place, photos; and nothing leaks by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from db.photos import open_photos
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.map.exploring import Filters
from observations.media.store import PhotoFiles
from observations.occurrences.correcting import Correction, MorePhotos, NewTime, correct
from observations.occurrences.occurrence import PublicOccurrence
from observations.occurrences.report import ReportedPlace, read_place, read_time
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.privacy.erasing import erase
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Decision, DecisionRequest, Verdict
from tests.support.photographs import plain_jpeg, turned_jpeg
from tests.support.sightings import NOW, XIXI, observer_of, phone, photo, record, said

PHEASANT = taxon_id_of("Syrmaticus ellioti")  # category 2
LATER = NOW + timedelta(hours=2)
CHUNAN = {"latitude": 29.6, "longitude": 119.04, "uncertainty_m": 40, "source": "map"}
YESTERDAY = NewTime(NOW - timedelta(days=1), True)


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFiles:
    return open_photos(f"file://{tmp_path / 'photos'}")


def corrected(
    store: Store, subject: UUID, device_id: UUID, change: Correction, now: datetime = LATER
) -> Decision:
    """A correction by whoever uses that browser, who saw the present state."""
    review = store.verification.review(subject)
    assert review is not None
    person = observer_of(store, device_id)
    request = DecisionRequest(subject, Verdict.CORRECT, person, review.decision_id)
    return correct(store, request, change, device_id, now)


def public(store: Store, subject: UUID) -> PublicOccurrence | None:
    whole = store.occurrences.occurrence(subject)
    assert whole is not None
    return store.occurrences.public(whole.public_id)


def districts(store: Store) -> dict[str | None, int]:
    return {row.district: row.records for row in store.map.districts(Filters())}


def points(store: Store, device_id: UUID) -> int:
    observer = observer_of(store, device_id).observer_id
    assert observer is not None
    return store.points.balance_of(observer)


def test_an_accepted_record_moves_to_another_district_and_everything_follows(store: Store) -> None:
    device_id = phone(store)
    subject = record(store, device_id)
    said(store, subject, Verdict.ACCEPT)
    assert (points(store, device_id), districts(store)) == (5, {"330106": 1})

    corrected(store, subject, device_id, read_place(CHUNAN))

    whole = store.occurrences.occurrence(subject)
    review = store.verification.review(subject)
    assert whole is not None and review is not None
    assert (whole.district, whole.place_source) == ("330127", "map")
    assert (review.verification_status, review.release_status) == ("unconfirmed", "pending")
    assert review.is_waiting and review.waiting_since == LATER
    assert (public(store, subject), points(store, device_id), districts(store)) == (None, 0, {})
    assert store.broken_invariants() == {}

    said(store, subject, Verdict.ACCEPT, now=LATER + timedelta(minutes=1))
    assert (points(store, device_id), districts(store)) == (5, {"330127": 1})
    assert store.broken_invariants() == {}


def test_what_was_written_first_is_kept_and_the_history_says_what_changed(store: Store) -> None:
    device_id = phone(store)
    subject = record(store, device_id)
    first = store.occurrences.occurrence(subject)
    assert first is not None
    corrected(store, subject, device_id, YESTERDAY)
    corrected(store, subject, device_id, read_place(CHUNAN), LATER + timedelta(minutes=1))

    whole = store.occurrences.occurrence(subject)
    assert whole is not None and whole.event_date == YESTERDAY.event_date
    one, two = store.occurrences.earlier_events(subject)
    assert (one.event_date, one.district) == (first.event_date, "330106")
    assert (two.event_date, two.district) == (YESTERDAY.event_date, "330106")
    said_so_far = [line.message for line in store.verification.history(subject) if line.verdict]
    assert said_so_far == ["改了时间", "改了地点"]


def test_another_time_keeps_the_place_as_it_was_given(store: Store) -> None:
    device_id = phone(store)
    place = {**XIXI, "latitude": 30.2671, "longitude": 120.0679, "datum": "GCJ-02"}
    subject = record(store, device_id, place=place)
    before = store.occurrences.occurrence(subject)
    corrected(store, subject, device_id, NewTime(datetime(2026, 5, 7, 16, tzinfo=UTC), False))
    after = store.occurrences.occurrence(subject)
    assert before is not None and after is not None
    assert after == replace(
        before,
        event_date=datetime(2026, 5, 7, 16, tzinfo=UTC),
        is_time_known=False,
        decision_id=after.decision_id,
    )
    flags = {check.code for check in store.occurrences.checks(subject) if check.is_flag}
    assert {"place.converted", "time.unknown"} <= flags


def test_the_checks_are_made_anew(store: Store, photos: PhotoFiles) -> None:
    device_id = phone(store)
    subject = record(store, device_id)

    def flags() -> set[str]:
        return {check.code for check in store.occurrences.checks(subject) if check.is_flag}

    assert flags() == {"photo.missing"}
    wide = read_place({**CHUNAN, "uncertainty_m": 9000, "source": "named", "name": "淳安县"})
    corrected(store, subject, device_id, wide)
    assert {"place.wide", "place.named", "photo.missing"} <= flags()
    upload = photo(store, photos, device_id, plain_jpeg())
    corrected(store, subject, device_id, MorePhotos((upload,)))
    assert "photo.missing" not in flags() and "place.named" in flags()


def test_photos_are_added_after_those_that_are_there(store: Store, photos: PhotoFiles) -> None:
    device_id = phone(store)
    one, two = (photo(store, photos, device_id, turned_jpeg(turn)) for turn in (1, 3))
    subject = record(store, device_id, photos=[str(one)])
    said(store, subject, Verdict.ACCEPT)
    corrected(store, subject, device_id, MorePhotos((two,)))
    shown = store.occurrences.photos(subject)
    uploads = {up.upload_id: up.sha256 for up in store.occurrences.uploads([one, two])}
    assert [sha256 for sha256, _licence in shown] == [uploads[one], uploads[two]]
    assert store.broken_invariants() == {}
    with pytest.raises(Refused, match="correction.same"):
        corrected(store, subject, device_id, MorePhotos((two,)))


def test_no_more_than_six_photos_and_none_of_others(store: Store, photos: PhotoFiles) -> None:
    device_id, other = phone(store), phone(store)
    sizes = [(200 + 10 * n, 200) for n in range(7)]
    uploads = [photo(store, photos, device_id, plain_jpeg(size)) for size in sizes]
    subject = record(store, device_id, photos=[str(one) for one in uploads[:6]])
    with pytest.raises(Refused, match="record.too_many_photos"):
        corrected(store, subject, device_id, MorePhotos((uploads[6],)))
    theirs = photo(store, photos, other, turned_jpeg(1))
    empty = record(store, device_id)
    for unknown in (theirs, new_id()):
        with pytest.raises(Refused, match="photo.unknown"):
            corrected(store, empty, device_id, MorePhotos((unknown,)))


def test_nobody_else_corrects_and_nothing_after_it_was_withdrawn(store: Store) -> None:
    device_id, other = phone(store), phone(store)
    subject = record(store, device_id)
    record(store, other)
    with pytest.raises(Refused, match="decision.not_yours"):
        corrected(store, subject, other, YESTERDAY)
    with pytest.raises(Refused, match="decision.unknown_subject"):
        request = DecisionRequest(new_id(), Verdict.CORRECT, observer_of(store, other), None)
        correct(store, request, YESTERDAY, other, LATER)
    said(store, subject, Verdict.WITHDRAW, observer_of(store, device_id))
    with pytest.raises(Refused, match="decision.not_possible"):
        corrected(store, subject, device_id, YESTERDAY)
    assert store.occurrences.earlier_events(subject) == []


def test_of_two_corrections_at_once_the_second_looks_again(store: Store) -> None:
    device_id = phone(store)
    subject = record(store, device_id)
    seen = DecisionRequest(subject, Verdict.CORRECT, observer_of(store, device_id), None)
    correct(store, seen, YESTERDAY, device_id, LATER)
    with pytest.raises(Refused, match="decision.stale"):
        correct(store, seen, read_place(CHUNAN), device_id, LATER)
    whole = store.occurrences.occurrence(subject)
    assert whole is not None and whole.district == "330106"


def test_the_same_again_is_no_correction(store: Store) -> None:
    device_id = phone(store)
    subject = record(store, device_id)
    whole = store.occurrences.occurrence(subject)
    assert whole is not None
    for same in (NewTime(whole.event_date, True), read_place(XIXI)):
        with pytest.raises(Refused, match="correction.same"):
            corrected(store, subject, device_id, same)
    assert store.verification.decisions(subject) == []


def test_an_exact_place_needs_its_own_consent(store: Store) -> None:
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, False, "CC BY 4.0", NOW)
    subject = record(store, device_id, place={**XIXI, "source": "named"})
    with pytest.raises(Refused, match="consent.place"):
        corrected(store, subject, device_id, read_place(CHUNAN))
    corrected(store, subject, device_id, read_place({**CHUNAN, "source": "named"}))


def test_a_sensitive_or_withheld_record_shows_nothing_new(store: Store, photos: PhotoFiles) -> None:
    device_id = phone(store)
    own = photo(store, photos, device_id, plain_jpeg())
    for verdict in (Verdict.ACCEPT, Verdict.WITHHOLD, Verdict.QUERY):
        subject = record(store, device_id, taxon_id=str(PHEASANT), photos=[str(own)])
        said(store, subject, verdict, message="在哪里？")
        corrected(store, subject, device_id, read_place(CHUNAN))
        assert public(store, subject) is None
        said(store, subject, Verdict.ACCEPT, now=LATER + timedelta(minutes=1))
        seen = public(store, subject)
        assert seen is not None and seen.grid == 10
        assert (seen.observer_id, seen.event_day.day) == (None, 1)
        assert (seen.decimal_latitude, seen.decimal_longitude) != (29.6, 119.04)
        assert store.broken_invariants() == {}


def test_a_time_typed_later_makes_no_day_of_its_own(store: Store) -> None:
    """The photo's own day counts; a day that somebody writes afterwards does not."""
    device_id = phone(store)
    subject = record(store, device_id)
    corrected(store, subject, device_id, NewTime(NOW - timedelta(days=9), True))
    seen = store.occurrences.on_its_day(subject)
    assert seen is not None and str(seen.day) == "2026-05-09" and not seen.is_at_festival


def test_a_decision_after_a_correction_is_undone_to_the_corrected_record(store: Store) -> None:
    device_id = phone(store)
    subject = record(store, device_id)
    said(store, subject, Verdict.ACCEPT)
    corrected(store, subject, device_id, read_place(CHUNAN))
    said(store, subject, Verdict.WITHHOLD, now=LATER + timedelta(minutes=1))
    said(store, subject, Verdict.UNDO, now=LATER + timedelta(minutes=2))
    review = store.verification.review(subject)
    assert review is not None and review.release_status == "pending" and review.is_waiting


def test_whoever_leaves_takes_the_earlier_places_along(store: Store, photos: PhotoFiles) -> None:
    device_id = phone(store)
    waiting, released = record(store, device_id), record(store, device_id)
    for subject in (waiting, released):
        corrected(store, subject, device_id, read_place({**CHUNAN, "name": "外婆家"}))
        corrected(store, subject, device_id, YESTERDAY, LATER + timedelta(minutes=1))
    said(store, released, Verdict.ACCEPT, now=LATER + timedelta(minutes=2))
    erase(store, photos, b"s" * 32, device_id, LATER + timedelta(hours=1))
    assert store.occurrences.earlier_events(waiting) == []
    assert store.occurrences.earlier_events(released) == []
    assert store.occurrences.owner_of(waiting) is None
    assert store.occurrences.owner_of(released) == (None,)
    assert store.broken_invariants() == {}


def _outside() -> ReportedPlace:
    return read_place({**CHUNAN, "latitude": 39.9, "longitude": 116.4})


def _ahead() -> tuple[datetime, bool]:
    return read_time({"event_date": (NOW + timedelta(days=1)).isoformat()}, NOW)


@pytest.mark.parametrize(
    ("read", "code"),
    [
        (_outside, "place.outside"),
        (lambda: read_place({"latitude": 30.2, "longitude": 120.1, "source": "moon"}), "choice"),
        (lambda: read_place({"latitude": "x", "longitude": None, "source": "map"}), "place"),
        (lambda: read_place({}), "place"),
        (_ahead, "date.in_the_future"),
        (lambda: read_time({"event_date": "9999999"}, NOW), "date.unreadable"),
        (lambda: read_time({"event_date": "0900-01-01T00:00:00+08:00"}, NOW), "date.unreadable"),
        (lambda: read_time({}, NOW), "date.unreadable"),
    ],
    ids=["outside", "source", "numbers", "no_place", "ahead", "no_date", "long_ago", "empty"],
)
def test_what_cannot_be_is_refused_by_name(read: Callable[[], object], code: str) -> None:
    with pytest.raises(Refused, match=code):
        read()
