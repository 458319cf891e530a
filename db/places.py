"""Named places."""

from collections.abc import Sequence

from db.ask import Room
from observations.places.named_place import NamedPlace


class Places(Room):
    """Fulfils `observations.places.store`."""

    name = "places"

    def imported_places(self) -> list[NamedPlace]:
        """The places that staff imported, by name."""
        return [NamedPlace(*row) for row in self._ask("imported_places")]

    def put_places(self, places: Sequence[NamedPlace]) -> None:
        """Add the new places and update the known ones; none is removed."""
        self._ask(
            "put_places",
            place_ids=[place.place_id for place in places],
            names_zh=[place.name_zh for place in places],
            names_en=[place.name_en for place in places],
            kinds=[place.kind for place in places],
            latitudes=[place.latitude for place in places],
            longitudes=[place.longitude for place in places],
            uncertainties=[place.uncertainty_m for place in places],
            districts=[place.district for place in places],
            sources=[place.source for place in places],
        )
