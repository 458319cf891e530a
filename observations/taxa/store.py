"""What the checklist needs kept."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from observations.taxa.taxon import Taxon


class TaxaReads(Protocol):
    """The checklist is small and changes with a release: read it whole, keep it in memory."""

    def all_taxa(self) -> list[Taxon]:
        """Every taxon, in the order of the checklist."""
        ...

    def taxon(self, taxon_id: UUID) -> Taxon | None:
        """One taxon."""
        ...

    def recorded_counts(self) -> dict[UUID, int]:
        """How often each taxon was released, sensitive ones left out; absent: never."""
        ...


class TaxaWrites(TaxaReads, Protocol):
    """Loading the checklist."""

    def put_taxa(self, taxa: Sequence[Taxon]) -> None:
        """Add the new ones and bring the known ones up to date, in that order; none is removed,
        since a record may be named so."""
        ...


class Store(Protocol):
    """What reads the checklist."""

    @property
    def taxa(self) -> TaxaReads: ...
