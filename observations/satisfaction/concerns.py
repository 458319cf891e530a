"""Why a score is low, where, with a photo; what staff did about it; how fast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID

from observations.log.clock import day_of
from observations.log.entries import LogEntry
from observations.log.errors import Refused
from observations.log.ids import new_id
from observations.log.retrying import retried
from observations.log.roles import Person, require
from observations.log.text import clean_text
from observations.log.wording import N_
from observations.places.districts import DISTRICTS, is_in_city_box
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.estimates import SHOWN_FROM

if TYPE_CHECKING:
    from observations.satisfaction.store import Reads, Store

ANSWER_CONCERNS = "answer_concerns"
LONGEST_PLACE, LONGEST_ANSWER = 60, 500


class Status(StrEnum):
    """What staff say of a theme."""

    DONE = "done"
    DOING = "doing"
    PASSED_ON = "passed_on"


STATUS_NAMES = {
    Status.DONE: N_("已办"),
    Status.DOING: N_("在办"),
    Status.PASSED_ON: N_("已转给主管部门"),
}


@dataclass(frozen=True)
class Concern:
    """What a low score is about, and where: in words, WGS-84 degrees, a photo by its SHA-256."""

    dimension: Dimension
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    photo: str | None = None


@dataclass(frozen=True)
class Raised:
    """One thing that somebody said; ``token`` leads to nobody. ``first_answered`` is aware."""

    token: str
    district: str
    concern: Concern
    words: str
    raised_on: date
    first_answered: datetime | None
    status: Status | None
    is_demo: bool


@dataclass(frozen=True)
class ThemeAnswer:
    """What staff say in public to all who raised ``dimension`` in ``district``."""

    district: str
    dimension: Dimension
    status: Status
    words: str
    answered_at: datetime
    is_demo: bool = False
    answer_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True)
class Theme:
    """What people of one district raised about one question."""

    district: str
    dimension: Dimension
    raised: Sequence[Raised]

    @property
    def waiting(self) -> list[Raised]:
        """What nobody has answered yet."""
        return [one for one in self.raised if one.first_answered is None]


@dataclass(frozen=True)
class Answered:
    """How many were raised and answered, and the median of days that an answer took."""

    raised: int
    answered: int
    median_days: float | None


def cleaned(concern: Concern) -> Concern:
    """Return the concern as it is kept. Raises ``Refused``: ``text.…``, ``place.outside``."""
    place = clean_text(concern.place_name, "place", LONGEST_PLACE)
    latitude, longitude = concern.latitude, concern.longitude
    if latitude is None or longitude is None:
        return Concern(concern.dimension, place, None, None, concern.photo)
    if not is_in_city_box(latitude, longitude):
        raise Refused("place.outside", field="place")
    return Concern(concern.dimension, place, latitude, longitude, concern.photo)


def themes(raised: Iterable[Raised]) -> list[Theme]:
    """Return what was raised by district and question, most waiting first."""
    groups: dict[tuple[str, Dimension], list[Raised]] = {}
    for one in raised:
        groups.setdefault((one.district, one.concern.dimension), []).append(one)
    found = [Theme(district, dimension, own) for (district, dimension), own in groups.items()]
    return sorted(found, key=lambda t: (-len(t.waiting), -len(t.raised), t.district, t.dimension))


def how_fast(raised: Sequence[Raised]) -> Answered | None:
    """Return how many were answered and how fast; None under ten, which would tell too much."""
    if len(raised) < SHOWN_FROM:
        return None
    answered = [one for one in raised if one.first_answered]
    days = [
        max((day_of(one.first_answered) - one.raised_on).days, 0)
        for one in answered
        if one.first_answered
    ]
    return Answered(len(raised), len(answered), median(days) if days else None)


def themes_for(store: "Reads", person: Person, wave_id: str) -> list[Theme]:
    """Return the themes of a wave for staff. Raises ``Refused("role.may_not")``."""
    require(person, ANSWER_CONCERNS)
    return themes(store.satisfaction.raised(wave_id))


@retried
def answer_theme(
    store: "Store",
    person: Person,
    wave_id: str,
    answer: ThemeAnswer,
) -> int:
    """Answer everyone who raised this theme and waits, or has an answer that was not 已办 yet.

    Returns how many. Raises ``Refused``: ``role.may_not``, ``satisfaction.answer_empty``,
    ``text.…``, ``satisfaction.nothing_raised``.
    """
    require(person, ANSWER_CONCERNS)
    words = clean_text(answer.words, "words", LONGEST_ANSWER)
    if not words or person.staff_id is None or answer.district not in DISTRICTS:
        raise Refused("satisfaction.answer_empty", field="words")
    with store.transaction() as tx:
        open_ones = [
            one
            for one in tx.satisfaction.raised(wave_id)
            if (one.district, one.concern.dimension) == (answer.district, answer.dimension)
            and one.status is not Status.DONE
        ]
        if not open_ones:
            raise Refused("satisfaction.nothing_raised")
        kept = ThemeAnswer(
            answer.district,
            answer.dimension,
            answer.status,
            words,
            answer.answered_at,
            all(one.is_demo for one in open_ones),
            answer.answer_id,
        )
        tokens = [one.token for one in open_ones]
        tx.satisfaction.add_answer(kept, wave_id, person.staff_id, tokens)
        details: dict[str, object] = {"wave": wave_id, "district": kept.district}
        entry = LogEntry("theme.answered", kept.answer_id, person, kept.answered_at, details)
        tx.log.add(entry)
    return len(open_ones)
