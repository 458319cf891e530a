"""The storage of what people say of others' sightings."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.log.store import LogWrites
from observations.occurrences.community.voices import Contribution, Opinion, Said
from observations.occurrences.store import OccurrencesReads
from observations.people.store import PeopleWrites
from observations.verification.store import VerificationWrites


class CommunityReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def voices(self, occurrence_id: UUID, now: datetime) -> list[Said]:
        """What each person says of a sighting, its observer first; nobody suspended at `now`."""
        ...

    def said_by(self, observer_id: UUID) -> list[Contribution]:
        """Everything that one person said, the newest first."""
        ...


class CommunityWrites(CommunityReads, Protocol):
    """Changes, inside a transaction."""

    def say(self, occurrence_id: UUID, observer_id: UUID, opinion: Opinion, now: datetime) -> None:
        """Add what somebody says; it takes the place of what they said before."""
        ...


class Transaction(Protocol):
    """The writes that the use case needs."""

    @property
    def community(self) -> CommunityWrites: ...

    @property
    def occurrences(self) -> OccurrencesReads: ...

    @property
    def people(self) -> PeopleWrites: ...

    @property
    def verification(self) -> VerificationWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the use case needs."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One transaction."""
        ...
