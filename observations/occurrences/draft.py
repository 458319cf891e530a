"""A sighting while it is being written: whatever can be read of it, and no refusal for the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.text import clean_text
from observations.occurrences.report import NAME_LENGTH, PlaceSource, SightingReport, number
from observations.places.datum import Datum, datum_of, to_wgs84
from observations.taxa.taxon import Group, group_of


@dataclass(frozen=True)
class GivenPlace:
    """A place as it was given, in decimal degrees of `datum`; anywhere, even on no globe."""

    latitude: float
    longitude: float
    uncertainty_m: float | None = None
    datum: Datum = Datum.WGS84
    source: PlaceSource | None = None

    @property
    def wgs84(self) -> tuple[float, float]:
        """Latitude and longitude in WGS-84."""
        return to_wgs84(self.latitude, self.longitude, self.datum)


@dataclass(frozen=True)
class Draft:
    """What is known of a sighting so far; None or "" where nothing, or nothing readable, stands.

    `photo_place` is what the photo says of itself, `device_place` where the phone says it is.
    `event_date` is aware.
    """

    occurrence_id: UUID | None = None
    event_date: datetime | None = None
    is_time_known: bool = True
    place: GivenPlace | None = None
    photo_place: GivenPlace | None = None
    device_place: GivenPlace | None = None
    taxon_id: UUID | None = None
    verbatim_name: str = ""
    group: Group | None = None
    individual_count: int | None = None


def read_draft(payload: Mapping[str, Any]) -> Draft:
    """The draft in a phone's JSON: the fields of a record, all optional (see `docs/api.md`)."""
    return Draft(
        occurrence_id=_id(payload.get("id")),
        event_date=_moment(payload.get("event_date")),
        is_time_known=payload.get("time_known") is not False,
        place=_place(payload.get("place")),
        photo_place=_place(payload.get("photo_place")),
        device_place=_place(payload.get("device_place")),
        taxon_id=_id(payload.get("taxon_id")),
        verbatim_name=_name(payload.get("name")),
        group=group_of(str(payload.get("group"))),
        individual_count=_count(payload.get("count")),
    )


def draft_of(report: SightingReport) -> Draft:
    """A report as a draft, its place as it was given."""
    place = report.place
    given = GivenPlace(*place.as_given, place.uncertainty_m, Datum(place.datum), place.source)
    return Draft(
        occurrence_id=report.occurrence_id,
        event_date=report.event_date,
        is_time_known=report.is_time_known,
        place=given,
        taxon_id=report.taxon_id,
        verbatim_name=report.verbatim_name,
        group=report.group,
        individual_count=report.individual_count,
    )


def _id(value: object) -> UUID | None:
    try:
        return parse_id(value, "id")
    except Refused:
        return None


def _name(value: object) -> str:
    try:
        return clean_text(value, "name", NAME_LENGTH)
    except Refused:
        return ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    is_kept = moment is not None and moment.tzinfo is not None and 1 < moment.year < 9999
    return moment if is_kept else None  # the first and last year of all have no neighbours


def _place(value: object) -> GivenPlace | None:
    if not isinstance(value, Mapping):
        return None
    latitude, longitude = number(value.get("latitude")), number(value.get("longitude"))
    datum = datum_of(str(value.get("datum") or Datum.WGS84))
    if latitude is None or longitude is None or datum is None:
        return None
    source = value.get("source")
    return GivenPlace(
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=number(value.get("uncertainty_m")),
        datum=datum,
        source=PlaceSource(source) if source in list(PlaceSource) else None,
    )


def _count(value: object) -> int | None:
    found = number(value)
    return int(found) if found and found > 0 else None
