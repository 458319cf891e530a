"""The checklist."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from db.ask import Room
from observations.taxa.taxon import Group, SensitiveReason, Taxon, taxon_id_of

FIELDS = tuple(field.name for field in fields(Taxon))


class Taxa(Room):
    """Fulfils `observations.taxa.store`."""

    name = "taxa"

    def all_taxa(self) -> list[Taxon]:
        """Every taxon, in the order of the checklist."""
        return [_taxon(row) for row in self._ask("all_taxa")]

    def taxon(self, taxon_id: UUID) -> Taxon | None:
        """One taxon."""
        row = self._ask("taxon", taxon_id=taxon_id)
        return _taxon(row) if row else None

    def recorded_counts(self) -> dict[UUID, int]:
        """How often each taxon was released, sensitive ones left out."""
        return {taxon_id: int(count) for taxon_id, count in self._ask("recorded_counts")}

    def put_taxa(self, taxa: Sequence[Taxon]) -> None:
        """Add the new ones and bring the known ones up to date, in that order."""
        self._ask(
            "put_taxa",
            taxon_ids=[taxon.taxon_id for taxon in taxa],
            list_orders=list(range(len(taxa))),
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
        )


def taxon_of_seed(row: dict[str, str]) -> Taxon:
    """A row of `db/seed/taxa.csv`. Raises `ValueError` where its id is not its name's."""
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
    )


def _taxon(row: Any) -> Taxon:
    """A row of the table: its columns in the order of `Taxon`'s fields."""
    kept: dict[str, Any] = dict(zip(FIELDS, row, strict=True))
    reason = kept["sensitive_reason"]
    kept["group"] = Group(kept["group"])
    kept["sensitive_reason"] = SensitiveReason(reason) if reason else None
    return Taxon(**kept)
