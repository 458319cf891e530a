"""Rows of a Darwin Core Archive: an occurrence, its photos, its names.

After GBIF's data quality requirements for occurrence datasets: every required and every strongly
recommended term has its column, which is empty only where the value is unknown. Values are those of
the vocabularies at https://rs.gbif.org/vocabulary/
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from observations.base.clock import HANGZHOU
from observations.occurrences.darwin_core import LICENCE, Terms, darwin_core
from observations.occurrences.occurrence import PublicOccurrence
from observations.people.consent import PhotoLicence
from observations.taxa.taxon import Group, Taxon

DWC = "http://rs.tdwg.org/dwc/terms/"
DC = "http://purl.org/dc/terms/"
OCCURRENCE = f"{DWC}Occurrence"
IDENTIFICATION = f"{DWC}Identification"
MULTIMEDIA = "http://rs.gbif.org/terms/1.0/Multimedia"
IN_COPYRIGHT = "http://rightsstatements.org/vocab/InC/1.0/"

# A sighting without a taxon of the checklist has the name, rank and kingdom of its group.
_OF_GROUP = {
    Group.BIRD: ("Aves", "class", "Animalia"),
    Group.MAMMAL: ("Mammalia", "class", "Animalia"),
    Group.AMPHIBIAN: ("Amphibia", "class", "Animalia"),
    Group.REPTILE: ("Reptilia", "class", "Animalia"),
    Group.FISH: ("Chordata", "phylum", "Animalia"),
    Group.INSECT: ("Insecta", "class", "Animalia"),
    Group.OTHER_INVERTEBRATE: ("Animalia", "kingdom", "Animalia"),
    Group.PLANT: ("Plantae", "kingdom", "Plantae"),
    Group.FUNGUS: ("Fungi", "kingdom", "Fungi"),
}
# GBIF's own name and kingdom for an unplaced name.
_UNPLACED = ("incertae sedis", "unranked", "incertae sedis")

CORE = tuple(
    f"{DC if term in ('license', 'references') else DWC}{term}"
    for term in (
        "occurrenceID",
        "basisOfRecord",
        "occurrenceStatus",
        "scientificName",
        "taxonRank",
        "kingdom",
        "phylum",
        "class",
        "order",
        "family",
        "genus",
        "vernacularName",
        "taxonID",
        "eventDate",
        "year",
        "month",
        "day",
        "country",
        "countryCode",
        "stateProvince",
        "county",
        "decimalLatitude",
        "decimalLongitude",
        "geodeticDatum",
        "coordinateUncertaintyInMeters",
        "individualCount",
        "degreeOfEstablishment",
        "identificationVerificationStatus",
        "recordedBy",
        "dataGeneralizations",
        "informationWithheld",
        "references",
        "license",
        "datasetName",
        "dynamicProperties",
    )
)
PHOTOS = tuple(
    f"{DC}{term}" for term in ("type", "format", "identifier", "references", "creator", "license")
)
NAMES = tuple(
    f"{DWC}{term}"
    for term in (
        "identificationID",
        "scientificName",
        "taxonRank",
        "kingdom",
        "vernacularName",
        "taxonID",
        "dateIdentified",
        "identificationVerificationStatus",
        "identificationRemarks",
    )
)


@dataclass(frozen=True, slots=True)
class Pictured:
    """A photo of a released sighting."""

    public_id: UUID
    position: int
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Identified:
    """A name that a released sighting was given; `identified_at` in UTC."""

    public_id: UUID
    identification_id: UUID
    taxon_id: UUID
    is_by_staff: bool
    identified_at: datetime
    is_current: bool


def core_row(record: PublicOccurrence, taxa: Mapping[UUID, Taxon], site: str) -> list[str]:
    """The cells of an occurrence, in the order of `CORE`."""
    terms = darwin_core(record, site)
    taxon = taxa.get(record.taxon_id) if record.taxon_id else None
    terms |= _named(record, taxon) | _when(record)
    terms |= {
        "country": "China",
        # where it is not sure to lie in a district, it may lie in the next province
        "stateProvince": "Zhejiang" if record.district else None,
        "dynamicProperties": '{"isDemo":true}' if record.is_demo else None,
    }
    return [plain(terms.get(term.rsplit("/", 1)[-1])) for term in CORE]


def photo_row(photo: Pictured, record: PublicOccurrence, site: str) -> list[str]:
    """The cells of a photo: the id of its occurrence, then the order of `PHOTOS`."""
    is_open = photo.licence == PhotoLicence.CC_BY
    return [
        plain(value)
        for value in (
            photo.public_id,
            "StillImage",
            "image/webp",
            f"{site}/photos/{photo.sha256}/large.webp",
            f"{site}/sighting?id={photo.public_id}",
            None if record.grid else record.recorded_by,
            LICENCE if is_open else IN_COPYRIGHT,
        )
    ]


def name_row(name: Identified, record: PublicOccurrence, taxon: Taxon) -> list[str]:
    """The cells of a name: the id of its occurrence, then the order of `NAMES`.

    For a generalised record the time of the name is left out: it would reveal when the sighting was
    sent.
    """
    day = None if record.grid else f"{name.identified_at.astimezone(HANGZHOU):%Y-%m-%d}"
    return [
        plain(value)
        for value in (
            name.public_id,
            _id_of(name, record),
            taxon.scientific_name,
            rank_of(taxon.scientific_name),
            taxon.kingdom,
            taxon.vernacular_name,
            taxon.taxon_id,
            day,
            record.verification_status if name.is_current else None,
            "Named by a verifier." if name.is_by_staff else "Named by the observer.",
        )
    ]


def _id_of(name: Identified, record: PublicOccurrence) -> UUID:
    """A public id of a name, which reveals nothing about its observer.

    The name's own id begins with the millisecond at which it was made, and would connect what one
    person sent within a minute; so a hash of it is used. The name of a generalised record has an id
    by the taxon alone, which does not reveal whether it was named once or several times.
    """
    return uuid5(name.public_id, str(name.taxon_id if record.grid else name.identification_id))


def rank_of(scientific_name: str) -> str:
    """The rank of a name of the checklist, in GBIF's vocabulary."""
    words = scientific_name.split()
    if "var." in words:
        return "variety"
    if "f." in words:
        return "form"
    return {1: "genus", 2: "species"}.get(len(words), "subspecies")


