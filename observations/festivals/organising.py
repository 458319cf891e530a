"""Making a festival."""

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.festivals.festival import CODE_DIGITS, LONGEST_DAYS, NAME_LENGTH, Festival
from observations.festivals.store import Store, Transaction
from observations.log.entries import LogEntry


@retried
def make_festival(
    store: Store,
    person: Person,
    name: str,
    days: tuple[date, date],
    districts: Sequence[str],
    city_codes: Collection[str],
    now: datetime,
) -> Festival:
    """Add a festival with a new code of six digits.

    `districts` are among `city_codes`; none means the whole city. Raises `Refused`: `role.may_not`,
    `festival.no_name`, `festival.days` (the last is before the first or past, or they are too
    many), `district.unknown`, `text.…`.
    """
    require(person, "run_festival")
    title = clean_text(name, "name", NAME_LENGTH)
    if not title:
        raise Refused("festival.no_name", "name")
    first, last = days
    if last < first or last < day_of(now) or last - first >= timedelta(days=LONGEST_DAYS):
        raise Refused("festival.days", "days", most=LONGEST_DAYS)
    if not set(districts) <= set(city_codes):
        raise Refused("district.unknown", "districts")
    assert person.staff_id is not None  # only staff may make a festival
    with store.transaction() as tx:
        festival = Festival(
            festival_id=new_id(now),
            name=title,
            code=_free_code(tx),
            first_day=first,
            last_day=last,
            districts=tuple(sorted(districts)),
            made_by=person.staff_id,
            made_at=now,
        )
        tx.festivals.add_festival(festival)
        tx.log.add(LogEntry("festival.made", festival.festival_id, person, now))
        return festival


def _free_code(tx: Transaction) -> str:
    while True:
        code = "".join(str(secrets.randbelow(10)) for _digit in range(CODE_DIGITS))
        if tx.festivals.by_code(code) is None:
            return code
