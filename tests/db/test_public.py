"""Rows of public sightings are read by the names of their columns."""

from datetime import date

from db.public import COLUMNS, public_occurrences
from observations.base.ids import new_id


def test_the_order_of_the_columns_and_one_more_change_nothing() -> None:
    row = dict.fromkeys(COLUMNS) | {"public_id": new_id(), "event_day": date(2026, 5, 9)}
    turned = {"added_later": 1, **dict(reversed(row.items()))}
    [sighting] = public_occurrences([turned])
    assert (sighting.public_id, sighting.event_day) == (row["public_id"], row["event_day"])
    assert sighting.recorded_by is None
