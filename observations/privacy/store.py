"""The storage of downloading and erasing one's data."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.actions.store import ActionsReads, ActionsWrites
from observations.log.store import LogWrites
from observations.media.store import MediaReads, MediaWrites
from observations.occurrences.community.store import CommunityReads
from observations.occurrences.generalised_photos import PhotosOfGeneralised
from observations.occurrences.store import OccurrencesReads
from observations.people.store import PeopleReads, PeopleWrites
from observations.points.store import PointsReads, PointsWrites
from observations.satisfaction.store import SatisfactionReads, SatisfactionWrites
from observations.verification.store import VerificationReads


class PrivacyReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def records_of(self, observer_id: UUID) -> list[tuple[UUID, bool]]:
        """An observer's sightings, and whether each is public."""
        ...

    def actions_of(self, observer_id: UUID) -> list[UUID]:
        """An observer's logged actions."""
        ...

    def photos_of(self, observer_id: UUID) -> list[str]:
        """Every photo an observer sent, by its SHA-256."""
        ...

    def order_of(self, observer_id: UUID) -> Mapping[str, list[dict[str, object]]]:
        """The observer's flags, suspensions and appeals, as tables by name."""
        ...

    def compacted_until(self) -> datetime | None:
        """The time up to which erased data has left the files; None before any compaction."""
        ...

    def erased_since(self, moment: datetime | None) -> datetime | None:
        """When the first observer after `moment` (None: ever) was erased; None where nobody was."""
        ...


class PrivacyWrites(PrivacyReads, Protocol):
    """Changes, inside a transaction."""

    def remove_records(self, occurrence_ids: Sequence[UUID]) -> None:
        """Delete whole sightings."""
        ...

    def remove_reviews(self, subject_ids: Sequence[UUID]) -> None:
        """Delete reviews of and decisions on sightings or actions."""
        ...

    def anonymise_records(self, observer_id: UUID, occurrence_ids: Sequence[UUID]) -> None:
        """Remove the person, their words and their photos from sightings that stay."""
        ...

    def remove_uploads(self, observer_id: UUID, sha256s: Sequence[str]) -> None:
        """Delete the observer's uploads; to be called while their browsers are still linked."""
        ...

    def remove_voices(self, observer_id: UUID) -> None:
        """Delete what the observer said of others' sightings."""
        ...

    def remove_order(self, observer_id: UUID) -> None:
        """Delete the observer's flags, appeals, suspensions, and what was set aside."""
        ...

    def anonymise_traces(self, observer_id: UUID) -> None:
        """Remove the observer from the log's entries and from the staff account tied to them."""
        ...


class Reads(Protocol):
    """The reads that a download needs."""

    @property
    def privacy(self) -> PrivacyReads: ...

    @property
    def people(self) -> PeopleReads: ...

    @property
    def occurrences(self) -> OccurrencesReads: ...

    @property
    def community(self) -> CommunityReads: ...

    @property
    def verification(self) -> VerificationReads: ...

    @property
    def actions(self) -> ActionsReads: ...

    @property
    def points(self) -> PointsReads: ...

    @property
    def satisfaction(self) -> SatisfactionReads: ...


class Transaction(Protocol):
    """The writes that erasing needs."""

    @property
    def privacy(self) -> PrivacyWrites: ...

    @property
    def occurrences(self) -> PhotosOfGeneralised: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def actions(self) -> ActionsWrites: ...

    @property
    def points(self) -> PointsWrites: ...

    @property
    def satisfaction(self) -> SatisfactionWrites: ...

    @property
    def media(self) -> MediaWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads, transactions and compaction that erasing needs."""

    @property
    def privacy(self) -> PrivacyReads: ...

    @property
    def media(self) -> MediaReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...

    def compact(self) -> None:
        """Remove erased data from the files."""
        ...
