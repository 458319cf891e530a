"""Logging an action: counted and stored; a usual report without a photo is paid at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from observations.actions.allowance import count_of
from observations.actions.catalogue import Action
from observations.actions.checks import check_counted_once, check_day, check_quantity
from observations.actions.counting import Count
from observations.actions.deciding import cause_of
from observations.actions.details import checked
from observations.actions.entries import ActionEntry, ActionReport, Photo
from observations.actions.odd_patterns import flags_of
from observations.actions.store import Store, Transaction
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person
from observations.log.entries import LogEntry
from observations.people.consenting import require_consent
from observations.people.joining import ensure_observer
from observations.people.observer import Observer
from observations.people.standing import require_standing
from observations.points.awarding import award
from observations.verification.decisions import Kind


@dataclass(frozen=True)
class Logged:
    """The result of a report. Where it was stored before, `is_new` is False and `count` None."""

    entry: ActionEntry
    observer: Observer
    count: Count | None
    is_new: bool


@retried
def submit(store: Store, report: ActionReport, device_id: UUID, now: datetime) -> Logged:
    """Store a report from a browser; `now` is aware.

    The same id again from the same browser changes nothing. Raises `Refused`: `consent.missing`,
    `action.id_taken`, `action.unknown`, `action.photo_unknown`, `action.in_the_future`,
    `action.too_long_ago`, `action.no_quantity`, `action.too_much`, `action.counted_already`,
    `text.…`.
    """
    with store.transaction() as tx:
        require_consent(tx, device_id)
        require_standing(tx, device_id, now)
        observer = ensure_observer(tx, device_id, now)
        return record(tx, report, observer, now, _photo(tx, report, device_id))


def record(
    tx: Transaction,
    report: ActionReport,
    observer: Observer,
    now: datetime,
    photo: Photo | None = None,
) -> Logged:
    """Store a report of `observer` inside a transaction. Raises `Refused` as `submit` does.

    With a `photo` it waits for the desk; `report.upload_id` only says which photo was meant.
    """
    earlier = tx.actions.entry(report.id)
    if earlier:
        return _already(earlier, observer)
    action = tx.actions.current(report.action_code, day_of(now))
    if action is None or not action.is_offered:
        raise Refused("action.unknown", "action_code")
    counted = _counted(tx, report, action, observer, now, photo is not None)
    flags = flags_of(tx, action, counted, observer.observer_id, photo, now)
    entry = _entry(report, action, counted, observer, now, photo, flags)
    tx.actions.add([entry])
    settle_points(tx, entry, now)
    person = Person(observer_id=observer.observer_id)
    tx.log.add(LogEntry("action.logged", entry.action_entry_id, person, now, {"code": action.code}))
    return Logged(entry, observer, counted, is_new=True)


def _counted(
    tx: Transaction,
    report: ActionReport,
    action: Action,
    observer: Observer,
    now: datetime,
    has_photo: bool,
) -> Count:
    check_day(report.done_on, day_of(now))
    day = tx.actions.day_of(observer.observer_id, report.done_on)
    check_counted_once(action, day)
    quantity = check_quantity(action, report.quantity, day)
    me, done_on = observer.observer_id, report.done_on
    return count_of(tx, action, quantity, me, done_on, has_evidence=has_photo)


def _entry(
    report: ActionReport,
    action: Action,
    counted: Count,
    observer: Observer,
    now: datetime,
    photo: Photo | None,
    flags: tuple[str, ...],
) -> ActionEntry:
    return ActionEntry(
        action_entry_id=report.id,
        observer_id=observer.observer_id,
        action_code=action.code,
        action_version=action.version,
        activity_data=counted.quantity,
        unit=action.unit,
        saving_factor=action.factor.saving if action.factor else None,
        avoided_kg_co2e=counted.avoided_kg_co2e,
        full_points=counted.full_points,
        points=counted.points,
        done_on=report.done_on,
        upload_id=photo.upload_id if photo else None,
        photo_sha256=photo.sha256 if photo else None,
        logged_at=now,
        is_demo=observer.is_demo,
        flags=flags,
        **checked(report),
    )


def settle_points(tx: Transaction, entry: ActionEntry, now: datetime) -> None:
    """Send a photo, and what looks odd, to the desk; pay other entries at once."""
    entry_id, observer_id = entry.action_entry_id, entry.observer_id
    if entry.waits:
        tx.verification.open(
            entry_id, Kind.ACTION, observer_id, now, entry.is_demo, worth=entry.points
        )
    elif entry.points:
        award(tx, observer_id, cause_of(entry), entry_id, entry.points, now, is_demo=entry.is_demo)


def _already(known: ActionEntry, observer: Observer) -> Logged:
    if known.observer_id != observer.observer_id:
        raise Refused("action.id_taken")
    return Logged(known, observer, None, is_new=False)


def _photo(tx: Transaction, report: ActionReport, device_id: UUID) -> Photo | None:
    """The photo that a report names, if its own browser uploaded it."""
    if report.upload_id is None:
        return None
    photo = tx.actions.photo(report.upload_id)
    if photo is None or photo.device_id != device_id:
        raise Refused("action.photo_unknown", "photo")
    return photo
