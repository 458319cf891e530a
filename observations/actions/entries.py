"""What a person reports to have done, and the entry that is stored of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from observations.actions.details import Details


@dataclass(frozen=True)
class ActionReport(Details):
    """What arrives: `id` is made by whoever reports, `done_on` a day in Asia/Shanghai."""

    id: UUID
    action_code: str
    quantity: Decimal
    done_on: date
    upload_id: UUID | None = None


@dataclass(frozen=True)
class Photo:
    """A photo that has arrived: which browser sent it, and the name of its files."""

    upload_id: UUID
    device_id: UUID
    sha256: str


@dataclass(frozen=True)
class ActionEntry(Details):
    """One logged action.

    `activity_data` is in the action's unit; `saving_factor` (kg CO2e a unit) and
    `avoided_kg_co2e` are None where the action makes no carbon claim. `full_points` is what it is
    worth with evidence, `points` what it earns: at once without a photo, when accepted with one.
    `flags` are the codes of what looked odd; `code_id` is the programme's code that paid it.
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
        """Whether it went to the desk: it has a photo, or something about it looks odd."""
        return self.has_photo or bool(self.flags)

    @property
    def has_photo(self) -> bool:
        """Whether it comes with evidence, and so waits for the desk."""
        return self.upload_id is not None


@dataclass(frozen=True)
class DayTotal:
    """What a person already logged of one action on one day, rejected entries left out."""

    action_code: str
    quantity: Decimal
    avoided_kg_co2e: Decimal


@dataclass(frozen=True)
class EntryLine:
    """An entry as its own observer sees it: with where it stands and what it has earned.

    `verification_status` is None for what is taken at the person's word, until they take it back.
    """

    entry: ActionEntry
    verification_status: str | None
    is_withdrawn: bool
    earned: int
