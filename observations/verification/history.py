"""The history of a subject, line by line: its names and the decisions on it."""

from dataclasses import dataclass
from datetime import datetime

from observations.verification.decisions import Reason, Verdict


@dataclass(frozen=True)
class HistoryLine:
    """A decision, or (without a verdict) a name.

    `username` is who of the staff decided; it is for staff alone to see.
    """

    said_at: datetime
    verdict: Verdict | None
    reason: Reason | None
    message: str
    rules_out_sensitive: bool
    is_by_staff: bool
    username: str | None
    vernacular_name: str | None
    scientific_name: str | None
    verbatim_name: str
