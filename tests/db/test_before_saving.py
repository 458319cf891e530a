"""Season, range and duplicates by a store, on both engines, without revealing sensitive places."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from db.store import Store
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.occurrences.before_saving import Findings, check_before_saving
from observations.occurrences.draft import read_draft
from observations.occurrences.season_and_range import FROM_RECORDS
from observations.people.consent import CONSENT_VERSION
from observations.people.consenting import give_consent
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from tests.support.sightings import MANDARIN, NIGHT_HERON, NOW, XIXI, phone, record, said

PHEASANT = taxon_id_of("Syrmaticus ellioti")  # 白颈长尾雉, nationally protected: category 2
CHUNAN = {"latitude": 29.6052, "longitude": 119.0413, "uncertainty_m": 8, "source": "map"}
DECEMBER = datetime(2025, 12, 20, 4, 0, tzinfo=UTC)


def remarks_on(store: Store, device_id: UUID, **draft: Any) -> Findings:
    payload = {
        "event_date": (NOW - timedelta(hours=1)).isoformat(),
        "place": XIXI,
        "taxon_id": str(NIGHT_HERON),
        **draft,
    }
    return check_before_saving(store, read_draft(payload), device_id, "zh", NOW)


def codes(findings: Findings) -> set[str]:
    return {advice.code for advice in findings.advice}


def accepted(store: Store, device_id: UUID, count: int, **changes: Any) -> None:
    """So many sightings that a verifier accepted, a day apart in April and May."""
    for number in range(count):
        moment = NOW - timedelta(days=number % 20, hours=2)
        occurrence_id = record(store, device_id, **{"event_date": moment.isoformat(), **changes})
        said(store, occurrence_id, Verdict.ACCEPT)


def test_thirty_accepted_records_know_a_season_and_a_range_and_twenty_nine_do_not(
    store: Store,
) -> None:
    device_id = phone(store)
    accepted(store, device_id, FROM_RECORDS - 1)
    strange = {"event_date": DECEMBER.isoformat(), "place": CHUNAN}
    assert codes(remarks_on(store, device_id, **strange)) == set()

    accepted(store, device_id, 1)

    assert codes(remarks_on(store, device_id, **strange)) == {"season.unlikely", "range.unlikely"}
    assert codes(remarks_on(store, device_id)) == set()
    remarks = remarks_on(store, device_id, place=CHUNAN)
    assert [advice.code for advice in remarks.advice] == ["range.unlikely"]
    assert "夜鹭" in remarks.advice[0].sentence("zh")


def test_acceptances_near_by_switch_the_advice_off(store: Store) -> None:
    device_id = phone(store)
    accepted(store, device_id, FROM_RECORDS)
    strange = {"event_date": DECEMBER.isoformat(), "place": CHUNAN}
    accepted(store, device_id, 1, **strange)
    assert codes(remarks_on(store, device_id, **strange)) == {"range.unlikely"}
    accepted(store, device_id, 1, **strange)
    assert codes(remarks_on(store, device_id, **strange)) == set()


def test_what_is_not_accepted_or_not_exact_teaches_nothing(store: Store) -> None:
    device_id = phone(store)
    for _ in range(FROM_RECORDS):
        said(store, record(store, device_id), Verdict.PLAUSIBLE)
        record(store, device_id)
    accepted(store, device_id, FROM_RECORDS, hide_exact_place=True)
    assert codes(remarks_on(store, device_id, place=CHUNAN)) == set()


def test_the_turn_of_the_year_is_no_border(store: Store) -> None:
    device_id = phone(store)
    for number in range(FROM_RECORDS):
        moment = datetime(2025, 12, 20 + number % 10, 4, tzinfo=UTC)
        occurrence_id = record(store, device_id, event_date=moment.isoformat())
        said(store, occurrence_id, Verdict.ACCEPT)
    january = datetime(2026, 1, 5, 4, tzinfo=UTC).isoformat()
    assert codes(remarks_on(store, device_id, event_date=january)) == set()
    assert codes(remarks_on(store, device_id)) == {"season.unlikely"}


GRID = [
    {**XIXI, "latitude": 29.2 + step / 7, "longitude": 118.4 + step / 4, "source": "map"}
    for step in range(9)
]


def everywhere(store: Store, device_id: UUID, taxon_id: UUID) -> Sequence[Findings]:
    """The answers at point after point and in season after season."""
    return [
        remarks_on(
            store, device_id, taxon_id=str(taxon_id), place=place, event_date=when.isoformat()
        )
        for place in [XIXI, CHUNAN, *GRID]
        for when in (NOW, DECEMBER)
    ]


@pytest.mark.parametrize("taxon_id", [PHEASANT, MANDARIN], ids=["category 2", "mandarin"])
def test_of_a_sensitive_taxon_every_point_gets_the_same_answer_whatever_is_in_the_store(
    store: Store, taxon_id: UUID
) -> None:
    taxon = store.taxa.taxon(taxon_id)
    assert taxon
    asking, others = phone(store), phone(store)
    before = everywhere(store, asking, taxon_id)
    accepted(store, others, FROM_RECORDS, taxon_id=str(taxon_id), place=CHUNAN)
    after = everywhere(store, asking, taxon_id)
    if taxon.is_sensitive:
        assert after == before
        assert all(answer.duplicates == [] for answer in after)
        assert not {"season.unlikely", "range.unlikely"} & set().union(*map(codes, after))
    else:
        assert after != before


def test_a_hidden_record_of_a_common_taxon_changes_no_answer(store: Store) -> None:
    asking, others = phone(store), phone(store)
    accepted(store, others, FROM_RECORDS)
    before = everywhere(store, asking, NIGHT_HERON)
    accepted(store, others, 3, place=CHUNAN, hide_exact_place=True)
    record(store, others, place=CHUNAN)
    assert everywhere(store, asking, NIGHT_HERON) == before


def own(store: Store, device_id: UUID, **draft: Any) -> list[tuple[int | None, int]]:
    found = remarks_on(store, device_id, **draft).duplicates
    return [(one.minutes_ago, one.metres_away) for one in found]


def at(minutes: float) -> str:
    return (NOW - timedelta(hours=1, minutes=minutes)).isoformat()


def test_only_ones_own_records_of_the_same_kind_near_in_time_and_place_are_duplicates(
    store: Store,
) -> None:
    mine, others = phone(store), phone(store)
    near = {**XIXI, "latitude": XIXI["latitude"] + 50 / 111_195}
    far = {**XIXI, "latitude": XIXI["latitude"] + 150 / 111_195}
    record(store, others, event_date=at(1))
    record(store, mine, event_date=at(31))
    record(store, mine, event_date=at(2), place=far)
    record(store, mine, event_date=at(3), taxon_id=str(PHEASANT))
    record(store, mine, event_date=at(4), taxon_id=None, name="夜鹭")
    assert own(store, mine) == []
    record(store, mine, event_date=at(20), place=near)
    record(store, mine, event_date=at(-7))
    assert own(store, mine) == [(-7, 0), (20, 50)]


def test_a_name_outside_the_checklist_is_compared_as_it_is_written(store: Store) -> None:
    device_id = phone(store)
    record(store, device_id, event_date=at(5), taxon_id=None, name="Small white Bird")
    assert own(store, device_id, taxon_id=None, name="small white bird") == [(5, 0)]
    assert own(store, device_id, taxon_id=None, name="small bird") == []
    assert own(store, device_id, taxon_id=None, name="") == []


def test_where_the_time_of_day_is_not_known_the_day_counts(store: Store) -> None:
    device_id = phone(store)
    record(store, device_id, event_date=at(300), time_known=False)
    assert own(store, device_id) == [(None, 0)]


def test_what_was_taken_back_is_no_duplicate(store: Store) -> None:
    device_id = phone(store)
    occurrence_id = record(store, device_id, event_date=at(5))
    said(store, occurrence_id, Verdict.WITHHOLD)
    assert own(store, device_id) == []


def test_without_consent_to_exact_places_only_a_named_one_is_looked_at(store: Store) -> None:
    device_id = new_id()
    give_consent(store, device_id, CONSENT_VERSION, False, "CC BY 4.0", NOW)
    assert remarks_on(store, device_id, place={**XIXI, "source": "named"}).duplicates == []
    for exact in ({}, {"place": None, "device_place": XIXI}, {"place": None, "photo_place": XIXI}):
        with pytest.raises(Refused, match="consent.place"):
            remarks_on(store, device_id, **exact)
    with pytest.raises(Refused, match="consent.missing"):
        remarks_on(store, new_id())
