"""The projection of the public view, which the map, its list and the open data read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from db.ask import FOLDER, Room
from db.filters import narrowed
from db.public import public_occurrences
from observations.map.exploring import DistrictCount, Filters, GroupCount
from observations.map.spots import Square, square_of
from observations.map.taxon_summary import SeenAt, Tally
from observations.occurrences.occurrence import PublicOccurrence, PublicPlace

STATEMENTS = FOLDER / "queries" / "map.sql"


class Map(Room):
    """Fulfils the reads of `observations.map` and the writes of its projection."""

    name = "map"

    def groups(self, filters: Filters) -> list[GroupCount]:
        """Numbers of species and of records in each group, in no order."""
        return [GroupCount(*row) for row in self._narrowed("groups", filters)]

    def listed(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records first."""
        return self._public("listed", filters, maximum=limit)

    def page(self, filters: Filters, after: UUID | None, limit: int) -> list[PublicOccurrence]:
        """The next `limit` records by public id."""
        if after is None:
            return self._public("page_from", filters, maximum=limit)
        return self._public("page_after", filters, after=after, maximum=limit)

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """Coarse cells with their number of records, without records in wider squares."""
        return [(row[0], row[1]) for row in self._narrowed("cells", filters)]

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """Cells of one of the four resolutions with their numbers of records and of species."""
        rows = self._narrowed(f"richness_{resolution}", filters)
        return [(row[0], row[1], row[2]) for row in rows]

    def districts(self, filters: Filters) -> list[DistrictCount]:
        """Numbers of species and of records in each district, without empty ones, in no order."""
        return [DistrictCount(*row) for row in self._narrowed("districts", filters)]

    def tallies(self, filters: Filters) -> list[Tally]:
        """Every taxon that has a public record."""
        return [Tally(*row) for row in self._narrowed("tallies", filters)]

    def by_month(self, filters: Filters) -> list[tuple[int, int, int]]:
        """Month (1 to 12), number of records, how many of them are generated."""
        return [(row[0], row[1], row[2]) for row in self._narrowed("by_month", filters)]

    def with_photo(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records that have a photo."""
        return self._public("with_photo", filters, maximum=limit)

    def seen_at(self, filters: Filters, days_of_year: Sequence[int], limit: int) -> list[SeenAt]:
        """Coarse cells with records at an exact place on those days of any year, fullest first."""
        days = list(days_of_year)
        rows = self._narrowed("seen_at", filters, days_of_year=days, maximum=limit)
        return [SeenAt(*row) for row in rows]

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """Fine cells with their number of records, without generalised ones."""
        return [(row[0], row[1]) for row in self._narrowed("quarters", filters)]

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """Squares of these grids with their number of generalised records."""
        rows = self._narrowed("squares", filters, grids=list(grids))
        return [(square_of(row[1], row[2], row[0]), row[3]) for row in rows]

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        """Public id, latitude and longitude of at most `limit` records whose place is exact."""
        rows = self._narrowed("singles", filters, maximum=limit)
        return [(row[0], row[1], row[2]) for row in rows]

    def stamp(self) -> int:
        """A number that grows with every change of public data."""
        return int(self._ask("stamp"))

    def gather_stamp(self) -> None:
        """Sum the rows that make up the stamp into one."""
        if self._ask("stamp_rows") > 1:
            stamp = self.stamp()
            self._ask("empty_stamp")
            self._ask("add_to_stamp", changes=stamp)

    def public_places(self) -> list[tuple[UUID, float, float, int | None]]:
        """Id, latitude, longitude and grid of every released sighting, from the view itself.

        They come in the order of their ids.
        """
        return [(row[0], row[1], row[2], row[3]) for row in self._ask("public_places")]

    def unpublish_all(self) -> None:
        """Empty the projection."""
        self._ask("unpublish_all")
        self._stamp()

    def publish_all(self, places: Sequence[tuple[UUID, PublicPlace]]) -> None:
        """Add the view's rows of these sightings, with what is computed from their places."""
        if not places:
            return
        ids = [occurrence_id for occurrence_id, _ in places]
        self._ask(
            "publish_all",
            occurrence_ids=ids,
            first=min(ids),
            last=max(ids),
            districts=[place.district for _, place in places],
            cells=[place.cell_city for _, place in places],
            quarters=[place.cell_quarter for _, place in places],
        )
        self._stamp()

    def _public(self, name: str, filters: Filters, **values: object) -> list[PublicOccurrence]:
        sql, bound = narrowed(STATEMENTS, name, filters)
        return public_occurrences(self._by_name(sql, **bound, **values))

    def _narrowed(self, name: str, filters: Filters, **values: object) -> list[Any]:
        sql, bound = narrowed(STATEMENTS, name, filters)
        return self._fragment(sql, **bound, **values)
