"""What is set apart before a festival is counted, until a verifier has decided.

A suspicion is a reason to look, not a verdict: nothing is refused, the sender is not told, and what
a verifier accepts counts. About one photo in a thousand is in two records for a good reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from observations.base.clock import midnight
from observations.festivals.entry import Entry
from observations.festivals.festival import Festival
from observations.media.hashing import bits_between
from observations.occurrences.same_photos import ALIKE_BITS, is_distinctive, quarters_of

NAMES_OF_A_PHOTO = 2  # two species may be in one picture; a third name is odd
# Somebody who joined this short a time before the first day, or on the days, is new.
FRESH = timedelta(days=3)
# So many different sightings within an hour are more than a beginner sees, names and photographs.
BURST, BURST_WITHIN = 30, timedelta(hours=1)


class Suspicion(StrEnum):
    """Why a sighting is set apart."""

    SAME_PHOTO = "same_photo"
    MANY_NAMES = "many_names"
    OUTSIDE_TIME = "outside_time"
    BURST = "burst"


def set_apart(festival: Festival, entries: Sequence[Entry]) -> dict[UUID, Suspicion]:
    """Of the entries that no verifier has accepted, those that are odd, and why."""
    apart: dict[UUID, Suspicion] = {}
    for suspicion, odd in (
        (Suspicion.BURST, _bursts(festival, entries)),
        (Suspicion.OUTSIDE_TIME, (entry for entry in entries if entry.was_outside)),
        (Suspicion.MANY_NAMES, _many_names(entries)),
        (Suspicion.SAME_PHOTO, _same_photos(entries)),
    ):
        apart |= {entry.occurrence_id: suspicion for entry in odd if not entry.is_confirmed}
    return apart


def _same_photos(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Whatever shows a photo that somebody else sent before, the same or one that looks like it."""
    first: dict[str, Entry] = {}
    quarters: dict[tuple[int, int], list[tuple[str, Entry]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (entry.submitted_at, entry.occurrence_id)):
        odd = entry.is_sent_before
        for sha256, picture in entry.photos:
            odd |= first.setdefault(sha256, entry).observer_id != entry.observer_id
            if not picture or not is_distinctive(picture):
                continue
            keys = list(enumerate(quarters_of(picture)))
            odd |= any(
                other.observer_id != entry.observer_id
                and bits_between(earlier, picture) <= ALIKE_BITS
                for key in keys
                for earlier, other in quarters[key]
            )
            for key in keys:
                quarters[key].append((picture, entry))
        if odd:
            yield entry


def _many_names(entries: Sequence[Entry]) -> Iterable[Entry]:
    """Whatever shows a photo under more names than a picture has room for."""
    names: dict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        for sha256, _ in entry.photos:
            names[sha256].add(entry.taxon_id)
    for entry in entries:
        if any(len(names[sha256]) > NAMES_OF_A_PHOTO for sha256, _ in entry.photos):
            yield entry


def _bursts(festival: Festival, entries: Sequence[Entry]) -> Iterable[Entry]:
    """All of a newcomer who saw more different things within an hour than one can."""
    fresh_from = midnight(festival.first_day) - FRESH
    own: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.joined_at >= fresh_from and entry.is_time_known:
            own[entry.observer_id].append(entry)
    for several in own.values():
        if _is_burst(sorted(several, key=lambda entry: entry.event_date)):
            yield from several


def _is_burst(entries: Sequence[Entry]) -> bool:
    """Whether more than `BURST` different taxa lie within an hour."""
    oldest, taxa = 0, Counter[object]()
    for entry in entries:
        taxa[entry.taxon_id] += 1
        while entry.event_date - entries[oldest].event_date > BURST_WITHIN:
            taxa[entries[oldest].taxon_id] -= 1
            oldest += 1
        if len(+taxa) > BURST:
            return True
    return False
