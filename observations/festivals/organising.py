"""Making, mending and cancelling a festival."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.festivals.festival import (
    CODE_DIGITS,
    IDENTIFICATION_DAYS,
    LONGEST_DAYS,
    LONGEST_GRACE,
    MOST_CORNERS,
    MOST_TARGETS,
    NAME_LENGTH,
    RULES_LENGTH,
    UPLOAD_DAYS,
    Corner,
    Festival,
)
from observations.festivals.store import Store, Transaction
from observations.log.entries import AFTER, BEFORE, LogEntry
from observations.places.districts import is_in_city_box


@dataclass(frozen=True)
class Plan:
    """What an organiser says of a festival.

    Days are of Asia/Shanghai, both included; no `districts`: the whole city. `area`, where one is
    drawn, is a ring of (longitude, latitude); `upload_days` and `identification_days` follow the
    last day; `targets` are taxa to look for.
    """

    name: str
    days: tuple[date, date]
    districts: Sequence[str] = ()
    upload_days: int = UPLOAD_DAYS
    identification_days: int = IDENTIFICATION_DAYS
    area: Sequence[Corner] = ()
    targets: Sequence[UUID] = ()
    rules: str = ""


@retried
def make_festival(
    store: Store, person: Person, plan: Plan, city_codes: Collection[str], now: datetime
) -> Festival:
    """Add a festival with a new code of six digits.

    Raises `Refused`: `role.may_not`, `festival.no_name`, `festival.days` (the last is before the
    first or past, or they are too many), `festival.grace`, `festival.area`, `festival.targets`,
    `district.unknown`, `text.…`.
    """
    require(person, "run_festival")
    read = _read(plan, city_codes)
    if read["last_day"] < day_of(now):
        raise _wrong_days()
    assert person.staff_id is not None  # only staff may make a festival
    with store.transaction() as tx:
        festival = Festival(
            festival_id=new_id(now),
            code=_free_code(tx),
            made_by=person.staff_id,
            made_at=now,
            **read,
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
    read = _read(plan, city_codes)
    with store.transaction() as tx:
        before = _known(tx, festival_id)
        after = replace(before, **read)
        if after != replace(before, name=after.name):
            if before.last_day < day_of(now):
                raise Refused("festival.settled", "days")
            if after.last_day < day_of(now):
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


def _read(plan: Plan, city_codes: Collection[str]) -> dict[str, Any]:
    """The fields of a festival that a plan says."""
    name = clean_text(plan.name, "name", NAME_LENGTH)
    if not name:
        raise Refused("festival.no_name", "name")
    first, last = plan.days
    if last < first or last - first >= timedelta(days=LONGEST_DAYS):
        raise _wrong_days()
    if not set(plan.districts) <= set(city_codes):
        raise Refused("district.unknown", "districts")
    if not 0 <= plan.upload_days <= plan.identification_days <= LONGEST_GRACE:
        raise Refused("festival.grace", "upload_days", most=LONGEST_GRACE)
    if len(set(plan.targets)) > MOST_TARGETS:
        raise Refused("festival.targets", "targets", most=MOST_TARGETS)
    return {
        "name": name,
        "first_day": first,
        "last_day": last,
        "districts": tuple(sorted(plan.districts)),
        "upload_days": plan.upload_days,
        "identification_days": plan.identification_days,
        "area": _ring(plan.area),
        "targets": tuple(dict.fromkeys(plan.targets)),
        "rules": clean_text(plan.rules, "rules", RULES_LENGTH),
    }


def _ring(area: Sequence[Corner]) -> tuple[Corner, ...]:
    """The corners of an area, none after another that is the same. Raises `festival.area`."""
    corners = tuple(dict.fromkeys((round(x, 5), round(y, 5)) for x, y in area))
    if not corners:
        return ()
    is_here = all(is_in_city_box(latitude, longitude) for longitude, latitude in corners)
    if not 3 <= len(corners) <= MOST_CORNERS or not is_here:
        raise Refused("festival.area", "area", most=MOST_CORNERS)
    return corners


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
        "upload_days": festival.upload_days,
        "identification_days": festival.identification_days,
        "area": [list(corner) for corner in festival.area],
        "targets": [str(taxon_id) for taxon_id in festival.targets],
        "rules": festival.rules,
    }


def _free_code(tx: Transaction) -> str:
    while True:
        code = "".join(str(secrets.randbelow(10)) for _digit in range(CODE_DIGITS))
        if tx.festivals.by_code(code) is None:
            return code
