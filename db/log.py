"""The log, and the checksums of reference data."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from db.ask import Room
from observations.log.entries import LogEntry, LogLine, Question, Seal, Told

MOST_COUNTED = 10_000
LAST_ID = UUID(int=2**128 - 1)


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
            details=_json(entry.details),
            logged_at=entry.logged_at,
            system_user=entry.person.system_user or None,
            personal=_json(entry.personal) if entry.personal else None,
        )

    def last_seal(self) -> Seal | None:
        """The seal at the end of the chain."""
        row = self._ask("last_seal")
        return Seal(*row) if row else None

    def lines_after(self, entry_id: UUID | None, until: UUID, limit: int) -> list[LogLine]:
        """Entries between two ids, by id."""
        values = {"after": entry_id or UUID(int=0), "until": until, "maximum": limit}
        return [LogLine(*row) for row in self._ask("lines_after", **values)]

    def add_seals(self, seals: Sequence[Seal]) -> None:
        """Append seals to the chain."""
        self._ask(
            "add_seals",
            positions=[seal.position for seal in seals],
            entry_ids=[seal.entry_id for seal in seals],
            salts=[seal.salt for seal in seals],
            digests=[seal.personal_digest for seal in seals],
            links=[seal.link for seal in seals],
            moments=[seal.sealed_at for seal in seals],
        )

    def sealed_after(self, position: int, limit: int) -> list[tuple[Seal, LogLine | None]]:
        """Seals behind a position, each with its entry, or None where that is gone."""
        rows = self._ask("sealed_after", position=position, maximum=limit)
        return [(Seal(*row[:6]), LogLine(*row[6:]) if row[6] else None) for row in rows]

    def unsealed_before(self, entry_id: UUID, limit: int) -> list[UUID]:
        """Entries that are older than this one and have no seal."""
        return [row[0] for row in self._ask("unsealed_before", entry_id=entry_id, maximum=limit)]

    def count_unsealed(self) -> int:
        """The number of entries behind the last sealed one, `MOST_COUNTED` at most."""
        return int(self._ask("count_unsealed", maximum=MOST_COUNTED))

    def told(self, question: Question, before: UUID | None, limit: int) -> list[Told]:
        """Entries, the latest first, that are older than `before`."""
        values = {"before": before or LAST_ID, "maximum": limit, **question.__dict__}
        rows = self._ask("told", **values)
        return [Told(LogLine(*row[:9]), *row[9:]) for row in rows]

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


def _json(details: Mapping[str, object]) -> str:
    return json.dumps(details, ensure_ascii=False, default=str)
