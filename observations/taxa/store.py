"""The storage of the checklist."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.taxa.names import TaxonName
from observations.taxa.taxon import Taxon


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name as the index reads it; rows of a taxon follow each other, its own names first."""

    taxon_id: UUID
    group_code: str
    tier: int
    name: str
    language: str
    is_everyday: bool = False  # it finds the taxon and is none of its names


@dataclass(frozen=True, slots=True)
class KnownTaxon:
    """The fields of a stored taxon that an import compares."""

    taxon_id: UUID
    scientific_name: str
    vernacular_name: str
    english_name: str
    group_code: str
    is_imported: bool
    sensitive_category: int | None
    sensitive_reason: str | None


@dataclass(frozen=True, slots=True)
class FurtherName:
    """The fields of a stored further name that an import compares."""

    taxon_name_id: UUID
    taxon_id: UUID
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class LikelyCount:
    """How often a taxon was recorded in an area and season; the SHA-256 of one open photo of it."""

    taxon_id: UUID
    count: int
    photo_sha256: str | None
    is_demo: bool


class TaxaReads(Protocol):
    """Reads. The checklist may have 100,000 names: read only what is needed."""

    def all_taxa(self) -> list[Taxon]:
        """Every taxon, in the order of the checklist."""
        ...

    def taxon(self, taxon_id: UUID) -> Taxon | None:
        """One taxon."""
        ...

    def taxa_of(self, taxon_ids: Sequence[UUID]) -> dict[UUID, Taxon]:
        """These taxa, by id."""
        ...

    def name_rows(self) -> list[NameRow]:
        """Every name of every taxon, a taxon's names together.

        Taxa with a public record come first (sensitive ones count as without), then common ones,
        then the checklist's order.
        """
        ...

    def names_of(self, taxon_ids: Sequence[UUID]) -> list[TaxonName]:
        """The further names of these taxa."""
        ...

    def known_taxa(self) -> list[KnownTaxon]:
        """Every taxon, with the fields that an import compares."""
        ...

    def further_names(self) -> list[FurtherName]:
        """Every further name, with the fields that an import compares."""
        ...

    def stamp(self) -> UUID:
        """A UUID that changes with every change of a name."""
        ...

    def likely_counts(
        self, cells: Sequence[str] | None, months: Sequence[int], at_least: int
    ) -> list[LikelyCount]:
        """Numbers of released records with an exact place, by taxon, from `at_least` on.

        Only taxa that are not sensitive, in these coarse cells (None: the whole city) and months (1
        to 12).
        """
        ...


class TaxaWrites(TaxaReads, Protocol):
    """Changes, inside a transaction."""

    def put_taxa(self, taxa: Sequence[Taxon], first: int = 0) -> None:
        """Add new taxa and update known ones, in that order from place `first` of the checklist on.

        None is removed, since records may refer to it.
        """
        ...

    def put_names(self, names: Iterable[TaxonName]) -> None:
        """Add new further names; a known one gets its new status and source."""
        ...


class Transaction(Protocol):
    """The writes of the checklist and of the log."""

    @property
    def taxa(self) -> TaxaWrites: ...
    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions of the checklist."""

    @property
    def taxa(self) -> TaxaReads: ...
    def transaction(self) -> AbstractContextManager[Transaction]: ...
