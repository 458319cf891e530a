"""Uploading one photo: it is decoded, then its files are stored, then its row."""

from datetime import datetime
from uuid import UUID

from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.media.decoding import Photo, decode
from observations.media.digests import digest_of, look_at, put_digests
from observations.media.store import PhotoDigest, PhotoFiles, PhotoSize
from observations.media.sweeping import remove_at_once
from observations.occurrences.occurrence import Upload
from observations.occurrences.store import Store
from observations.people.consenting import require_consent
from observations.people.standing import require_standing


def known_upload(store: Store, upload_id: UUID, device_id: UUID) -> Upload | None:
    """The upload of this id, if it is stored already, so that a second try costs nothing.

    Raises `Refused`: `consent.missing`.
    """
    require_consent(store, device_id)
    upload = store.occurrences.upload(upload_id)
    return upload if upload and upload.device_id == device_id else None


def receive(
    store: Store, files: PhotoFiles, upload_id: UUID, device_id: UUID, data: bytes, now: datetime
) -> Upload:
    """Store one photo: files before the row, so that a row never points to a missing file.

    Raises `Refused`: `photo.…` of `decode`, `consent.missing`, `record.id_taken` (another browser's
    id). A browser that has lost its cookies is another one: who has both the id and the bytes of
    an upload that nothing shows may go on with it.
    """
    return keep(store, files, upload_id, device_id, decode(data), len(data), now)


def keep(
    store: Store,
    files: PhotoFiles,
    upload_id: UUID,
    device_id: UUID,
    photo: Photo,
    byte_count: int,
    now: datetime,
) -> Upload:
    """Store a photo that is decoded already; `byte_count` is its size as received.

    Raises `Refused` as `receive` does. Where the row is refused after the files were stored, the
    files are deleted at once: without a row nobody consented to our keeping them.
    """
    was_there = files.exists(photo.sha256, PhotoSize.LARGE)
    digest = _whole(store, files, photo.sha256) if was_there else None
    if digest is None:
        digest = _put(files, photo)
    try:
        upload = _keep(store, _upload(photo, upload_id, device_id, byte_count, now), digest)
    except Refused:
        if not was_there and store.media.photos_of_nothing([photo.sha256]):
            remove_at_once(store, files, [photo.sha256], now)
        raise
    if not all(files.exists(photo.sha256, size) for size in PhotoSize):
        put_digests(store, [_put(files, photo)], now)  # removed between: no row knew it then
    return upload


def _whole(store: Store, files: PhotoFiles, sha256: str) -> PhotoDigest | None:
    """What is known of a photo that was sent before, where its files are as they were put."""
    for digest in store.media.digests_of([sha256]):
        look, faults = look_at(files, digest)
        return None if faults else look
    return None


def _put(files: PhotoFiles, photo: Photo) -> PhotoDigest:
    files.put(photo.sha256, PhotoSize.THUMB, photo.thumb)
    files.put(photo.sha256, PhotoSize.LARGE, photo.large)
    return digest_of(photo.sha256, photo.thumb, photo.large)


def _upload(photo: Photo, upload_id: UUID, device_id: UUID, size: int, now: datetime) -> Upload:
    return Upload(
        upload_id=upload_id,
        device_id=device_id,
        sha256=photo.sha256,
        perceptual_hash=photo.picture_hash,
        media_type=photo.format,
        width=photo.width,
        height=photo.height,
        byte_count=size,
        uploaded_at=now,
        stored_bytes=len(photo.thumb) + len(photo.large),
    )


@retried
def _keep(store: Store, upload: Upload, digest: PhotoDigest) -> Upload:
    with store.transaction() as tx:
        require_consent(tx, upload.device_id)
        require_standing(tx, upload.device_id, upload.uploaded_at)
        earlier = tx.occurrences.upload(upload.upload_id)
        if earlier is None:
            tx.occurrences.add_upload(upload)
        elif earlier.device_id != upload.device_id:
            is_shown = not tx.occurrences.unused_uploads(earlier.upload_id)
            if is_shown or earlier.sha256 != upload.sha256:
                raise Refused("record.id_taken", "photos")
            tx.occurrences.remove_uploads([earlier.upload_id])
            tx.occurrences.add_upload(upload)
            earlier = None
        tx.media.put_digests([digest], day_of(upload.uploaded_at))
    return earlier or upload
