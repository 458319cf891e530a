"""`import-ground`: an extract made here, of some hundred objects, becomes tiles and names."""

from pathlib import Path

import osmium
import pytest
from osmium.osm import mutable

from observations.places.ground_cutting import FAR_BYTES
from observations.places.ground_file import IMPORTED, GroundFile, current
from observations.places.ground_names import read_ground_names
from observations.places.import_ground import Made, import_ground
from tests.observations.places.test_shipped_ground import names_in, read, tile_of

PARK = (30.2700, 120.0700)
FAR_AWAY = (31.2300, 121.4700)  # Shanghai


class Maker:
    """Writes an extract; nodes before ways, as every extract has them."""

    def __init__(self) -> None:
        self.nodes: list[mutable.Node] = []
        self.ways: list[mutable.Way] = []

    def node(self, place: tuple[float, float], **tags: str) -> int:
        number = len(self.nodes) + 1
        self.nodes.append(mutable.Node(id=number, location=place[::-1], tags=tags))
        return number

    def way(self, places: list[tuple[float, float]], tags: dict[str, str]) -> None:
        numbers = [self.node(place) for place in places]
        if places[0] == places[-1]:
            numbers[-1] = numbers[0]
        self.ways.append(mutable.Way(id=len(self.ways) + 1, nodes=numbers, tags=tags))

    def square(self, place: tuple[float, float], side: float, tags: dict[str, str]) -> None:
        y, x = place
        corners = [(y, x), (y, x + side), (y + side, x + side), (y + side, x), (y, x)]
        self.way(corners, tags)

    def write(self, path: Path) -> Path:
        with osmium.SimpleWriter(str(path)) as writer:
            for node in self.nodes:
                writer.add_node(node)
            for way in self.ways:
                writer.add_way(way)
        return path


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    maker = Maker()
    y, x = PARK
    maker.square(PARK, 0.02, {"leisure": "park", "name": "测试公园", "name:en": "Test Park"})
    maker.square((y + 0.03, x), 0.01, {"natural": "water", "name": "测试湖"})
    maker.way([(y, x - 0.1), (y, x + 0.1)], {"highway": "motorway"})
    maker.way([(y - 0.01, x), (y + 0.01, x)], {"highway": "residential"})
    maker.way([(y, x), (y + 0.05, x + 0.05)], {"railway": "subway"})
    maker.node((y, x), railway="station", name="测试站")
    for at in range(200):
        corner = (y + 0.0005 * (at // 20), x + 0.0005 * (at % 20))
        maker.square(corner, 0.0003, {"building": "yes"})
    maker.square(FAR_AWAY, 0.01, {"leisure": "park", "name": "别处公园"})
    maker.ways.append(mutable.Way(id=9999, nodes=[1, 888888], tags={"highway": "primary"}))
    return maker.write(tmp_path_factory.mktemp("osm") / "made.osm.pbf")


def run(extract: Path, home: Path) -> Made:
    return import_ground(extract, home, lambda what, done, of: None)


@pytest.fixture(scope="module")
def imported(extract: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    home = tmp_path_factory.mktemp("home")
    return home, run(extract, home)


def test_an_extract_becomes_tiles_by_zoom_and_names(imported: tuple[Path, Made]) -> None:
    home, made = imported
    assert made.names == 3 and made.features > 200
    ground = current(home)
    assert ground.deepest == 14
    kinds = {}
    for zoom in (9, 14):
        where = tile_of((PARK[0] + 0.0001, PARK[1] + 0.0001), zoom)
        data = ground.tile(*where)
        assert data and len(data) <= FAR_BYTES * 5
        layers = read(data, *where)
        kinds[zoom] = {f["properties"]["k"] for features in layers.values() for f in features}
    assert {"land", "motorway"} <= kinds[9] and not {"building", "minor"} & kinds[9]
    assert {"land", "motorway", "minor", "metro", "building", "green"} <= kinds[14]
    assert "测试站" in names_in(layers)
    places = {place.name_zh: place for place in read_ground_names(home)}
    assert places.keys() == {"测试公园", "测试湖", "测试站"}
    assert places["测试公园"].name_en == "Test Park" and places["测试公园"].district == "330106"
    assert places["测试公园"].source == "OpenStreetMap way/1, ODbL 1.0"
    assert places["测试公园"].uncertainty_m > 1000
    assert [file.name for file in sorted((home / "ground").iterdir())] == [
        "ground.mbtiles",
        "names.csv",
    ]


def test_the_same_extract_gives_the_same_bytes(
    extract: Path, imported: tuple[Path, Made], tmp_path: Path
) -> None:
    assert run(extract, tmp_path) == imported[1]
    assert (tmp_path / IMPORTED).read_bytes() == (imported[0] / IMPORTED).read_bytes()


def test_what_is_no_extract_is_refused_and_the_ground_before_stays(
    imported: tuple[Path, Made], tmp_path: Path
) -> None:
    home, _ = imported
    before = GroundFile(home / IMPORTED).version
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"no extract")
    with pytest.raises(RuntimeError):
        run(broken, home)
    assert current(home).version == before
