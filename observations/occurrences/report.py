"""A sighting as a phone sends it, read and validated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject, left_out_if_unreadable, read, refused_as
from observations.base.text import NOTE_LENGTH
from observations.places.datum import Datum, datum_of, to_wgs84
from observations.places.districts import is_in_city_box
from observations.taxa.taxon import Group

MOST_PHOTOS = 6  # of one sighting
MOST_PHOTOS_AT_ONCE = 30  # chosen at once, for several sightings
MOST_INDIVIDUALS = 1_000_000
AHEAD = timedelta(minutes=10)  # a phone's clock may be a little ahead
NAME_LENGTH = 120
DATUM_LENGTH = 20
FIRST_YEAR = 1600
LARGEST_UNCERTAINTY_M = 200_000.0  # wider than the city: this tells no place


class PlaceSource(StrEnum):
    """The source of a place."""

    EXIF = "exif"
    DEVICE = "device"
    MAP = "map"
    NAMED = "named"


class EstablishmentMeans(StrEnum):
    """Darwin Core's establishmentMeans, as far as an observer can tell."""

    WILD = "wild"
    PLANTED_OR_CAPTIVE = "planted_or_captive"


@dataclass(frozen=True)
class ReportedPlace:
    """A place in WGS-84 decimal degrees with its uncertainty in metres.

    `datum` is that of the numbers as the person gave them, `verbatim` those numbers (latitude,
    longitude); None where they are the WGS-84 ones.
    """

    latitude: float
    longitude: float
    uncertainty_m: float | None
    source: PlaceSource
    name: str
    datum: str
    verbatim: tuple[float, float] | None = None

    @property
    def as_given(self) -> tuple[float, float]:
        """Latitude and longitude in `datum`, as the person gave them."""
        return self.verbatim or (self.latitude, self.longitude)


@dataclass(frozen=True)
class SightingReport:
    """A sighting as a phone reports it; `event_date` is aware."""

    occurrence_id: UUID
    photos: tuple[UUID, ...]
    event_date: datetime
    is_time_known: bool
    place: ReportedPlace
    taxon_id: UUID | None
    verbatim_name: str
    group: Group | None
    individual_count: int | None
    establishment_means: EstablishmentMeans | None
    note: str
    hides_exact_place: bool
    is_unsure_of_origin: bool = False


class GivenOrigin(StrEnum):
    """The observer's answer: one of Darwin Core's two terms, or that they do not know."""

    WILD = EstablishmentMeans.WILD.value
    PLANTED_OR_CAPTIVE = EstablishmentMeans.PLANTED_OR_CAPTIVE.value
    UNSURE = "unsure"


Degrees = Annotated[float, Meta(extra=refused_as("place.missing"))]
Name = Annotated[str, Meta(max_length=NAME_LENGTH)]
DatumName = Annotated[
    str,
    Meta(
        max_length=DATUM_LENGTH,
        extra_json_schema={"enum": [str(datum) for datum in Datum]},
        extra=refused_as("choice.unknown"),
    ),
]
Count = Annotated[
    int,
    Meta(
        ge=1,
        le=MOST_INDIVIDUALS,
        extra=refused_as("count.unreadable", most=MOST_INDIVIDUALS),
    ),
]
Photos = Annotated[
    list[UUID],
    Meta(max_length=MOST_PHOTOS, extra=refused_as("record.too_many_photos", most=MOST_PHOTOS)),
]
Moment = Annotated[datetime, Meta(tz=True)]


class Place(JsonObject, frozen=True, kw_only=True):
    """The place of a sighting, in decimal degrees of `datum`."""

    latitude: Degrees
    longitude: Degrees
    uncertainty_m: Annotated[float, Meta(extra=left_out_if_unreadable())] | None = None
    source: PlaceSource
    name: Name | None = None
    datum: DatumName = Datum.WGS84.value


class Time(JsonObject, frozen=True, kw_only=True):
    """The time of a sighting; of a day alone its first moment, with `time_known` false."""

    event_date: Moment
    time_known: bool = True


class Record(JsonObject, frozen=True, kw_only=True):
    """A sighting as a phone sends it (see `docs/api.md`)."""

    id: UUID
    photos: Photos = []
    event_date: Moment
    time_known: bool = True
    place: Annotated[Place, Meta(extra=refused_as("place.missing"))]
    taxon_id: UUID | None = None
    name: Name | None = None
    group: Group | None = None
    count: Count | None = None
    establishment_means: GivenOrigin | None = None
    note: Annotated[str, Meta(max_length=NOTE_LENGTH)] = ""
    hide_exact_place: bool = False


def read_report(payload: Mapping[str, Any], now: datetime) -> SightingReport:
    """The report in a phone's JSON, a `Record`.

    Raises `Refused` with the field: `record.empty` (neither photo nor name),
    `record.too_many_photos`, `date.unreadable`, `date.in_the_future`, `place.missing`,
    `place.outside` (once converted to WGS-84), `count.unreadable`, `choice.unknown`,
    `id.malformed`, `text.…`.
    """
    record = read(Record, payload)
    origin = record.establishment_means
    is_unsure = origin is GivenOrigin.UNSURE
    report = SightingReport(
        occurrence_id=record.id,
        photos=tuple(dict.fromkeys(record.photos)),
        event_date=_past(record.event_date, now),
        is_time_known=record.time_known,
        place=_placed(record.place),
        taxon_id=record.taxon_id,
        verbatim_name=record.name or "",
        group=record.group,
        individual_count=record.count,
        establishment_means=EstablishmentMeans(origin) if origin and not is_unsure else None,
        note=record.note,
        hides_exact_place=record.hide_exact_place,
        is_unsure_of_origin=is_unsure,
    )
    if not report.photos and not report.taxon_id and not report.verbatim_name:
        raise Refused("record.empty", "photos")
    return report


def read_place(payload: Mapping[str, Any]) -> ReportedPlace:
    """The place in a phone's JSON, a `Place`. Raises `Refused` as `read_report` does."""
    return _placed(read(Place, payload))


def read_time(payload: Mapping[str, Any], now: datetime) -> tuple[datetime, bool]:
    """The moment (aware) in a phone's JSON, a `Time`, and whether its time of day is known.

    Raises `Refused` as `read_report` does.
    """
    time = read(Time, payload)
    return _past(time.event_date, now), time.time_known


def _past(moment: datetime, now: datetime) -> datetime:
    if moment.year < FIRST_YEAR:
        raise Refused("date.unreadable", "event_date")
    if moment > now + AHEAD:
        raise Refused("date.in_the_future", "event_date")
    return moment


def _placed(place: Place) -> ReportedPlace:
    """The place in WGS-84; the datum is the one stated, never guessed."""
    datum = datum_of(place.datum)
    if datum is None:
        raise Refused("choice.unknown", "place")
    latitude, longitude = to_wgs84(place.latitude, place.longitude, datum)
    if not is_in_city_box(latitude, longitude):
        raise Refused("place.outside", "place")
    return ReportedPlace(
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=_uncertainty(place.uncertainty_m),
        source=place.source,
        name=place.name or "",
        datum=datum,
        verbatim=(place.latitude, place.longitude) if datum is not Datum.WGS84 else None,
    )


def _uncertainty(metres: float | None) -> float | None:
    """The uncertainty in metres as given; None where it is missing or no possible radius."""
    return metres if metres is not None and 0 < metres <= LARGEST_UNCERTAINTY_M else None
