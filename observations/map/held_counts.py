"""Counts of the whole city, cached while nothing public changes.

A view of the map is about six tiles, and each would count its records again. Here one count of the
whole city, sorted by place, serves all tiles, and a tile reads no records. A filter is counted
once, however many people use it at the same time, and nobody waits for the count of another filter.

The store says whether public data changed, by a stamp that is written in the same transaction. So
with one process or many, no tile drawn after a record was withheld or erased shows it.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from math import floor
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

from observations.map.exploring import Filters
from observations.map.spots import Square
from observations.map.tiling import TileReads
from observations.places.cells import centre_of
from observations.places.districts import Box

MOST_ROWS = 400_000  # about 80 MB: two whole cities of the finest cells
BUCKETS_A_DEGREE = 20
Row = tuple[Any, ...]
Middle = Callable[[Row], tuple[float, float]]


class CountedReads(TileReads, Protocol):
    """The reads of the map, and the stamp of the data they read."""

    def stamp(self) -> int:
        """A number that grows with every change of public data."""
        ...


class Store(Protocol):
    """The reads that this module needs."""

    @property
    def map(self) -> CountedReads: ...


class Layout:
    """Rows sorted by the place of their centres, in WGS-84."""

    def __init__(self, rows: Iterable[Row], middle: Middle) -> None:
        self.size = 0
        self._buckets: dict[tuple[int, int], list[tuple[float, float, Row]]] = defaultdict(list)
        for row in rows:
            latitude, longitude = middle(row)
            bucket = floor(latitude * BUCKETS_A_DEGREE), floor(longitude * BUCKETS_A_DEGREE)
            self._buckets[bucket].append((latitude, longitude, row))
            self.size += 1

    def within(self, box: Box) -> list[Any]:
        """The rows whose centre lies in the box."""
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
    """The layouts of one stamp, shared by all threads that draw."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()  # held during a look-up, never during a count
        self._stamp = -1
        self._layouts: OrderedDict[tuple[object, ...], Future[Layout]] = OrderedDict()

    def now(self) -> "HeldMap":
        """The map of the current stamp; to be read once a tile."""
        return HeldMap(self, self._store.map, self._store.map.stamp())

    def layout(self, stamp: int, key: tuple[object, ...], count: Callable[[], Layout]) -> Layout:
        """The layout of `key`, counted at this stamp or later.

        The first caller counts it; the others wait for that count.
        """
        with self._lock:
            if stamp > self._stamp:
                self._layouts.clear()
                self._stamp = stamp
            layout = self._layouts.get(key)
            is_first = layout is None
            if layout is None:
                layout = self._layouts[key] = Future()
            self._layouts.move_to_end(key)
        if is_first:
            self._count(key, layout, count)
        return layout.result()

    def _count(
        self, key: tuple[object, ...], layout: Future[Layout], count: Callable[[], Layout]
    ) -> None:
        try:
            layout.set_result(count())
        except BaseException as error:
            layout.set_exception(error)  # for the threads that wait
            with self._lock:
                if self._layouts.get(key) is layout:  # the next caller counts again
                    del self._layouts[key]
            raise
        with self._lock:
            self._make_room()

    def _make_room(self) -> None:
        sizes = {key: one.result().size for key, one in self._layouts.items() if one.done()}
        rows = sum(sizes.values())
        for key in list(sizes)[:-1]:
            if rows <= MOST_ROWS:
                return
            rows -= sizes[key]
            del self._layouts[key]


class HeldMap:
    """Fulfils `tiling.TileReads` by cached counts; single records are read from the store.

    It has the one attribute of `tiling.Store`, too. A cell or square in a box comes with the count
    of all its records, where the store leaves out those beyond the box; callers use boxes wide
    enough that the two are the same.
    """

    def __init__(self, counts: HeldCounts, reads: CountedReads, stamp: int) -> None:
        self._counts = counts
        self._reads = reads
        self._stamp = stamp

    @property
    def map(self) -> TileReads:
        """This object."""
        return self

    def cells(self, filters: Filters) -> list[tuple[str, int]]:
        """See `TileReads`."""
        return self._within(filters, self._reads.cells, _middle_of_cell, "cells")

    def richness(self, filters: Filters, resolution: int) -> list[tuple[str, int, int]]:
        """See `TileReads`."""

        def ask(bare: Filters) -> list[tuple[str, int, int]]:
            return self._reads.richness(bare, resolution)

        return self._within(filters, ask, _middle_of_cell, "richness", resolution)

    def quarters(self, filters: Filters) -> list[tuple[str, int]]:
        """See `TileReads`."""
        return self._within(filters, self._reads.quarters, _middle_of_cell, "quarters")

    def squares(self, filters: Filters, grids: Sequence[int]) -> list[tuple[Square, int]]:
        """See `TileReads`."""

        def ask(bare: Filters) -> list[tuple[Square, int]]:
            return self._reads.squares(bare, grids)

        return self._within(filters, ask, _middle_of_square, "squares", tuple(grids))

    def singles(self, filters: Filters, limit: int) -> list[tuple[UUID, float, float]]:
        """See `TileReads`."""
        return self._reads.singles(filters, limit)

    def _within(
        self, filters: Filters, ask: Callable[[Filters], list[Any]], middle: Middle, *name: object
    ) -> list[Any]:
        if filters.box is None:
            return ask(filters)
        bare = replace(filters, box=None)
        layout = self._counts.layout(self._stamp, (*name, bare), lambda: Layout(ask(bare), middle))
        return layout.within(filters.box)


def _middle_of_cell(row: Row) -> tuple[float, float]:
    return centre_of(row[0])


def _middle_of_square(row: Row) -> tuple[float, float]:
    box = row[0].box
    return (box.south + box.north) / 2, (box.west + box.east) / 2
