"""The storage of people: reads and changes."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from observations.base.roles import Role
from observations.log.store import LogWrites
from observations.people.consent import Consent
from observations.people.observer import Observer
from observations.people.staff import Account, MailWish, Staff, StaffSession


class PeopleReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def observer(self, observer_id: UUID) -> Observer | None:
        """One observer."""
        ...

    def observer_of_device(self, device_id: UUID) -> Observer | None:
        """The observer who contributed from this browser."""
        ...

    def nickname_is_taken(self, nickname: str) -> bool:
        """Whether an observer already has this nickname."""
        ...

    def consent_of(self, device_id: UUID) -> Consent | None:
        """The latest consent from this browser, whatever its version."""
        ...

    def presence(
        self, device_id: UUID | None, token_hash: str | None, now: datetime
    ) -> "tuple[Observer | None, Consent | None, Staff | None]":
        """The observer, the latest consent and the signed-in staff of a browser.

        The consent may be of any version; the staff are those of this session's token.
        """
        ...

    def suspended_until(self, device_id: UUID, now: datetime) -> datetime | None:
        """Until when the observer of this browser is suspended; None where they are not."""
        ...

    def recovery_code_made_at(self, observer_id: UUID) -> datetime | None:
        """When the observer's recovery code was made; None where there is none."""
        ...

    def observer_of_recovery_code(self, code_hash: str) -> UUID | None:
        """The observer whose code has this hash."""
        ...

    def staff_named(self, username: str) -> Staff | None:
        """The member of staff of this username, disabled ones included."""
        ...

    def staff_member(self, staff_id: UUID) -> Staff | None:
        """One member of staff, disabled ones included."""
        ...

    def staff_list(self) -> list[Staff]:
        """All members of staff, by username."""
        ...

    def accounts(self, words: str, after: str, limit: int) -> list[Account]:
        """Accounts with these letters in their name, by name, those behind the name `after`."""
        ...

    def staff_of_identity(self, issuer: str, subject: str) -> UUID | None:
        """Whose account this is at a provider."""
        ...

    def count_admins(self) -> int:
        """The number of admins who can sign in."""
        ...

    def sessions_of(self, staff_id: UUID, now: datetime) -> list[StaffSession]:
        """The open sessions of an account, the latest first."""
        ...

    def staff_of_session(self, token_hash: str, now: datetime) -> Staff | None:
        """The staff of this session token; None where it ended or the account is disabled."""
        ...

    def second_step(self, staff_id: UUID) -> tuple[str, int] | None:
        """The seed of an account's second step, and the last half minute whose code was used."""
        ...

    def mail_wishes(self) -> list[MailWish]:
        """Who of those who decide at the desk wants to be written to."""
        ...

    def mail_wish(self, staff_id: UUID) -> MailWish | None:
        """What this member of staff wants to be written of; None for nothing."""
        ...

    def count_spare_codes(self, staff_id: UUID) -> int:
        """How many spare codes an account has left."""
        ...

    def observers_of_staff(self, staff_id: UUID) -> set[UUID]:
        """The observers whose browsers this member of staff signed in with."""
        ...

    def count_demo_staff(self) -> int:
        """The number of staff accounts that the demo made."""
        ...

    def count_demo_observers(self) -> int:
        """The number of observers that the demo made."""
        ...


class PeopleWrites(PeopleReads, Protocol):
    """Changes, inside a transaction."""

    def add_observer(self, observer: Observer) -> None:
        """Add an observer."""
        ...

    def link_device(self, device_id: UUID, observer_id: UUID, now: datetime) -> None:
        """Make this browser the observer's."""
        ...

    def forget_browsers_of(self, observer_id: UUID) -> None:
        """Delete every link and consent of the observer's browsers."""
        ...

    def choose_nickname(self, observer_id: UUID, nickname: str) -> None:
        """Replace the nickname."""
        ...

    def choose_home_district(self, observer_id: UUID, home_district: str) -> None:
        """Set the home district: an adcode or `ELSEWHERE`."""
        ...

    def choose_boards(self, observer_id: UUID, on_boards: bool) -> None:
        """Set whether the boards may show the nickname."""
        ...

    def erase_observer(self, observer_id: UUID, nickname: str, now: datetime) -> None:
        """Remove what the row says about the person; `nickname` replaces theirs."""
        ...

    def add_consent(self, consent: Consent) -> None:
        """Add a consent."""
        ...

    def replace_recovery_code(self, observer_id: UUID, code_hash: str, now: datetime) -> None:
        """Set the observer's code, of which there is one at most."""
        ...

    def forget_recovery_codes(self, observer_id: UUID) -> None:
        """Delete the observer's recovery codes."""
        ...

    def add_staff(self, staff: Staff) -> None:
        """Add a member of staff."""
        ...

    def set_password(self, staff_id: UUID, password_hash: str) -> None:
        """Replace the password's hash."""
        ...

    def add_identity(self, issuer: str, subject: str, staff_id: UUID, now: datetime) -> None:
        """An account at a provider is this member of staff's."""
        ...

    def set_role(self, staff_id: UUID, role: Role) -> None:
        """Replace the role."""
        ...

    def rename_staff(self, staff_id: UUID, username: str) -> None:
        """Replace the user name."""
        ...

    def set_disabled(self, staff_id: UUID, is_disabled: bool) -> None:
        """Disable or enable an account."""
        ...

    def start_session(
        self, token_hash: str, staff_id: UUID, now: datetime, ends: tuple[datetime, datetime]
    ) -> None:
        """Add a session that ends at the latest, and while nobody uses it."""
        ...

    def keep_session(self, token_hash: str, idle_until: datetime) -> None:
        """Somebody uses this session."""
        ...

    def start_second_step(
        self, staff_id: UUID, seed: str, step: int, code_hashes: list[str], now: datetime
    ) -> None:
        """Give an account a second step, with spare codes."""
        ...

    def add_mail_wish(self, wish: MailWish) -> None:
        """Somebody wants to be written to."""
        ...

    def drop_mail_wish(self, staff_id: UUID) -> None:
        """Somebody does not want to be written to, or is gone."""
        ...

    def mark_digest(self, staff_id: UUID, day: date | None) -> bool:
        """Note the day of the latest digest; False where it is that day already."""
        ...

    def mark_alerts(self, staff_id: UUID, until: datetime) -> bool:
        """Note up to when they were told; False where they were told as much."""
        ...

    def unmark_alerts(self, staff_id: UUID, until: datetime) -> None:
        """Note that they were told up to then only."""
        ...

    def drop_second_step(self, staff_id: UUID) -> None:
        """Take the second step from an account, with its spare codes."""
        ...

    def use_step(self, staff_id: UUID, step: int) -> None:
        """The code of this half minute was used."""
        ...

    def use_spare_code(self, staff_id: UUID, code_hash: str) -> bool:
        """Use one of the account's spare codes; gives whether it was one."""
        ...

    def end_session(self, token_hash: str, now: datetime) -> None:
        """End a session."""
        ...

    def end_session_of(self, staff_id: UUID, session_id: UUID, now: datetime) -> None:
        """End one session of an account."""
        ...

    def end_sessions_of(self, staff_id: UUID, now: datetime) -> None:
        """End every session of an account."""
        ...

    def tie_staff_to_observer(self, staff_id: UUID, observer_id: UUID, now: datetime) -> None:
        """Record that this member of staff is this observer."""
        ...


class Transaction(Protocol):
    """The writes that the room's use cases need."""

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def people(self) -> PeopleReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
