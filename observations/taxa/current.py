"""The current index of the names, also after a change by another process."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from observations.base.errors import StorageError
from observations.taxa.names import NameStatus, TaxonName
from observations.taxa.search import Fit, TaxonIndex
from observations.taxa.store import NameRow, Store
from observations.taxa.taxon import Group, Taxon
from observations.taxa.typed_name import fold, names_in

# A small index is built within this time, and the search that notices a change waits for it; a
# large one (4 s at 200,000 names) is built in the background, and the old one answers meanwhile.
PATIENCE_S = 0.5


@dataclass(frozen=True, slots=True)
class FoundTaxon:
    """A taxon that fits a query.

    `other_name` is the further name that fits, where none of the shown names does.
    """

    taxon: Taxon
    other_name: str | None
    fit: Fit


class CurrentIndex:
    """The index of one store in this process.

    Each search reads the stamp of the names (a statement of under a millisecond); a changed stamp
    has the index built again.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._built: tuple[UUID, TaxonIndex] | None = None
        self._builder: threading.Thread | None = None

    def index(self) -> TaxonIndex:
        """The index; for some seconds after a large import still the old one."""
        stamp = self._store.taxa.stamp()
        if self._built is None:
            with self._lock:
                if self._built is None:
                    self._build()
        elif self._built[0] != stamp:
            self._build_beside()
        if self._built is None:
            raise StorageError("the names could not be read")
        return self._built[1]

    def find(
        self,
        query: str,
        group: Group | None = None,
        limit: int = 8,
        counts: Mapping[UUID, int] | None = None,
    ) -> list[FoundTaxon]:
        """The taxa that `TaxonIndex.search` finds, with their current names."""
        hits = self.index().search(query, group, limit, counts)
        taxon_ids = [hit.taxon_id for hit in hits]
        taxa = self._store.taxa.taxa_of(taxon_ids) if hits else {}
        others = self._store.taxa.names_of(taxon_ids) if hits and query.strip() else []
        fitting = _other_names(query, list(taxa.values()), others)
        return [
            FoundTaxon(taxa[hit.taxon_id], fitting.get(hit.taxon_id), hit.fit)
            for hit in hits
            if hit.taxon_id in taxa
        ]

    def named(self, text: str) -> Taxon | None:
        """The taxon that is called so in full, in Chinese, Latin or English, or by a synonym.

        None for a text that names two taxa, says that nobody is sure, or has an everyday name that
        is searched only. Where two taxa share a name, it is the one that is shown by it.
        """
        named = [taxon_ids for taxon_ids in self.index().named(text) if taxon_ids]
        if not named:
            return None
        shared = set.intersection(*named)
        taxa = list(self._store.taxa.taxa_of(list(shared)).values()) if shared else []
        if len(taxa) > 1:
            own = [taxon for taxon in taxa if _is_shown_as(taxon, text)]
            taxa = own or taxa
        return taxa[0] if len(taxa) == 1 else None

    def _build(self) -> None:
        stamp = self._store.taxa.stamp()  # read before the names: a change between builds again
        self._built = stamp, TaxonIndex(self._store.taxa.name_rows())

    def _build_beside(self) -> None:
        with self._lock:
            if self._builder is None or not self._builder.is_alive():
                self._builder = threading.Thread(target=self._try_to_build, daemon=True)
                self._builder.start()
            builder = self._builder
        builder.join(PATIENCE_S)

    def _try_to_build(self) -> None:
        try:
            self._build()
        except StorageError:
            return  # the old one stays in use; the next search tries again


def _other_names(query: str, taxa: Sequence[Taxon], others: Sequence[TaxonName]) -> dict[UUID, str]:
    """The further name of each taxon that fits by a further name alone."""
    by_id = {name.taxon_name_id: name for name in others}
    owner = {name.taxon_name_id: name.taxon_id for name in others}
    groups = {taxon.taxon_id: str(taxon.group) for taxon in taxa}
    rows = [row for taxon in taxa for row in shown_names(taxon)]
    rows += [
        NameRow(
            n.taxon_name_id,
            groups[n.taxon_id],
            2,
            n.name,
            n.language,
            n.status is NameStatus.EVERYDAY,
        )
        for n in others
        if n.taxon_id in groups
    ]
    best: dict[UUID, str | None] = {}
    for hit in TaxonIndex(rows).search(query, limit=len(rows)) if others else ():
        further = by_id.get(hit.taxon_id)
        best.setdefault(owner.get(hit.taxon_id, hit.taxon_id), further.name if further else None)
    return {taxon_id: name for taxon_id, name in best.items() if name}


def _is_shown_as(taxon: Taxon, text: str) -> bool:
    names = {fold(row.name) for row in shown_names(taxon)}
    return any(not names.isdisjoint(ways) for ways in names_in(text))


def shown_names(taxon: Taxon) -> list[NameRow]:
    """The names that are shown for a taxon."""
    names = (
        (taxon.vernacular_name, "zh"),
        (taxon.scientific_name, "la"),
        (taxon.english_name, "en"),
    )
    # tier 1, so that a shown name comes first among equal fits
    return [
        NameRow(taxon.taxon_id, str(taxon.group), 1, name, lang) for name, lang in names if name
    ]
