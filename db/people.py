"""People: observers, their browsers and consents, staff and their sessions."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from db.ask import Room
from observations.base.ids import new_id
from observations.base.names import skeleton
from observations.base.roles import Role, roles_that_may
from observations.people.consent import Consent, PhotoLicence
from observations.people.observer import Observer
from observations.people.staff import Account, MailWish, Staff, StaffSession


class People(Room):
    """Fulfils `observations.people.store`."""

    name = "people"

    def observer(self, observer_id: UUID) -> Observer | None:
        """One observer."""
        row = self._ask("observer", observer_id=observer_id)
        return Observer(*row) if row else None

    def observer_of_device(self, device_id: UUID) -> Observer | None:
        """The observer who contributed from this browser."""
        row = self._ask("observer_of_device", device_id=device_id)
        return Observer(*row) if row else None

    def nickname_is_taken(self, nickname: str) -> bool:
        """Whether an observer already has this nickname."""
        values = {"nickname": nickname, "skeleton": skeleton(nickname)}
        return self._ask("nickname_is_taken", **values) is not None

    def consent_of(self, device_id: UUID) -> Consent | None:
        """The latest consent from this browser, whatever its version."""
        row = self._ask("consent_of", device_id=device_id)
        return _consent(row) if row else None

    def presence(
        self, device_id: UUID | None, token_hash: str | None, now: datetime
    ) -> tuple[Observer | None, Consent | None, Staff | None]:
        """The observer, the latest consent and the signed-in staff of a browser."""
        row = self._ask("presence", device_id=device_id, token_hash=token_hash, now=now)
        observer, consent, staff = row[:7], row[7:13], row[13:]
        return (
            Observer(*observer) if observer[0] else None,
            _consent(consent) if consent[0] else None,
            _staff(staff) if staff[0] else None,
        )

    def suspended_until(self, device_id: UUID, now: datetime) -> datetime | None:
        """Until when the observer of this browser is suspended; None where they are not."""
        row = self._ask("suspended_until", device_id=device_id, now=now)
        return cast("datetime | None", row[0]) if row else None

    def recovery_code_made_at(self, observer_id: UUID) -> datetime | None:
        """When the observer's recovery code was made."""
        row = self._ask("has_recovery_code", observer_id=observer_id)
        return cast(datetime, row[0]) if row else None

    def observer_of_recovery_code(self, code_hash: str) -> UUID | None:
        """The observer whose code has this hash."""
        row = self._ask("observer_of_recovery_code", code_hash=code_hash)
        return cast(UUID, row[0]) if row else None

    def staff_named(self, username: str) -> Staff | None:
        """The member of staff of this username, disabled ones included."""
        return _staff(self._ask("staff_named", username=username))

    def staff_member(self, staff_id: UUID) -> Staff | None:
        """One member of staff, disabled ones included."""
        return _staff(self._ask("staff_member", staff_id=staff_id))

    def staff_list(self) -> list[Staff]:
        """All members of staff, by username."""
        return [staff for row in self._ask("staff_list") if (staff := _staff(row))]

    def accounts(self, words: str, after: str, limit: int) -> list[Account]:
        """Accounts with these letters in their name, by name, those behind the name `after`."""
        rows = self._ask("accounts", words=words, after=after, maximum=limit)
        return [Account(row[0], row[1], Role(row[2]), *row[3:]) for row in rows]

    def count_admins(self) -> int:
        """The number of admins who can sign in."""
        return int(self._ask("count_admins", role=Role.ADMIN))

    def sessions_of(self, staff_id: UUID, now: datetime) -> list[StaffSession]:
        """The open sessions of an account, the latest first."""
        rows = self._ask("sessions_of", staff_id=staff_id, now=now)
        return [StaffSession(*row) for row in rows]

    def staff_of_session(self, token_hash: str, now: datetime) -> Staff | None:
        """The staff of this session token; None where it ended or the account is disabled."""
        return _staff(self._ask("staff_of_session", token_hash=token_hash, now=now))

    def observers_of_staff(self, staff_id: UUID) -> set[UUID]:
        """The observers whose browsers this member of staff signed in with."""
        return {row[0] for row in self._ask("observers_of_staff", staff_id=staff_id)}

    def count_demo_staff(self) -> int:
        """The number of staff accounts that the demo made."""
        return int(self._ask("count_demo_staff"))

    def count_demo_observers(self) -> int:
        """The number of observers that the demo made."""
        return int(self._ask("count_demo_observers"))

    def add_observer(self, observer: Observer) -> None:
        """Add an observer."""
        self._ask(
            "add_observer",
            observer_id=observer.observer_id,
            nickname=observer.nickname,
            skeleton=skeleton(observer.nickname),
            home_district=observer.home_district,
            joined_at=observer.joined_at,
            is_demo=observer.is_demo,
        )

    def link_device(self, device_id: UUID, observer_id: UUID, now: datetime) -> None:
        """Make this browser the observer's."""
        self._ask("unlink_device", device_id=device_id)
        self._ask("link_device", device_id=device_id, observer_id=observer_id, linked_at=now)

    def forget_browsers_of(self, observer_id: UUID) -> None:
        """Delete every link and consent of the observer's browsers."""
        self._ask("forget_festivals_of", observer_id=observer_id)
        self._ask("forget_consents_of", observer_id=observer_id)
        self._ask("unlink_devices_of", observer_id=observer_id)

    def choose_nickname(self, observer_id: UUID, nickname: str) -> None:
        """Replace the nickname."""
        values = {"nickname": nickname, "skeleton": skeleton(nickname)}
        self._ask("choose_nickname", observer_id=observer_id, **values)

    def lacks_skeletons(self) -> bool:
        """Whether a nickname or a team's name has not been compared with others."""
        return self._ask("lacks_skeletons") is not None

    def fill_skeletons(self, limit: int) -> int:
        """Compare nicknames of before there were skeletons, so many at most; gives their number."""
        rows = self._ask("without_skeleton", maximum=limit)
        if rows:
            skeletons = [skeleton(row[1]) for row in rows]
            self._ask("put_skeletons", observer_ids=[row[0] for row in rows], skeletons=skeletons)
        return len(rows)

    def choose_home_district(self, observer_id: UUID, home_district: str) -> None:
        """Set the home district, an adcode or `ELSEWHERE`; points count for it from then on."""
        self._ask("choose_home_district", observer_id=observer_id, home_district=home_district)

    def choose_boards(self, observer_id: UUID, on_boards: bool) -> None:
        """Set whether the boards may show the nickname."""
        self._ask("choose_boards", observer_id=observer_id, on_boards=on_boards)

    def erase_observer(self, observer_id: UUID, nickname: str, now: datetime) -> None:
        """Remove what the row says about the person; `nickname` replaces theirs."""
        self._ask("forget_name_changes", observer_id=observer_id)
        self._ask("erase_observer", observer_id=observer_id, nickname=nickname, erased_at=now)

    def add_consent(self, consent: Consent) -> None:
        """Add a consent."""
        self._ask("add_consent", **consent.__dict__)

    def replace_recovery_code(self, observer_id: UUID, code_hash: str, now: datetime) -> None:
        """Set the observer's code, of which there is one at most."""
        self.forget_recovery_codes(observer_id)
        self._ask(
            "add_recovery_code",
            code_id=new_id(now),
            observer_id=observer_id,
            code_hash=code_hash,
            made_at=now,
        )

    def forget_recovery_codes(self, observer_id: UUID) -> None:
        """Delete the observer's recovery codes."""
        self._ask("forget_recovery_codes", observer_id=observer_id)

    def add_staff(self, staff: Staff) -> None:
        """Add a member of staff."""
        self._ask(
            "add_staff",
            staff_id=staff.staff_id,
            username=staff.username,
            password_hash=staff.password_hash,
            role=staff.role,
            is_demo=staff.is_demo,
            added_at=staff.added_at,
        )

    def set_password(self, staff_id: UUID, password_hash: str) -> None:
        """Replace the password's hash."""
        self._ask("set_password", staff_id=staff_id, password_hash=password_hash)

    def staff_of_identity(self, issuer: str, subject: str) -> UUID | None:
        """Whose account this is at a provider."""
        row = self._ask("staff_of_identity", issuer=issuer, subject=subject)
        return cast(UUID, row[0]) if row else None

    def add_identity(self, issuer: str, subject: str, staff_id: UUID, now: datetime) -> None:
        """An account at a provider is this member of staff's."""
        values = {"issuer": issuer, "subject": subject, "staff_id": staff_id}
        self._ask("add_identity", **values, added_at=now)

    def set_role(self, staff_id: UUID, role: Role) -> None:
        """Replace the role."""
        self._ask("set_role", staff_id=staff_id, role=role)

    def rename_staff(self, staff_id: UUID, username: str) -> None:
        """Replace the user name."""
        self._ask("rename_staff", staff_id=staff_id, username=username)

    def set_disabled(self, staff_id: UUID, is_disabled: bool) -> None:
        """Disable or enable an account."""
        self._ask("set_disabled", staff_id=staff_id, is_disabled=is_disabled)

    def start_session(
        self, token_hash: str, staff_id: UUID, now: datetime, ends: tuple[datetime, datetime]
    ) -> None:
        """Add a session that ends at the latest, and while nobody uses it."""
        self._ask(
            "start_session",
            session_id=new_id(now),
            token_hash=token_hash,
            staff_id=staff_id,
            started_at=now,
            expires_at=ends[0],
            idle_until=ends[1],
        )

    def keep_session(self, token_hash: str, idle_until: datetime) -> None:
        """Somebody uses this session."""
        self._ask("keep_session", token_hash=token_hash, idle_until=idle_until)

    def second_step(self, staff_id: UUID) -> tuple[str, int] | None:
        """The seed of an account's second step, and the last half minute whose code was used."""
        row = self._ask("second_step", staff_id=staff_id)
        return (row[0], row[1]) if row else None

    def start_second_step(
        self, staff_id: UUID, seed: str, step: int, code_hashes: list[str], now: datetime
    ) -> None:
        """Give an account a second step, with spare codes."""
        self._ask("add_second_step", staff_id=staff_id, seed=seed, last_step=step, confirmed_at=now)
        self._ask("add_spare_codes", staff_id=staff_id, code_hashes=code_hashes)

    def drop_second_step(self, staff_id: UUID) -> None:
        """Take the second step from an account, with its spare codes."""
        self._ask("drop_second_step", staff_id=staff_id)
        self._ask("drop_spare_codes", staff_id=staff_id)

    def use_step(self, staff_id: UUID, step: int) -> None:
        """The code of this half minute was used."""
        self._ask("use_step", staff_id=staff_id, last_step=step)

    def use_spare_code(self, staff_id: UUID, code_hash: str) -> bool:
        """Use one of the account's spare codes; gives whether it was one."""
        is_one = self._ask("has_spare_code", staff_id=staff_id, code_hash=code_hash) is not None
        if is_one:
            self._ask("drop_spare_code", code_hash=code_hash)
        return is_one

    def mail_wishes(self) -> list[MailWish]:
        """Who of those who decide wants to be written to."""
        roles = [str(role) for role in roles_that_may("verify")]
        return [MailWish(*row) for row in self._ask("mail_wishes", roles=roles)]

    def mail_wish(self, staff_id: UUID) -> MailWish | None:
        """What this member of staff wants to be written of."""
        row = self._ask("mail_wish", staff_id=staff_id)
        return MailWish(*row) if row else None

    def add_mail_wish(self, wish: MailWish) -> None:
        """Somebody wants to be written to."""
        self._ask("add_mail_wish", **wish.__dict__)

    def drop_mail_wish(self, staff_id: UUID) -> None:
        """Somebody does not want to be written to, or is gone."""
        self._ask("drop_mail_wish", staff_id=staff_id)

    def mark_digest(self, staff_id: UUID, day: date | None) -> bool:
        """Note the day of the latest digest; False where it is that day already."""
        return self._ask("mark_digest", staff_id=staff_id, day=day) is not None

    def mark_alerts(self, staff_id: UUID, until: datetime) -> bool:
        """Note up to when they were told; False where they were told as much."""
        return self._ask("mark_alerts", staff_id=staff_id, until=until) is not None

    def unmark_alerts(self, staff_id: UUID, until: datetime) -> None:
        """Note that they were told up to then only."""
        self._ask("unmark_alerts", staff_id=staff_id, until=until)

    def count_spare_codes(self, staff_id: UUID) -> int:
        """How many spare codes an account has left."""
        return int(self._ask("count_spare_codes", staff_id=staff_id))

    def end_session(self, token_hash: str, now: datetime) -> None:
        """End a session."""
        self._ask("end_session", token_hash=token_hash, ended_at=now)

    def end_session_of(self, staff_id: UUID, session_id: UUID, now: datetime) -> None:
        """End one session of an account."""
        values = {"staff_id": staff_id, "session_id": session_id}
        self._ask("end_session_of", **values, ended_at=now)

    def end_sessions_of(self, staff_id: UUID, now: datetime) -> None:
        """End every session of an account."""
        self._ask("end_sessions_of", staff_id=staff_id, ended_at=now)

    def tie_staff_to_observer(self, staff_id: UUID, observer_id: UUID, now: datetime) -> None:
        """Record that this member of staff is this observer."""
        self._ask("tie_staff_to_observer", staff_id=staff_id, observer_id=observer_id, tied_at=now)


def _consent(row: Any) -> Consent:
    consent_id, device_id, version, allows_place, licence, consented_at = row
    return Consent(
        consent_id, device_id, version, allows_place, PhotoLicence(licence), consented_at
    )


def _staff(row: Any) -> Staff | None:
    if not row:
        return None
    staff_id, username, password_hash, role, *rest = row
    return Staff(staff_id, username, password_hash, Role(role), *rest)
