"""Photo files in a bucket of any S3-compatible store: `s3://bucket/prefix`.

The keys are those of a folder of photos (`db/photos.py`), so that `aws s3 sync` or a file manager
moves them either way. Endpoint, region and credentials are read where every S3 tool reads them:
`AWS_ENDPOINT_URL`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, or the machine's
role. A key is written whole or not at all, so nothing half written is ever left to remove.
"""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from db.photo_names import ASIDE, OWNER, aside_of, file_of, named_by
from observations.base.errors import StorageError
from observations.media.hashing import is_sha256
from observations.media.store import PhotoSize

CONNECT, REQUEST, QUICK = (timedelta(seconds=seconds) for seconds in (3, 20, 2))
RETRIES = 3
GIVE_UP = timedelta(seconds=15)


class BucketOfPhotos:
    """`PhotoFiles` over the keys below a prefix of a bucket, which must exist."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._bucket = self._client(REQUEST, RETRIES)
        self._glance = self._client(QUICK, 0)

    def __str__(self) -> str:
        return self._url

    def put(self, sha256: str, size: PhotoSize, data: bytes) -> None:
        """Store one file; the store answers once it is kept."""
        if not is_sha256(sha256):
            raise ValueError("a photo is named by its SHA-256")
        with self._wrapped():
            obstore.put(self._bucket, file_of(sha256, size), data)

    def get(self, sha256: str, size: PhotoSize) -> bytes | None:
        """The file's bytes; None where it does not exist."""
        return self._read(file_of(sha256, size)) if is_sha256(sha256) else None

    def exists(self, sha256: str, size: PhotoSize) -> bool:
        """Whether the file exists."""
        return is_sha256(sha256) and self._written(file_of(sha256, size)) is not None

    def delete(self, sha256: str) -> None:
        """Delete both sizes, those set aside too; nothing happens where there are none."""
        if not is_sha256(sha256):
            return
        days = self._days_aside()
        with self._wrapped():
            for size in PhotoSize:
                places = [aside_of(day, sha256, size) for day in days]
                obstore.delete(self._bucket, [file_of(sha256, size), *places])

    def is_away(self) -> bool:
        """Whether the bucket does not answer within two seconds."""
        try:
            obstore.head(self._glance, OWNER)
        except FileNotFoundError:
            return False
        except (BaseError, OSError):
            return True
        return False

    def owner(self) -> UUID | None:
        """The id of the store that the photos belong to; None before it is known."""
        text = self._read(OWNER)
        try:
            return None if text is None else UUID(text.decode("ascii").strip())
        except ValueError as error:
            raise StorageError(f"{self}/{OWNER} is damaged: no id stands in it") from error

    def belong_to(self, store_id: UUID) -> None:
        """Write the id of the store that the photos belong to."""
        with self._wrapped():
            obstore.put(self._bucket, OWNER, f"{store_id}\n".encode())

    def set_aside(self, sha256: str, day: date) -> int:
        """Move both sizes below that day, where nothing is served; gives their number."""
        return sum(
            self._move(file_of(sha256, size), aside_of(day, sha256, size)) for size in PhotoSize
        )

    def photos_aside(self) -> Iterator[tuple[str, date]]:
        """Every photo that was set aside, with the day."""
        for day in self._days_aside():
            names = filter(None, map(named_by, self._keys(f"{ASIDE}/{day}")))
            yield from ((sha256, day) for sha256 in sorted({sha256 for sha256, _size in names}))

    def take_back(self, sha256: str) -> int:
        """Move sizes that were set aside, the latest first, back where they are missing."""
        days = sorted(self._days_aside(), reverse=True)
        missing = [size for size in PhotoSize if not self.exists(sha256, size)]
        return sum(
            any(self._move(aside_of(day, sha256, size), file_of(sha256, size)) for day in days)
            for size in missing
        )

    def empty_aside(self, before: date) -> int:
        """Delete what was set aside before that day; gives the number of files."""
        days = [day for day in self._days_aside() if day < before]
        keys = [key for day in days for key in self._keys(f"{ASIDE}/{day}")]
        with self._wrapped():
            obstore.delete(self._bucket, keys)
        return len(keys)

    def names(self) -> Iterator[tuple[str, PhotoSize]]:
        """Every stored file, in no particular order: (SHA-256, size)."""
        for key in self._keys():
            name = None if key.startswith(f"{ASIDE}/") else named_by(key)
            if name:
                yield name

    def written_at(self, sha256: str) -> datetime | None:
        """When a photo's files were last put (aware); None where there are none."""
        if not is_sha256(sha256):
            return None
        times = [self._written(file_of(sha256, size)) for size in PhotoSize]
        return max((time for time in times if time), default=None)

    def remove_half_written(self, before: datetime) -> int:
        """Nothing: a key is there whole or not at all."""
        return 0

    def _client(self, timeout: timedelta, retries: int) -> S3Store:
        with self._wrapped():
            return S3Store.from_url(
                self._url,
                config={"checksum_algorithm": "SHA256"},  # the store refuses what arrives damaged
                client_options={
                    "connect_timeout": min(timeout, CONNECT),
                    "timeout": timeout,
                    "allow_http": True,  # an operator's own store may lie on a closed network
                },
                retry_config={"max_retries": retries, "retry_timeout": GIVE_UP},
            )

    def _read(self, key: str) -> bytes | None:
        with self._wrapped():
            try:
                return bytes(obstore.get(self._bucket, key).bytes())
            except FileNotFoundError:
                return None

    def _written(self, key: str) -> datetime | None:
        with self._wrapped():
            try:
                return obstore.head(self._bucket, key)["last_modified"]
            except FileNotFoundError:
                return None

    def _move(self, key: str, place: str) -> bool:
        with self._wrapped():
            try:
                obstore.rename(self._bucket, key, place)
            except FileNotFoundError:
                return False
        return True

    def _keys(self, prefix: str | None = None) -> Iterator[str]:
        with self._wrapped():
            for some in obstore.list(self._bucket, prefix):
                yield from (each["path"] for each in some)

    def _days_aside(self) -> list[date]:
        with self._wrapped():
            folders = obstore.list_with_delimiter(self._bucket, ASIDE)["common_prefixes"]
        days = []
        for folder in folders:
            with contextlib.suppress(ValueError):
                days.append(date.fromisoformat(folder.rpartition("/")[2]))
        return sorted(days)

    @contextlib.contextmanager
    def _wrapped(self) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError) as error:
            said = str(error).partition("\n")[0]  # the lines after it describe the client
            raise StorageError(f"photo files in {self}: {said}") from error
