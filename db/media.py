"""The store's id, and what it knows of photo files."""

from collections.abc import Sequence

from db.ask import Room
from observations.media.store import StoreIdentity


class Media(Room):
    """Fulfils `observations.media.store`."""

    name = "media"

    def identity(self) -> StoreIdentity:
        """The id of this store, and when it was made."""
        return StoreIdentity(*self._ask("identity"))

    def some_photos(self, maximum: int) -> list[str]:
        """Photos that a row names, at most so many."""
        return [row[0] for row in self._ask("some_photos", maximum=maximum)]

    def photos_of_nothing(self, sha256s: Sequence[str]) -> list[str]:
        """Those photos that no row of the store names."""
        return [row[0] for row in self._ask("photos_of_nothing", sha256s=list(sha256s))]
