"""The store's id, and what it knows of photo files."""

from collections.abc import Sequence
from datetime import date

from db.ask import Room
from observations.media.store import PhotoDigest, StoreIdentity


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

    def count_digests(self) -> int:
        """How many photos rows name."""
        count: int = self._ask("count_digests")
        return count

    def digests_after(self, sha256: str, maximum: int) -> list[PhotoDigest]:
        """Of the photos that rows name and that come after this name, by name."""
        rows = self._ask("digests_after", sha256=sha256, maximum=maximum)
        return [PhotoDigest(*row) for row in rows]

    def digests_of(self, sha256s: Sequence[str]) -> list[PhotoDigest]:
        """Of these photos, as far as a row names them."""
        return [PhotoDigest(*row) for row in self._ask("digests_of", sha256s=list(sha256s))]

    def due_digests(self, day: date, maximum: int) -> list[PhotoDigest]:
        """Of photos compared on that day or before it or never, the longest ago first."""
        rows = self._ask("due_digests", day=day, maximum=maximum)
        return [PhotoDigest(*row) for row in rows]

    def damaged_digests(self, maximum: int) -> list[PhotoDigest]:
        """Of photos with a file that was damaged or missing when they were compared last."""
        return [PhotoDigest(*row) for row in self._ask("damaged_digests", maximum=maximum)]

    def put_digests(self, digests: Sequence[PhotoDigest], day: date) -> None:
        """What the files of photos are, as they were put on that day."""
        self._ask("put_digests", **_columns(digests), day=day)

    def note_compared(self, digests: Sequence[PhotoDigest], day: date) -> None:
        """What comparing said; of photos that no row names any more nothing is kept."""
        damaged = [digest.is_damaged for digest in digests]
        self._ask("note_compared", **_columns(digests), damaged=damaged, day=day)

    def forget_digests(self, sha256s: Sequence[str]) -> None:
        """Forget the files of those photos that no row names any more."""
        self._ask("forget_digests", sha256s=list(sha256s))


def _columns(digests: Sequence[PhotoDigest]) -> dict[str, list[str | None]]:
    return {
        "sha256s": [digest.sha256 for digest in digests],
        "thumbs": [digest.thumb for digest in digests],
        "larges": [digest.large for digest in digests],
    }
