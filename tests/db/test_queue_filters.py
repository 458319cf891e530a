"""The filters of the desk's queue on both engines."""

from datetime import timedelta

from observations.base.ids import new_id
from observations.verification.decisions import Kind
from observations.verification.filters import ALL, Filter
from observations.verification.leases import take_one
from tests.support.sightings import NIGHT_HERON, NOW, XIXI, observer_of, phone, record


def fitting(store, only, **asked):
    queue = store.verification.filtered_queue(only, 99, NOW, **asked)
    assert asked or queue.count == len(queue.waiting)
    return [review.subject_id for review in queue.waiting]


def test_every_filter_lets_through_what_fits_alone(store):
    one, other = phone(store), phone(store)
    heron = record(store, one, NOW - timedelta(days=4))
    unknown = record(
        store, other, taxon_id=None, name="100% 小草_", group="plant", note="在桥边 O'Neil"
    )
    here = store.occurrences.occurrence(heron).district
    observer_id = observer_of(store, one).observer_id

    for only in (
        Filter(group="bird"),
        Filter(taxon_id=NIGHT_HERON),
        Filter(is_named=True),
        Filter(observer_id=observer_id),
        Filter(waiting_days=3),
        Filter(text="夜鹭"),
        Filter(text="NYCTICORAX n"),
        Filter(Kind.OCCURRENCE, group="bird", district=here, is_named=True),
    ):
        assert fitting(store, only) == [heron], only
    for only in (
        Filter(group="plant"),
        Filter(is_named=False),
        Filter(check="name.not_on_list"),
        Filter(text="100% 小草_"),
        Filter(text="o'neil"),
    ):
        assert fitting(store, only) == [unknown], only
    for only in (ALL, Filter(district=here), Filter(Kind.OCCURRENCE)):
        assert fitting(store, only) == [heron, unknown], only
    for only in (
        Filter(Kind.ACTION),
        Filter(district="330127"),
        Filter(waiting_days=10**9),
        Filter(text="%小鸟"),
        Filter(festival_id=new_id()),
        Filter(group="bird", is_named=False),
    ):
        assert fitting(store, only) == [], only


def test_a_filtered_queue_has_what_was_asked_for_and_no_others_lease(store):
    device = phone(store)
    first = record(store, device, NOW - timedelta(hours=2), place=XIXI)
    second = record(store, device, NOW - timedelta(hours=1))
    take_one(store, new_id(), [first], NOW)
    birds, me = Filter(group="bird"), new_id()

    queue = store.verification.filtered_queue(birds, 9, NOW, asked_for=first, staff_id=me)

    assert queue.asked_for.subject_id == first
    assert [review.subject_id for review in queue.waiting] == [second]
    assert queue.count == 2
