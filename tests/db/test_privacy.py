"""Leaving, on both engines: what goes, what stays, and what is left in the files."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.photos import open_photos
from observations.actions.entries import ActionReport
from observations.actions.recording import submit as log_action
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Role
from observations.media.store import PhotoSize
from observations.people.accounts import add_account
from observations.people.joining import choose_boards, choose_nickname
from observations.people.recovery import recover, replace_code
from observations.people.signing_in import sign_in
from observations.privacy.compacting import compact
from observations.privacy.erasing import erase
from observations.verification.decisions import Reason, Verdict
from tests.support.photographs import plain_jpeg, turned_jpeg
from tests.support.sightings import NOW, observer_of, phone, photo, record, said

SECRET = b"s" * 32
NOTE = "只写给核实员的一句话 zq7-note"
NICKNAME = "湖边的zq7小名"
PLACE_NAME = "外婆家门口 zq7"
ANSWER = "比麻雀大，zq7 的回答"


@pytest.fixture
def files(tmp_path):
    return open_photos(f"file://{tmp_path / 'photos'}")


@pytest.fixture
def device(store):
    return phone(store)


def sighting(store, device_id, **changes):
    place = {"latitude": 30.27, "longitude": 120.06, "uncertainty_m": 8, "source": "map"}
    return record(store, device_id, note=NOTE, place=place | {"name": PLACE_NAME}, **changes)


def erased(store, files, device_id, now=NOW):
    erase(store, files, SECRET, device_id, now)


def test_a_record_that_is_not_public_goes_whole(store, files, device):
    waiting = sighting(store, device)
    refused = sighting(store, device)
    said(store, refused, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)

    erased(store, files, device)

    for gone in (waiting, refused):
        assert store.occurrences.owner_of(gone) is None
        assert store.verification.review(gone) is None
        assert store.verification.decisions(gone) == []
        assert store.occurrences.checks(gone) == []
        assert store.occurrences.names(gone) == []


def test_a_public_record_stays_without_its_person_words_and_photos(store, files, device):
    upload = photo(store, files, device, plain_jpeg())
    released = sighting(store, device, photos=[str(upload)])
    said(store, released, Verdict.ACCEPT)
    choose_boards(store, device, True, NOW)
    before = store.occurrences.occurrence(released)
    assert store.occurrences.public(before.public_id).recorded_by

    erased(store, files, device)

    public = store.occurrences.public(before.public_id)
    assert (public.taxon_id, public.decimal_latitude) == (before.taxon_id, 30.27)
    assert (public.observer_id, public.recorded_by, public.photo_sha256) == (None, None, None)
    after = store.occurrences.occurrence(released)
    assert (after.observer_id, after.nickname, after.note, after.place_name) == (None, None, "", "")
    assert after.photo_count == 0
    assert store.verification.review(released).observer_id is None


def test_photo_files_go_unless_somebody_else_sent_the_same(store, files, device):
    mine, both = plain_jpeg(), turned_jpeg(1)
    own = sighting(store, device, photos=[str(photo(store, files, device, mine))])
    sighting(store, device, photos=[str(photo(store, files, device, both))])
    other = phone(store)
    theirs = record(store, other, photos=[str(photo(store, files, other, both))])
    gone, shared = store.occurrences.photos(own)[0][0], store.occurrences.photos(theirs)[0][0]

    erased(store, files, device)

    assert not files.exists(gone, PhotoSize.LARGE) and not files.exists(gone, PhotoSize.THUMB)
    assert files.exists(shared, PhotoSize.LARGE)
    assert store.occurrences.upload_devices(shared) == {other}
    assert store.occurrences.upload_devices(gone) == set()


def test_points_actions_code_browsers_and_ties_to_staff_go(store, files, device):
    public = sighting(store, device)
    said(store, public, Verdict.ACCEPT)
    upload = photo(store, files, device, plain_jpeg())
    report = ActionReport(new_id(), "TRV-METRO", Decimal(2), day_of(NOW), upload, note=NOTE)
    log_action(store, report, device, NOW)
    code = replace_code(store, device, NOW)
    staff = add_account(store, OPERATOR, "林夏", "long-password", Role.VERIFIER, NOW)
    sign_in(store, "林夏", "long-password", device, NOW)
    me = observer_of(store, device).observer_id
    assert store.people.observers_of_staff(staff.staff_id) == {me}

    erased(store, files, device)

    assert store.points.balance_of(me) == 0 and store.points.entries_of(me, 9) == []
    assert store.actions.entries_of(me, 9) == []
    assert store.verification.review(report.id) is None
    assert store.people.observer_of_device(device) is None
    assert store.people.consent_of(device) is None
    assert store.people.observers_of_staff(staff.staff_id) == set()
    with pytest.raises(Refused, match=r"recovery\.wrong_code"):
        recover(store, phone(store), code, NOW)
    tombstone = store.people.observer(me)
    assert tombstone.erased_at == NOW and tombstone.home_district is None


def test_the_browser_may_start_anew_as_somebody_else(store, files, device):
    sighting(store, device)
    me = observer_of(store, device)
    erased(store, files, device)

    with pytest.raises(Refused, match=r"observer\.unknown"):
        erased(store, files, device)
    again = phone(store)
    record(store, again, NOW + timedelta(hours=1))
    assert observer_of(store, again) != me


def test_other_people_keep_everything(store, files, device):
    sighting(store, device)
    other = phone(store)
    theirs = record(store, other, note="别人的话")
    said(store, theirs, Verdict.QUERY, message="多大？")
    before = (store.occurrences.occurrence(theirs), store.verification.decisions(theirs))

    erased(store, files, device)

    assert (store.occurrences.occurrence(theirs), store.verification.decisions(theirs)) == before


def test_nothing_the_person_wrote_is_left_in_the_files(duckdb_store, duckdb_url, files):
    store, path = duckdb_store, Path(duckdb_url.removeprefix("duckdb:///"))
    device = phone(store)
    public = sighting(store, device)
    said(store, public, Verdict.QUERY, message="多大？")
    said(store, public, Verdict.ANSWER, observer_of(store, device), message=ANSWER)
    said(store, public, Verdict.ACCEPT)
    sighting(store, device)
    choose_nickname(store, device, NICKNAME, NOW)
    assert any(word.encode() in left_in(path) for word in (NOTE, NICKNAME, PLACE_NAME, ANSWER))

    erased(store, files, device)
    compact(store, NOW + timedelta(hours=1))

    for word in (NOTE, NICKNAME, PLACE_NAME, ANSWER, "zq7"):
        assert word.encode() not in left_in(path), word
    assert store.occurrences.occurrence(public).observer_id is None


def left_in(path):
    """Every byte of the store's files."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
