"""Sharing the queue on both engines: what one verifier looks at, nobody else is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from observations.base.ids import new_id
from observations.occurrences.occurrence import ending_of, receipt_number
from observations.verification.leases import LEASE, take_one
from tests.support.sightings import NOW, phone, record

ONE, OTHER = new_id(), new_id()


def shown_to(store, staff_id, now=NOW):
    queue = store.verification.queue(None, 99, seen_by=(staff_id, now))
    return [review.subject_id for review in queue.waiting]


def waiting(store, many):
    device = phone(store)
    times = [NOW - timedelta(hours=many - at) for at in range(many)]
    return [record(store, device, time) for time in times]


def test_what_one_looks_at_is_not_shown_to_others_until_the_lease_ends(store):
    first, second = waiting(store, 2)

    assert take_one(store, ONE, [first, second], NOW).subject_id == first

    assert shown_to(store, ONE) == [first, second]
    assert shown_to(store, OTHER) == [second]
    assert take_one(store, OTHER, [first], NOW) is None
    assert shown_to(store, OTHER, NOW + LEASE) == [first, second]
    assert take_one(store, OTHER, [first], NOW + LEASE).subject_id == first
    assert shown_to(store, ONE, NOW + LEASE) == [second]


def test_going_on_sets_the_one_before_free(store):
    first, second = waiting(store, 2)
    take_one(store, ONE, [first], NOW)
    take_one(store, ONE, [second], NOW)

    assert shown_to(store, OTHER) == [first]


def test_eight_verifiers_at_once_get_eight_records(store):
    subjects = waiting(store, 8)
    with ThreadPoolExecutor(8) as pool:
        staff = [new_id() for _ in subjects]
        leases = list(pool.map(lambda one: take_one(store, one, subjects, NOW), staff))

    assert sorted(lease.subject_id for lease in leases) == sorted(subjects)


def test_a_record_is_known_by_the_number_of_its_receipt(store):
    first, second = waiting(store, 2)

    for subject in (first, second):
        ending = ending_of(receipt_number(subject))
        assert store.verification.subjects_ending(ending) == [subject]
    assert store.verification.subjects_ending("0123456789") == []


def test_the_next_few_are_ones_own_too_and_in_their_order(store):
    first, second, third, fourth = waiting(store, 4)
    take_one(store, OTHER, [second], NOW)

    lease = take_one(store, ONE, [first, second, third, fourth], NOW, ahead=2)

    assert lease.subject_ids == (first, third)
    assert shown_to(store, OTHER) == [second, fourth]
    assert lease.serves([first, third], NOW) and not lease.serves([first, fourth], NOW)
    assert take_one(store, OTHER, [first, third, fourth], NOW, ahead=1).subject_ids == (fourth,)
