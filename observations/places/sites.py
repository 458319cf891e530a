"""Places to visit: stations, 体验地, open environmental facilities, from a list that staff edit.

The list is a CSV file with the columns of `COLUMNS`. It is complete: a place that is left out is no
longer shown. Coordinates are WGS-84 decimal degrees.
"""

import csv
import io
import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import isfinite
from typing import Protocol

from observations.base.errors import Refused
from observations.base.lines import Unreadable
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.tables import read_text
from observations.base.text import clean_text
from observations.base.wording import N_
from observations.log.entries import LogEntry
from observations.log.store import LogWrites
from observations.places.coordinates import Axis, degrees_of
from observations.places.districts import DISTRICTS, is_in_city

COLUMNS = (
    "code", "kind", "name_zh", "name_en", "district", "latitude", "longitude", "uncertainty_m",
    "address", "opening", "about_zh", "about_en", "source",
)  # fmt: skip
NEEDED = ("code", "kind", "name_zh", "source")
TEXT_LENGTH, MOST_ROWS, WIDEST_M = 600, 2_000, 100_000.0
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class SiteKind(StrEnum):
    """The kind of a place to visit."""

    STATION = "station"
    EXPERIENCE = "experience"
    FACILITY = "facility"
    NATURE = "nature"


KIND_NAMES = {
    SiteKind.STATION: N_("观察站点"),
    SiteKind.EXPERIENCE: N_("生物多样性体验地"),
    SiteKind.FACILITY: N_("开放的环保设施"),
    SiteKind.NATURE: N_("自然好去处"),
}


@dataclass(frozen=True, slots=True)
class Site:
    """One place; coordinates in WGS-84, within `uncertainty_m` metres; `source` is their origin.

    `district` is an adcode; `address` and `opening` are as the list has them.
    """

    code: str
    kind: SiteKind
    name_zh: str
    name_en: str
    district: str
    latitude: float
    longitude: float
    uncertainty_m: float
    address: str
    opening: str
    about_zh: str
    about_en: str
    source: str

    def name(self, language: str) -> str:
        """Its name in "zh" or "en"."""
        return (self.name_en if language == "en" else "") or self.name_zh

    def about(self, language: str) -> str:
        """Its description in "zh" or "en"."""
        return (self.about_en if language == "en" else "") or self.about_zh


class SitesReads(Protocol):
    """Reads. Each may raise `StorageError`."""

    def all_sites(self) -> list[Site]:
        """Every place, in the order of the list."""
        ...


class SitesWrites(SitesReads, Protocol):
    """Changes, inside a transaction."""

    def replace_sites(self, sites: Sequence[Site]) -> None:
        """Replace all places by these, in this order."""
        ...


class Transaction(Protocol):
    """The writes that this module needs."""

    @property
    def sites(self) -> SitesWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The transactions that this module needs."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...


@retried
def keep(store: Store, person: Person, text: str, now: datetime) -> int:
    """Replace the list by that of a CSV text; gives the number of places.

    Raises `Refused`: `role.may_not` and those of `read_sites`; then nothing has changed.
    """
    require(person, "keep_sites")
    sites = read_sites(text)
    with store.transaction() as tx:
        tx.sites.replace_sites(sites)
        tx.log.add(LogEntry("sites.kept", None, person, now, {"count": len(sites)}))
    return len(sites)


def read_sites(text: str) -> list[Site]:
    """The places of a CSV text.

    Raises `Refused`: `sites.unreadable`, `sites.columns` (which are missing), `sites.too_many`; and
    with the number of the line, where the header is line 1, `sites.cells` (too few or too many),
    `sites.text` (too long), `sites.empty`, `sites.row` (unreadable), `sites.outside` (not in the
    city), `sites.twice` (a code that an earlier row has).
    """
    try:
        table = read_text(text.lstrip("\ufeff"), _is_heading)
    except Unreadable:
        raise Refused("sites.unreadable", "text") from None
    missing = set(COLUMNS) - {name.strip() for name in table.heading}
    if missing:
        raise Refused("sites.columns", "text", columns=", ".join(sorted(missing)))
    if len(table.lines) > MOST_ROWS:
        raise Refused("sites.too_many", "text", limit=MOST_ROWS)
    sites: dict[str, Site] = {}
    for line in table.lines:
        row = table.by_column(line)
        if row is None:
            expected = len(table.heading)
            count = max(line.width, min(len(line.cells), expected))
            raise Refused("sites.cells", "text", row=line.number, count=count, expected=expected)
        site = site_of_row(row, line.number)
        if site.code in sites:
            raise Refused("sites.twice", "text", row=line.number, value=site.code)
        sites[site.code] = site
    return list(sites.values())


def _is_heading(cells: Sequence[str]) -> bool:
    return set(COLUMNS) <= {cell.strip() for cell in cells}


def as_csv(sites: Sequence[Site]) -> str:
    """The list as a CSV text that `read_sites` reads back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(site, column) for column in COLUMNS] for site in sites)
    return out.getvalue()


def site_of_row(row: dict[str, str], number: int) -> Site:
    """The place of a row, line `number` of its file. Raises `Refused` as `read_sites` does."""
    texts = {name: _text(row[name], name, number) for name in COLUMNS}
    for name in NEEDED:
        if not texts[name]:
            raise Refused("sites.empty", "text", row=number, column=name)
    if not CODE.fullmatch(texts["code"]):
        raise _wrong(number, "code", texts["code"])
    if texts["kind"] not in set(SiteKind):
        raise _wrong(number, "kind", texts["kind"])
    if texts["district"] not in DISTRICTS:
        raise _wrong(number, "district", texts["district"])
    latitude = _degrees(texts, "latitude", number)
    longitude = _degrees(texts, "longitude", number)
    metres = _number(texts, "uncertainty_m", number)
    if not 0 < metres <= WIDEST_M:
        raise _wrong(number, "uncertainty_m", texts["uncertainty_m"])
    if not is_in_city(latitude, longitude, metres):
        given_there = f"{latitude:g}, {longitude:g}"
        raise Refused("sites.outside", "text", row=number, value=given_there)
    other_texts = {name: texts[name] for name in COLUMNS if name not in NUMBERS and name != "kind"}
    return Site(
        kind=SiteKind(texts["kind"]),
        latitude=latitude,
        longitude=longitude,
        uncertainty_m=metres,
        **other_texts,
    )


def _text(value: str, name: str, number: int) -> str:
    try:
        return clean_text(value, name, TEXT_LENGTH)
    except Refused:
        limit = TEXT_LENGTH
        raise Refused("sites.text", "text", row=number, column=name, limit=limit) from None


NUMBERS = ("latitude", "longitude", "uncertainty_m")


def _degrees(texts: dict[str, str], name: str, number: int) -> float:
    degrees = degrees_of(texts[name], Axis(name))
    if degrees is None:
        raise _wrong(number, name, texts[name])
    return degrees


def _number(texts: dict[str, str], name: str, number: int) -> float:
    try:
        value = float(texts[name])
    except ValueError:
        raise _wrong(number, name, texts[name]) from None
    if not isfinite(value):
        raise _wrong(number, name, texts[name])
    return value


def _wrong(number: int, column: str, value: str) -> Refused:
    return Refused("sites.row", "text", row=number, column=column, value=value[:60])
