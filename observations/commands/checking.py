"""`check`: compare storage, photos, ledger and boards."""

from collections.abc import Iterator, Sequence

from db.store import Store
from observations.base.clock import now_utc
from observations.exchange.survey_import import Progress, no_progress
from observations.media.digests import Fault, compare_all
from observations.media.ownership import why_not_own
from observations.media.store import PhotoFiles
from observations.media.sweeping import LEFT_BEHIND, unknown_photos
from observations.occurrences.occurrence import public_place


def check(store: Store, photos: PhotoFiles, faults: Sequence[Fault] | None = None) -> list[str]:
    """Every inconsistency as one line; an empty list where there is none.

    `faults` are those of the photo files, where they have been looked at already.
    """
    if faults is None:
        faults = photo_faults(store, photos)
    return [
        *store.damages(),
        *_invariants(store),
        *map(str, faults),
        *_photos(store, photos),
        *_public_places(store),
    ]


def photo_faults(store: Store, photos: PhotoFiles, progress: Progress = no_progress) -> list[Fault]:
    """Every photo file that is missing, or not as it was put. May raise `StorageError`."""
    faults, done, total = [], 0, store.media.count_digests()
    for count, wrong in compare_all(store, photos, now_utc()):
        faults += wrong
        done += count
        progress("compare", done, max(done, total))
    return faults


def _invariants(store: Store) -> Iterator[str]:
    for name, rows in store.broken_invariants().items():
        yield f"invariant {name}: {rows[0]}"


def _photos(store: Store, photos: PhotoFiles) -> Iterator[str]:
    """Photos that no row names.

    Rows are read after files: a file is stored before the row that names it.
    """
    if reason := why_not_own(store, photos):
        yield reason
    names = {sha256 for sha256, _ in photos.names()}
    for sha256 in unknown_photos(store, photos, names, now_utc() - LEFT_BEHIND):
        yield f"photo {sha256} belongs to nothing; the server sets it aside, or `photos sweep` does"


def _public_places(store: Store) -> Iterator[str]:
    """Rows whose district or cells are not those of the public place, which SQL cannot compute."""
    for public_id, *point_and_place in store.occurrences.public_places():
        point, stored = point_and_place[:4], point_and_place[4:]
        place = public_place(*point)
        if [place.district, place.cell_city, place.cell_quarter] != stored:
            yield f"sighting {public_id} lies in another district or cell than its public place"
