"""What the ground is made of, before it is cut to tiles: kept on disk, asked for by place.

A city has half a million buildings and roads; only the part in hand is in memory.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import pi
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from observations.places.districts import DISTRICTS
from observations.places.ground_layer import Layer

# Borders are right within 1.7 km: what lies that near is shown too.
AROUND_DEGREES = 0.02


ORDER = {layer: number for number, layer in enumerate(Layer)}


@dataclass(frozen=True)
class Feature:
    """One thing on the ground.

    `geometry` is in WGS-84 degrees; `kind` says how it is drawn; it is in tiles from `zoom` on;
    the higher its `rank`, the sooner it is left out of a full tile.
    """

    layer: Layer
    kind: str
    geometry: Any
    zoom: int = 0
    rank: int = 0
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stored:
    """The same in Web Mercator: the world is a square of 1, from the upper left."""

    layer: Layer
    properties: dict[str, str]
    geometry: Any
    zoom: int
    rank: int


class Features:
    """All features, in a SQLite file that is thrown away afterwards (":memory:" for a few)."""

    def __init__(self, path: Path | str) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            "create table feature (id integer primary key, layer text, properties text,"
            " zoom integer, rank integer, shape blob);"
            "create virtual table box using rtree (id, west, east, north, south);"
        )

    def add(self, features: Iterable[Feature]) -> int:
        """Keep what lies in the city, cut to its outline; gives how many that were."""
        count = 0
        for feature in features:
            inside = cut_to_city(feature.geometry)
            if inside is None:
                continue
            shape = shapely.transform(inside, mercator)
            west, north, east, south = shape.bounds
            properties = json.dumps({"k": feature.kind, **feature.texts}, ensure_ascii=False)
            row = (feature.layer, properties, feature.zoom, feature.rank, shapely.to_wkb(shape))
            inserted = self._connection.execute(
                "insert into feature (layer, properties, zoom, rank, shape) values (?,?,?,?,?)", row
            )
            box = (inserted.lastrowid, west, east, north, south)
            self._connection.execute("insert into box values (?, ?, ?, ?, ?)", box)
            count += 1
        return count

    def within(
        self, west: float, north: float, east: float, south: float, zoom: int
    ) -> list[Stored]:
        """What reaches into a box (Web Mercator) by `zoom`, by layer, the first ranks first."""
        rows = self._connection.execute(
            "select layer, properties, zoom, rank, shape from feature where zoom <= ?"
            " and id in (select id from box"
            " where west <= ? and east >= ? and north <= ? and south >= ?)"
            " order by rank, id",
            (zoom, east, west, south, north),
        )
        stored = [
            Stored(Layer(layer), json.loads(texts), shapely.from_wkb(shape), first, rank)
            for layer, texts, first, rank, shape in rows
        ]
        return sorted(stored, key=lambda one: ORDER[one.layer])

    def __len__(self) -> int:
        [count] = self._connection.execute("select count(*) from feature").fetchone()
        return int(count)

    def __enter__(self) -> "Features":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()


def cut_to_city(geometry: Any) -> Any | None:
    """The part of a geometry (WGS-84) in the city; None where there is none."""
    outline = _outline()
    if outline.contains_properly(geometry):
        return geometry
    if not outline.intersects(geometry):
        return None
    inside = shapely.intersection(geometry, outline)
    return None if inside.is_empty else inside


@cache
def land() -> Any:
    """All districts as one area, WGS-84."""
    return shapely.union_all(district_areas())


def district_areas() -> list[Any]:
    """The area of each district, WGS-84."""
    return [shapely.Polygon(district.outline.corners) for district in DISTRICTS.values()]


@cache
def _outline() -> Any:
    outline = land().buffer(AROUND_DEGREES)
    shapely.prepare(outline)
    return outline


def mercator(coordinates: Any) -> Any:
    """WGS-84 degrees (longitude, latitude) in Web Mercator."""
    longitude, latitude = coordinates[:, 0], np.radians(coordinates[:, 1])
    x = (longitude + 180) / 360
    y = (1 - np.arcsinh(np.tan(latitude)) / pi) / 2
    return np.column_stack([x, y])
