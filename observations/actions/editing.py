"""Changing the catalogue: a change is a new version from a day on; old entries keep theirs."""

from dataclasses import replace
from datetime import datetime

from observations.actions.catalogue import Action
from observations.actions.store import Store
from observations.actions.versions import Version
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.log.entries import LogEntry

REASON_LENGTH = 200


@retried
def change(store: Store, person: Person, action: Action, reason: str, now: datetime) -> Version:
    """Store `action` as the next version, from its `valid_from` on, with the reason.

    Its number is set here. `now` is aware. Raises `Refused`: `role.may_not`, `action.unknown`,
    `action.version_past` (from a day that is over: its entries are counted already),
    `action.version_reason`, `action.version_limits` (contradictory limits), `text.…`.
    """
    require(person, "edit_catalogue")
    why = clean_text(reason, "reason", REASON_LENGTH)
    if not why:
        raise Refused("action.version_reason", "reason")
    _check(action, now)
    with store.transaction() as tx:
        versions = tx.actions.versions(action.code)
        if not versions:
            raise Refused("action.unknown", "code")
        latest = versions[0]
        if action.valid_from < latest.action.valid_from:
            raise Refused("action.version_past", "valid_from")
        numbered = replace(action, version=latest.action.version + 1)
        version = Version(numbered, person.staff_id, now, why)
        tx.actions.add_version(version)
        details: dict[str, object] = {"code": action.code, "version": numbered.version}
        tx.log.add(LogEntry("catalogue.changed", new_id(now), person, now, details))
        return version


def _check(action: Action, now: datetime) -> None:
    if action.valid_from < day_of(now):
        raise Refused("action.version_past", "valid_from")
    month = action.monthly_cap
    rises = 0 < action.portion <= action.daily_cap <= action.quantity_max
    if not rises or action.points < 1 or (month is not None and month < action.daily_cap):
        raise Refused("action.version_limits", "daily_cap")
