"""The checklist in memory, and how often each of its taxa was recorded."""

import time
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from observations.occurrences import portrait
from observations.occurrences.portrait import Tally
from observations.taxa.search import TaxonIndex
from observations.taxa.store import Store
from observations.taxa.taxon import Taxon
from pages.parts.runtime import store

COUNTS_HOLD_S = 60


def taxon_index() -> TaxonIndex:
    """The index of the open store's checklist; read once, since it changes with a release only."""
    return _index_of(store())


def recorded_counts() -> Mapping[UUID, int]:
    """How often each taxon was recorded, by the public view, sensitive taxa left out; a minute
    old at most."""
    return _counts_of(store(), int(time.monotonic() // COUNTS_HOLD_S))


def all_taxa() -> tuple[Taxon, ...]:
    """The whole checklist, in its order."""
    return _taxa_of(store())


def found_taxa() -> Mapping[UUID, Tally]:
    """Every taxon that has a public record; a minute old at most."""
    return _found_of(store(), int(time.monotonic() // COUNTS_HOLD_S))


@lru_cache(maxsize=1)
def _taxa_of(opened: Store) -> tuple[Taxon, ...]:
    return tuple(opened.taxa.all_taxa())


@lru_cache(maxsize=1)
def _found_of(opened: portrait.Store, _minute: int) -> Mapping[UUID, Tally]:
    return portrait.found(opened)


@lru_cache(maxsize=1)
def _index_of(opened: Store) -> TaxonIndex:
    return TaxonIndex(opened.taxa.all_taxa())


@lru_cache(maxsize=1)
def _counts_of(opened: Store, _minute: int) -> Mapping[UUID, int]:
    return opened.taxa.recorded_counts()
