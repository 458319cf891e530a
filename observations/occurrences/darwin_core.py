"""A public sighting in the terms of Darwin Core (https://dwc.tdwg.org/terms/).

Values are in English, as the standard asks, except Chinese names. `group`, `district` and `isDemo`
are terms of this project; `isDemo` tells generated records from real ones.
"""

from math import ceil
from typing import Any

from observations.base.wording import N_, translate
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.districts import DISTRICTS

NAME = N_("绿迹杭州")
DEMO = N_("演示数据")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DATUM = "WGS84"
DECIMALS = 6  # 0.1 metre: no phone measures its position more exactly
Terms = dict[str, Any]

TERMS = {
    "occurrenceID": str,
    "basisOfRecord": str,
    "occurrenceStatus": str,
    "scientificName": str,
    "vernacularName": str,
    "taxonID": str,
    "group": str,
    "eventDate": str,
    "decimalLatitude": float,
    "decimalLongitude": float,
    "geodeticDatum": str,
    "coordinateUncertaintyInMeters": int,
    "countryCode": str,
    "county": str,
    "district": str,
    "individualCount": int,
    "degreeOfEstablishment": str,
    "identificationVerificationStatus": str,
    "recordedBy": str,
    "dataGeneralizations": str,
    "informationWithheld": str,
    "references": str,
    "license": str,
    "datasetName": str,
    "isDemo": bool,
}
"""The terms of a row, in their order, and what a value of each is."""
_GROWN = ("plant", "fungus")
ALWAYS = ("occurrenceID", "basisOfRecord", "license", "isDemo")


def darwin_core(record: PublicOccurrence, site: str) -> Terms:
    """The terms of a public record; None for an unknown value. `site` is the public URL."""
    values = {
        "occurrenceID": str(record.public_id),
        "basisOfRecord": "HumanObservation",
        "occurrenceStatus": "present",
        **_taxon(record),
        **_event(record),
        "individualCount": record.individual_count,
        "degreeOfEstablishment": degree_of_establishment(record),
        "identificationVerificationStatus": record.verification_status,
        "recordedBy": None if record.grid else record.recorded_by,
        **_withheld(record),
        "references": f"{site}/sighting?id={record.public_id}",
        "license": LICENCE,
        "datasetName": dataset_name(record.is_demo),
        "isDemo": record.is_demo,
    }
    return {term: values[term] for term in TERMS}


def degree_of_establishment(record: PublicOccurrence) -> str | None:
    """GBIF's degreeOfEstablishment; None for wild ones, which may be native or introduced."""
    if record.establishment_means != "planted_or_captive":
        return None
    return "cultivated" if record.group_code in _GROWN else "captive"


def dataset_name(is_demo: bool) -> str:
    """The data set's name in both languages, which names generated data as such."""
    name = f"{NAME} · {translate(NAME, 'en')}"
    return f"{name} ({DEMO} / {translate(DEMO, 'en')})" if is_demo else name


def _taxon(record: PublicOccurrence) -> Terms:
    return {
        "scientificName": record.scientific_name,
        "vernacularName": record.vernacular_name,
        "taxonID": str(record.taxon_id) if record.taxon_id else None,
        "group": record.group_code,
    }


def _event(record: PublicOccurrence) -> Terms:
    district = DISTRICTS.get(record.district or "")
    uncertainty = record.coordinate_uncertainty_in_meters
    return {
        "eventDate": f"{record.event_day:%Y-%m}" if record.grid else record.event_day.isoformat(),
        "decimalLatitude": round(record.decimal_latitude, DECIMALS),
        "decimalLongitude": round(record.decimal_longitude, DECIMALS),
        "geodeticDatum": DATUM,
        "coordinateUncertaintyInMeters": ceil(uncertainty) if uncertainty else None,
        "countryCode": "CN",
        "county": district.name_zh if district else None,
        "district": record.district,
    }


def _withheld(record: PublicOccurrence) -> Terms:
    if record.grid is None:
        return {"dataGeneralizations": None, "informationWithheld": None}
    return {
        "dataGeneralizations": f"Coordinates are the centre of a cell of a {1 / record.grid:g} "
        "degree grid; the date is the month.",
        "informationWithheld": "The exact place, the day and the recorder: a sensitive taxon, "
        "one not identified to species, or the recorder's options.",
    }
