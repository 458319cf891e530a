"""The named places, in memory; at most a minute old."""

import time
from functools import lru_cache

from observations.places.named_place import known_places
from observations.places.search import PlaceIndex
from observations.places.store import Store
from pages.parts.runtime import store

HOLDS_S = 60


def place_index() -> PlaceIndex:
    """The index of the districts, the program's places and those that staff imported."""
    return _index_of(store(), int(time.monotonic() // HOLDS_S))


@lru_cache(maxsize=1)
def _index_of(opened: Store, _minute: int) -> PlaceIndex:
    imported = opened.places.imported_places()
    return PlaceIndex(known_places({place.place_id: place for place in imported}))
