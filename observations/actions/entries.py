"""A report of an action, and the entry that is stored of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from observations.actions.details import Details


@dataclass(frozen=True)
class ActionReport(Details):
    """A report as it arrives: the sender makes the `id`; `done_on` is a day in Asia/Shanghai."""

    id: UUID
    action_code: str
    quantity: Decimal
    done_on: date
    upload_id: UUID | None = None


@dataclass(frozen=True)
class Photo:
    """An uploaded photo: the browser that sent it, and the name of its files."""

    upload_id: UUID
    device_id: UUID
    sha256: str


@dataclass(frozen=True)
class ActionEntry(Details):
    """One logged action.

    `activity_data` is in the action's unit; `saving_factor` (kg CO2e a unit) and `avoided_kg_co2e`
    are None where the action makes no carbon claim. `full_points` is what it is worth with
    evidence, `points` what it earns: at once without a photo, when accepted with one. `flags` are
    the codes of odd patterns; `code_id` is the programme's code that paid it.
    """

    action_entry_id: UUID
    observer_id: UUID
    action_code: str
    action_version: int
    activity_data: Decimal
    unit: str
    saving_factor: Decimal | None
    avoided_kg_co2e: Decimal | None
    full_points: int
    points: int
    done_on: date
    upload_id: UUID | None
    photo_sha256: str | None
    logged_at: datetime
    is_demo: bool = False
    flags: tuple[str, ...] = ()
    code_id: UUID | None = None

    @property
    def waits(self) -> bool:
        """Whether it went to the desk: it has a photo, or an odd pattern."""
        return self.has_photo or bool(self.flags)

    @property
    def has_photo(self) -> bool:
        """Whether it has a photo as evidence, and so goes to the desk."""
        return self.upload_id is not None


@dataclass(frozen=True)
class DayTotal:
    """What a person has logged of one action on one day, without what was not accepted."""

    action_code: str
    quantity: Decimal
    avoided_kg_co2e: Decimal


@dataclass(frozen=True)
class EntryLine:
    """An entry as its observer sees it, with its status and the points it earned.

    `verification_status` is None for an entry that never went to the desk, unless it was withdrawn.
    """

    entry: ActionEntry
    verification_status: str | None
    is_withdrawn: bool
    earned: int
