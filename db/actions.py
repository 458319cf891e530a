"""The catalogue of low-carbon actions and what people logged of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

from db.ask import Room
from observations.actions.catalogue import Action, action_of
from observations.actions.entries import ActionEntry, DayTotal, EntryLine, Photo

if TYPE_CHECKING:
    from db.store import Transaction

COLUMNS = (
    "code", "version", "valid_from", "group_code", "icon", "name_zh", "name_en", "unit", "unit_zh",
    "unit_en", "saving_factor", "kg_cap_a_day", "baseline_zh", "baseline_en", "source_zh",
    "source_en", "source_year", "confidence", "points_full", "portion", "daily_cap",
    "quantity_max", "choices", "not_with", "hint_zh", "hint_en",
)  # fmt: skip
MAY_BE_EMPTY = ("saving_factor", "kg_cap_a_day", "source_year", "confidence")


class Actions(Room):
    """Fulfils `observations.actions.store`, reads and writes."""

    name = "actions"

    def catalogue(self, today: date) -> list[Action]:
        """Every action in the version that holds `today`, in the order of the catalogue."""
        return [_action(row) for row in self._ask("catalogue", today=today)]

    def current(self, code: str, today: date) -> Action | None:
        """One action in the version that holds `today`."""
        row = self._ask("current", code=code, today=today)
        return _action(row) if row else None

    def entry(self, action_entry_id: UUID) -> ActionEntry | None:
        """One logged action."""
        row = self._ask("entry", action_entry_id=action_entry_id)
        return ActionEntry(*row) if row else None

    def photo(self, upload_id: UUID) -> Photo | None:
        """An uploaded photo."""
        row = self._ask("photo", upload_id=upload_id)
        return Photo(upload_id, *row) if row else None

    def day_of(self, observer_id: UUID, day: date) -> list[DayTotal]:
        """What a person logged on a day, by action; what staff did not accept is left out."""
        rows = self._ask("day_of", observer_id=observer_id, done_on=day)
        return [DayTotal(*row) for row in rows]

    def entries_of(self, observer_id: UUID, limit: int) -> list[EntryLine]:
        """What a person logged, the latest first, with where it stands and what it has earned."""
        rows = self._ask("entries_of", observer_id=observer_id, most=limit)
        return [EntryLine(ActionEntry(*row[:-3]), *row[-3:]) for row in rows]

    def avoided_by(self, observer_id: UUID) -> Decimal:
        """Kilograms CO2 equivalent a person avoided in all."""
        return cast(Decimal, self._ask("avoided_by", observer_id=observer_id))

    def add(self, entries: Sequence[ActionEntry]) -> None:
        """Keep entries, one or many in one statement."""
        self._ask(
            "add",
            ids=[e.action_entry_id for e in entries],
            observer_ids=[e.observer_id for e in entries],
            codes=[e.action_code for e in entries],
            versions=[e.action_version for e in entries],
            quantities=[e.activity_data for e in entries],
            units=[e.unit for e in entries],
            factors=[e.saving_factor for e in entries],
            kilograms=[e.avoided_kg_co2e for e in entries],
            full_points=[e.full_points for e in entries],
            points=[e.points for e in entries],
            days=[e.done_on for e in entries],
            upload_ids=[e.upload_id for e in entries],
            photos=[e.photo_sha256 for e in entries],
            notes=[e.note for e in entries],
            logged_ats=[e.logged_at for e in entries],
            demos=[e.is_demo for e in entries],
        )

    def erase(self, observer_id: UUID) -> None:
        """Remove what a person logged."""
        self._ask("erase", observer_id=observer_id)

    def seed(self, rows: Iterable[Mapping[str, str]]) -> None:
        """Load the catalogue's rows; loading them again changes nothing."""
        for order, row in enumerate(rows):
            action_of(row)  # a bad row stops the start, and says which
            values = {name: row[name] or _empty(name) for name in COLUMNS}
            self._ask("seed_action", **values, sort_order=order)


def seed_actions(tx: "Transaction", rows: Iterable[Mapping[str, str]]) -> None:
    """Load `db/seed/actions.csv` inside a transaction."""
    tx.actions.seed(rows)


def _empty(column: str) -> str | None:
    return None if column in MAY_BE_EMPTY else ""


def _action(row: Sequence[object]) -> Action:
    texts = ("" if value is None else str(value) for value in row)
    return action_of(dict(zip(COLUMNS, texts, strict=True)))
