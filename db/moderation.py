"""Names in the hands of staff."""

from typing import cast
from uuid import UUID

from db.ask import Room
from observations.base.names import skeleton
from observations.moderation.public_name import NameChange, NameKind, PublicName, is_like


class Moderation(Room):
    """Fulfils `observations.moderation.store`."""

    name = "moderation"

    def named(self, words: str, limit: int) -> list[PublicName]:
        """Names with these letters in them, the shortest first."""
        rows = self._ask("named", words=words, maximum=limit)
        return [PublicName(NameKind(row[0]), row[1], row[2]) for row in rows]

    def name_of(self, kind: NameKind, subject_id: UUID) -> str | None:
        """A name; None where nobody has it any more."""
        return cast("str | None", self._ask(str(kind), subject_id=subject_id))

    def is_taken(self, name: PublicName) -> bool:
        """Whether somebody else of the kind has a name that looks like this."""
        if name.kind is NameKind.FESTIVAL_TEAM:
            beside = self._ask("festival_teams_beside", subject_id=name.subject_id)
            return is_like(name.name, [row[0] for row in beside])
        values = {"subject_id": name.subject_id, "skeleton": skeleton(name.name)}
        return self._ask(f"others_{name.kind}", **values) is not None

    def changes(self, limit: int) -> list[NameChange]:
        """The latest changes, the latest first."""
        rows = self._ask("changes", maximum=limit)
        return [NameChange(row[0], NameKind(row[1]), *row[2:]) for row in rows]

    def rename(self, name: PublicName) -> None:
        """Replace a name everywhere."""
        values = {"subject_id": name.subject_id, "name": name.name}
        self._ask(f"rename_{name.kind}", **values, skeleton=skeleton(name.name))
        self._stamp()

    def add_change(self, change: NameChange, undoes: UUID | None, staff_id: UUID) -> None:
        """Add a change by this member of staff."""
        self._ask(
            "add_change",
            name_change_id=change.name_change_id,
            kind=str(change.kind),
            subject_id=change.subject_id,
            name_before=change.name_before,
            skeleton_before=skeleton(change.name_before),
            name_after=change.name_after,
            undoes=undoes,
            changed_by=staff_id,
            changed_at=change.changed_at,
        )
