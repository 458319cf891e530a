"""The operator's own ground: tiles and names from an OpenStreetMap extract, cut to the city."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from observations.base.wording import N_
from observations.places import osm_extract
from observations.places.ground_cutting import cut
from observations.places.ground_features import Feature, Features
from observations.places.ground_file import IMPORTED, described, write
from observations.places.ground_layer import Layer
from observations.places.ground_names import write_ground_names
from observations.places.named_place import NamedPlace
from observations.places.shipped_ground import city_features, names

CREDIT = N_("© OpenStreetMap 贡献者（ODbL）· 天地图")
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """How much an import made."""

    features: int
    tiles: int
    names: int


def import_ground(extract: Path, home: Path, progress: Progress) -> Made:
    """Make the ground of `home` (LUJI_HOME) from `extract`; the same extract gives the same file.

    The maps of a running server show it from the next look on. Until it is whole the one before
    stays. Raises `RuntimeError` for a file that is no extract, `OSError` where it cannot write.
    """
    folder = home / IMPORTED.parent
    folder.mkdir(parents=True, exist_ok=True)
    places: dict[UUID, NamedPlace] = {}
    with (
        TemporaryDirectory(dir=folder) as scratch,
        Features(Path(scratch) / "features") as features,
    ):
        features.add(city_features())
        features.add(_features(extract, Path(scratch), places, progress))
        metadata = described(names(CREDIT, osm_extract.DEEPEST), Layer)
        tiles = cut(features, osm_extract.DEEPEST, lambda done, of: progress("tiles", done, of))
        count = write(home / IMPORTED, tiles, metadata)
        write_ground_names(home, places.values())
        return Made(len(features), count, len(places))


def _features(
    extract: Path, scratch: Path, places: dict[UUID, NamedPlace], progress: Progress
) -> Iterator[Feature]:
    """What is drawn; the places with names go into `places`, of each name the first one."""
    for one in osm_extract.read(extract, scratch, lambda done: progress("objects", done, 0)):
        if one.place:
            places.setdefault(one.place.place_id, one.place)
        yield from one.features
