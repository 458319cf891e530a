"""An OpenStreetMap extract (.osm.pbf) read for the ground: what is drawn, and what has a name.

Tags are those of wiki.openstreetmap.org/wiki/Map_features. The places of nodes lie in a file beside
the tiles while this runs, so that memory does not grow with the extract. WGS-84.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
import shapely

from observations.places.districts import district_of, is_in_city
from observations.places.ground_features import Feature
from observations.places.ground_layer import Layer
from observations.places.named_place import NamedPlace, place_id_of

DEEPEST = 14
KEYS = (
    "amenity", "building", "highway", "landuse", "leisure", "natural", "place", "railway",
    "tourism", "water", "waterway",
)  # fmt: skip
# How a road, a rail or a stream is drawn, from which zoom, and its rank.
LINES: Mapping[tuple[str, str], tuple[Layer, str, int, int]] = {
    **{("highway", kind): (Layer.ROAD, "motorway", 8, 2) for kind in ("motorway", "trunk")},
    ("highway", "primary"): (Layer.ROAD, "main", 10, 3),
    ("highway", "secondary"): (Layer.ROAD, "main", 11, 4),
    **{
        ("highway", kind): (Layer.ROAD, "minor", 13, 6)
        for kind in ("tertiary", "residential", "unclassified", "living_street", "pedestrian")
    },
    **{
        ("highway", kind): (Layer.ROAD, "path", 14, 7)
        for kind in ("footway", "path", "track", "steps", "cycleway", "service")
    },
    ("railway", "rail"): (Layer.RAIL, "rail", 10, 4),
    ("railway", "subway"): (Layer.RAIL, "metro", 10, 3),
    ("railway", "light_rail"): (Layer.RAIL, "metro", 10, 3),
    ("waterway", "river"): (Layer.STREAM, "stream", 9, 2),
    ("waterway", "canal"): (Layer.STREAM, "stream", 11, 3),
    ("waterway", "stream"): (Layer.STREAM, "stream", 13, 5),
}
GREEN = {
    "leisure": ("park", "garden", "nature_reserve"),
    "landuse": ("forest", "grass", "meadow", "recreation_ground"),
    "natural": ("wood", "scrub", "grassland", "wetland"),
}
WATER = {"natural": ("water",), "waterway": ("riverbank",), "landuse": ("reservoir",)}
# The kind of a name, how it is drawn, from which zoom, its rank, and the metres that cover it.
NAMES: Mapping[tuple[str, str], tuple[str, str, int, int, float]] = {
    ("place", "town"): ("town", "town", 10, 2, 2500),
    ("place", "suburb"): ("street", "town", 11, 3, 2000),
    ("place", "village"): ("village", "village", 13, 5, 1000),
    ("railway", "station"): ("station", "station", 11, 3, 200),
    ("tourism", "attraction"): ("sight", "place", 12, 4, 300),
    ("tourism", "museum"): ("sight", "place", 13, 5, 200),
    ("leisure", "park"): ("park", "place", 12, 4, 500),
    ("natural", "water"): ("water", "lake", 12, 4, 500),
    ("natural", "peak"): ("peak", "place", 13, 5, 200),
    ("amenity", "university"): ("campus", "place", 12, 5, 500),
    ("amenity", "hospital"): ("hospital", "place", 13, 6, 200),
    ("place", "square"): ("square", "place", 13, 5, 200),
}
METRES_A_DEGREE = 111_000
# An area is shown from the zoom at which it is some pixels wide: square degrees, zoom, rank.
SIZES = ((1e-3, 8, 1), (1e-4, 9, 2), (1e-5, 11, 3), (1e-6, 12, 5), (0.0, 13, 6))


@dataclass(frozen=True)
class Read:
    """What one object of the extract gives: something to draw, a place with a name, or both."""

    features: tuple[Feature, ...]
    place: NamedPlace | None


def read(path: Path, scratch: Path, heard: Callable[[int], None]) -> Iterator[Read]:
    """What the extract has for the city, in its order; `heard` gets the objects read so far.

    `scratch` is an empty folder for the nodes' places. Raises `RuntimeError` for a file that
    osmium cannot read.
    """
    wanted = osmium.filter.KeyFilter(*KEYS)
    objects = (
        osmium.FileProcessor(str(path))
        .with_locations(f"sparse_file_array,{scratch / 'nodes'}")
        .with_areas(osmium.filter.KeyFilter(*KEYS))
        .with_filter(wanted)
    )
    maker = osmium.geom.WKBFactory()
    for number, item in enumerate(objects):
        if number % 10_000 == 0:
            heard(number)
        if not isinstance(item, osmium.osm.Node | osmium.osm.Way | osmium.osm.Area):
            continue
        shape = _shape(item, maker)
        if shape is not None:
            tags = {tag.k: tag.v for tag in item.tags}
            one = _read(item, tags, shape)
            if one.features or one.place:
                yield one


def _shape(item: Any, maker: Any) -> Any | None:
    """The object's geometry; None where nodes are missing at the extract's edge."""
    try:
        if item.is_node():
            return shapely.Point(item.location.lon, item.location.lat)
        if item.is_way():
            return shapely.from_wkb(maker.create_linestring(item))
        return shapely.from_wkb(maker.create_multipolygon(item))
    except (RuntimeError, osmium.InvalidLocationError, shapely.errors.GEOSException):
        return None


def _read(item: Any, tags: Mapping[str, str], shape: Any) -> Read:
    drawn = _line(tags, shape) if item.is_way() else _area(tags, shape) if item.is_area() else None
    named = None if item.is_way() else _named(item, tags, shape)
    features = tuple(one for one in (drawn, named[0] if named else None) if one)
    return Read(features, named[1] if named else None)


def _line(tags: Mapping[str, str], shape: Any) -> Feature | None:
    for pair in tags.items():
        if pair in LINES:
            layer, kind, zoom, rank = LINES[pair]
            return Feature(layer, kind, shape, zoom, rank)
    return None


def _area(tags: Mapping[str, str], shape: Any) -> Feature | None:
    if tags.get("building", "no") != "no":
        return Feature(Layer.BUILDING, "building", shape, 14, 8)
    for layer, kind, values in ((Layer.WATER, "water", WATER), (Layer.GREEN, "green", GREEN)):
        if any(tags.get(key) in found for key, found in values.items()):
            zoom, rank = next((z, r) for size, z, r in SIZES if shape.area >= size)
            return Feature(layer, kind, shape, zoom, rank + (layer is Layer.GREEN))
    return None


def _named(item: Any, tags: Mapping[str, str], shape: Any) -> tuple[Feature, NamedPlace] | None:
    rule = next((NAMES[pair] for pair in tags.items() if pair in NAMES), None)
    name = (tags.get("name:zh") or tags.get("name") or "").strip()[:80]
    if rule is None or not name:
        return None
    kind, drawn, zoom, rank, metres = rule
    point = shape if shape.geom_type == "Point" else shapely.point_on_surface(shape)
    if not is_in_city(point.y, point.x):
        return None
    west, south, east, north = shape.bounds
    across = max(metres, max(east - west, north - south) * METRES_A_DEGREE / 2)
    english = tags.get("name:en", "").strip()[:80]
    texts = {"zh": name} | ({"en": english} if english else {})
    district = district_of(point.y, point.x)
    code = district.code if district else None
    place = NamedPlace(
        place_id=place_id_of(name, code),
        name_zh=name,
        name_en=english,
        kind=kind,
        latitude=round(point.y, 6),
        longitude=round(point.x, 6),
        uncertainty_m=float(round(across)),
        district=code,
        source=f"OpenStreetMap {_reference(item)}, ODbL 1.0",
    )
    return Feature(Layer.NAME, drawn, point, zoom, rank, texts), place


def _reference(item: Any) -> str:
    if item.is_node():
        return f"node/{item.id}"
    return f"{'way' if item.from_way() else 'relation'}/{item.orig_id()}"