def plain(value: object) -> str:
    """A value as a cell of a table without quotes.

    It has no tab, no line break, and nothing that a spreadsheet would run as a formula.
    """
    if value is None:
        return ""
    text = " ".join(str(value).split())
    is_text = not isinstance(value, int | float)
    return f"'{text}" if is_text and text.startswith(("=", "+", "-", "@")) else text


def _named(record: PublicOccurrence, taxon: Taxon | None) -> Terms:
    if taxon is None:
        groups = {str(group): words for group, words in _OF_GROUP.items()}
        name, rank, kingdom = groups.get(record.group_code or "", _UNPLACED)
        return {
            "scientificName": name,
            "taxonRank": rank,
            "kingdom": kingdom,
            "class": name if rank == "class" else None,
            "phylum": name if rank == "phylum" else None,
        }
    return {
        "scientificName": taxon.scientific_name,
        "taxonRank": rank_of(taxon.scientific_name),
        "kingdom": taxon.kingdom,
        "phylum": taxon.phylum,
        "class": taxon.taxon_class,
        "order": taxon.taxon_order,
        "family": taxon.family,
        "genus": taxon.genus,
    }


def _when(record: PublicOccurrence) -> Terms:
    day = record.event_day
    return {
        "year": day.year,
        "month": day.month,
        "day": None if record.is_month_only else day.day,
    }
