"""Files that staff send to Streamlit's own upload route: by whom, how much, and for how long.

Streamlit takes a file from anybody with a session, keeps it in memory, and frees it an hour after
the page was left. Here a page that asks for a file says so, and only that page's browser, signed in
as it was then, may send one.
"""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from observations.base.errors import Refused

LARGEST_MB = 64  # as server.maxUploadSize of .streamlit/config.toml
LARGEST_BYTES = LARGEST_MB * 2**20
OF_A_SESSION = 2 * LARGEST_BYTES  # the file that is there, and the one that replaces it
OF_ALL = 8 * LARGEST_BYTES
GRACE_S = 120.0  # of a page whose connection is gone: it may find it again


@dataclass
class Desk:
    """A session's page that asks for files: `owner` is the sign-in that it was opened with."""

    page: str
    owner: str
    left_at: float | None = None


class DeskFiles:
    """The pages that ask for files, and the room for these."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._desks: dict[str, Desk] = {}
        self._coming: dict[str, int] = {}
        self._lock = threading.Lock()

    def ask(self, session_id: str, page: str, owner: str) -> None:
        """The page of this session asks its visitor for a file."""
        with self._lock:
            self._desks[session_id] = Desk(page, owner)

    def turn(self, session_id: str, page: str) -> None:
        """The session shows `page` now; if that is another one it asks for nothing yet."""
        with self._lock:
            desk = self._desks.get(session_id)
            if desk is None or desk.page == page:
                return
            del self._desks[session_id]
        self._free([session_id])

    def require(self, session_id: str, owner: str) -> None:
        """Raise `Refused("role.may_not")` unless this sign-in has a page that asks for a file."""
        with self._lock:
            desk = self._desks.get(session_id)
        if desk is None or desk.owner != owner:
            raise Refused("role.may_not")

    @contextmanager
    def room(self, session_id: str, size: int) -> Iterator[None]:
        """Room for `size` bytes while they come.

        Raises `Refused("limit.too_many")` where a session, or all together, would have too much.
        Pages that were left give their room up.
        """
        with self._lock:
            sizes = self._sizes()
            if sum(sizes.values()) + size > OF_ALL:
                self._free(session for session in sizes if not self._is_open(session))
                sizes = self._sizes()
            if (
                sizes.get(session_id, 0) + size > OF_A_SESSION
                or sum(sizes.values()) + size > OF_ALL
            ):
                raise Refused("limit.too_many")
            self._coming[session_id] = self._coming.get(session_id, 0) + size
        try:
            yield
        finally:
            with self._lock:
                self._coming[session_id] -= size
                if not self._coming[session_id]:
                    del self._coming[session_id]

    def sign_out(self, owner: str) -> None:
        """Free all that this sign-in has sent."""
        with self._lock:
            theirs = [session for session, desk in self._desks.items() if desk.owner == owner]
            for session in theirs:
                del self._desks[session]
        self._free(theirs)

    def free_left(self) -> None:
        """Free what pages have that were left `GRACE_S` ago; called every minute."""
        now = self._clock()
        with self._lock:
            for session, desk in self._desks.items():
                desk.left_at = None if self._is_open(session) else desk.left_at or now
            gone = [
                session
                for session, desk in self._desks.items()
                if desk.left_at is not None and now - desk.left_at >= GRACE_S
            ]
            for session in gone:
                del self._desks[session]
        self._free(gone)

    def _sizes(self) -> dict[str, int]:
        """Bytes by session: those in memory and those that are coming."""
        sizes = dict(self._coming)
        files = _files()
        for session, sent in list(files.file_storage.items()) if files else []:
            sizes[session] = sizes.get(session, 0) + sum(
                len(one.data) for one in list(sent.values())
            )
        return sizes

    def _is_open(self, session_id: str) -> bool:
        return runtime.exists() and runtime.get_instance().is_active_session(session_id)

    def _free(self, sessions: Iterable[str]) -> None:
        files = _files()
        for session in sessions:
            if files:
                files.remove_session_files(session)


def _files() -> MemoryUploadedFileManager | None:
    if not runtime.exists():
        return None
    files = runtime.get_instance().uploaded_file_mgr
    return files if isinstance(files, MemoryUploadedFileManager) else None


desk_files = DeskFiles()
