"""Many sightings accepted together, on both engines: by the rules of single decisions."""

from datetime import timedelta

from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.desk.seen import Place, Seen, to_look_at
from observations.desk.together import accept_together, undo_together
from observations.desk.wall import take_wall
from observations.occurrences.occurrence import Upload
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from observations.verification.leases import LEASE, take_one
from observations.verification.statuses import VerificationStatus
from tests.support.sightings import (
    MANDARIN,
    NIGHT_HERON,
    NOW,
    SECOND_VERIFIER,
    VERIFIER,
    add_row_of_photo,
    observer_of,
    phone,
    record,
    said,
)

HERONS = Place(taxon_id=NIGHT_HERON)
LATER = NOW + timedelta(minutes=1)


def pictured(store, device, now=NOW, **changes):
    """A sighting with a photo of its own."""
    upload_id = new_id(now)
    sha256 = f"{upload_id.int:064x}"
    upload = Upload(upload_id, device, sha256, "0" * 16, "image/jpeg", 800, 600, 9, now)
    add_row_of_photo(store, upload)
    return record(store, device, now, photos=[str(upload_id)], **changes)


def herons(store, many):
    device = phone(store)
    return [pictured(store, device, NOW - timedelta(minutes=many - at)) for at in range(many)]


def on_wall(store, person=VERIFIER, now=NOW, without=()):
    return take_wall(store, person, HERONS, now, without)


def status_of(store, subject_id):
    return store.verification.review(subject_id).verification_status


def test_a_wall_shows_one_species_with_photos_the_longest_waiting_first(store):
    waiting = herons(store, 26)
    record(store, phone(store))  # no photo
    pictured(store, phone(store), taxon_id=str(MANDARIN))
    pictured(store, phone(store), taxon_id=None)

    assert [one.subject_id for one in on_wall(store)] == waiting[:24]
    assert [one.subject_id for one in on_wall(store, without=waiting[:24])] == waiting[24:]
    [most, other] = store.desk.wall_choices(VERIFIER.staff_id, 9)
    assert (most.taxon_id, most.count) == (NIGHT_HERON, 26)
    assert (other.taxon_id, other.count) == (MANDARIN, 1)


def test_two_verifiers_get_two_walls(store):
    waiting = herons(store, 30)
    first, second = on_wall(store), on_wall(store, SECOND_VERIFIER)

    assert [one.subject_id for one in first] == waiting[:24]
    assert [one.subject_id for one in second] == waiting[24:]
    assert on_wall(store, SECOND_VERIFIER, NOW + LEASE)[0].subject_id == waiting[0]


def test_all_but_the_wrong_ones_are_accepted_and_taken_back_whole(store):
    waiting = herons(store, 6)
    seen = on_wall(store)

    made = accept_together(store, VERIFIER, seen[1:], LATER)

    assert list(made.done) == waiting[1:]
    assert made.left == {}
    assert status_of(store, waiting[0]) is VerificationStatus.UNCONFIRMED
    assert {status_of(store, one) for one in waiting[1:]} == {
        VerificationStatus.ACCEPTED_CONSIDERED_CORRECT
    }
    assert len(store.occurrences.latest_released(9)) == 5
    assert store.desk.last_batch(VERIFIER.staff_id) == (made.batch_id, 5)

    back = undo_together(store, VERIFIER, made.batch_id, LATER)

    assert len(back.done) == 5
    assert store.occurrences.latest_released(9) == []
    assert [one.subject_id for one in store.verification.queue(None, 9).waiting] == waiting
    assert store.desk.last_batch(VERIFIER.staff_id) is None


def test_what_others_do_meanwhile_is_left_and_told(store):
    leased, settled, decided_again, own, left = herons(store, 5)
    seen = on_wall(store)
    said(store, settled, Verdict.REJECT, SECOND_VERIFIER, reason=Reason.WRONG_NAME)
    take_one(store, SECOND_VERIFIER.staff_id, [leased], NOW + LEASE)
    said(store, decided_again, Verdict.QUERY, SECOND_VERIFIER, message="叶子呢？")
    now = NOW + LEASE + timedelta(seconds=9)

    made = accept_together(store, VERIFIER, seen, now)

    assert made.left == {
        leased: "decision.leased",
        settled: "decision.stale",
        decided_again: "decision.stale",
    }
    assert set(made.done) == {own, left}
    assert status_of(store, settled) is VerificationStatus.NOT_ACCEPTED_INCORRECT


def test_nobody_accepts_their_own_in_a_heap(store):
    device = phone(store)
    mine = pictured(store, device)
    me = Person(observer_of(store, device).observer_id, new_id(), Role.VERIFIER)

    made = accept_together(store, me, [Seen(mine, None), Seen(new_id(), None)], LATER)

    assert made.done == ()
    assert made.left[mine] == "decision.own_record"
    assert set(made.left.values()) == {"decision.own_record", "decision.stale"}


def test_undoing_leaves_what_was_decided_again(store):
    first, second = herons(store, 2)
    made = accept_together(store, VERIFIER, on_wall(store), LATER)
    said(store, first, Verdict.REJECT, SECOND_VERIFIER, LATER, reason=Reason.WRONG_NAME)

    assert undo_together(store, VERIFIER, made.batch_id, LATER).done == (second,)
    assert undo_together(store, VERIFIER, made.batch_id, LATER).done == ()
    assert status_of(store, first) is VerificationStatus.NOT_ACCEPTED_INCORRECT


def test_a_sensitive_species_is_set_aside_and_its_place_stays_rough(store):
    pheasant = pictured(store, phone(store), taxon_id=str(taxon_id_of("Lophura nycthemera")))
    checks = store.occurrences.checks(pheasant)
    accept_together(store, VERIFIER, [Seen(pheasant, None)], LATER)

    assert "taxon.sensitive" in [check.code for check in to_look_at(checks)]
    assert store.occurrences.public_view(pheasant)[2] is not None
