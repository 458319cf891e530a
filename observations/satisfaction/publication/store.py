"""The storage of publications: reads, and adding one."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.publication.counted import Sheet
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.store import SatisfactionReads


class PublicationsReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def sheets(self, wave_id: str) -> list[Sheet]:
        """Every turn of a wave, each person's in their order."""
        ...

    def last(self) -> dict[str, datetime]:
        """The time of the last publication of each wave that has any."""
        ...

    def of_wave(self, wave_id: str) -> list[Publication]:
        """The publications of a wave without their figures, the earliest first."""
        ...

    def whole(self, outline: Publication) -> Publication:
        """The publication with its figures, counts and answers."""
        ...

    def apart(self, publication_id: UUID) -> Mapping[UUID, Reason]:
        """The answers that were set apart for a publication."""
        ...


class PublicationsWrites(PublicationsReads, Protocol):
    """Changes, inside a transaction. Publications are added, never changed."""

    def add(self, publication: Publication, apart: Mapping[UUID, Reason]) -> None:
        """Add a publication, with what it sets apart."""
        ...


class Reads(Protocol):
    """The reads of publications, and of what they are made from."""

    @property
    def satisfaction(self) -> SatisfactionReads: ...

    @property
    def publications(self) -> PublicationsReads: ...


class Transaction(Protocol):
    """The writes that publishing needs."""

    @property
    def publications(self) -> PublicationsWrites: ...


class Store(Reads, Protocol):
    """The reads and transactions that publishing needs."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...
