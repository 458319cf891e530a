"""Freezing a festival's result, and appending what is corrected later."""

from datetime import datetime, timedelta
from uuid import UUID

from observations.base.clock import day_of
from observations.base.retrying import retried
from observations.base.roles import NOBODY
from observations.festivals.festival import Festival
from observations.festivals.result import count_of
from observations.festivals.sheet import Sheet, make_sheet
from observations.festivals.store import Store
from observations.log.entries import LogEntry

CORRECTED_FOR = timedelta(days=365)  # so long after its last day a result is compared by itself


def freeze_due(store: Store, secret: bytes, now: datetime) -> list[Sheet]:
    """Freeze the festivals whose time has come, and correct those that changed; gives new sheets.

    Running it again adds nothing.
    """
    due = [festival for festival in store.festivals.festivals() if _is_due(festival, now)]
    sheets = (freeze(store, festival, secret, now) for festival in due)
    return [sheet for sheet in sheets if sheet]


def _is_due(festival: Festival, now: datetime) -> bool:
    is_recent = day_of(now) - festival.last_day < CORRECTED_FOR
    return not festival.is_cancelled and is_recent and festival.freezes_at <= now


@retried
def freeze(store: Store, festival: Festival, secret: bytes, now: datetime) -> Sheet | None:
    """The next sheet of a festival, if it has none or its records changed; None otherwise.

    A correction counts only what the first sheet has: what a verifier accepts after that is a
    sighting like any other.
    """
    of: UUID = festival.festival_id
    with store.transaction() as tx:
        before = tx.festivals.latest_sheet(of)
        counted, teams = count_of(tx, [festival])[of]
        sheet = make_sheet(festival, counted, teams, before, secret, now)
        if before and _numbers(before) == _numbers(sheet):
            return None
        tx.festivals.add_sheet(sheet)
        action = "festival.corrected" if before else "festival.frozen"
        tx.log.add(LogEntry(action, of, NOBODY, now, {"number": sheet.number}))
        return sheet


def _numbers(sheet: Sheet) -> tuple[object, str]:
    return sheet.said["counts"], sheet.records
