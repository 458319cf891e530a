"""`check`: compare storage, photos, ledger and boards."""

from collections.abc import Iterator

from db.store import Store
from observations.base.clock import now_utc
from observations.media.ownership import why_not_own
from observations.media.store import PhotoFiles, PhotoSize
from observations.media.sweeping import LEFT_BEHIND, unknown_photos
from observations.occurrences.occurrence import public_place


def check(store: Store, photos: PhotoFiles) -> list[str]:
    """Every inconsistency as one line; an empty list where there is none."""
    return [*_invariants(store), *_photos(store, photos), *_public_places(store)]


def _invariants(store: Store) -> Iterator[str]:
    for name, rows in store.broken_invariants().items():
        yield f"invariant {name}: {rows[0]}"


def _photos(store: Store, photos: PhotoFiles) -> Iterator[str]:
    """Photos that rows name and that are missing.

    Rows are read before files: a row never names a photo that is not stored yet. What changed
    between the two reads is read again before it is reported.
    """
    if reason := why_not_own(store, photos):
        yield reason
    named = store.occurrences.photo_hashes()
    files = set(photos.names())
    lacking = sorted(
        {sha256 for sha256 in named for size in PhotoSize if (sha256, size) not in files}
    )
    gone = set(store.media.photos_of_nothing(lacking)) if lacking else set()
    for sha256 in lacking:
        for size in PhotoSize:
            if sha256 not in gone and not photos.exists(sha256, size):
                yield f"photo {sha256} has no {size}"
    names = {sha256 for sha256, _ in files} - set(named)
    for sha256 in unknown_photos(store, photos, names, now_utc() - LEFT_BEHIND):
        yield f"photo {sha256} belongs to nothing; the server sets it aside, or `photos sweep` does"


def _public_places(store: Store) -> Iterator[str]:
    """Rows whose district or cells are not those of the public place, which SQL cannot compute."""
    for public_id, latitude, longitude, grid, *stored in store.occurrences.public_places():
        place = public_place(latitude, longitude, grid)
        if [place.district, place.cell_city, place.cell_quarter] != list(stored):
            yield f"sighting {public_id} lies in another district or cell than its public place"
