"""The projection of the public view, which the map, its list and the open data read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from db.ask import FOLDER, Room
from db.filters import narrowed
from db.public import public_occurrences
from observations.map.exploring import DistrictCount, Filters, GroupCount
from observations.map.projection import Count, Place, Projected
from observations.map.spots import Square
from observations.map.taxon_summary import SeenAt, Tally
from observations.occurrences.occurrence import PublicOccurrence, PublicPlace

STATEMENTS = FOLDER / "queries" / "map.sql"


class Map(Room):
    """Fulfils the reads of `observations.map` and the writes of its projection."""

    name = "map"

    def groups(self, filters: Filters) -> list[GroupCount]:
        """Species and records a group, in no order."""
        return [GroupCount(*row) for row in self._counted("groups", filters)]

    def listed(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records first."""
        return self._public("listed", filters, maximum=limit)

    def page(self, filters: Filters, after: UUID | None, limit: int) -> list[PublicOccurrence]:
        """The next `limit` records by public id."""
        if after is None:
            return self._public("page_from", filters, maximum=limit)
        return self._public("page_after", filters, after=after, maximum=limit)

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """Coarse cells with their number of records; wider squares are not in them."""
        return [(row[0], row[1]) for row in self._counted("cells", filters)]

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """Cells of one of the four resolutions with their numbers of records and of species."""
        rows = self._narrowed(f"richness_{resolution}", filters)
        return [(row[0], row[1], row[2]) for row in rows]

    def districts(self, filters: Filters) -> list[DistrictCount]:
        """Species and records a district."""
        return [DistrictCount(*row) for row in self._counted("districts", filters)]

    def tallies(self, filters: Filters) -> list[Tally]:
        """Every taxon that has a public record."""
        if filters.taxon_id and _subject(filters):
            return [Tally(*row) for row in self._ask("tallies_held", taxon_id=filters.taxon_id)]
        return [Tally(*row) for row in self._narrowed("tallies", filters)]

    def by_month(self, filters: Filters) -> list[tuple[int, int, int]]:
        """Month (1 to 12), number of records, how many of them are generated."""
        return [(row[0], row[1], row[2]) for row in self._counted("by_month", filters)]

    def with_photo(self, filters: Filters, limit: int) -> list[PublicOccurrence]:
        """The latest records that have a photo."""
        return self._public("with_photo", filters, maximum=limit)

    def seen_at(self, filters: Filters, days_of_year: Sequence[int], limit: int) -> list[SeenAt]:
        """Coarse cells with records at an exact place on those days of any year, fullest first."""
        days = list(days_of_year)
        rows = self._narrowed("seen_at", filters, days_of_year=days, maximum=limit)
        return [SeenAt(*row) for row in rows]

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """Fine cells with their number of records; generalised ones are not in them."""
        return [(row[0], row[1]) for row in self._counted("quarters", filters)]

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """Squares of these grids with their number of records."""
        rows = self._counted("squares", filters, grids=list(grids))
        return [(Square(row[0], row[1], row[2]), row[3]) for row in rows]

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        """Public id, latitude and longitude of at most `limit` records drawn as points."""
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

    def gather_counts(self) -> None:
        """Make one row of those that each held count is added up from."""
        counts = self._ask("fresh_counts")
        if counts:
            self._ask("drop_fresh_counts")
            self._ask("put_counts", **_columns([row for row in counts if row[3]]))

    def count_all(self) -> None:
        """Make the held counts anew from the projection."""
        self._ask("empty_counts")
        self._ask("count_all")

    def public_places(self) -> list[Place]:
        """Id and place of every released sighting, from the view itself, in the order of ids."""
        return [(row[0], *row[1:5]) for row in self._ask("public_places")]

    def unpublish_all(self) -> None:
        """Empty the projection, not what is counted of it."""
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

    def sightings(self) -> int:
        """How many sightings there are, public or not."""
        return int(self._ask("sightings"))

    def span_end(self, after: UUID, limit: int) -> UUID | None:
        """The last of the next `limit` sightings by id; None where there are none."""
        rows = self._ask("span_end", after=after, maximum=limit)
        return rows[0][0] if rows else None

    def compared(self, after: UUID, last: UUID) -> list[Projected]:
        """The view beside the projection, for the sightings behind `after` up to `last`."""
        return [
            Projected(row[0], None if row[1] is None else row[1:5], PublicPlace(*row[5:8]), row[8])
            for row in self._ask("compared", after=after, last=last)
        ]

    def public_places_of(self, occurrence_ids: Sequence[UUID]) -> list[Place]:
        """Id and place of those that are released, from the view itself."""
        ids = list(occurrence_ids)
        first, last = min(ids), max(ids)
        rows = self._ask("public_places_of", occurrence_ids=ids, first=first, last=last)
        return [(row[0], *row[1:5]) for row in rows]

    def drop_photos_of_nothing(self) -> None:
        """Delete the photos of generalised sightings that the projection does not show so."""
        self._ask("drop_photos_of_nothing")

    def take_out(self, occurrence_ids: Sequence[UUID]) -> None:
        """Take these sightings out of the projection and its counts."""
        self._count_shares(occurrence_ids, -1)
        self._ask("take_out", occurrence_ids=list(occurrence_ids))
        self._stamp()

    def count_in(self, occurrence_ids: Sequence[UUID]) -> None:
        """Count these sightings, which have come into the projection."""
        self._count_shares(occurrence_ids, 1)

    def wrong_counts(self) -> list[Count]:
        """What the map's counts lack, or have too much, beside the projection."""
        return [tuple(row) for row in self._ask("wrong_counts")]

    def correct_counts(self, counts: Sequence[Count]) -> None:
        """Add what they lacked."""
        self._ask("correct_counts", **_columns(counts))
        self._stamp()

    def _public(self, name: str, filters: Filters, **values: object) -> list[PublicOccurrence]:
        sql, bound = narrowed(STATEMENTS, name, filters)
        return public_occurrences(self._by_name(sql, **bound, **values))

    def _counted(self, name: str, filters: Filters, **values: object) -> list[Any]:
        """Counts that are held are read; others are counted."""
        subject = _subject(filters)
        if subject is None or (name == "quarters" and filters.taxon_id):
            return self._narrowed(name, filters, **values)
        return list(self._ask(f"{name}_held", subject=subject, **values))

    def _narrowed(self, name: str, filters: Filters, **values: object) -> list[Any]:
        sql, bound = narrowed(STATEMENTS, name, filters)
        return self._fragment(sql, **bound, **values)


def _columns(counts: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    """Counts as the lists that their block takes."""
    names = ("kinds", "subjects", "places", "records", "demos")
    return {name: [row[place] for row in counts] for place, name in enumerate(names)}


def _subject(filters: Filters) -> str | None:
    """What the counts of these filters are held under; None where they are not held."""
    if replace(filters, group_code=None, taxon_id=None) != Filters():
        return None
    if filters.taxon_id is None:
        return filters.group_code or ""
    return None if filters.group_code else str(filters.taxon_id)
