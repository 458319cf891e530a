"""Themes: low scores of one district in one question. Staff answer them; the delay is measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.log.entries import LogEntry
from observations.places.districts import DISTRICTS, is_in_city_box
from observations.satisfaction.concern import (
    LONGEST_ANSWER,
    LONGEST_PLACE,
    Answered,
    Concern,
    Raised,
    Status,
    ThemeAnswer,
)
from observations.satisfaction.dimensions import Dimension
from observations.satisfaction.figures.estimates import SHOWN_FROM
from observations.satisfaction.store import Reads, Store

ANSWER_CONCERNS = "answer_concerns"


@dataclass(frozen=True)
class Theme:
    """What people of one district raised about one question."""

    district: str
    dimension: Dimension
    raised: Sequence[Raised]

    @property
    def waiting(self) -> list[Raised]:
        """The concerns without an answer."""
        return [one for one in self.raised if one.first_answered is None]


def cleaned(concern: Concern) -> Concern:
    """The concern as it is stored. Raises `Refused`: `text.…`, `place.outside`."""
    place = clean_text(concern.place_name, "place", LONGEST_PLACE)
    latitude, longitude = concern.latitude, concern.longitude
    if latitude is None or longitude is None:
        return Concern(concern.dimension, place, None, None, concern.photo)
    if not is_in_city_box(latitude, longitude):
        raise Refused("place.outside", field="place")
    return Concern(concern.dimension, place, latitude, longitude, concern.photo)


def themes(raised: Iterable[Raised]) -> list[Theme]:
    """The concerns grouped by district and question, those with most unanswered first."""
    groups: dict[tuple[str, Dimension], list[Raised]] = {}
    for one in raised:
        groups.setdefault((one.district, one.concern.dimension), []).append(one)
    unsorted = [Theme(district, dimension, own) for (district, dimension), own in groups.items()]
    return sorted(
        unsorted, key=lambda t: (-len(t.waiting), -len(t.raised), t.district, t.dimension)
    )


def how_fast(raised: Sequence[Raised]) -> Answered | None:
    """How many were answered and how fast; None under ten, which would reveal too much."""
    if len(raised) < SHOWN_FROM:
        return None
    answered = [one for one in raised if one.first_answered]
    days = [
        max((day_of(one.first_answered) - one.raised_on).days, 0)
        for one in answered
        if one.first_answered
    ]
    return Answered(len(raised), len(answered), median(days) if days else None)


def themes_for(store: Reads, person: Person, wave_id: str) -> list[Theme]:
    """The themes of a wave for staff. Raises `Refused`: `role.may_not`."""
    require(person, ANSWER_CONCERNS)
    return themes(store.satisfaction.raised(wave_id))


@retried
def answer_theme(
    store: Store,
    person: Person,
    wave_id: str,
    answer: ThemeAnswer,
) -> int:
    """Answer everyone who raised this theme and has no answer yet, or none that says 已办.

    Gives their number. Raises `Refused`: `role.may_not`, `satisfaction.answer_empty`, `text.…`,
    `satisfaction.nothing_raised`.
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
        row = ThemeAnswer(
            answer.district,
            answer.dimension,
            answer.status,
            words,
            answer.answered_at,
            all(one.is_demo for one in open_ones),
            answer.answer_id,
        )
        tokens = [one.token for one in open_ones]
        tx.satisfaction.add_answer(row, wave_id, person.staff_id, tokens)
        details: dict[str, object] = {"wave": wave_id, "district": row.district}
        entry = LogEntry("theme.answered", row.answer_id, person, row.answered_at, details)
        tx.log.add(entry)
    return len(open_ones)
