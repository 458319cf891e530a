"""Sightings kept, once, and shown as the view allows; on both engines."""

import io
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from db.photos import open_photos
from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.map.projection import rebuild
from observations.media.store import PhotoFiles, PhotoSize
from observations.occurrences.occurrence import PublicOccurrence
from observations.occurrences.recording import submit
from observations.occurrences.report import read_report
from observations.occurrences.report_checks import other_records
from observations.occurrences.uploading import known_upload, receive
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.people.joining import choose_boards
from observations.places.datum import gcj02_of
from observations.places.distance import metres_between
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from tests.support.photographs import as_jpeg, hangzhou_jpeg, plain_jpeg
from tests.support.sightings import NOW, XIXI, observer_of, phone, photo, record, said
from tests.support.store_rows import answer_of

PHEASANT = taxon_id_of("Syrmaticus ellioti")  # 白颈长尾雉, nationally protected: category 2
LOTUS = taxon_id_of("Nelumbo nucifera")


@pytest.fixture
def photos(tmp_path: Path) -> PhotoFiles:
    return open_photos(f"file://{tmp_path / 'photos'}")


def public(store: Store, occurrence_id: UUID) -> PublicOccurrence | None:
    whole = store.occurrences.occurrence(occurrence_id)
    assert whole is not None
    return store.occurrences.public(whole.public_id)


def test_a_sighting_is_kept_whole(store: Store, photos: PhotoFiles) -> None:
    device_id = phone(store)
    upload_id = photo(store, photos, device_id, plain_jpeg())
    note = "<script>alert('鸟')</script>"
    occurrence_id = record(store, device_id, photos=[str(upload_id)], note=note, count=3)
    occurrence = store.occurrences.occurrence(occurrence_id)
    assert occurrence is not None
    assert (occurrence.vernacular_name, occurrence.note, occurrence.individual_count) == (
        "夜鹭",
        note,
        3,
    )
    assert (occurrence.decimal_latitude, occurrence.decimal_longitude) == (30.2694, 120.0631)
    assert (occurrence.district, occurrence.coordinate_uncertainty_in_meters) == ("330106", 8)
    assert (occurrence.verification_status, occurrence.release_status) == ("unconfirmed", "pending")
    assert occurrence.photo_count == 1
    assert photos.exists(occurrence.photo_sha256 or "", PhotoSize.LARGE)


def test_sending_it_twice_stores_one_and_says_so(store: Store) -> None:
    device_id = phone(store)
    payload: dict[str, Any] = {
        "id": str(new_id()),
        "event_date": NOW.isoformat(),
        "place": XIXI,
        "name": "夜鹭",
    }
    first = submit(store, read_report(payload, NOW), device_id, NOW)
    second = submit(store, read_report(payload, NOW), device_id, NOW)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.number == second.number
    assert len(store.occurrences.occurrences_of(first.observer.observer_id, 10)) == 1


def test_somebody_elses_id_is_refused(store: Store) -> None:
    occurrence_id = record(store, phone(store))
    with pytest.raises(Refused, match="record.id_taken"):
        record(store, phone(store), id=str(occurrence_id))


def test_nothing_is_kept_before_consent(store: Store, photos: PhotoFiles) -> None:
    stranger = new_id()
    with pytest.raises(Refused, match="consent.missing"):
        record(store, stranger)
    with pytest.raises(Refused, match="consent.missing"):
        receive(store, photos, new_id(), stranger, plain_jpeg(), NOW)
    assert store.people.observer_of_device(stranger) is None


def test_an_exact_place_needs_its_own_consent(store: Store) -> None:
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, False, "CC BY 4.0", NOW)
    with pytest.raises(Refused, match="consent.place"):
        record(store, device_id)
    assert record(store, device_id, place={**XIXI, "source": "named"})


def test_only_this_browsers_photos_can_be_named(store: Store, photos: PhotoFiles) -> None:
    mine, others = phone(store), phone(store)
    upload_id = photo(store, photos, others, plain_jpeg())
    for unknown in (upload_id, new_id()):
        with pytest.raises(Refused, match="photo.unknown"):
            record(store, mine, photos=[str(unknown)])
    assert known_upload(store, upload_id, mine) is None
    with pytest.raises(Refused, match="record.id_taken"):
        receive(store, photos, upload_id, mine, plain_jpeg((900, 700)), NOW)


def test_a_browser_without_its_cookies_goes_on_with_a_photo_that_nothing_shows(
    store: Store, photos: PhotoFiles
) -> None:
    before, since = phone(store), phone(store)
    upload_id = photo(store, photos, before, plain_jpeg())
    upload = receive(store, photos, upload_id, since, plain_jpeg(), NOW)
    assert upload.device_id == since
    record(store, since, photos=[str(upload_id)])
    with pytest.raises(Refused, match="record.id_taken"):
        receive(store, photos, upload_id, before, plain_jpeg(), NOW)


def test_an_upload_that_is_here_already_is_the_same_one(store: Store, photos: PhotoFiles) -> None:
    device_id, upload_id = phone(store), new_id()
    first = receive(store, photos, upload_id, device_id, plain_jpeg(), NOW)
    assert receive(store, photos, upload_id, device_id, plain_jpeg(), NOW) == first
    assert known_upload(store, upload_id, device_id) == first


