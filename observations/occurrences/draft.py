"""A sighting while it is being written; what cannot be read is left out, not refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from observations.base.json_objects import JsonObject, read_what_fits
from observations.base.wording import N_
from observations.occurrences.report import (
    Count,
    DatumName,
    Degrees,
    Moment,
    Name,
    PlaceSource,
    SightingReport,
)
from observations.places.datum import Datum, datum_of, to_wgs84
from observations.taxa.taxon import Group


@dataclass(frozen=True)
class GivenPlace:
    """A place in decimal degrees of `datum`, as it was given; the numbers may be out of range."""

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
    """What a sighting says so far; None or "" where a field is empty or cannot be read.

    `photo_place` is the photo's own place, `device_place` the phone's position. `event_date` is
    aware.
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


class PlaceSoFar(JsonObject, frozen=True, kw_only=True):
    """A place from one source."""

    latitude: Degrees
    longitude: Degrees
    uncertainty_m: float | None = None
    datum: DatumName = Datum.WGS84.value
    source: PlaceSource | None = None
    name: Name | None = None


class RecordSoFar(JsonObject, frozen=True, kw_only=True):
    """The fields of a `Record` while it is being written, all optional."""

    about = N_("写到一半的记录，字段都可以不写；photo_place 是照片里的，device_place 是手机的。")

    id: UUID | None = None
    event_date: Moment | None = None
    time_known: bool = True
    place: PlaceSoFar | None = None
    photo_place: PlaceSoFar | None = None
    device_place: PlaceSoFar | None = None
    taxon_id: UUID | None = None
    name: Name | None = None
    group: Group | None = None
    count: Count | None = None


def read_draft(payload: Mapping[str, Any]) -> Draft:
    """The draft in a phone's JSON, a `RecordSoFar`."""
    record = read_what_fits(RecordSoFar, payload)
    return Draft(
        occurrence_id=record.id,
        event_date=_with_neighbours(record.event_date),
        is_time_known=record.time_known,
        place=_draft_place(record.place),
        photo_place=_draft_place(record.photo_place),
        device_place=_draft_place(record.device_place),
        taxon_id=record.taxon_id,
        verbatim_name=record.name or "",
        group=record.group,
        individual_count=record.count,
    )


def draft_of(report: SightingReport) -> Draft:
    """A report as a draft, with its place as it was given."""
    place = report.place
    draft_place = GivenPlace(*place.as_given, place.uncertainty_m, Datum(place.datum), place.source)
    return Draft(
        occurrence_id=report.occurrence_id,
        event_date=report.event_date,
        is_time_known=report.is_time_known,
        place=draft_place,
        taxon_id=report.taxon_id,
        verbatim_name=report.verbatim_name,
        group=report.group,
        individual_count=report.individual_count,
    )


def _with_neighbours(moment: datetime | None) -> datetime | None:
    """The moment; None in the years 1 and 9999, where the day before or after may not exist."""
    return moment if moment and 1 < moment.year < 9999 else None


def _draft_place(place: PlaceSoFar | None) -> GivenPlace | None:
    datum = datum_of(place.datum) if place else None
    if place is None or datum is None:
        return None
    return GivenPlace(place.latitude, place.longitude, place.uncertainty_m, datum, place.source)
