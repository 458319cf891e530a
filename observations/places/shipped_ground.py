"""The ground that comes with the code, made from the files in `ground_sources/`.

`python -m observations.places.shipped_ground` writes it anew; a test holds that it was.

Sources (docs/data.md): districts by Tianditu; West Lake, the lower Qiantang and the metro of 2016
from OpenStreetMap (ODbL); the Qiantang by Hangzhou from GSHHG (LGPL); Qiandao Lake and the upper
river from Natural Earth; names from the table of places. WGS-84 throughout.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import shapely

from observations.base.wording import N_
from observations.places.districts import BOUNDARIES, DISTRICTS
from observations.places.ground_cutting import SHALLOWEST, cut
from observations.places.ground_features import Feature, Features, district_areas, land
from observations.places.ground_file import SHIPPED, Tile, described, write
from observations.places.ground_layer import Layer
from observations.places.named_place import GAZETTEER

SOURCES = Path(__file__).with_name("ground_sources")

DEEPEST = 13
ROUGH_M = 250  # a shore less certain than this is drawn paler
CREDIT = N_("© OpenStreetMap 贡献者（ODbL）· 天地图 · GeoNames")
# From which zoom a name of a kind is shown, and its rank: the lower, the sooner it gets room.
NAME_ZOOMS: Mapping[str, tuple[int, int]] = {
    "water": (9, 1),
    "lake": (9, 1),
    "airport": (10, 2),
    "railway_station": (11, 2),
    "sight": (11, 3),
    "town": (10, 4),
    "street": (11, 5),
    "campus": (12, 5),
    "square": (12, 5),
    "bridge": (12, 6),
    "metro_station": (11, 6),
    "hospital": (12, 7),
}
SAID_LESS = {"railway_station": "station", "metro_station": "station", "airport": "station"}
DRAWN_AS = {"water": "lake", "lake": "lake", "street": "town", "town": "town"}


def tiles() -> Iterator[Tile]:
    """The tiles of the shipped ground."""
    with Features(":memory:") as features:
        features.add(city_features())
        features.add(_waters(BOUNDARIES.with_name("water.geojson")))
        features.add(_waters(SOURCES / "water.geojson"))
        features.add(_metro())
        features.add(_names())
        yield from cut(features, DEEPEST, lambda done, of: None)


def metadata() -> dict[str, str]:
    """What the file says of itself."""
    return described(names(CREDIT, DEEPEST), Layer)


def names(credit: str, deepest: int) -> dict[str, str]:
    """The entries that MBTiles 1.3 asks of every file."""
    west, south, east, north = land().bounds
    return {
        "name": "Hangzhou",
        "attribution": credit,
        "bounds": f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}",
        "minzoom": str(SHALLOWEST),
        "maxzoom": str(deepest),
        "type": "baselayer",
    }


def city_features() -> Iterator[Feature]:
    """The city's land, the borders in it, the names of its districts."""
    yield Feature(Layer.LAND, "land", land())
    lines = shapely.union_all([area.exterior for area in district_areas()])
    yield Feature(Layer.BORDER, "border", lines)
    for district in DISTRICTS.values():
        place = shapely.Point(district.longitude, district.latitude)
        english = district.short_name("en")
        texts = {"zh": district.name_zh, "en": english}
        yield Feature(Layer.NAME, "district", place, SHALLOWEST, 0, texts)


def _waters(path: Path) -> Iterator[Feature]:
    for properties, shape in _read(path):
        is_area = shape.geom_type in ("Polygon", "MultiPolygon")
        is_rough = properties.get("accuracy_m", 1000) > ROUGH_M
        layer = Layer.WATER if is_area else Layer.STREAM
        kind = "water" if is_area else "stream"
        yield Feature(layer, f"rough_{kind}" if is_rough else kind, shapely.make_valid(shape))


def _metro() -> Iterator[Feature]:
    for properties, shape in _read(SOURCES / "metro_osm2016.geojson"):
        if properties["state"] == "open":
            yield Feature(Layer.RAIL, "metro", shape, zoom=9, rank=3)


def _names() -> Iterator[Feature]:
    with GAZETTEER.open(encoding="utf-8", newline="") as rows:
        known = [row for row in csv.DictReader(rows) if row["kind"] in NAME_ZOOMS]
    for row in sorted(known, key=_first):
        yield _name(row)


def _first(row: Mapping[str, str]) -> tuple[int, float]:
    return NAME_ZOOMS[row["kind"]][1], float(row["uncertainty_m"])


def _name(row: Mapping[str, str]) -> Feature:
    zoom, rank = NAME_ZOOMS[row["kind"]]
    kind = DRAWN_AS.get(row["kind"], SAID_LESS.get(row["kind"], "place"))
    texts = {"zh": re.split(r"\W", row["name_zh"])[0]}
    if row["name_en"]:
        texts["en"] = row["name_en"]
    place = shapely.Point(float(row["longitude"]), float(row["latitude"]))
    return Feature(Layer.NAME, kind, place, zoom, rank, texts)


def _read(path: Path) -> Iterable[tuple[dict[str, Any], Any]]:
    features = json.loads(path.read_text("utf-8"))["features"]
    return [
        (feature["properties"], shapely.geometry.shape(feature["geometry"])) for feature in features
    ]


if __name__ == "__main__":
    write(SHIPPED, tiles(), metadata())
