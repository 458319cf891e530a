"""The reads of the Darwin Core Archive, besides the pages of public sightings."""

from collections.abc import Sequence
from uuid import UUID

from db.ask import Room
from observations.exchange.archive.terms import Identified, Pictured
from observations.exchange.archive.writing import Extent


class Exchange(Room):
    """Fulfils `observations.exchange.archive.writing`."""

    name = "exchange"

    def extent(self) -> Extent:
        """The number of rows and their first and last day."""
        count, demo, first, last = self._ask("extent")
        return Extent(int(count), bool(demo), first, last)

    def photos(self, occurrence_ids: Sequence[UUID]) -> list[Pictured]:
        """The photos of released sightings, in order."""
        rows = self._ask("photos", occurrence_ids=list(occurrence_ids))
        return [Pictured(*row) for row in rows]

    def identifications(self, occurrence_ids: Sequence[UUID]) -> list[Identified]:
        """The names that released sightings were given, as far as they are public."""
        rows = self._ask("identifications", occurrence_ids=list(occurrence_ids))
        return [Identified(*row) for row in rows]

    def digests(self) -> list[str]:
        """Fingerprints of all that the archive would hold."""
        parts = [f"{part}{digest}" for part, digest in self._ask("digests")]
        return [*parts, str(self._ask("taxa_digest"))]
