"""The addresses of a species' page and of its picture."""

from observations.taxa.taxon import Taxon
from pages.parts import cards


def species_link(taxon: Taxon) -> str:
    """The address of a species' page."""
    return f"/species?taxon={taxon.taxon_id}"


def picture_of(taxon: Taxon) -> str:
    """The address of a drawing: the species' own, else its group's."""
    name = taxon.picture.removesuffix(".webp") or f"group-{taxon.group.replace(' ', '-')}"
    return cards.drawing(name)
