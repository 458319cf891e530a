"""The download of one's own data: a zip with everything as JSON and, for spreadsheets, as CSV."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import IO
from uuid import UUID

from observations.actions.details import DETAILS
from observations.actions.entries import EntryLine
from observations.base.errors import Refused
from observations.media.store import PhotoFiles, PhotoSize
from observations.occurrences.occurrence import Occurrence
from observations.privacy.store import Reads
from observations.satisfaction.own_answers import answers_of
from observations.satisfaction.responses import Response
from observations.verification.decisions import Decision

MOST = 1_000_000  # rows of one kind; far more than one person makes
FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Mapping[str, object]


def write_everything(
    store: Reads, files: PhotoFiles, secret: bytes, observer_id: UUID, to: IO[bytes]
) -> None:
    """Write the zip of `everything_of` with the photos in it, each in its large size.

    The photos are read one after the other. Raises as `everything_of` does, and `StorageError`
    where the photo files cannot be reached.
    """
    to.write(everything_of(store, secret, observer_id))
    with zipfile.ZipFile(to, "a", zipfile.ZIP_STORED) as archive:
        for sha256 in store.privacy.photos_of(observer_id):
            if data := files.get(sha256, PhotoSize.LARGE):
                archive.writestr(f"photos/{sha256}.webp", data)


def everything_of(store: Reads, secret: bytes, observer_id: UUID) -> bytes:
    """The zip: `me.json`, and a table each of what somebody made.

    Times are UTC, coordinates WGS-84; every row says whether it is demonstration data. Photos are
    given by their addresses, and by their names in the zip of `write_everything`. Raises
    `Refused("observer.unknown")`.
    """
    observer = store.people.observer(observer_id)
    if observer is None:
        raise Refused("observer.unknown")
    sightings = store.occurrences.occurrences_of(observer_id, MOST)
    tables: dict[str, Sequence[Row]] = {
        "actions": [_action(line) for line in store.actions.entries_of(observer_id, MOST)],
        "points": [
            asdict(posting) | {"points": posting.points}
            for posting in store.points.entries_of(observer_id, MOST)
        ],
        "names_for_others": [asdict(one) for one in store.community.said_by(observer_id)],
        **store.privacy.order_of(observer_id),
        "ratings": [_satisfaction_row(answer) for answer in answers_of(store, secret, observer_id)],
    }
    whole: dict[str, object] = {
        "observer": asdict(observer),
        "sightings": [_sighting(store, sighting) for sighting in sightings],
    }
    flat: list[Row] = [asdict(sighting) for sighting in sightings]
    return _zip({**whole, **tables}, {"sightings": flat} | tables)


def _sighting(store: Reads, sighting: Occurrence) -> Row:
    """A sighting with its photos, its names, what was corrected, and the decisions on it."""
    record_id = sighting.occurrence_id
    return asdict(sighting) | {
        "earlier": [asdict(event) for event in store.occurrences.earlier_events(record_id)],
        "photos": [
            {
                "address": f"/photos/{sha256}/large.webp",
                "file": f"photos/{sha256}.webp",
                "licence": licence,
            }
            for sha256, licence in store.occurrences.photos(record_id)
        ],
        "names": [
            {
                "vernacular_name": vernacular,
                "scientific_name": scientific,
                "verbatim_name": verbatim,
                "by_staff": by_staff,
                "identified_at": identified_at,
            }
            for vernacular, scientific, verbatim, by_staff, identified_at in (
                store.occurrences.names(record_id)
            )
        ],
        "decisions": [_decision(decision) for decision in store.verification.decisions(record_id)],
    }


def _action(line: EntryLine) -> Row:
    """An entry, its status, and the details that its person added."""
    entry = asdict(line.entry)
    details = {name: entry.pop(name) for name in DETAILS}
    standing = {
        "verification_status": line.verification_status,
        "is_withdrawn": line.is_withdrawn,
        "earned": line.earned,
    }
    return entry | standing | details


def _decision(decision: Decision) -> Row:
    """A decision without the name of the member of staff."""
    said = asdict(decision)
    said["by_staff"] = said.pop("decided_by_staff") is not None
    return said


def _satisfaction_row(answer: Response) -> Row:
    """A response without its one-way token."""
    row = asdict(answer)
    del row["person_token"], row["questionnaire"], row["circumstances"]
    scores = {str(dimension): score for dimension, score in answer.questionnaire.answers.items()}
    beside = asdict(answer.circumstances)
    del beside["network"]
    return row | scores | beside | {"reason": answer.questionnaire.reason}


def _zip(whole: Mapping[str, object], tables: Mapping[str, Sequence[Row]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("me.json", json.dumps(whole, ensure_ascii=False, indent=1, default=str))
        for name, rows in tables.items():
            archive.writestr(f"{name}.csv", _table(rows))
    return buffer.getvalue()


def _table(rows: Sequence[Row]) -> str:
    """CSV with a byte order mark, so that a spreadsheet reads it as UTF-8."""
    text = io.StringIO()
    if rows:
        writer = csv.writer(text)
        writer.writerow(rows[0])
        writer.writerows([*_cells(row.values())] for row in rows)
    return "\ufeff" + text.getvalue()


def _cells(values: Iterable[object]) -> Iterable[object]:
    """Cells in which nothing that a person typed is run as a formula by a spreadsheet."""
    for value in values:
        is_typed = isinstance(value, str) and value.startswith(FORMULA)
        yield f"'{value}" if is_typed else value