def flags_of(store: Store, occurrence_id: UUID) -> dict[str, list[UUID]]:
    """The flags about photos, with the records that each names."""
    found = store.occurrences.checks(occurrence_id)
    return {one.code: other_records(one) for one in found if one.is_flag and "photo" in one.code}


def smaller_copy(data: bytes) -> bytes:
    """The same picture saved again, smaller: other bytes."""
    with Image.open(io.BytesIO(data)) as picture:
        return as_jpeg(picture.resize((800, 600)), quality=60)


def test_the_same_photo_and_one_like_it_are_flagged_for_the_verifier_alone(
    store: Store, photos: PhotoFiles
) -> None:
    first, mine, others = plain_jpeg(), phone(store), phone(store)

    def sent(device_id: UUID, data: bytes) -> tuple[UUID, set[str]]:
        upload_id = photo(store, photos, device_id, data)
        payload = {"id": str(new_id()), "event_date": NOW.isoformat(), "place": XIXI}
        report = read_report({**payload, "name": "夜鹭", "photos": [str(upload_id)]}, NOW)
        receipt = submit(store, report, device_id, NOW)
        return receipt.occurrence_id, {flag.code for flag in receipt.flags}

    original, told = sent(mine, first)
    assert flags_of(store, original) == {}
    again, told_again = sent(mine, first)
    assert flags_of(store, again) == {"photo.seen_before": [original]}
    copied, told_others = sent(others, smaller_copy(first))
    assert set(flags_of(store, copied)["photo.looks_alike"]) == {original, again}
    other, told_of_another = sent(others, hangzhou_jpeg())
    assert "photo.seen_before" not in flags_of(store, other)
    assert told == told_again == told_others == told_of_another == {"name.not_on_list"}


def test_a_wall_or_a_sky_is_like_no_other(store: Store, photos: PhotoFiles) -> None:
    for shade in ("#888888", "#8a8a8a"):
        upload_id = photo(store, photos, phone(store), as_jpeg(Image.new("RGB", (400, 300), shade)))
        device_id = next(iter(store.occurrences.uploads([upload_id]))).device_id
        occurrence_id = record(store, device_id, photos=[str(upload_id)])
        assert flags_of(store, occurrence_id) == {}


def test_coordinates_of_a_street_map_are_kept_as_given_beside_the_converted(store: Store) -> None:
    gcj02 = gcj02_of(30.2694, 120.0631)
    place = {**XIXI, "latitude": gcj02[0], "longitude": gcj02[1], "datum": "GCJ-02"}
    occurrence = store.occurrences.occurrence(record(store, phone(store), place=place))
    assert occurrence is not None
    here = occurrence.decimal_latitude, occurrence.decimal_longitude
    assert here == pytest.approx((30.2694, 120.0631), abs=1e-8)
    verbatim = (
        "select {} from occurrence as o join event as e on e.event_id = o.event_id"
        f" where o.occurrence_id = '{occurrence.occurrence_id}'"
    )
    assert answer_of(store, verbatim.format("e.datum_as_given")) == "GCJ-02"
    assert answer_of(store, verbatim.format("e.verbatim_latitude")) == gcj02[0]
    assert answer_of(store, verbatim.format("e.verbatim_longitude")) == gcj02[1]


def test_of_a_plant_it_must_be_said_whether_it_is_wild(store: Store) -> None:
    device_id = phone(store)
    for plant in ({"taxon_id": str(LOTUS)}, {"taxon_id": None, "name": "荷", "group": "plant"}):
        with pytest.raises(Refused, match="origin.missing") as refused:
            record(store, device_id, **plant, establishment_means=None)
        assert refused.value.field == "establishment_means"
        for said_so in ("wild", "planted_or_captive", "unsure"):
            assert record(store, device_id, **plant, establishment_means=said_so)
    nobody_asked = {"name": "一种花", "taxon_id": None, "establishment_means": None}
    assert record(store, device_id, **nobody_asked)  # no group was given


def test_plants_and_fungi_are_not_counted(store: Store) -> None:
    device_id = phone(store)
    lotus = record(store, device_id, taxon_id=str(LOTUS), count=3)
    heron = record(store, device_id, count=3)
    counts = [store.occurrences.occurrence(one) for one in (lotus, heron)]
    assert [one and one.individual_count for one in counts] == [None, 3]


def test_what_was_unusual_before_saving_is_a_flag_for_the_verifier(store: Store) -> None:
    rounded = {**XIXI, "latitude": 30.27, "longitude": 120.06}
    long_ago = datetime(2000, 1, 1, 4, tzinfo=UTC).isoformat()
    occurrence_id = record(store, phone(store), place=rounded, event_date=long_ago)
    flagged = {c.code for c in store.occurrences.checks(occurrence_id) if c.is_flag}
    assert {"COORDINATE_ROUNDED", "RECORDED_DATE_UNLIKELY", "date.long_ago"} <= flagged


def test_a_taxon_outside_the_checklist_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="taxon.unknown"):
        record(store, phone(store), taxon_id=str(new_id()))


