"""A version of an action, and who wrote it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.actions.catalogue import Action


@dataclass(frozen=True)
class Version:
    """An action as it is defined from its `valid_from` on.

    `edited_by` is None for the version of the seed file.
    """

    action: Action
    edited_by: UUID | None
    edited_at: datetime | None
    reason: str
