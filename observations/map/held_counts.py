"""Counts of the whole city, held between two changes of the store: a tile then costs no walk
through the records, however many they are.

A view of the map is half a dozen tiles, and each would count all records that lie in it anew. What
is counted for one holds for all: the cells and squares of the city with their numbers, laid out by
where they lie. A filter that was not asked before is counted once.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from math import floor
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

from observations.map.exploring import Filters
from observations.map.spots import Square
from observations.map.tiling import REACH_DEGREES, TileReads
from observations.places.cells import QUARTER_RESOLUTION, centre_of
from observations.places.districts import Box

MOST_ROWS = 400_000  # about 80 MB; two whole cities of the finest cells
BUCKETS_A_DEGREE = 20
Row = tuple[Any, ...]
Middle = Callable[[Row], tuple[float, float]]


class Store(Protocol):
    """What is read here."""

    @property
    def map(self) -> TileReads: ...

    @property
    def revision(self) -> int | None:
        """A number that changes with every change; None where it cannot be known."""
        ...


class Layout:
    """Rows by the place of their middle, WGS-84."""

    def __init__(self, rows: Iterable[Row], middle: Middle) -> None:
        self.size = 0
        self._buckets: dict[tuple[int, int], list[tuple[float, float, Row]]] = defaultdict(list)
        for row in rows:
            latitude, longitude = middle(row)
            bucket = floor(latitude * BUCKETS_A_DEGREE), floor(longitude * BUCKETS_A_DEGREE)
            self._buckets[bucket].append((latitude, longitude, row))
            self.size += 1

    def within(self, box: Box) -> list[Any]:
        """The rows whose middle lies in the box."""
        return [
            row
            for bucket in self._touched(box)
            for latitude, longitude, row in self._buckets.get(bucket, ())
            if box.contains(latitude, longitude)
        ]

    def _touched(self, box: Box) -> Iterator[tuple[int, int]]:
        south, north = floor(box.south * BUCKETS_A_DEGREE), floor(box.north * BUCKETS_A_DEGREE)
        west, east = floor(box.west * BUCKETS_A_DEGREE), floor(box.east * BUCKETS_A_DEGREE)
        if (north - south + 1) * (east - west + 1) > len(self._buckets):
            return iter(self._buckets)
        return (
            (row, column) for row in range(south, north + 1) for column in range(west, east + 1)
        )


class HeldCounts:
    """Fulfils `tiling.TileReads`: counts are held, single records are asked for.

    A cell or square in a box comes with its whole number, where the store would leave out records
    beyond the box; whoever draws asks for a box wide enough that the two are the same.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._revision: int | None = None
        self._kept: OrderedDict[tuple[object, ...], Layout] = OrderedDict()

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """See `TileReads`."""
        return self._within(filters, self._store.map.cells, _middle_of_cell, "cells")

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """See `TileReads`."""

        def ask(bare: Filters) -> list[tuple[str, int, int]]:
            return self._store.map.richness(bare, resolution)

        return self._within(filters, ask, _middle_of_cell, "richness", resolution)

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """See `TileReads`."""
        return self._within(filters, self._store.map.quarters, _middle_of_cell, "quarters")

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """See `TileReads`."""

        def ask(bare: Filters) -> list[tuple[Square, int]]:
            return self._store.map.squares(bare, grids)

        return self._within(filters, ask, _middle_of_square, "squares", tuple(grids))

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]] | None:
        """See `TileReads`: the records of cells wholly in the box are in it for sure."""
        if filters.box is not None and self._store.revision is not None:
            inner = filters.within(_narrower(filters.box, REACH_DEGREES[QUARTER_RESOLUTION]))
            if sum(count for _, count in self.quarters(inner)) > limit:
                return None
        return self._store.map.singles(filters, limit)

    def _within(
        self, filters: Filters, ask: Callable[[Filters], list[Any]], middle: Middle, *name: object
    ) -> list[Any]:
        revision = self._store.revision  # before the rows: they are never older than it says
        if filters.box is None or revision is None:
            return ask(filters)
        bare = replace(filters, box=None)
        with self._lock:
            if revision != self._revision:
                self._kept.clear()
                self._revision = revision
            key = (*name, bare)
            layout = self._kept.get(key)
            if layout is None:
                layout = self._kept[key] = Layout(ask(bare), middle)
                self._make_room()
            self._kept.move_to_end(key)
        return layout.within(filters.box)

    def _make_room(self) -> None:
        while len(self._kept) > 1 and sum(one.size for one in self._kept.values()) > MOST_ROWS:
            self._kept.popitem(last=False)


class HeldMap:
    """A store whose map is held."""

    def __init__(self, store: Store) -> None:
        self.map: TileReads = HeldCounts(store)


def _narrower(box: Box, by: float) -> Box:
    return Box(box.west + by, box.south + by, box.east - by, box.north - by)


def _middle_of_cell(row: Row) -> tuple[float, float]:
    return centre_of(row[0])


def _middle_of_square(row: Row) -> tuple[float, float]:
    box = row[0].box
    return (box.south + box.north) / 2, (box.west + box.east) / 2
