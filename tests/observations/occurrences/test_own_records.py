"""One's own records by state and year, and what a year brought."""

from datetime import UTC, date, datetime
from uuid import UUID

from observations.base.ids import new_id
from observations.occurrences.own_records import Glance, State, chosen, year_in, years

HERON, LOTUS = new_id(), new_id()


def seen(
    when: str, taxon: UUID | None = HERON, status: str = "unconfirmed", release: str = "pending"
) -> Glance:
    moment = datetime.fromisoformat(when).replace(tzinfo=UTC)
    return Glance(new_id(), moment, 30.2, 120.1, taxon, status, release)


def test_each_record_is_in_one_state() -> None:
    states = {
        ("unconfirmed", "pending"): State.WAITING,
        ("answered", "released"): State.WAITING,
        ("queried", "withheld"): State.ASKED,
        ("plausible", "released"): State.CONFIRMED,
        ("accepted_correct", "released"): State.CONFIRMED,
        ("accepted_correct", "withheld"): State.HIDDEN,
        ("unconfirmed", "withheld"): State.HIDDEN,
        ("not_accepted_incorrect", "withheld"): State.NOT_ACCEPTED,
    }
    for (status, release), state in states.items():
        assert seen("2026-05-09", status=status, release=release).state is state


def test_a_year_begins_in_hangzhou() -> None:
    last, first = seen("2025-12-31T15:59"), seen("2025-12-31T16:00")
    assert years([last, first]) == [2026, 2025]
    assert chosen([last, first], year=2026) == [first]


def test_a_year_counts_what_was_met_and_what_was_new() -> None:
    records = [
        seen("2025-03-01"),
        seen("2026-03-01"),
        seen("2026-03-01", None),
        seen("2026-04-02", LOTUS),
        seen("2026-05-01", new_id(), "not_accepted_incorrect", "withheld"),
        seen("2026-05-02", new_id(), "unconfirmed", "withheld"),
    ]
    year = year_in(records, 2026)
    assert (year.sightings, year.days, year.taxa) == (3, 2, {HERON, LOTUS})
    assert year.firsts == [(LOTUS, date(2026, 4, 2))]
    assert year_in([], 2026).sightings == 0
