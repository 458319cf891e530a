"""Records of the same observer and kind near in time and place, shown before a draft is saved.

The program finds them, the observer decides: it may be one bird photographed twice, or two birds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from observations.base.clock import day_of, midnight
from observations.base.wording import N_, translate
from observations.occurrences.draft import Draft
from observations.occurrences.season_and_range import box_around
from observations.places.distance import metres_between
from observations.places.districts import Box

SOON = timedelta(minutes=30)
NEAR_M = 100
MOST = 3  # most that are shown at once

BEFORE = N_("{minutes} 分钟前、{metres} 米外，你记过同一种")
AFTER = N_("{minutes} 分钟后、{metres} 米外，你记过同一种")
SAME_DAY = N_("同一天、{metres} 米外，你记过同一种")


@dataclass(frozen=True)
class OwnRecord:
    """A record of the observer's own, with its exact place (WGS-84); `event_date` is aware."""

    occurrence_id: UUID
    event_date: datetime
    is_time_known: bool
    latitude: float
    longitude: float
    photo_sha256: str | None


@dataclass(frozen=True)
class Window:
    """The place and time in which an observer's own records may be duplicates."""

    observer_id: UUID
    taxon_id: UUID | None
    verbatim_name: str
    first: datetime
    last: datetime
    box: Box


@dataclass(frozen=True)
class Duplicate:
    """A record that may be the same sighting.

    `minutes_ago` counts back from the draft, below zero for a later record; None where the time of
    day is not known.
    """

    record: OwnRecord
    minutes_ago: int | None
    metres_away: int

    def sentence(self, language: str) -> str:
        """The sentence that describes it, in "zh" or "en"."""
        words = SAME_DAY
        if self.minutes_ago is not None:
            words = BEFORE if self.minutes_ago >= 0 else AFTER
        minutes = abs(self.minutes_ago or 0)
        return translate(words, language).format(minutes=minutes, metres=self.metres_away)


def window_of(draft: Draft, observer_id: UUID) -> Window | None:
    """The window of a draft; None where it has no name, no place or no time yet."""
    if draft.event_date is None or draft.place is None:
        return None
    if draft.taxon_id is None and not draft.verbatim_name:
        return None
    day = midnight(day_of(draft.event_date))
    return Window(
        observer_id=observer_id,
        taxon_id=draft.taxon_id,
        verbatim_name="" if draft.taxon_id else draft.verbatim_name,
        first=min(day, draft.event_date - SOON),
        last=max(day + timedelta(days=1), draft.event_date + SOON),
        box=box_around(*draft.place.wgs84, NEAR_M),
    )


def duplicates_in(draft: Draft, records: Sequence[OwnRecord]) -> list[Duplicate]:
    """The observer's own records near enough in time and place, the nearest in time first.

    The record with the draft's own id is left out.
    """
    pairs = (_compared(draft, record) for record in records)
    duplicates = [duplicate for duplicate in pairs if duplicate]
    duplicates.sort(key=lambda one: (abs(one.minutes_ago or 0), one.metres_away))
    return duplicates[:MOST]


def _compared(draft: Draft, record: OwnRecord) -> Duplicate | None:
    if draft.event_date is None or draft.place is None:
        return None
    metres = metres_between(*draft.place.wgs84, record.latitude, record.longitude)
    if record.occurrence_id == draft.occurrence_id or metres > NEAR_M:
        return None
    if not (draft.is_time_known and record.is_time_known):
        is_same_day = day_of(draft.event_date) == day_of(record.event_date)
        return Duplicate(record, None, round(metres)) if is_same_day else None
    before = draft.event_date - record.event_date
    if abs(before) > SOON:
        return None
    return Duplicate(record, round(before.total_seconds() / 60), round(metres))
