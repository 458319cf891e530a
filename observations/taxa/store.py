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
    """What an import has to know of a taxon that is there already."""

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
    """What an import has to know of a further name that is there already."""

    taxon_name_id: UUID
    taxon_id: UUID
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class LikelyCount:
    """How often a taxon was recorded in an area and season; the hash of one open photo of it."""

    taxon_id: UUID
    count: int
    photo_sha256: str | None
    is_demo: bool


class TaxaReads(Protocol):
    """Reading the checklist. It may hold 100,000 names: ask for what is needed."""

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
        """Every name of every taxon, a taxon's names together: those with a public record first
        (sensitive ones count as without), then what people meet, then the checklist's order."""
        ...

    def names_of(self, taxon_ids: Sequence[UUID]) -> list[TaxonName]:
        """The further names of these taxa."""
        ...

    def known_taxa(self) -> list[KnownTaxon]:
        """Every taxon, as an import has to know it."""
        ...

    def further_names(self) -> list[FurtherName]:
        """Every further name, as an import has to know it."""
        ...

    def stamp(self) -> UUID:
        """Another one after every change of a name."""
        ...

    def recorded_counts(self) -> dict[UUID, int]:
        """How often each taxon was released, sensitive ones left out; absent: never."""
        ...

    def likely_counts(
        self, cells: Sequence[str] | None, months: Sequence[int], at_least: int
    ) -> list[LikelyCount]:
        """Released records with an exact place, of taxa that are not sensitive, in these coarse
        cells (None: the whole city) and months (1 to 12), by taxon, from `at_least` on."""
        ...


class TaxaWrites(TaxaReads, Protocol):
    """Loading the checklist."""

    def put_taxa(self, taxa: Sequence[Taxon], first: int = 0) -> None:
        """Add the new ones and bring the known ones up to date, in that order from place `first`
        of the checklist on; none is removed, since a record may be named so."""
        ...

    def put_names(self, names: Iterable[TaxonName]) -> None:
        """Add the new further names; a known one gets its status and source anew."""
        ...


class Transaction(Protocol):
    """The checklist and the log, inside one transaction."""

    @property
    def taxa(self) -> TaxaWrites: ...
    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """What reads the checklist, and opens a transaction."""

    @property
    def taxa(self) -> TaxaReads: ...
    def transaction(self) -> AbstractContextManager[Transaction]: ...
