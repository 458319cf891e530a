"""Whether photo files belong to a store.

With an empty, older or wrong database, a start would find none of its photos, or photos of another
store: it is refused before anything is written or removed.
"""

from observations.base.errors import StorageError
from observations.media.store import PhotoFiles, Store, StoreIdentity

LOOKED_AT = 1000
# So few photos without a row may be uploads that were interrupted before their row.
FEW = 20
ADOPT = "python -m observations photos adopt"


def require_own_photos(store: Store, files: PhotoFiles) -> None:
    """Check that the photos are this store's, and write its id beside them.

    Raises `StorageError` with a sentence for the operator where they are not.
    """
    reason = why_not_own(store, files)
    if reason:
        raise StorageError(reason)
    adopt(store, files)


def adopt(store: Store, files: PhotoFiles) -> None:
    """Make the photos this store's from now on."""
    store_id = store.media.identity().store_id
    if files.owner() != store_id:
        files.belong_to(store_id)


def why_not_own(store: Store, files: PhotoFiles) -> str | None:
    """Why these photos are not this store's, as a sentence for the operator; None where they are.

    Where no id lies beside them, the rows decide: they must name at least half of the photos
    compared.
    """
    identity, owner = store.media.identity(), files.owner()
    if owner:
        return None if owner == identity.store_id else _another(files)
    standing = _some_of(files)
    if not standing:
        return _away(files) if store.media.some_photos(1) else None
    unknown = store.media.photos_of_nothing(standing)
    is_plausible = len(unknown) * 2 <= len(standing) or _are_few_and_new(files, unknown, identity)
    return None if is_plausible else _unknown(files)


def _some_of(files: PhotoFiles) -> list[str]:
    sha256s: set[str] = set()
    for sha256, _ in files.names():
        sha256s.add(sha256)
        if len(sha256s) == LOOKED_AT:
            break
    return sorted(sha256s)


def _are_few_and_new(files: PhotoFiles, sha256s: list[str], identity: StoreIdentity) -> bool:
    times = [files.written_at(sha256) for sha256 in sha256s]
    return len(sha256s) <= FEW and all(time is None or time > identity.made_at for time in times)


def _another(files: PhotoFiles) -> str:
    return (
        f"the photos in {files} belong to another store than this database; look at "
        f"LUJI_DATABASE_URL and LUJI_MEDIA_URL, and whether every disk is mounted. If they shall "
        f"be this database's from now on: {ADOPT}"
    )


def _unknown(files: PhotoFiles) -> str:
    return (
        f"this database knows none or few of the photos in {files}: it is new, or another's; look "
        f"at LUJI_DATABASE_URL and LUJI_MEDIA_URL, and whether every disk is mounted. If they "
        f"shall be this database's from now on: {ADOPT}"
    )


def _away(files: PhotoFiles) -> str:
    return (
        f"there are no photos in {files}, but this database has some; look at LUJI_MEDIA_URL, and "
        f"whether the disk with the photos is mounted. If they are lost: {ADOPT}"
    )