def test_what_waits_is_not_public(store: Store) -> None:
    assert public(store, record(store, phone(store))) is None
    assert store.occurrences.latest_released(10) == []


def test_an_accepted_common_species_is_public_where_it_was_seen(store: Store) -> None:
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    shown = public(store, occurrence_id)
    assert shown is not None
    assert (shown.decimal_latitude, shown.decimal_longitude) == (30.2694, 120.0631)
    assert (shown.grid, shown.event_day) == (None, date(2026, 5, 9))
    assert shown.district == "330106"


def test_the_observer_is_named_only_after_saying_so(store: Store) -> None:
    device_id = phone(store)
    occurrence_id = record(store, device_id)
    said(store, occurrence_id, Verdict.ACCEPT)
    assert (shown := public(store, occurrence_id)) and shown.recorded_by is None
    choose_boards(store, device_id, True, NOW)
    assert (shown := public(store, occurrence_id)) and shown.recorded_by


def generalised(store: Store, **changes: Any) -> PublicOccurrence:
    device_id = phone(store)
    occurrence_id = record(store, device_id, **changes)
    choose_boards(store, device_id, True, NOW)
    said(store, occurrence_id, Verdict.ACCEPT)
    shown = public(store, occurrence_id)
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    "changes",
    [
        {"taxon_id": str(PHEASANT)},
        {"hide_exact_place": True},
        {"taxon_id": None, "name": "一种没见过的鸟"},
    ],
    ids=["a sensitive taxon", "the observer's wish", "not named to species"],
)
def test_a_generalised_record_gives_nothing_away(store: Store, changes: dict[str, Any]) -> None:
    shown = generalised(store, **changes)
    assert shown.grid in (10, 100)
    step = 1 / shown.grid
    assert abs(shown.decimal_latitude - 30.2694) <= step / 2 + 1e-9
    assert shown.decimal_latitude != 30.2694
    assert shown.event_day == date(2026, 5, 1)
    assert shown.observer_id is None
    assert shown.recorded_by is None
    assert shown.cell_quarter is None
    corner = metres_between(
        shown.decimal_latitude,
        shown.decimal_longitude,
        shown.decimal_latitude + step / 2,
        shown.decimal_longitude + step / 2,
    )
    assert (shown.coordinate_uncertainty_in_meters or 0) >= corner


def test_a_generalised_record_is_not_found_by_its_own_id_nor_among_the_latest(
    store: Store,
) -> None:
    shown = generalised(store, taxon_id=str(PHEASANT))
    assert store.occurrences.public_by_occurrence(shown.occurrence_id) is None
    assert store.occurrences.latest_released(10) == []


def test_a_verifier_can_rule_sensitive_taxa_out(store: Store) -> None:
    occurrence_id = record(store, phone(store), taxon_id=None, name="一种没见过的鸟")
    said(store, occurrence_id, Verdict.PLAUSIBLE, rules_out_sensitive=True)
    shown = public(store, occurrence_id)
    assert shown is not None
    assert shown.grid is None


@pytest.mark.parametrize(
    "after",
    [
        {"verdict": Verdict.WITHHOLD},
        {"verdict": Verdict.REJECT, "reason": Reason.WRONG_NAME},
        {"verdict": Verdict.UNDO},
    ],
)
def test_what_is_taken_back_leaves_the_public_at_once(store: Store, after: Any) -> None:
    occurrence_id = record(store, phone(store))
    said(store, occurrence_id, Verdict.ACCEPT)
    assert public(store, occurrence_id)
    said(store, occurrence_id, now=NOW + timedelta(minutes=1), **after)
    assert public(store, occurrence_id) is None


def test_the_projection_rebuilt_is_the_projection_kept(store: Store) -> None:
    for changes in ({}, {"taxon_id": str(PHEASANT)}, {"hide_exact_place": True}):
        said(store, record(store, phone(store), **changes), Verdict.ACCEPT)
    before = sorted(store.occurrences.public_places())
    assert rebuild(store) == 3
    assert sorted(store.occurrences.public_places()) == before


def test_points_follow_the_decision(store: Store) -> None:
    device_id = phone(store)
    occurrence_id = record(store, device_id)
    observer_id = observer_of(store, device_id).observer_id
    assert observer_id
    said(store, occurrence_id, Verdict.ACCEPT)
    assert store.points.balance_of(observer_id) == 5
    said(store, occurrence_id, Verdict.UNDO, now=NOW + timedelta(minutes=1))
    assert store.points.balance_of(observer_id) == 0


def test_eight_hands_send_the_same_record_and_it_is_kept_once(store: Store) -> None:
    device_id = phone(store)
    record(store, device_id)  # the observer is known
    payload: dict[str, Any] = {
        "id": str(new_id()),
        "event_date": NOW.isoformat(),
        "place": XIXI,
        "name": "夜鹭",
    }
    answers: list[bool] = []

    def send(at: datetime) -> None:
        answers.append(submit(store, read_report(payload, at), device_id, at).is_new)

    hands = [threading.Thread(target=send, args=(NOW,)) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(answers) == [False] * 7 + [True]
