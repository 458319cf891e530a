"""Sightings: whole for their observers and staff, and as the public sees them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from db.ask import FOLDER
from db.corrections import Corrections
from db.filters import statements
from db.likes import are_alike, columns_of
from db.public import public_occurrences
from db.taxa import taxon_of_row
from observations.base.ids import new_id
from observations.base.roles import roles_that_may
from observations.occurrences.duplicates import OwnRecord, Window
from observations.occurrences.occurrence import (
    Check,
    Occurrence,
    Photograph,
    PublicOccurrence,
    PublicPlace,
    Sent,
    TrackRecord,
    Upload,
)
from observations.occurrences.own_records import Glance
from observations.occurrences.report import SightingReport
from observations.occurrences.same_photos import SeenPicture, quarters_of
from observations.occurrences.season_and_range import SEASON_DAYS, SeasonCounts
from observations.occurrences.sighting_points import OnItsDay
from observations.occurrences.unused_uploads import UnusedUpload
from observations.places.districts import Box
from observations.taxa.taxon import Taxon

STATEMENTS = FOLDER / "queries" / "occurrences.sql"
FEW = 20  # records whose photos are compared one by one
Placed = tuple[UUID, int]  # a record and the position of a photo in it


class Occurrences(Corrections):
    """Fulfils `observations.occurrences.store`."""

    def owner_of(self, occurrence_id: UUID) -> tuple[UUID | None] | None:
        """The observer of this record, in a tuple; None where there is no such record."""
        row = self._ask("owner_of", occurrence_id=occurrence_id)
        return (row[0],) if row else None

    def occurrence(self, occurrence_id: UUID) -> Occurrence | None:
        """One whole sighting, for its observer and staff."""
        row = self._ask("occurrence", occurrence_id=occurrence_id)
        return Occurrence(*row) if row else None

    def occurrences_of(self, observer_id: UUID, limit: int) -> list[Occurrence]:
        """An observer's sightings, newest first."""
        rows = self._ask("occurrences_of", observer_id=observer_id, maximum=limit)
        return [Occurrence(*row) for row in rows]

    def own_index(self, observer_id: UUID, limit: int) -> list[Glance]:
        """Where, when and how far an observer's sightings are, newest first."""
        rows = self._ask("own_index", observer_id=observer_id, maximum=limit)
        return [Glance(*row) for row in rows]

    def occurrences_with(
        self, occurrence_ids: Sequence[UUID]
    ) -> dict[UUID, tuple[Occurrence, Taxon | None]]:
        """These whole sightings, by id, each with its taxon."""
        if not occurrence_ids:
            return {}
        rows = self._ask("occurrences_with", occurrence_ids=list(occurrence_ids))
        own = len(fields(Occurrence))
        return {
            row[0]: (Occurrence(*row[:own]), taxon_of_row(row[own:]) if row[own] else None)
            for row in rows
        }

    def on_its_day(self, occurrence_id: UUID) -> OnItsDay | None:
        """A sighting with the day it counts for."""
        row = self._ask("on_its_day", occurrence_id=occurrence_id)
        return OnItsDay(*row) if row else None

    def paid_on(self, observer_id: UUID, day: date) -> list[OnItsDay]:
        """An observer's sightings that count for a day and hold points, the first ones first."""
        rows = self._ask("paid_on", observer_id=observer_id, day=day)
        return [OnItsDay(*row) for row in rows]

    def checks(self, occurrence_id: UUID) -> list[Check]:
        """The findings of the checks, flags first."""
        return self.checks_with([occurrence_id]).get(occurrence_id, [])

    def checks_with(self, occurrence_ids: Sequence[UUID]) -> dict[UUID, list[Check]]:
        """The findings of the checks of these sightings, flags first, by the sighting."""
        rows = self._ask("checks_with", occurrence_ids=list(occurrence_ids))
        return {one: [Check(*row) for row in few] for one, few in _by_first(rows).items()}

    def photos(self, occurrence_id: UUID) -> list[tuple[str, str]]:
        """SHA-256 and licence of each photo, in order."""
        return [(row[0], row[1]) for row in self._ask("photos", occurrence_id=occurrence_id)]

    def photographs(self, occurrence_id: UUID) -> list[Photograph]:
        """Each photo, in order, with its width and height as it was received."""
        return self.photographs_with([occurrence_id]).get(occurrence_id, [])

    def photographs_with(self, occurrence_ids: Sequence[UUID]) -> dict[UUID, list[Photograph]]:
        """The photos of these sightings, by the sighting."""
        rows = self._ask("photographs_with", occurrence_ids=list(occurrence_ids))
        return {one: _photographs(few) for one, few in _by_first(rows).items()}

    def public_photographs(self, occurrence_id: UUID) -> list[Photograph]:
        """Each photo that everyone may see, in order, by the name under which it is served."""
        return _photographs(self._ask("public_photographs", occurrence_id=occurrence_id))

    def generalised_photo(self, name: str) -> str | None:
        """The SHA-256 of the photo that a generalised record shows under this name."""
        return cast("str | None", self._ask("generalised_photo", name=name))

    def track_record(self, observer_id: UUID) -> TrackRecord | None:
        """An observer's nickname and what they sent, by group."""
        return self.track_records([observer_id]).get(observer_id)

    def track_records(self, observer_ids: Collection[UUID]) -> dict[UUID, TrackRecord]:
        """The same of several observers, by the observer."""
        rows = self._ask("track_records", observer_ids=list(observer_ids))
        groups: defaultdict[UUID, dict[str, Sent]] = defaultdict(dict)
        for observer_id, _name, group_code, *counts in rows:
            groups[observer_id][group_code or ""] = Sent(*counts)
        return {row[0]: TrackRecord(row[1], groups[row[0]]) for row in rows}

    def names(self, occurrence_id: UUID) -> list[Any]:
        """Every identification, oldest first."""
        return list(self._ask("names", occurrence_id=occurrence_id))

    def upload(self, upload_id: UUID) -> Upload | None:
        """One upload."""
        row = self._ask("upload", upload_id=upload_id)
        return Upload(*row) if row else None

    def uploads(self, upload_ids: Sequence[UUID]) -> list[Upload]:
        """Several uploads, in no particular order."""
        return [Upload(*row) for row in self._ask("uploads", upload_ids=list(upload_ids))]

    def records_with_photos(self, sha256s: Sequence[str], but: UUID) -> list[UUID]:
        """Records other than `but` that show one of these photos, the oldest first."""
        return [row[0] for row in self._ask("records_with_photos", sha256s=list(sha256s), but=but)]

    def pictures_like(self, hashes: Sequence[str], but: UUID) -> list[SeenPicture]:
        """Pictures of records other than `but` whose hash shares a quarter with one of these."""
        quarters = zip(*(quarters_of(one) for one in hashes), strict=True)
        columns = {f"quarter_{n}": list(column) for n, column in enumerate(quarters, start=1)}
        return [SeenPicture(*row) for row in self._ask("pictures_like", but=but, **columns)]

    def taxon_facts(self, taxon_id: UUID) -> tuple[str, int | None] | None:
        """Group and sensitive category of a taxon."""
        row = self._ask("taxon_facts", taxon_id=taxon_id)
        return (row[0], row[1]) if row else None

    def photo_viewers(self, sha256: str) -> list[tuple[UUID | None, bool]]:
        """For each record with this photo: its observer, and whether its exact place is public."""
        return [(row[0], row[1]) for row in self._ask("photo_viewers", sha256=sha256)]

    def upload_devices(self, sha256: str) -> set[UUID]:
        """The browsers that sent this photo."""
        return {row[0] for row in self._ask("upload_devices", sha256=sha256)}

    def public(self, public_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its public id."""
        return next(iter(self._public("public", public_id=public_id)), None)

    def public_by_occurrence(self, occurrence_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its own id; None where it is generalised."""
        rows = self._public("public_by_occurrence", occurrence_id=occurrence_id)
        return next(iter(rows), None)

    def latest_released(self, limit: int) -> list[PublicOccurrence]:
        """The newest public sightings by day seen, without sensitive taxa."""
        return self._public("latest_released", maximum=limit)

    def _public(self, name: str, **values: object) -> list[PublicOccurrence]:
        return public_occurrences(self._by_name(statements(STATEMENTS)[name], **values))

    def own_records(self, window: Window) -> list[OwnRecord]:
        """An observer's own records of one kind in a window, without the withdrawn ones."""
        rows = self._ask(
            "own_records",
            observer_id=window.observer_id,
            taxon_id=window.taxon_id,
            verbatim_name=window.verbatim_name,
            first=window.first,
            last=window.last,
            **_sides(window.box),
        )
        return [OwnRecord(*row) for row in rows]

    def season_counts(self, taxon_id: UUID, on: date) -> SeasonCounts:
        """How many accepted public records a taxon has, and how many in the season of a day."""
        day = on.timetuple().tm_yday
        row = self._ask("season_counts", taxon_id=taxon_id, day=day, season_days=SEASON_DAYS)
        return SeasonCounts(*row)

    def records_around(
        self, taxon_id: UUID, box: Box, limit: int, days: Sequence[int] | None = None
    ) -> int:
        """How many of those lie in a box, on these days of any year; at most `limit`."""
        values = {"taxon_id": taxon_id, "maximum": limit, **_sides(box)}
        if days is None:
            return int(self._ask("records_around", **values))
        return int(self._ask("records_near", days=list(days), **values))

    def unused_uploads(self, upload_id: UUID | None = None) -> list[UnusedUpload]:
        """Uploads that no sighting and no action shows, in no particular order; all, or one."""
        rows = self._ask("unused_uploads", upload_id=upload_id)
        return [UnusedUpload(*row) for row in rows]

    def remove_uploads(self, upload_ids: Sequence[UUID]) -> None:
        """Delete uploads; their ids may be used again."""
        self._ask("remove_uploads", upload_ids=list(upload_ids))

    def photo_hashes(self) -> list[str]:
        """The SHA-256 of every photo that a row names."""
        return [row[0] for row in self._ask("photo_hashes")]

    def public_places(self) -> list[tuple[Any, ...]]:
        """Public id, latitude, longitude, grid, uncertainty, district and the two cells of all."""
        return list(self._ask("public_places"))

    def add_upload(self, upload: Upload) -> None:
        """Add an upload whose files are stored."""
        quarters = enumerate(quarters_of(upload.perceptual_hash), start=1)
        columns = {f"quarter_{n}": quarter for n, quarter in quarters}
        self._ask("add_upload", **upload.__dict__, **columns)

    def add(
        self,
        report: SightingReport,
        observer_id: UUID,
        event_id: UUID,
        public_id: UUID,
        district: str | None,
        now: datetime,
    ) -> None:
        """Add an event and its occurrence."""
        self._add_event(report, event_id, district, None)
        self._ask(
            "add_occurrence",
            occurrence_id=report.occurrence_id,
            event_id=event_id,
            observer_id=observer_id,
            public_id=public_id,
            individual_count=report.individual_count,
            establishment_means=report.establishment_means,
            note=report.note,
            submitted_at=now,
        )

    def add_photos(
        self, occurrence_id: UUID, sha256s: Sequence[str], licence: str, after: int = 0
    ) -> None:
        """Add photos of a sighting, in order, after as many as it has."""
        positions = list(range(after + 1, after + len(sha256s) + 1))
        self._ask(
            "add_photos",
            occurrence_id=occurrence_id,
            positions=positions,
            sha256s=list(sha256s),
            licence=licence,
        )

    def identify(
        self,
        occurrence_id: UUID,
        taxon_id: UUID | None,
        verbatim_name: str,
        group_code: str | None,
        observer_id: UUID | None,
        staff_id: UUID | None,
        now: datetime,
    ) -> None:
        """Add a name given by an observer or by staff."""
        self._ask(
            "identify",
            identification_id=new_id(now),
            occurrence_id=occurrence_id,
            taxon_id=taxon_id,
            verbatim_name=verbatim_name,
            group_code=group_code,
            observer_id=observer_id,
            staff_id=staff_id,
            identified_at=now,
        )

    def needs_second_look(self, occurrence_id: UUID, taxon_id: UUID | None) -> bool:
        """Whether it would be the first accepted of its taxon in its district, and two decide."""
        roles = [str(role) for role in roles_that_may("verify")]
        values = {"occurrence_id": occurrence_id, "taxon_id": taxon_id, "roles": roles}
        return bool(self._ask("needs_second_look", **values))

    def is_sealed(self, occurrence_id: UUID) -> bool:
        """Whether the sighting must not be released, because a case about it is open."""
        return bool(self._ask("is_sealed", occurrence_id=occurrence_id))

    def public_view(
        self, occurrence_id: UUID
    ) -> tuple[float, float, int | None, float | None] | None:
        """Latitude, longitude, grid and uncertainty in the view; None: not public."""
        row = self._ask("public_view", occurrence_id=occurrence_id)
        return (row[0], row[1], row[2], row[3]) if row else None

    def publish(self, occurrence_id: UUID, place: PublicPlace) -> None:
        """Replace the row of the projection."""
        self._take_out(occurrence_id)
        self._ask(
            "publish",
            occurrence_id=occurrence_id,
            district=place.district,
            cell_city=place.cell_city,
            cell_quarter=place.cell_quarter,
        )
        self._count_shares([occurrence_id], 1)
        self._stamp()

    def unpublish(self, occurrence_id: UUID) -> None:
        """Take the row out of the projection, if it is there."""
        if self._take_out(occurrence_id):
            self._stamp()

    def generalised_like(self, sha256s: Sequence[str]) -> list[UUID]:
        """Generalised public records with one of these photos or one that looks like it."""
        same = {row[0] for row in self._ask("generalised_with", sha256s=list(sha256s))}
        own = [tuple(row) for row in self._ask("quarters_of", sha256s=list(sha256s))]
        near = self._ask("generalised_near", **columns_of(own)) if own else []
        alike = {row[0] for row in near if any(are_alike(row[1:], one) for one in own)}
        return sorted(same | alike)

    def show_generalised_photos(self, occurrence_ids: Sequence[UUID]) -> None:
        """Show of these records, as far as they are public and generalised, what may be shown."""
        ids = list(occurrence_ids)
        self._ask("drop_generalised_photos", occurrence_ids=ids)
        self._ask("add_generalised_photos", occurrence_ids=ids)
        alone, shared = self._alone_and_shared(ids)
        for step, photos in (("name", alone), ("unname", shared)):
            if photos:
                records, positions = (list(column) for column in zip(*sorted(photos), strict=True))
                values = {"occurrence_ids": records, "positions": positions}
                self._ask(f"{step}_generalised_photos", **values)
        self._ask("show_generalised_photos", occurrence_ids=ids)
        self._stamp()

    def _alone_and_shared(self, ids: list[UUID]) -> tuple[set[Placed], set[Placed]]:
        """Photos that no other public record has, nor one like them; and the others."""
        likes = self._likes(ids)
        sha256s = sorted({row[2] for row in likes})
        public = {row[0]: (row[1], row[2]) for row in self._ask("public_with", sha256s=sha256s)}
        shared = {
            (record, position)
            for record, position, sha256 in likes
            if public.get(sha256, (str(record),) * 2) != (str(record),) * 2
        }
        return {(row[0], row[1]) for row in likes} - shared, shared

    def _likes(self, ids: list[UUID]) -> list[tuple[UUID, int, str]]:
        """Record, position and SHA-256 of each photo, and the same with that of each like it."""
        if len(ids) > FEW:
            return [tuple(row) for row in self._ask("likes_of_generalised", occurrence_ids=ids)]
        photos = self._ask("generalised_photos_of", occurrence_ids=ids)
        hashes = [tuple(row[3:]) for row in photos if row[3] is not None]
        near = self._ask("media_near", **columns_of(hashes)) if hashes else []
        likes = [(row[0], row[1], row[2]) for row in photos]
        return likes + [
            (row[0], row[1], other[0])
            for row in photos
            for other in near
            if row[3] is not None and are_alike(row[3:], other[1:])
        ]

    def wrong_generalised_photos(self) -> list[UUID]:
        """Records whose photos are shown otherwise than they should be."""
        return [row[0] for row in self._ask("wrong_generalised_photos")]

    def _take_out(self, occurrence_id: UUID) -> bool:
        self._count_shares([occurrence_id], -1)
        return bool(self._ask("unpublish", occurrence_id=occurrence_id))


def _by_first(rows: Sequence[Sequence[Any]]) -> dict[UUID, list[Sequence[Any]]]:
    """The rest of each row, in order, by the row's first value."""
    several: dict[UUID, list[Sequence[Any]]] = {}
    for first, *rest in rows:
        several.setdefault(first, []).append(rest)
    return several


def _photographs(rows: Sequence[Sequence[Any]]) -> list[Photograph]:
    return [Photograph(row[0], row[1], (row[2], row[3]) if row[2] else None) for row in rows]


def _sides(box: Box) -> dict[str, float]:
    return {"west": box.west, "south": box.south, "east": box.east, "north": box.north}
