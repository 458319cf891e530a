"""Public sightings as a Darwin Core Archive, written a page at a time.

Memory does not grow with the number of rows: the core is written into the zip at once, the
extensions into temporary files first.
"""

import csv
import hashlib
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Protocol, TextIO
from uuid import UUID
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from observations.exchange.archive.eml import About, eml_of
from observations.exchange.archive.terms import (
    CORE,
    IDENTIFICATION,
    MULTIMEDIA,
    NAMES,
    OCCURRENCE,
    PHOTOS,
    Identified,
    Pictured,
    core_row,
    name_row,
    photo_row,
)
from observations.map.exploring import Filters
from observations.occurrences.occurrence import PublicOccurrence
from observations.taxa.store import TaxaReads
from observations.taxa.taxon import Taxon

PAGE = 10_000
FORMAT = "2"  # part of the fingerprint: increase it when the same rows would be written differently
CORE_FILE, PHOTOS_FILE, NAMES_FILE = "occurrence.txt", "multimedia.txt", "identification.txt"
MADE = (1980, 1, 1, 0, 0, 0)  # a fixed time in the zip: the same rows give the same bytes
SPOOLED = 4 * 1024**2
CHUNK = 1024**2
LEVEL = 6
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Extent:
    """The number of rows, whether any is generated, and the first and last day shown."""

    rows: int
    is_demo: bool
    first_day: date | None
    last_day: date | None


class ExchangeReads(Protocol):
    """The reads of an archive. Every method may raise `StorageError`."""

    def extent(self) -> Extent:
        """The number of rows and their first and last day."""
        ...

    def photos(self, occurrence_ids: Sequence[UUID]) -> list[Pictured]:
        """The photos of released sightings, in order."""
        ...

    def identifications(self, occurrence_ids: Sequence[UUID]) -> list[Identified]:
        """The names that released sightings were given, as far as they are public."""
        ...

    def digests(self) -> list[str]:
        """Fingerprints of all that the archive would hold."""
        ...


class PageReads(Protocol):
    """The public sightings, a page at a time."""

    def page(self, filters: Filters, after: UUID | None, limit: int) -> list[PublicOccurrence]:
        """The next `limit` records by public id."""
        ...


class Store(Protocol):
    """The reads that an archive needs."""

    @property
    def map(self) -> PageReads: ...
    @property
    def exchange(self) -> ExchangeReads: ...
    @property
    def taxa(self) -> TaxaReads: ...


def fingerprint_of(store: Store, site: str) -> str:
    """A text that changes if, and only if, the content of the archive changes."""
    told = hashlib.sha256("\n".join([FORMAT, site, *store.exchange.digests()]).encode())
    return told.hexdigest()[:32]


def write_archive(
    store: Store, stream: IO[bytes], site: str, today: date, progress: Progress
) -> int:
    """Write the archive of everything public to `stream`; gives the number of occurrences.

    `site` is the public URL; `today` is the day in Asia/Shanghai.
    """
    extent = store.exchange.extent()
    with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        archive.writestr(_entry("meta.xml"), META)
        archive.writestr(_entry("eml.xml"), eml_of(_about(extent, site, today)))
        with _spool() as photos, _spool() as names:
            tables = _Tables(store, site, photos, names)
            with _member(archive, CORE_FILE) as core:
                count = tables.write(core, lambda rows: progress("rows", rows, extent.rows))
            for name, spool in ((PHOTOS_FILE, photos), (NAMES_FILE, names)):
                _copy(spool, archive, name)
    progress("rows", count, count)
    return count


class _Tables:
    """The three tables, filled together."""

    def __init__(self, store: Store, site: str, photos: TextIO, names: TextIO) -> None:
        self._store, self._site = store, site
        self._taxa: dict[UUID, Taxon] = {t.taxon_id: t for t in store.taxa.all_taxa()}
        self._photos, self._names = _writer(photos), _writer(names)
        self._photos.writerow(_header(PHOTOS))
        self._names.writerow(_header(NAMES))

    def write(self, core: TextIO, on_count: Callable[[int], None]) -> int:
        """Write every page; gives the number of occurrences."""
        rows, count = _writer(core), 0
        rows.writerow([term.rsplit("/", 1)[-1] for term in CORE])
        for page in _pages(self._store):
            rows.writerows(core_row(record, self._taxa, self._site) for record in page)
            self._extend(page)
            count += len(page)
            on_count(count)
        return count

    def _extend(self, page: Sequence[PublicOccurrence]) -> None:
        records = {record.public_id: record for record in page}
        ids = [record.occurrence_id for record in page]
        pictured = [record.occurrence_id for record in page if record.photo_count]
        for photo in self._store.exchange.photos(pictured) if pictured else ():
            self._photos.writerow(photo_row(photo, records[photo.public_id], self._site))
        for name in self._store.exchange.identifications(ids):
            taxon = self._taxa[name.taxon_id]
            self._names.writerow(name_row(name, records[name.public_id], taxon))


def _pages(store: Store) -> Iterator[list[PublicOccurrence]]:
    after: UUID | None = None
    while page := store.map.page(Filters(), after, PAGE):
        yield page
        after = page[-1].public_id


def _about(extent: Extent, site: str, today: date) -> About:
    identifier = f"{site or 'https://green-traces-hangzhou.invalid'}/api/v1/dwca.zip"
    return About(
        extent.rows, extent.is_demo, extent.first_day, extent.last_day, site, today, identifier
    )


def _header(terms: Sequence[str]) -> list[str]:
    return ["occurrenceID", *(term.rsplit("/", 1)[-1] for term in terms)]


def _writer(stream: TextIO) -> Any:  # the standard library has no public name for this type
    return csv.writer(
        stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None
    )


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, MADE)
    entry.compress_type = ZIP_DEFLATED
    return entry


@contextmanager
def _member(archive: ZipFile, name: str) -> Iterator[TextIO]:
    with (
        archive.open(_entry(name), "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
    ):
        yield text


@contextmanager
def _spool() -> Iterator[TextIO]:
    with (
        tempfile.SpooledTemporaryFile(SPOOLED) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as text,
    ):
        yield text


def _copy(spool: TextIO, archive: ZipFile, name: str) -> None:
    spool.seek(0)
    with _member(archive, name) as member:
        while part := spool.read(CHUNK):
            member.write(part)


def _table_xml(tag: str, row_type: str, file: str, id_tag: str, terms: Sequence[str]) -> str:
    first = 0 if tag == "core" else 1
    fields = "".join(
        f'\n    <field index="{k}" term={quoteattr(term)}/>' for k, term in enumerate(terms, first)
    )
    return (
        f'\n  <{tag} encoding="UTF-8" fieldsTerminatedBy="\\t" linesTerminatedBy="\\n"'
        f' fieldsEnclosedBy="" ignoreHeaderLines="1" rowType="{row_type}">'
        f'\n    <files><location>{file}</location></files>\n    <{id_tag} index="0"/>'
        f"{fields}\n  </{tag}>"
    )


META = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '\n<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">'
    + _table_xml("core", OCCURRENCE, CORE_FILE, "id", CORE)
    + _table_xml("extension", MULTIMEDIA, PHOTOS_FILE, "coreid", PHOTOS)
    + _table_xml("extension", IDENTIFICATION, NAMES_FILE, "coreid", NAMES)
    + "\n</archive>\n"
)
