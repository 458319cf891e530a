"""Desks of staff with something on them."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from observations.actions.codes import CodeKind
from observations.actions.programmes import Programme, make_codes
from observations.base.clock import day_of, now_utc
from observations.base.roles import Person
from observations.festivals.organising import Plan, make_festival
from observations.places.districts import DISTRICTS
from observations.surveys.case_steps import Candidate, open_case
from observations.surveys.levels import Level
from pages.parts import runtime
from tests.support.sightings import record


def fill_the_desks(device_id: UUID, staff: Person, waiting: int, each: int) -> None:
    """For staff to look at: records that wait, and so many of each thing that staff make."""
    store, now = runtime.store(), now_utc()
    for _ in range(waiting):
        record(store, device_id, now)
    for number in range(each):
        days = (day_of(now), day_of(now) + timedelta(days=number))
        make_festival(store, staff, Plan(f"第 {number} 届", days), DISTRICTS, now)
        make_codes(store, staff, _programme(number, days[0]), now)
        open_case(store, staff, Candidate(None, Level.CITY, "bird", "林夏", days[0]), now)


def _programme(number: int, day: date) -> Programme:
    now = now_utc()
    return Programme(
        title=f"第 {number} 批",
        kind=CodeKind.SLIP,
        action_code="NAT-VOL",
        quantity=Decimal(1),
        points=10,
        opens_at=now,
        closes_at=now + timedelta(hours=1),
        count=3,
    )
