"""The log, and the checksums of reference data."""

import json
from datetime import datetime
from typing import cast

from db.ask import Room
from observations.log.entries import LogEntry


class Log(Room):
    """The append-only log."""

    name = "log"

    def add(self, entry: LogEntry) -> None:
        """Append one entry."""
        self._ask(
            "add",
            entry_id=entry.entry_id,
            action=entry.action,
            subject_id=entry.subject_id,
            observer_id=entry.person.observer_id,
            staff_id=entry.person.staff_id,
            details=json.dumps(entry.details, ensure_ascii=False, default=str),
            logged_at=entry.logged_at,
        )

    def last_moment(self) -> datetime | None:
        """The time of the last entry; None for an empty log."""
        row = self._ask("last_moment")
        return cast("datetime | None", row[0]) if row else None

    def checksum(self, name: str) -> str | None:
        """The checksum of the reference data that was loaded last under `name`."""
        row = self._ask("checksum_of", name=name)
        return cast(str, row[0]) if row else None

    def remember_checksum(self, name: str, checksum: str) -> None:
        """Store the checksum of the loaded file."""
        self._ask("forget_checksum", name=name)
        self._ask("remember_checksum", name=name, checksum=checksum)
