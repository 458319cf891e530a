"""The catalogue of low-carbon actions, and what people logged."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from db.ask import FOLDER, Room
from db.filters import statements
from observations.actions.catalogue import Action, action_of, row_of
from observations.actions.codes import Batch, CodeKind, ProgrammeCode
from observations.actions.entries import ActionEntry, DayTotal, EntryLine, Photo
from observations.actions.versions import Version

COLUMNS = (
    "code", "version", "valid_from", "group_code", "icon", "name_zh", "name_en", "unit", "unit_zh",
    "unit_en", "saving_factor", "kg_cap_a_day", "baseline_zh", "baseline_en", "source_zh",
    "source_en", "source_year", "confidence", "points_full", "portion", "daily_cap",
    "quantity_max", "choices", "not_with", "hint_zh", "hint_en", "monthly_cap", "diminishing",
    "evidence",
)  # fmt: skip
MAY_BE_EMPTY = ("saving_factor", "kg_cap_a_day", "source_year", "confidence", "monthly_cap")
KEPT = (*COLUMNS, "is_offered")
ENTRY_COLUMNS = tuple(field.name for field in fields(ActionEntry))
STATEMENTS = FOLDER / "queries" / "actions.sql"


class Actions(Room):
    """Fulfils `observations.actions.store`, reads and writes."""

    name = "actions"

    def catalogue(self, today: date) -> list[Action]:
        """Every action in its version of `today`, in the order of the catalogue."""
        return [_action(row) for row in self._ask("catalogue", today=today)]

    def current(self, code: str, today: date) -> Action | None:
        """One action in its version of `today`."""
        return self.versions_on([(code, today)]).get((code, today))

    def versions_on(
        self, codes_and_days: Collection[tuple[str, date]]
    ) -> dict[tuple[str, date], Action]:
        """Each action in its version of the day beside it."""
        if not codes_and_days:
            return {}
        codes, days = zip(*codes_and_days, strict=True)
        rows = self._ask("versions_on", codes=list(codes), days=list(days))
        return {(row[1], row[0]): _action(row[1:]) for row in rows}

    def entries_with(self, entry_ids: Sequence[UUID]) -> dict[UUID, ActionEntry]:
        """These logged actions, by id."""
        rows = self._named("entries_with", entry_ids=list(entry_ids)) if entry_ids else ()
        return {row["action_entry_id"]: _entry(row) for row in rows}

    def entry(self, action_entry_id: UUID) -> ActionEntry | None:
        """One logged action."""
        rows = self._named("entry", action_entry_id=action_entry_id)
        return _entry(rows[0]) if rows else None

    def photo(self, upload_id: UUID) -> Photo | None:
        """An uploaded photo."""
        row = self._ask("photo", upload_id=upload_id)
        return Photo(upload_id, *row) if row else None

    def day_of(self, observer_id: UUID, day: date) -> list[DayTotal]:
        """What a person logged on a day, by action, without what staff did not accept."""
        rows = self._ask("day_of", observer_id=observer_id, done_on=day)
        return [DayTotal(*row) for row in rows]

    def entries_of(self, observer_id: UUID, limit: int) -> list[EntryLine]:
        """A person's entries, the latest first, with their status and the points they earned."""
        rows = self._named("entries_of", observer_id=observer_id, most=limit)
        standing = ("verification_status", "is_withdrawn", "earned")
        return [EntryLine(_entry(row), *(row[name] for name in standing)) for row in rows]

    def month_of(
        self, observer_id: UUID, code: str, first: date, last: date
    ) -> dict[date, Decimal]:
        """A person's quantities of an action in a span, by day, without rejected ones."""
        values = {"observer_id": observer_id, "code": code, "first_day": first, "last_day": last}
        return dict(self._ask("month_of", **values))

    def months_of(
        self, observer_id: UUID, first: date, last: date
    ) -> Sequence[tuple[str, date, Decimal]]:
        """A person's quantities in a span, by action and day, without rejected ones."""
        values = {"observer_id": observer_id, "first_day": first, "last_day": last}
        return [tuple(row) for row in self._ask("months_of", **values)]

    def by_word(self, observer_id: UUID, done_on: date) -> tuple[int, Decimal]:
        """Points and kilograms CO2e for a day's reports without evidence, those that wait too."""
        points, kilograms = self._ask("by_word", observer_id=observer_id, done_on=done_on)
        return points, kilograms

    def by_code(self, observer_id: UUID, done_on: date) -> int:
        """Points for a day's programme codes: paid, or paid if accepted."""
        return cast(int, self._ask("by_code", observer_id=observer_id, done_on=done_on))

    def logged_since(self, observer_id: UUID, since: datetime) -> int:
        """The number of a person's entries since a moment, whatever their status."""
        return cast(int, self._ask("logged_since", observer_id=observer_id, since=since))

    def latest_quantities(self, observer_id: UUID, code: str, limit: int) -> list[Decimal]:
        """The quantities of a person's latest entries of an action, the newest first."""
        rows = self._ask("latest_quantities", observer_id=observer_id, code=code, most=limit)
        return [row[0] for row in rows]

    def photo_is_known(self, sha256: str) -> bool:
        """Whether another action or a sighting has this photo."""
        return bool(self._ask("photo_is_known", sha256=sha256))

    def active_days(self, observer_id: UUID, first: date) -> list[date]:
        """The days from `first` on with an entry that counts, the earliest first."""
        rows = self._ask("active_days", observer_id=observer_id, first_day=first)
        return [row[0] for row in rows]

    def versions(self, code: str | None = None) -> list[Version]:
        """Every version of an action, the newest first.

        Where none is named, the versions of all actions, retired ones too, in the order of the
        catalogue.
        """
        rows = self._ask("versions", code=code)
        return [Version(_action(row[:-3]), *row[-3:]) for row in rows]

    def add_version(self, version: Version) -> None:
        """Add a version that staff wrote."""
        action = version.action
        row = row_of(action)
        values = {name: row[name] or _empty(name) for name in COLUMNS}
        self._ask(
            "add_version",
            **values,
            is_offered=action.is_offered,
            edited_by=version.edited_by,
            edited_at=version.edited_at,
            reason=version.reason,
        )

    def programme_code(self, token: str) -> ProgrammeCode | None:
        """The code with this token."""
        row = self._ask("programme_code", token=token)
        return _code(row) if row else None

    def codes_of(self, batch_id: UUID) -> list[ProgrammeCode]:
        """The codes of one batch."""
        return [_code(row) for row in self._ask("codes_of", batch_id=batch_id)]

    def batches(self) -> list[Batch]:
        """Batches of codes, the newest first."""
        return [Batch(row[0], row[1], CodeKind(row[2]), *row[3:]) for row in self._ask("batches")]

    def uses_of(self, code_id: UUID) -> int:
        """The number of uses of a code."""
        return cast(int, self._ask("uses_of", code_id=code_id))

    def code_use(self, use_key: str) -> tuple[UUID, UUID] | None:
        """The entry that a use was logged as, and its observer."""
        row = self._ask("code_use", use_key=use_key)
        return (row[0], row[1]) if row else None

    def add_codes(self, codes: Sequence[ProgrammeCode]) -> None:
        """Add a batch of codes."""
        self._ask(
            "add_codes",
            ids=[c.code_id for c in codes],
            tokens=[c.token for c in codes],
            kinds=[str(c.kind) for c in codes],
            batch_ids=[c.batch_id for c in codes],
            titles=[c.title for c in codes],
            action_codes=[c.action_code for c in codes],
            quantities=[c.quantity for c in codes],
            points=[c.points for c in codes],
            opens=[c.opens_at for c in codes],
            closes=[c.closes_at for c in codes],
            max_uses=[c.max_uses for c in codes],
            made_bys=[c.made_by for c in codes],
            made_ats=[c.made_at for c in codes],
        )

    def cancel_codes(self, batch_id: UUID, now: datetime) -> None:
        """Cancel the codes of a batch."""
        self._ask("cancel_codes", batch_id=batch_id, cancelled_at=now)

    def use_code(
        self, use_key: str, code_id: UUID, observer_id: UUID, entry_id: UUID, now: datetime
    ) -> None:
        """Add one use; its key is unique."""
        self._ask(
            "use_code",
            use_key=use_key,
            code_id=code_id,
            observer_id=observer_id,
            action_entry_id=entry_id,
            used_at=now,
        )

    def avoided_by(self, observer_id: UUID) -> Decimal:
        """Kilograms CO2 equivalent that a person avoided in all, without what still waits."""
        return cast(Decimal, self._ask("avoided_by", observer_id=observer_id))

    def add(self, entries: Sequence[ActionEntry]) -> None:
        """Add entries, in one statement."""
        self._ask("add", **{name: _column(entries, name) for name in ENTRY_COLUMNS})

    def recount(self, entry: ActionEntry) -> None:
        """Replace an entry's points and kilograms by those of `entry`."""
        self._ask(
            "recount",
            action_entry_id=entry.action_entry_id,
            full_points=entry.full_points,
            points=entry.points,
            avoided_kg_co2e=entry.avoided_kg_co2e,
        )

    def _named(self, name: str, **values: object) -> list[dict[str, Any]]:
        """The rows of a block, each value by the name of its column."""
        return self._by_name(statements(STATEMENTS)[name], **values)

    def erase(self, observer_id: UUID) -> None:
        """Delete what a person logged."""
        self._ask("erase_uses", observer_id=observer_id)
        self._ask("erase", observer_id=observer_id)

    def seed(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Load the catalogue's rows; loading them again changes nothing."""
        for order, row in enumerate(rows):
            action_of(row)  # a bad row stops the start with an error that names it
            values = {name: row[name] or _empty(name) for name in COLUMNS}
            self._ask("seed_action", **values, sort_order=order)


def _empty(column: str) -> str | None:
    return None if column in MAY_BE_EMPTY else ""


def _entry(row: Mapping[str, Any]) -> ActionEntry:
    values = {name: row[name] for name in ENTRY_COLUMNS}
    return ActionEntry(**values | {"flags": tuple((row["flags"] or "").split())})


def _column(entries: Sequence[ActionEntry], name: str) -> list[Any]:
    values = [getattr(entry, name) for entry in entries]
    return [" ".join(flags) or None for flags in values] if name == "flags" else values


def _code(row: Sequence[Any]) -> ProgrammeCode:
    return ProgrammeCode(row[0], row[1], CodeKind(row[2]), *row[3:])


def _action(row: Sequence[object]) -> Action:
    texts = ("" if value is None else str(value) for value in row)
    return action_of(dict(zip(KEPT, texts, strict=True)))
