"""What the sightings of a day are worth: a hundred sparrows, with and without a festival."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from observations.base.clock import day_of
from observations.base.errors import StorageError
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.occurrences.sighting_points import STEPS, worth
from observations.places.districts import DISTRICTS
from observations.points.boards import standing_of
from observations.points.periods import Period
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Reason, Verdict
from tests.support.sightings import MANDARIN, NOW, XIXI, observer_of, phone, record, said

if TYPE_CHECKING:
    from db.store import Store

SPARROW = taxon_id_of("Passer montanus")
BULBUL = taxon_id_of("Pycnonotus sinensis")
ORGANISER = Person(staff_id=new_id(), role=Role.ADMIN)
TODAY = day_of(NOW)
MOST = worth(10**6)


def seen(store: "Store", device: UUID, count: int, **changes: object) -> list[UUID]:
    """So many sparrows, each accepted."""
    ids = [record(store, device, **{"taxon_id": str(SPARROW), **changes}) for _ in range(count)]
    for one in ids:
        said(store, one, Verdict.ACCEPT)
    return ids


def balance(store: "Store", device: UUID) -> int:
    observer_id = observer_of(store, device).observer_id
    assert observer_id is not None
    return store.points.balance_of(observer_id)


def festival(store: "Store", device: UUID) -> None:
    made = make_festival(
        store, ORGANISER, Plan("西溪走读", (TODAY, TODAY), ["330106"]), DISTRICTS, NOW
    )
    join(store, made.code, "苇莺队", device, NOW)


def test_the_steps_add_up_to_fifty() -> None:
    assert [worth(n) for n in (-1, 0, 1, 5, 6, 10, 11, 20, 21, 100)] == [
        0, 0, 5, 25, 28, 40, 41, 50, 50, 50
    ]  # fmt: skip
    assert sum(number for number, _each in STEPS) == 20


def test_many_sparrows_of_a_day_are_worth_a_day(store: "Store") -> None:
    device = phone(store)
    seen(store, device, 24)
    assert balance(store, device) == MOST


def test_what_waits_is_counted_as_it_would_be_accepted(store: "Store") -> None:
    device = phone(store)
    for _ in range(7):
        record(store, device)
    observer_id = observer_of(store, device).observer_id
    assert observer_id is not None
    assert standing_of(store, observer_id, Period.MONTH, TODAY).waiting == worth(7)


def test_days_typed_by_hand_make_no_new_days(store: "Store") -> None:
    device = phone(store)
    for back in range(24):
        day = (NOW - timedelta(days=back, hours=1)).isoformat()
        seen(store, device, 1, event_date=day, place={**XIXI, "source": "map"})
    assert balance(store, device) == MOST


def test_photos_of_another_day_sent_today_count_for_their_day(store: "Store") -> None:
    device = phone(store)
    seen(store, device, 5)
    seen(store, device, 5, event_date=(NOW - timedelta(days=3)).isoformat())
    assert balance(store, device) == 50


def test_at_a_festival_the_first_of_each_species_counts_whole(store: "Store") -> None:
    device = phone(store)
    festival(store, device)
    seen(store, device, 24)
    assert balance(store, device) == 5 + MOST
    seen(store, device, 1, taxon_id=str(BULBUL))
    seen(store, device, 1, taxon_id=str(MANDARIN))
    assert balance(store, device) == 5 + MOST + 10


@pytest.mark.parametrize(
    "changes",
    [
        {"place": {**XIXI, "source": "map"}},
        {"time_known": False},
        {"place": {**XIXI, "latitude": 30.2, "longitude": 120.2}},
        {"event_date": (NOW - timedelta(days=1)).isoformat()},
        {"taxon_id": None, "name": "麻雀"},
    ],
    ids=["place by hand", "time by hand", "another district", "another day", "no species"],
)
def test_what_is_not_of_the_festival_fills_the_day(
    store: "Store", changes: dict[str, object]
) -> None:
    device = phone(store)
    festival(store, device)
    seen(store, device, 7, **changes)
    assert balance(store, device) == worth(7)


@pytest.mark.parametrize("seed", range(3))
def test_taken_back_and_accepted_again_a_day_never_holds_more(store: "Store", seed: int) -> None:
    chance, device = random.Random(seed), phone(store)
    ids = seen(store, device, 12)
    for _ in range(25):
        verdict = chance.choice([Verdict.ACCEPT, Verdict.REJECT])
        said(store, chance.choice(ids), verdict, reason=Reason.PHOTO_UNCLEAR)
        assert balance(store, device) <= worth(12)
    for one in ids:
        said(store, one, Verdict.REJECT, reason=Reason.PHOTO_UNCLEAR)
    assert balance(store, device) == 0
    for one in ids:
        said(store, one, Verdict.ACCEPT)
    assert balance(store, device) == worth(12)


def test_accepted_by_two_at_once_a_day_holds_no_more(store: "Store") -> None:
    device = phone(store)
    ids = [record(store, device, taxon_id=str(SPARROW)) for _ in range(8)]

    def accept(one: UUID) -> None:
        try:
            said(store, one, Verdict.ACCEPT)
        except StorageError:  # PostgreSQL may send a late one away for good: nothing was decided
            return

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(accept, ids))
    assert balance(store, device) <= worth(8)
