"""The storage of this room: questions and changes."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.media.store import MediaReads, MediaWrites
from observations.occurrences.before_saving import DraftReads
from observations.occurrences.occurrence import (
    Check,
    Occurrence,
    Photograph,
    PublicOccurrence,
    PublicPlace,
    Track,
    Upload,
)
from observations.occurrences.report import SightingReport
from observations.occurrences.same_photos import PicturesReads
from observations.occurrences.tidying import TidyingReads, TidyingWrites
from observations.people.store import PeopleReads, PeopleWrites
from observations.points.store import PointsWrites
from observations.taxa.store import TaxaReads
from observations.taxa.taxon import Taxon
from observations.verification.store import VerificationReads, VerificationWrites


class OccurrencesReads(DraftReads, PicturesReads, TidyingReads, Protocol):
    """Questions about sightings. Every method may raise `StorageError`."""

    def owner_of(self, occurrence_id: UUID) -> tuple[UUID | None] | None:
        """Whose record has this id, in a tuple; None where there is no such record."""
        ...

    def occurrence(self, occurrence_id: UUID) -> Occurrence | None:
        """One sighting whole, for its observer and staff."""
        ...

    def occurrences_of(self, observer_id: UUID, limit: int) -> list[Occurrence]:
        """An observer's sightings, newest first."""
        ...

    def occurrences_with(
        self, occurrence_ids: Sequence[UUID]
    ) -> dict[UUID, tuple[Occurrence, Taxon | None]]:
        """These sightings whole, by id, each with its taxon."""
        ...

    def checks(self, occurrence_id: UUID) -> list[Check]:
        """What the checks found."""
        ...

    def photos(self, occurrence_id: UUID) -> list[tuple[str, str]]:
        """SHA-256 and licence of each photo, in order."""
        ...

    def photographs(self, occurrence_id: UUID) -> list[Photograph]:
        """Each photo, in order, with its pixels as it was received."""
        ...

    def sizes(self, sha256s: Sequence[str]) -> dict[str, tuple[int, int]]:
        """Width and height in pixels of photos as they were received, by SHA-256."""
        ...

    def place_as_given(self, occurrence_id: UUID) -> tuple[float, float, str] | None:
        """Latitude and longitude as they were given (Darwin Core's verbatim ones) and their datum;
        as private as the exact place."""
        ...

    def track_record(self, observer_id: UUID) -> Track | None:
        """What an observer is called, sent, and how much of it a verifier accepted."""
        ...

    def taxa_met(self, observer_id: UUID) -> set[UUID]:
        """The taxa of an observer's records, without those not accepted or withdrawn."""
        ...

    def names(self, occurrence_id: UUID) -> list[Any]:
        """Every identification, oldest first: vernacular, scientific, verbatim name, whether by
        staff, when."""
        ...

    def upload(self, upload_id: UUID) -> Upload | None:
        """One upload."""
        ...

    def uploads(self, upload_ids: Sequence[UUID]) -> list[Upload]:
        """Several uploads, in no order."""
        ...

    def taxon_facts(self, taxon_id: UUID) -> tuple[str, int | None] | None:
        """Group and sensitive category of a taxon of the checklist."""
        ...

    def photo_viewers(self, sha256: str) -> list[tuple[UUID | None, bool]]:
        """For each record with this photo: its observer, and whether it is public."""
        ...

    def upload_devices(self, sha256: str) -> set[UUID]:
        """The browsers that sent this photo."""
        ...

    def public(self, public_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its public id."""
        ...

    def public_by_occurrence(self, occurrence_id: UUID) -> PublicOccurrence | None:
        """One public sighting by its own id; only what is not generalised is found by that."""
        ...

    def latest_released(self, limit: int) -> list[PublicOccurrence]:
        """The newest public sightings by day seen; sensitive ones never come as "latest"."""
        ...


class OccurrencesWrites(OccurrencesReads, TidyingWrites, Protocol):
    """Changes, inside a transaction."""

    def add_upload(self, upload: Upload) -> None:
        """An upload, once its files are stored."""
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
        """Event and occurrence."""
        ...

    def add_photos(self, occurrence_id: UUID, sha256s: Sequence[str], licence: str) -> None:
        """The photos of a sighting, in order."""
        ...

    def add_checks(self, occurrence_id: UUID, checks: Sequence[Check]) -> None:
        """What the checks found."""
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
        """A name, given by an observer or by staff."""
        ...

    def is_sealed(self, occurrence_id: UUID) -> bool:
        """Whether a case about this sighting has not ended: it must not be released."""
        ...

    def public_view(self, occurrence_id: UUID) -> Any | None:
        """The row of the `public_occurrence` view: latitude, longitude, grid; None: not public."""
        ...

    def publish(self, occurrence_id: UUID, place: PublicPlace) -> None:
        """Replace the row of the projection by the view's, with what follows from its place."""
        ...

    def unpublish(self, occurrence_id: UUID) -> None:
        """Take the row out of the projection."""
        ...


class Transaction(Protocol):
    """What the room's use cases write in."""

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
    """What the room's use cases read and open."""

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
