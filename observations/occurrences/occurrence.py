"""The classes of a sighting: the whole record, and what the public sees of it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from observations.places.cells import CITY_RESOLUTION, QUARTER_RESOLUTION, cell_of
from observations.places.districts import district_of, district_of_circle
from observations.places.grid import square_grid

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: no I, L, O, U to misread


def receipt_number(occurrence_id: UUID) -> str:
    """The number on the receipt, `LJ-XXXX-XXXX`: the last 40 bits of the id, which are random."""
    number = occurrence_id.int & (2**40 - 1)
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -5, -5))
    return f"LJ-{letters[:4]}-{letters[4:]}"


def ending_of(number: str) -> str | None:
    """The last ten hexadecimal digits of the id that a receipt's number stands for, as typed.

    With or without `LJ-`, dashes and spaces, in any case; O reads as 0, I and L as 1. None where it
    is no such number.
    """
    typed = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()
    letters = typed.removeprefix("LJ").translate(str.maketrans("OIL", "011"))
    if len(letters) != 8 or not set(letters) <= set(_ALPHABET):
        return None
    whole = 0
    for letter in letters:
        whole = whole << 5 | _ALPHABET.index(letter)
    return f"{whole:010x}"


@dataclass(frozen=True)
class Upload:
    """One photo that a phone sent.

    `byte_count` is the size of what was received, `stored_bytes` of the stored sizes together; None
    where that is not known.
    """

    upload_id: UUID
    device_id: UUID
    sha256: str
    perceptual_hash: str
    media_type: str
    width: int
    height: int
    byte_count: int
    uploaded_at: datetime
    stored_bytes: int | None = None


@dataclass(frozen=True)
class Photograph:
    """A photo: its SHA-256, its licence, and its width and height as it was received."""

    sha256: str
    licence: str
    pixels: tuple[int, int] | None


@dataclass(frozen=True)
class Sent:
    """How many sightings somebody sent, and how many of them a verifier accepted, and refused."""

    sent: int
    accepted: int
    rejected: int


@dataclass(frozen=True)
class TrackRecord:
    """What an observer sent, by the code of the group; "" is the key of what has none."""

    nickname: str
    groups: Mapping[str, Sent]

    @property
    def sent(self) -> int:
        """How many sightings they sent."""
        return sum(one.sent for one in self.groups.values())

    @property
    def accepted(self) -> int:
        """How many of them a verifier accepted."""
        return sum(one.accepted for one in self.groups.values())

    def of_group(self, group_code: str | None) -> Sent:
        """What they sent of a group."""
        return self.groups.get(group_code or "", Sent(0, 0, 0))


@dataclass(frozen=True)
class Check:
    """The finding of a check. A flag is advice for the verifier, never a refusal."""

    code: str
    is_flag: bool
    details: str = ""


@dataclass(frozen=True)
class Occurrence:
    """A whole sighting with its exact place: for its observer and for staff only.

    `event_date` is aware; coordinates are WGS-84; `taxon_id` is None where the name is outside the
    checklist or missing.
    """

    occurrence_id: UUID
    public_id: UUID
    observer_id: UUID | None
    nickname: str | None
    event_date: datetime
    is_time_known: bool
    decimal_latitude: float
    decimal_longitude: float
    coordinate_uncertainty_in_meters: float | None
    place_source: str
    place_name: str
    district: str | None
    hides_exact_place: bool
    taxon_id: UUID | None
    scientific_name: str | None
    vernacular_name: str | None
    english_name: str | None
    verbatim_name: str
    group_code: str | None
    sensitive_category: int | None
    individual_count: int | None
    establishment_means: str | None
    note: str
    submitted_at: datetime
    is_demo: bool
    verification_status: str
    release_status: str
    decision_id: UUID | None
    photo_sha256: str | None
    photo_count: int


@dataclass(frozen=True)
class EarlierEvent:
    """When and where a sighting was before it was corrected; named as in `Occurrence`."""

    event_date: datetime
    is_time_known: bool
    decimal_latitude: float
    decimal_longitude: float
    coordinate_uncertainty_in_meters: float | None
    place_source: str
    place_name: str
    district: str | None


@dataclass(frozen=True)
class PublicOccurrence:
    """A sighting as everyone may see it; its place may be generalised.

    `grid` is the number of cells a degree of a generalised place (None: exact), `square` that of
    the square it is drawn as, for a wide place too (None: a point). `event_day` is the day, or the
    first of the month where the record is generalised. Coordinates are WGS-84. `verbatim_name` is
    the name that a survey gives where it is not certain to its end.
    """

    occurrence_id: UUID
    public_id: UUID
    observer_id: UUID | None
    individual_count: int | None
    establishment_means: str | None
    is_demo: bool
    verification_status: str
    taxon_id: UUID | None
    scientific_name: str | None
    vernacular_name: str | None
    english_name: str | None
    group_code: str | None
    grid: int | None
    decimal_latitude: float
    decimal_longitude: float
    coordinate_uncertainty_in_meters: float | None
    event_day: date
    district: str | None
    cell_city: str
    cell_quarter: str | None
    photo_sha256: str | None
    photo_count: int
    recorded_by: str | None
    square: int | None = None
    verbatim_name: str | None = None

    @property
    def is_month_only(self) -> bool:
        """Whether only the month is shown."""
        return self.grid is not None


@dataclass(frozen=True)
class PublicPlace:
    """District and cells of a public place; a generalised or a wide one has no fine cell."""

    district: str | None
    cell_city: str
    cell_quarter: str | None


def public_place(
    latitude: float, longitude: float, grid: int | None, uncertainty_m: float | None = None
) -> PublicPlace:
    """District and cells computed from a public place (WGS-84), never from the exact one.

    A place that is wider than a cell has no fine cell, and a district only where it lies in one.
    """
    square = square_grid(grid, uncertainty_m)
    if uncertainty_m and square != grid:
        district = district_of_circle(latitude, longitude, uncertainty_m)
    else:
        district = district_of(latitude, longitude)
    fine = None if square else cell_of(latitude, longitude, QUARTER_RESOLUTION)
    city = cell_of(latitude, longitude, CITY_RESOLUTION)
    return PublicPlace(district.code if district else None, city, fine)
