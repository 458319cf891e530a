"""The names of the checklist, in memory, and the counts of their records in the open store."""

import time
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from observations.base.clock import day_of
from observations.map import taxon_summary
from observations.map.taxon_summary import Tally
from observations.occurrences.likely import Place, RecordedHere
from observations.taxa.current import CurrentIndex, FoundTaxon
from observations.taxa.name_list import ListedTaxon, name_list
from observations.taxa.store import Store
from observations.taxa.taxon import Group, Taxon
from pages.parts.runtime import known_now, store

COUNTS_HOLD_S = 60


def find_taxa(
    query: str,
    group: Group | None = None,
    limit: int = 8,
    place: Place | None = None,
    on: date | None = None,
) -> list[FoundTaxon]:
    """The taxa that fit by their names, the likeliest first.

    Equal ones are in the order of how often they were recorded near `place` (None: in the city) in
    the season of `on` (None: today), by the public view.
    """
    counts: Mapping[UUID, int] = recorded_here().counts(place, on or day_of(known_now()))
    return _index_of(store()).find(query, group, limit, counts)


def taxon_named(text: str) -> Taxon | None:
    """The taxon that is called so in full; see `CurrentIndex.named`."""
    return _index_of(store()).named(text) if text else None


def taxon_count() -> int:
    """The number of taxa in the checklist."""
    return len(_index_of(store()).index())


def recorded_here() -> RecordedHere:
    """The counts of the open store."""
    return _counts_of(store())


def all_taxa() -> tuple[Taxon, ...]:
    """The whole checklist, in its order."""
    return _taxa_of(store(), store().taxa.stamp())


def names_for_phones() -> Sequence[ListedTaxon]:
    """The names that a phone keeps."""
    return _name_list_of(store(), store().taxa.stamp())


def found_taxa() -> Mapping[UUID, Tally]:
    """Every taxon that has a public record; at most a minute old."""
    return _found_of(store(), int(time.monotonic() // COUNTS_HOLD_S))


@lru_cache(maxsize=1)
def _taxa_of(opened: Store, _stamp: UUID) -> tuple[Taxon, ...]:
    return tuple(opened.taxa.all_taxa())


@lru_cache(maxsize=1)
def _name_list_of(opened: Store, _stamp: UUID) -> tuple[ListedTaxon, ...]:
    return tuple(name_list(opened.taxa))


@lru_cache(maxsize=1)
def _found_of(opened: taxon_summary.Store, _minute: int) -> Mapping[UUID, Tally]:
    return taxon_summary.recorded_taxa(opened)


@lru_cache(maxsize=1)
def _index_of(opened: Store) -> CurrentIndex:
    return CurrentIndex(opened)


@lru_cache(maxsize=1)
def _counts_of(opened: Store) -> RecordedHere:
    return RecordedHere(opened)
