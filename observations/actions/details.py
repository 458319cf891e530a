"""What a person may add to an action, beyond which, how much and when: defined once, here."""

from dataclasses import dataclass, fields
from typing import Any

from observations.base.text import clean_text

NOTE_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class Details:
    """The details of a report and of its entry.

    Each has a default, which stands where nothing was asked, and a column of its own name in
    `action_entry`.
    """

    note: str = ""


DETAILS = tuple(field.name for field in fields(Details))


def checked(details: Details) -> dict[str, Any]:
    """Each detail by its name, as it is stored. Raises `Refused` for what can't be stored."""
    return {"note": clean_text(details.note, "note", NOTE_LENGTH)}
