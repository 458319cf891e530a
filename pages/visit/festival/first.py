"""The festival's first screen: its name, days and districts, and how its numbers are counted."""

from observations.base.clock import day_of
from pages.parts.festivals import result
from pages.parts.first_screen import Query, Screen, heading_alone, keyed
from pages.parts.runtime import known_now, store
from pages.parts.wording import _


def screen(_query: Query) -> Screen:
    """The festival that runs or comes next."""
    today = day_of(known_now())
    festival = store().festivals.current(today)
    if festival is None:
        return heading_alone(_("观察节"))
    days = result.days_words(festival)
    whole = keyed("narrow", result.head(festival, today), result.reading(festival))
    return Screen(whole, festival.name, description=days)
