"""The storage of places."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from observations.log.store import LogWrites
from observations.places.named_place import NamedPlace


class PlacesReads(Protocol):
    """Reads. Every method may raise `StorageError`."""

    def imported_places(self) -> list[NamedPlace]:
        """The places that staff imported, by name."""
        ...


class PlacesWrites(PlacesReads, Protocol):
    """Changes, inside a transaction."""

    def put_places(self, places: Sequence[NamedPlace]) -> None:
        """Add the new places and update the known ones; none is removed."""
        ...


class Transaction(Protocol):
    """The writes that the import needs."""

    @property
    def places(self) -> PlacesWrites: ...

    @property
    def log(self) -> LogWrites: ...


class Store(Protocol):
    """The reads and transactions that the import needs."""

    @property
    def places(self) -> PlacesReads: ...

    def transaction(self) -> AbstractContextManager[Transaction]: ...
