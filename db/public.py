"""Reading public sightings, from rows of `select r.*, … as recorded_by` on the projection."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from observations.occurrences.occurrence import PublicOccurrence

COLUMNS = tuple(field.name for field in fields(PublicOccurrence))


def public_occurrences(rows: Iterable[Mapping[str, Any]]) -> list[PublicOccurrence]:
    """The sightings of rows, each column by its name; some stand in one table alone."""
    return [
        PublicOccurrence(**{name: row[name] for name in COLUMNS if name in row}) for row in rows
    ]
