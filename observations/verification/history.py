"""The history of a subject: its names and the decisions on it, in order."""

from dataclasses import dataclass
from datetime import datetime

from observations.verification.decisions import Reason, Verdict


@dataclass(frozen=True)
class HistoryLine:
    """A decision, or a name (then without a verdict).

    `username` is that of the staff member who decided; only staff may see it.
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
