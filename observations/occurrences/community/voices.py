"""What people say of somebody else's sighting, and what of it each audience may hear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from observations.base.wording import N_
from observations.occurrences.community.agreement import (
    Agreement,
    Voice,
    agreement_of,
    weight_of,
)
from observations.taxa.leaves import counted_as
from observations.taxa.taxon import Taxon

HELPED_WEIGHS = 0.1
"""A taxon that one named rightly in others' sightings, beside one in an accepted sighting of
one's own."""


class Certainty(StrEnum):
    """How far down somebody is sure: of the taxon, or of a rank above it and not of the taxon."""

    TAXON = "taxon"
    GENUS = "genus"
    FAMILY = "family"
    ORDER = "order"
    CLASS = "class"


RANK_WORDS: Mapping[Certainty, str] = MappingProxyType(
    {
        Certainty.GENUS: N_("{latin} 属"),
        Certainty.FAMILY: N_("{latin} 科"),
        Certainty.ORDER: N_("{latin} 目"),
        Certainty.CLASS: N_("{latin} 纲"),
    }
)


@dataclass(frozen=True)
class Opinion:
    """What somebody says; without a taxon they take back what they said.

    A rank above the taxon means: not this one, but of the same genus, family, order or class.
    """

    taxon_id: UUID | None
    certainty: Certainty = Certainty.TAXON


@dataclass(frozen=True)
class Said:
    """What one person says of a sighting, and what they proved to know of the taxon's group.

    `own` is the number of taxa that a verifier accepted in their own sightings, `helped` of those
    that they named in others' before a verifier accepted them. `is_observers`: the sighting is
    theirs, and this the name that they gave it.
    """

    observer_id: UUID
    taxon: Taxon
    certainty: Certainty
    is_observers: bool
    own: int
    helped: int

    @property
    def proved(self) -> int:
        """The number of taxa of the group that they proved to know, by Pl@ntNet's count."""
        return self.own + round(HELPED_WEIGHS * self.helped)

    @property
    def voice(self) -> Voice:
        """It as the rule takes it."""
        lineage = lineage_of(self.taxon)
        weight = weight_of(self.proved)
        if self.certainty is Certainty.TAXON:
            return Voice(lineage, weight)
        return Voice(cut(lineage, self.taxon, self.certainty), weight, against=lineage)


@dataclass(frozen=True)
class Contribution:
    """Something that a person said, for their own download."""

    occurrence_id: UUID
    vernacular_name: str | None
    scientific_name: str | None
    certainty: str
    said_at: datetime


def lineage_of(taxon: Taxon) -> tuple[str, ...]:
    """The Latin names from the root down to the taxon; below a species stands the species too."""
    _genus, species = counted_as(taxon.scientific_name)
    *above, own = taxon.lineage
    names = (*above, species, own) if species else above
    return tuple(dict.fromkeys(name for name in names if name))


def cut(lineage: tuple[str, ...], taxon: Taxon, certainty: Certainty) -> tuple[str, ...]:
    """The part of a taxon's lineage down to a rank above it; the root where that is blank."""
    name = rank_of(taxon, certainty)
    return lineage[: lineage.index(name) + 1] if name in lineage else lineage[:1]


def rank_of(taxon: Taxon, certainty: Certainty) -> str:
    """The Latin name of a taxon's genus, family, order or class; blank where it has none."""
    return {
        Certainty.TAXON: taxon.scientific_name,
        Certainty.GENUS: taxon.genus,
        Certainty.FAMILY: taxon.family,
        Certainty.ORDER: taxon.taxon_order,
        Certainty.CLASS: taxon.taxon_class,
    }[certainty]


def public_voices(voices: Sequence[Said], shown: UUID | None) -> list[Said]:
    """What the public may hear of a sighting whose public name is `shown`.

    A sensitive taxon that somebody names is left out as if they had said nothing: at an exact
    place its name alone would tell where it lives, and what is added up would tell it too. The
    name that the sighting is shown with is public already, and so is its place as that name asks.
    """
    return [one for one in voices if not one.taxon.is_sensitive or one.taxon.taxon_id == shown]


def ask_for_a_look(voices: Sequence[Said], shown: UUID | None, is_exact: bool) -> set[UUID]:
    """The taxa of which a verifier should hear at once: another than is `shown`.

    One that people agree on; and, while the public sees the exact place, a sensitive one that two
    people name, or somebody who proved to know its group.
    """
    named = {one.taxon.taxon_id: one.taxon for one in voices if one.certainty is Certainty.TAXON}
    common = agreement(voices)
    taxa = {
        taxon_id
        for taxon_id, taxon in named.items()
        if common and common.name == taxon.scientific_name
    }
    for taxon_id, taxon in named.items():
        if is_exact and taxon.is_sensitive:
            holders = [one for one in voices if one.taxon.taxon_id == taxon_id]
            if len(holders) > 1 or holders[0].proved:
                taxa.add(taxon_id)
    return taxa - {shown}


def agreement(voices: Sequence[Said]) -> Agreement | None:
    """What these people agree on."""
    return agreement_of([one.voice for one in voices])
