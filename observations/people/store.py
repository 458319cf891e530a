"""The storage of this room: questions and changes."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.people.consent import Consent
from observations.people.observer import Observer
from observations.people.staff import Staff


class PeopleReads(Protocol):
    """Questions about people. Every method may raise `StorageError`."""

    def observer(self, observer_id: UUID) -> Observer | None:
        """One observer."""
        ...

    def observer_of_device(self, device_id: UUID) -> Observer | None:
        """The observer who contributed from this browser."""
        ...

    def nickname_is_taken(self, nickname: str) -> bool:
        """Whether somebody already goes by this name."""
        ...

    def consent_of(self, device_id: UUID) -> Consent | None:
        """The consent given last from this browser, whatever its version."""
        ...

    def presence(
        self, device_id: UUID | None, token_hash: str | None, now: datetime
    ) -> "tuple[Observer | None, Consent | None, Staff | None]":
        """The observer and the last consent of a browser, whatever its version, and who is signed
        in there with this token."""
        ...

    def recovery_code_made_at(self, observer_id: UUID) -> datetime | None:
        """When the observer's recovery code was made; None where there is none."""
        ...

    def observer_of_recovery_code(self, code_hash: str) -> UUID | None:
        """Whose code has this hash."""
        ...

    def staff_named(self, username: str) -> Staff | None:
        """A member of staff, disabled ones included."""
        ...

    def staff_list(self) -> list[Staff]:
        """Everyone on the staff, by name."""
        ...

    def staff_of_session(self, token_hash: str, now: datetime) -> Staff | None:
        """The staff of this session token; None if it ended, or with a disabled account."""
        ...

    def observers_of_staff(self, staff_id: UUID) -> set[UUID]:
        """The observers a member of staff is known to be."""
        ...

    def count_demo_staff(self) -> int:
        """How many sign-ins the demo made."""
        ...

    def count_real_observers(self) -> int:
        """How many observers are not the demo's."""
        ...

    def count_demo_observers(self) -> int:
        """How many observers are the demo's."""
        ...


class PeopleWrites(PeopleReads, Protocol):
    """Changes, inside a transaction."""

    def add_observer(self, observer: Observer) -> None:
        """A new observer."""
        ...

    def link_device(self, device_id: UUID, observer_id: UUID, now: datetime) -> None:
        """This browser is this observer's from now on."""
        ...

    def forget_browsers_of(self, observer_id: UUID) -> None:
        """Drop every link and consent of the observer's browsers."""
        ...

    def choose_nickname(self, observer_id: UUID, nickname: str) -> None:
        """A new nickname."""
        ...

    def choose_home_district(self, observer_id: UUID, home_district: str) -> None:
        """Where the observer lives: an adcode or `ELSEWHERE`."""
        ...

    def choose_boards(self, observer_id: UUID, on_boards: bool) -> None:
        """Whether the boards may name the observer."""
        ...

    def erase_observer(self, observer_id: UUID, nickname: str, now: datetime) -> None:
        """Take the person out of the row."""
        ...

    def add_consent(self, consent: Consent) -> None:
        """Keep a consent."""
        ...

    def replace_recovery_code(self, observer_id: UUID, code_hash: str, now: datetime) -> None:
        """The observer's one code."""
        ...

    def forget_recovery_codes(self, observer_id: UUID) -> None:
        """No code any more."""
        ...

    def add_staff(self, staff: Staff) -> None:
        """A new member of staff."""
        ...

    def set_password(self, staff_id: UUID, password_hash: str) -> None:
        """A new password."""
        ...

    def set_disabled(self, staff_id: UUID, is_disabled: bool) -> None:
        """Someone leaves, or comes back."""
        ...

    def start_session(
        self, token_hash: str, staff_id: UUID, now: datetime, expires_at: datetime
    ) -> None:
        """A sign-in."""
        ...

    def end_session(self, token_hash: str, now: datetime) -> None:
        """A sign-out."""
        ...

    def end_sessions_of(self, staff_id: UUID, now: datetime) -> None:
        """Sign someone out everywhere."""
        ...

    def tie_staff_to_observer(self, staff_id: UUID, observer_id: UUID, now: datetime) -> None:
        """Remember that this member of staff is this observer."""
        ...


class Transaction(Protocol):
    """What the room's use cases write in."""

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """What the room's use cases read and open."""

    @property
    def people(self) -> PeopleReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
