"""The optional details of an action and their limits, defined once."""

from dataclasses import dataclass, fields
from typing import Any

from observations.base.text import clean_text

NOTE_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Details:
    """The details of a report and of its entry.

    Each has a default for reports without it, and a column of its own name in `action_entry`.
    """

    note: str = ""


DETAILS = tuple(field.name for field in fields(Details))


def checked(details: Details) -> dict[str, Any]:
    """Each detail by its name, as it is stored. Raises `Refused` for an invalid one."""
    return {"note": clean_text(details.note, "note", NOTE_LENGTH)}
