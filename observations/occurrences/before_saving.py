"""Checks of a draft before it is saved: the observer's own duplicates, and all advice on it.

Nothing is stored. The only refusals are those of consent.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.occurrences.draft import Draft
from observations.occurrences.draft_advice import Advice, advice_on
from observations.occurrences.duplicates import (
    Duplicate,
    OwnRecord,
    Window,
    duplicates_in,
    window_of,
)
from observations.occurrences.report import PlaceSource
from observations.occurrences.season_and_range import Encounter, RecordCountReads, unexpected
from observations.people.consent import Consent
from observations.people.consenting import require_consent
from observations.people.store import PeopleReads, Transaction
from observations.places.districts import is_in_city_box
from observations.taxa.store import TaxaReads
from observations.taxa.taxon import Taxon


class DraftReads(RecordCountReads, Protocol):
    """The reads of sightings that a draft needs. Every method may raise `StorageError`."""

    def own_records(self, window: Window) -> list[OwnRecord]:
        """An observer's own records of one kind in a window, without the withdrawn ones."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def occurrences(self) -> DraftReads: ...

    @property
    def people(self) -> PeopleReads: ...

    @property
    def taxa(self) -> TaxaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@dataclass(frozen=True)
class Findings:
    """The result of the checks before saving, as the recorder shows it."""

    duplicates: Sequence[Duplicate]
    advice: Sequence[Advice]


def check_before_saving(
    store: Store, draft: Draft, device_id: UUID, language: str, now: datetime
) -> Findings:
    """The duplicates of a draft, and the advice on it. `now` is aware.

    Raises `Refused`: `consent.missing`, `consent.place` (an exact place without the tick for it).
    """
    _require_place(require_consent(store, device_id), draft)
    taxon = store.taxa.taxon(draft.taxon_id) if draft.taxon_id else None
    advice = all_advice_on(store.occurrences, draft, taxon, language, now=now)
    return Findings(_duplicates(store, draft, device_id), advice)


def _require_place(consent: Consent, draft: Draft) -> None:
    is_exact = draft.place is not None and draft.place.source is not PlaceSource.NAMED
    if not consent.allows_place and (is_exact or draft.photo_place or draft.device_place):
        raise Refused("consent.place", "place")


def _duplicates(store: Store, draft: Draft, device_id: UUID) -> list[Duplicate]:
    observer = store.people.observer_of_device(device_id)
    window = window_of(draft, observer.observer_id) if observer else None
    return duplicates_in(draft, store.occurrences.own_records(window)) if window else []


def all_advice_on(
    reads: RecordCountReads,
    draft: Draft,
    taxon: Taxon | None,
    language: str = "zh",
    *,
    now: datetime,
) -> list[Advice]:
    """All advice on a draft; on season and range only where the taxon's places are public."""
    advice = advice_on(draft, taxon.group if taxon else draft.group, now)
    encounter = encounter_of(draft, taxon, language)
    return [*advice, *(unexpected(reads, encounter) if encounter else ())]


def encounter_of(draft: Draft, taxon: Taxon | None, language: str) -> Encounter | None:
    """The draft as an encounter; None where something is missing or the taxon is sensitive."""
    if taxon is None or taxon.is_sensitive or draft.place is None or draft.event_date is None:
        return None
    latitude, longitude = draft.place.wgs84
    if not is_in_city_box(latitude, longitude):
        return None
    day = day_of(draft.event_date)
    return Encounter(taxon.taxon_id, taxon.name(language), latitude, longitude, day)
