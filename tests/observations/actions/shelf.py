"""The catalogue as its seed file has it, and a photo that could show an action."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from observations.actions.catalogue import Action, action_of
from observations.base.ids import new_id
from observations.occurrences.occurrence import Upload

SEED = Path(__file__).resolve().parents[3] / "db" / "seed" / "actions.csv"


def catalogue() -> list[Action]:
    """Every action of the seed file."""
    with SEED.open(encoding="utf-8", newline="") as file:
        return [action_of(row) for row in csv.DictReader(file)]


def action(code: str) -> Action:
    """One action by its code."""
    return next(found for found in catalogue() if found.code == code)


def an_upload(device_id: UUID) -> Upload:
    """The row of a photo that this browser has sent; its files are nowhere."""
    sent_at = datetime(2026, 5, 9, 1, 40, tzinfo=UTC)
    return Upload(new_id(), device_id, "ab" * 32, "0" * 16, "JPEG", 1600, 1200, 320_000, sent_at)
