"""Making, mending and cancelling a festival."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.festivals.festival import CODE_DIGITS, LONGEST_DAYS, NAME_LENGTH, Festival
from observations.festivals.store import Store, Transaction
from observations.log.entries import AFTER, BEFORE, LogEntry


@dataclass(frozen=True)
class Plan:
    """What an organiser says of a festival.

    Days are of Asia/Shanghai, both included; no `districts`: the whole city.
    """

    name: str
    days: tuple[date, date]
    districts: Sequence[str] = ()


@retried
def make_festival(
    store: Store, person: Person, plan: Plan, city_codes: Collection[str], now: datetime
) -> Festival:
    """Add a festival with a new code of six digits.

    Raises `Refused`: `role.may_not`, `festival.no_name`, `festival.days` (the last is before the
    first or past, or they are too many), `district.unknown`, `text.…`.
    """
    require(person, "run_festival")
    name, (first, last), districts = _read(plan, city_codes)
    if last < day_of(now):
        raise _wrong_days()
    assert person.staff_id is not None  # only staff may make a festival
    with store.transaction() as tx:
        festival = Festival(
            festival_id=new_id(now),
            name=name,
            code=_free_code(tx),
            first_day=first,
            last_day=last,
            districts=districts,
            made_by=person.staff_id,
            made_at=now,
        )
        tx.festivals.add_festival(festival)
        tx.log.add(LogEntry("festival.made", festival.festival_id, person, now))
        return festival


@retried
def mend_festival(
    store: Store,
    person: Person,
    festival_id: UUID,
    plan: Plan,
    city_codes: Collection[str],
    now: datetime,
) -> Festival:
    """Change a festival; its code, teams and members stay, and its numbers are counted anew.

    Of one that is over only the name: its result is known. Raises `Refused` as `make_festival`,
    and `festival.unknown_code`, `festival.settled`.
    """
    require(person, "run_festival")
    name, (first, last), districts = _read(plan, city_codes)
    with store.transaction() as tx:
        before = _known(tx, festival_id)
        after = replace(before, name=name, first_day=first, last_day=last, districts=districts)
        if after != replace(before, name=name):
            if before.last_day < day_of(now):
                raise Refused("festival.settled", "days")
            if last < day_of(now):
                raise _wrong_days()
        _change(tx, person, "festival.mended", before, after, now)
        return after


@retried
def cancel_festival(
    store: Store, person: Person, festival_id: UUID, now: datetime, *, is_cancelled: bool = True
) -> Festival:
    """Let a festival not take place, or after all. Its teams and members stay.

    Raises `Refused`: `role.may_not`, `festival.unknown_code`, `festival.settled` (it is over).
    """
    require(person, "run_festival")
    with store.transaction() as tx:
        before = _known(tx, festival_id)
        if before.last_day < day_of(now):
            raise Refused("festival.settled", "days")
        after = replace(before, is_cancelled=is_cancelled)
        _change(tx, person, "festival.cancelled", before, after, now)
        return after


def _read(
    plan: Plan, city_codes: Collection[str]
) -> tuple[str, tuple[date, date], tuple[str, ...]]:
    name = clean_text(plan.name, "name", NAME_LENGTH)
    if not name:
        raise Refused("festival.no_name", "name")
    first, last = plan.days
    if last < first or last - first >= timedelta(days=LONGEST_DAYS):
        raise _wrong_days()
    if not set(plan.districts) <= set(city_codes):
        raise Refused("district.unknown", "districts")
    return name, (first, last), tuple(sorted(plan.districts))


def _wrong_days() -> Refused:
    return Refused("festival.days", "days", most=LONGEST_DAYS)


def _known(tx: Transaction, festival_id: UUID) -> Festival:
    festival = tx.festivals.festival(festival_id)
    if festival is None:
        raise Refused("festival.unknown_code")
    return festival


def _change(
    tx: Transaction, person: Person, action: str, before: Festival, after: Festival, now: datetime
) -> None:
    if after == before:
        return
    tx.festivals.change_festival(after)
    details = {BEFORE: _told(before), AFTER: _told(after)}
    tx.log.add(LogEntry(action, after.festival_id, person, now, details))


def _told(festival: Festival) -> dict[str, object]:
    return {
        "name": festival.name,
        "days": [festival.first_day.isoformat(), festival.last_day.isoformat()],
        "districts": list(festival.districts),
        "is_cancelled": festival.is_cancelled,
    }


def _free_code(tx: Transaction) -> str:
    while True:
        code = "".join(str(secrets.randbelow(10)) for _digit in range(CODE_DIGITS))
        if tx.festivals.by_code(code) is None:
            return code
