"""`check`: storage, photos, ledger and boards agree."""

from collections.abc import Iterator

from db.store import Store
from observations.base.clock import now_utc
from observations.media.store import PhotoFiles, PhotoSize
from observations.occurrences.occurrence import public_place
from observations.occurrences.tidying import is_left_behind


def check(store: Store, photos: PhotoFiles) -> list[str]:
    """Every disagreement as one line; an empty list is a store in order."""
    return [*_invariants(store), *_photos(store, photos), *_public_places(store)]


def _invariants(store: Store) -> Iterator[str]:
    for name, rows in store.broken_invariants().items():
        yield f"invariant {name}: {rows[0]}"


def _photos(store: Store, photos: PhotoFiles) -> Iterator[str]:
    files = set(photos.names())
    sha256s = store.occurrences.photo_hashes()
    for sha256 in sorted({sha256 for sha256, _ in files} - set(sha256s)):
        if is_left_behind(photos, sha256, now_utc()):
            yield f"photo {sha256} belongs to nothing; the server sweeps it by itself"
    for sha256 in sha256s:
        for size in PhotoSize:
            if (sha256, size) not in files:
                yield f"photo {sha256} has no {size}"


def _public_places(store: Store) -> Iterator[str]:
    """District and cells are those of the public place: SQL can compare all but these."""
    for public_id, latitude, longitude, grid, *stored in store.occurrences.public_places():
        place = public_place(latitude, longitude, grid)
        if [place.district, place.cell_city, place.cell_quarter] != list(stored):
            yield f"sighting {public_id} lies in another district or cell than its public place"
