"""The checklist."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID, uuid4

from db.ask import Room
from observations.taxa.names import NameLanguage, NameStatus, TaxonName, taxon_name
from observations.taxa.store import FurtherName, KnownTaxon, LikelyCount, NameRow
from observations.taxa.taxon import Group, SensitiveReason, Taxon, taxon_id_of

FIELDS = tuple(field.name for field in fields(Taxon))


class Taxa(Room):
    """Fulfils `observations.taxa.store`."""

    name = "taxa"

    def all_taxa(self) -> list[Taxon]:
        """Every taxon, in the order of the checklist."""
        return [taxon_of_row(row) for row in self._ask("all_taxa")]

    def taxon(self, taxon_id: UUID) -> Taxon | None:
        """One taxon."""
        row = self._ask("taxon", taxon_id=taxon_id)
        return taxon_of_row(row) if row else None

    def taxa_of(self, taxon_ids: Sequence[UUID]) -> dict[UUID, Taxon]:
        """These taxa, by id."""
        found = [taxon_of_row(row) for row in self._ask("taxa_of", taxon_ids=list(taxon_ids))]
        return {taxon.taxon_id: taxon for taxon in found}

    def name_rows(self) -> list[NameRow]:
        """Every name of every taxon, a taxon's names together, the likelier taxa first."""
        return [NameRow(*row) for row in self._ask("name_rows")]

    def names_of(self, taxon_ids: Sequence[UUID]) -> list[TaxonName]:
        """The further names of these taxa."""
        rows = self._ask("names_of", taxon_ids=list(taxon_ids))
        return [
            TaxonName(name_id, taxon_id, name, NameLanguage(language), NameStatus(status), source)
            for name_id, taxon_id, name, language, status, source in rows
        ]

    def known_taxa(self) -> list[KnownTaxon]:
        """Every taxon, with the fields that an import compares."""
        return [KnownTaxon(*row) for row in self._ask("known_taxa")]

    def further_names(self) -> list[FurtherName]:
        """Every further name, with the fields that an import compares."""
        return [FurtherName(*row) for row in self._ask("further_names")]

    def stamp(self) -> UUID:
        """A UUID that changes with every change of a name."""
        found: UUID = self._ask("stamp_now")[0]
        return found

    def likely_counts(
        self, cells: Sequence[str] | None, months: Sequence[int], at_least: int
    ) -> list[LikelyCount]:
        """Numbers of released records with an exact place, by taxon, from `at_least` on."""
        rows = self._ask(
            "likely_counts",
            everywhere=cells is None,
            cells=list(cells or ()),
            months=list(months),
            at_least=at_least,
        )
        return [LikelyCount(*row) for row in rows]

    def put_names(self, names: Iterable[TaxonName]) -> None:
        """Add new further names; a known one gets its new status and source."""
        unique = list({name.taxon_name_id: name for name in names}.values())
        self._ask(
            "put_names",
            name_ids=[name.taxon_name_id for name in unique],
            taxon_ids=[name.taxon_id for name in unique],
            names=[name.name for name in unique],
            languages=[str(name.language) for name in unique],
            statuses=[str(name.status) for name in unique],
            sources=[name.source for name in unique],
        )
        self._ask("stamp", stamp=uuid4())

    def put_taxa(self, taxa: Sequence[Taxon], first: int = 0) -> None:
        """Add new taxa and update known ones, in that order from place `first` on."""
        self._ask(
            "put_taxa",
            taxon_ids=[taxon.taxon_id for taxon in taxa],
            list_orders=list(range(first, first + len(taxa))),
            scientific_names=[taxon.scientific_name for taxon in taxa],
            vernacular_names=[taxon.vernacular_name for taxon in taxa],
            english_names=[taxon.english_name for taxon in taxa],
            kingdoms=[taxon.kingdom for taxon in taxa],
            phyla=[taxon.phylum for taxon in taxa],
            taxon_classes=[taxon.taxon_class for taxon in taxa],
            taxon_orders=[taxon.taxon_order for taxon in taxa],
            families=[taxon.family for taxon in taxa],
            genera=[taxon.genus for taxon in taxa],
            group_codes=[str(taxon.group) for taxon in taxa],
            tiers=[taxon.tier for taxon in taxa],
            national_protections=[taxon.national_protection for taxon in taxa],
            are_invasive=[taxon.is_invasive for taxon in taxa],
            sensitive_categories=[taxon.sensitive_category for taxon in taxa],
            sensitive_reasons=[
                str(taxon.sensitive_reason) if taxon.sensitive_reason else None for taxon in taxa
            ],
            confidences=[taxon.confidence for taxon in taxa],
            bases=[taxon.basis for taxon in taxa],
            notes=[taxon.notes for taxon in taxa],
            pictures=[taxon.picture for taxon in taxa],
            authorships=[taxon.scientific_name_authorship for taxon in taxa],
            are_imported=[taxon.is_imported for taxon in taxa],
        )
        self._ask("stamp", stamp=uuid4())
        self._stamp()


def taxon_of_seed(row: dict[str, str]) -> Taxon:
    """The taxon of a row of `db/seed/taxa.csv`.

    Raises `ValueError` where its id is not that of its name.
    """
    taxon_id = UUID(row["taxon_id"])
    if taxon_id != taxon_id_of(row["scientific_name"]):
        raise ValueError(f"taxa.csv: {row['scientific_name']} has another name's taxon_id")
    reason = row["sensitive_reason"]
    return Taxon(
        taxon_id=taxon_id,
        scientific_name=row["scientific_name"],
        vernacular_name=row["vernacular_name"],
        english_name=row["english_name"],
        kingdom=row["kingdom"],
        phylum=row["phylum"],
        taxon_class=row["class"],
        taxon_order=row["order"],
        family=row["family"],
        genus=row["genus"],
        group=Group(row["group_code"]),
        tier=int(row["tier"]),
        national_protection=int(row["national_protection"] or 0) or None,
        is_invasive=row["is_invasive"] == "true",
        sensitive_category=int(row["sensitive_category"] or 0) or None,
        sensitive_reason=SensitiveReason(reason) if reason else None,
        confidence=row["confidence"],
        basis=row["basis"],
        notes=row["notes"],
        picture=row["picture"],
        scientific_name_authorship=row["scientific_name_authorship"],
    )


def taxon_name_of_seed(row: dict[str, str]) -> TaxonName:
    """The name of a row of `db/seed/taxon_names.csv`."""
    return taxon_name(
        taxon_id_of(row["scientific_name"]),
        row["name"],
        NameLanguage(row["language"]),
        NameStatus(row["status"]),
        row["source"],
    )


def taxon_of_row(row: Any) -> Taxon:
    """The taxon of a row of the table, whose columns are in the order of `Taxon`'s fields."""
    values: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
    reason = values["sensitive_reason"]
    values["group"] = Group(values["group"])
    values["sensitive_reason"] = SensitiveReason(reason) if reason else None
    return Taxon(**values)
