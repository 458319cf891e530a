"""The storage of sightings: reads and changes."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.media.store import MediaReads, MediaWrites
from observations.occurrences.before_saving import DraftReads
from observations.occurrences.generalised_photos import PhotosOfGeneralised
from observations.occurrences.occurrence import (
    Check,
    EarlierEvent,
    Occurrence,
    Photograph,
    PublicOccurrence,
    PublicPlace,
    TrackRecord,
    Upload,
)
from observations.occurrences.own_records import Glance
from observations.occurrences.report import SightingReport
from observations.occurrences.same_photos import PicturesReads
from observations.occurrences.sighting_points import OnItsDay
from observations.occurrences.unused_uploads import TidyingReads, TidyingWrites
from observations.people.store import PeopleReads, PeopleWrites
from observations.points.store import PointsWrites
from observations.taxa.store import TaxaReads
from observations.taxa.taxon import Taxon
from observations.verification.store import VerificationReads, VerificationWrites


class OccurrencesReads(DraftReads, PicturesReads, TidyingReads, Protocol):
    """Reads. Every method may raise `StorageError`."""

    def owner_of(self, occurrence_id: UUID) -> tuple[UUID | None] | None:
        """The observer of this record, in a tuple; None where there is no such record."""
        ...

    def occurrence(self, occurrence_id: UUID) -> Occurrence | None:
        """One whole sighting, for its observer and staff."""
        ...

    def occurrences_of(self, observer_id: UUID, limit: int) -> list[Occurrence]:
        """An observer's sightings, newest first."""
        ...

    def own_index(self, observer_id: UUID, limit: int) -> list[Glance]:
        """Where, when and how far an observer's sightings are, newest first."""
        ...

    def occurrences_with(
        self, occurrence_ids: Sequence[UUID]
    ) -> dict[UUID, tuple[Occurrence, Taxon | None]]:
        """These whole sightings, by id, each with its taxon."""
        ...

    def on_its_day(self, occurrence_id: UUID) -> OnItsDay | None:
        """A sighting with the day it counts for."""
        ...

    def paid_on(self, observer_id: UUID, day: date) -> list[OnItsDay]:
        """An observer's sightings that count for a day and hold points, the first ones first."""
        ...

    def checks(self, occurrence_id: UUID) -> list[Check]:
        """The findings of the checks of a sighting."""
        ...

    def checks_with(self, occurrence_ids: Sequence[UUID]) -> dict[UUID, list[Check]]:
        """The findings of the checks of these sightings, by the sighting."""
        ...

    def photographs_with(self, occurrence_ids: Sequence[UUID]) -> dict[UUID, list[Photograph]]:
        """The photos of these sightings, each sighting's in order."""
        ...

    def photos(self, occurrence_id: UUID) -> list[tuple[str, str]]:
        """SHA-256 and licence of each photo, in order."""
        ...

    def photographs(self, occurrence_id: UUID) -> list[Photograph]:
        """Each photo, in order, with its width and height as it was received."""
        ...

    def track_record(self, observer_id: UUID) -> TrackRecord | None:
        """An observer's nickname, number of sightings, and how many of them a verifier accepted."""
        ...

    def track_records(self, observer_ids: Collection[UUID]) -> dict[UUID, TrackRecord]:
        """The same of several observers, by the observer."""
        ...

    def names(self, occurrence_id: UUID) -> list[Any]:
        """Every identification, oldest first.

        Each is vernacular, scientific and verbatim name, whether staff gave it, and when.
        """
        ...

    def upload(self, upload_id: UUID) -> Upload | None:
        """One upload."""
        ...

    def uploads(self, upload_ids: Sequence[UUID]) -> list[Upload]:
        """Several uploads, in no particular order."""
        ...

    def uploads_shown(self, occurrence_id: UUID) -> list[Upload]:
        """An upload of each photo of a sighting, in no particular order."""
        ...

    def earlier_events(self, occurrence_id: UUID) -> list[EarlierEvent]:
        """The times and places it had before it was corrected, the oldest first."""
        ...

    def taxon_facts(self, taxon_id: UUID) -> tuple[str, int | None] | None:
        """Group and sensitive category of a taxon of the checklist."""
        ...

    def photo_viewers(self, sha256: str) -> list[tuple[UUID | None, bool]]:
        """For each record with this photo: its observer, and whether its exact place is public."""
        ...

    def public_photographs(self, occurrence_id: UUID) -> list[Photograph]:
        """Each photo that everyone may see, in order, by the name under which it is served."""
        ...

    def generalised_photo(self, name: str) -> str | None:
        """The SHA-256 of the photo that a generalised record shows under this name."""
        ...

    def wrong_generalised_photos(self) -> list[UUID]:
        """Records whose photos are shown otherwise than `show_photos` would."""
        ...

    def upload_devices(self, sha256: str) -> set[UUID]:
        """The browsers that sent this photo."""
        ...

    def public(self, public_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its public id."""
        ...

    def public_by_occurrence(self, occurrence_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its own id; None where it is generalised."""
        ...

    def latest_released(self, limit: int) -> list[PublicOccurrence]:
        """The newest public sightings by day seen, without sensitive taxa."""
        ...


class OccurrencesWrites(OccurrencesReads, TidyingWrites, PhotosOfGeneralised, Protocol):
    """Changes, inside a transaction."""

    def add_upload(self, upload: Upload) -> None:
        """Add an upload whose files are stored."""
        ...

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
        ...

    def move_place(
        self, report: SightingReport, event_id: UUID, district: str | None, now: datetime
    ) -> None:
        """Give a sighting the place of `report`; the one it had is kept among its earlier ones."""
        ...

    def move_time(self, report: SightingReport, event_id: UUID, now: datetime) -> None:
        """Give a sighting the time of `report`; the one it had is kept among its earlier ones."""
        ...

    def add_photos(
        self, occurrence_id: UUID, sha256s: Sequence[str], licence: str, after: int = 0
    ) -> None:
        """Add photos of a sighting, in order, after as many as it has."""
        ...

    def replace_checks(self, occurrence_id: UUID, checks: Sequence[Check]) -> None:
        """Put these findings in the place of the earlier ones."""
        ...

    def add_checks(self, occurrence_id: UUID, checks: Sequence[Check]) -> None:
        """Add the findings of the checks."""
        ...

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
        ...

    def needs_second_look(self, occurrence_id: UUID, taxon_id: UUID | None) -> bool:
        """Whether it would be the first accepted of its taxon in its district, and two decide.

        `taxon_id` None: the taxon that it is named now.
        """
        ...

    def is_sealed(self, occurrence_id: UUID) -> bool:
        """Whether the sighting must not be released, because a case about it is open."""
        ...

    def public_view(
        self, occurrence_id: UUID
    ) -> tuple[float, float, int | None, float | None] | None:
        """Latitude, longitude, grid and uncertainty in metres in the view `public_occurrence`.

        None: not public.
        """
        ...

    def publish(self, occurrence_id: UUID, place: PublicPlace) -> None:
        """Replace the projection's row by the view's, with what is computed from its place."""
        ...

    def unpublish(self, occurrence_id: UUID) -> None:
        """Delete the row from the projection."""
        ...


class Transaction(Protocol):
    """The writes that the room's use cases need."""

    @property
    def occurrences(self) -> OccurrencesWrites: ...

    @property
    def taxa(self) -> TaxaReads: ...

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def points(self) -> PointsWrites: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the room's use cases need."""

    @property
    def occurrences(self) -> OccurrencesReads: ...

    @property
    def taxa(self) -> TaxaReads: ...

    @property
    def verification(self) -> VerificationReads: ...

    @property
    def people(self) -> PeopleReads: ...

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
