"""The named places, in memory; at most a minute old."""

import time
from functools import lru_cache
from pathlib import Path

from observations.places.ground_names import changed_at, read_ground_names
from observations.places.named_place import NamedPlace, known_places
from observations.places.search import PlaceIndex
from observations.places.store import Store
from pages.parts.runtime import settings, store

HOLDS_S = 60


def place_index() -> PlaceIndex:
    """The index of the districts, the program's places, the ground map's and those of staff."""
    return _index_of(store(), settings().home, int(time.monotonic() // HOLDS_S))


@lru_cache(maxsize=1)
def _index_of(opened: Store, home: Path, _minute: int) -> PlaceIndex:
    return _built(home, changed_at(home), tuple(opened.places.imported_places()))


@lru_cache(maxsize=1)
def _built(home: Path, _changed_at: int, imported: tuple[NamedPlace, ...]) -> PlaceIndex:
    """Built again only where there are other names: thousands take some seconds."""
    return PlaceIndex(known_places(read_ground_names(home), imported))
