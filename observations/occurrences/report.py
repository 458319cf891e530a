"""What a phone sends of a sighting, read and checked at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar
from uuid import UUID

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.text import clean_text
from observations.places.datum import Datum, datum_of, to_wgs84
from observations.places.districts import is_in_city_box
from observations.taxa.taxon import Group

T = TypeVar("T", bound=StrEnum)
MOST_PHOTOS = 6  # of one sighting
MOST_PHOTOS_AT_ONCE = 30  # chosen in one go, for several sightings
MOST_INDIVIDUALS = 1_000_000
AHEAD = timedelta(minutes=10)  # a phone's clock may be a little fast
NAME_LENGTH = 120
DATUM_LENGTH = 20
LARGEST_UNCERTAINTY_M = 200_000.0  # wider than the city: no place at all


class PlaceSource(StrEnum):
    """Where a place came from."""

    EXIF = "exif"
    DEVICE = "device"
    MAP = "map"
    NAMED = "named"


class EstablishmentMeans(StrEnum):
    """Darwin Core's establishmentMeans, as far as a citizen can tell."""

    WILD = "wild"
    PLANTED_OR_CAPTIVE = "planted_or_captive"


UNSURE = "unsure"  # an answer too, but none of Darwin Core's


@dataclass(frozen=True)
class ReportedPlace:
    """A place in WGS-84 decimal degrees with its uncertainty in metres.

    `datum` is that of the numbers as they were given, `verbatim` those numbers (latitude,
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
    """A sighting as a phone tells it; `event_date` is aware."""

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


def read_report(payload: Mapping[str, Any], now: datetime) -> SightingReport:
    """The report in a phone's JSON (see `docs/api.md`).

    Raises `Refused` with the field: `record.empty` (neither photo nor name),
    `record.too_many_photos`, `date.unreadable`, `date.in_the_future`, `place.missing`,
    `place.outside` (once converted to WGS-84), `count.unreadable`, `choice.unknown`,
    `id.malformed`, `text.…`.
    """
    if not isinstance(payload, Mapping):
        raise Refused("record.unreadable")
    report = SightingReport(
        occurrence_id=parse_id(payload.get("id"), "id"),
        photos=_photos(payload.get("photos")),
        event_date=_event_date(payload.get("event_date"), now),
        is_time_known=payload.get("time_known") is not False,
        place=_place(payload.get("place")),
        taxon_id=parse_id(payload["taxon_id"], "taxon_id") if payload.get("taxon_id") else None,
        verbatim_name=clean_text(payload.get("name"), "name", NAME_LENGTH),
        group=_choice(Group, payload.get("group"), "group"),
        individual_count=_count(payload.get("count")),
        establishment_means=_origin(payload.get("establishment_means")),
        note=clean_text(payload.get("note"), "note"),
        hides_exact_place=payload.get("hide_exact_place") is True,
        is_unsure_of_origin=payload.get("establishment_means") == UNSURE,
    )
    if not report.photos and not report.taxon_id and not report.verbatim_name:
        raise Refused("record.empty", "photos")
    return report


def _origin(value: object) -> EstablishmentMeans | None:
    if value == UNSURE:
        return None
    return _choice(EstablishmentMeans, value, "establishment_means")


def _photos(value: object) -> tuple[UUID, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise Refused("record.unreadable", "photos")
    if len(value) > MOST_PHOTOS:
        raise Refused("record.too_many_photos", "photos", most=MOST_PHOTOS)
    return tuple(dict.fromkeys(parse_id(photo, "photos") for photo in value))


def _event_date(value: object, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year < 1600:
        raise Refused("date.unreadable", "event_date")
    if moment > now + AHEAD:
        raise Refused("date.in_the_future", "event_date")
    return moment


def _place(value: object) -> ReportedPlace:
    """The place in WGS-84; the datum is the person's word, never guessed."""
    if not isinstance(value, Mapping):
        raise Refused("place.missing", "place")
    given = number(value.get("latitude")), number(value.get("longitude"))
    if given[0] is None or given[1] is None:
        raise Refused("place.missing", "place")
    datum = datum_of(clean_text(value.get("datum") or Datum.WGS84, "place", DATUM_LENGTH))
    source = _choice(PlaceSource, value.get("source"), "place")
    if datum is None or source is None:
        raise Refused("choice.unknown", "place")
    latitude, longitude = to_wgs84(given[0], given[1], datum)
    if not is_in_city_box(latitude, longitude):
        raise Refused("place.outside", "place")
    return ReportedPlace(
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=_uncertainty(value.get("uncertainty_m")),
        source=source,
        name=clean_text(value.get("name"), "place", NAME_LENGTH),
        datum=datum,
        verbatim=(given[0], given[1]) if datum is Datum.GCJ02 else None,
    )


def _uncertainty(value: object) -> float | None:
    """Stored as given, never invented; nonsense counts as unknown."""
    metres = number(value)
    return metres if metres is not None and 0 < metres <= LARGEST_UNCERTAINTY_M else None


def _count(value: object) -> int | None:
    if value is None or value == "":
        return None
    found = number(value)
    if found is None or found != int(found) or not 0 < found <= MOST_INDIVIDUALS:
        raise Refused("count.unreadable", "count", most=MOST_INDIVIDUALS)
    return int(found)


def number(value: object) -> float | None:
    """A finite number, else None; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if isfinite(found) else None


def _choice(kind: type[T], value: object, field: str) -> T | None:
    if value is None or value == "":
        return None
    if value not in list(kind):
        raise Refused("choice.unknown", field)
    return kind(str(value))
