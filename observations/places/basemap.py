"""Tiles of a hosted basemap: fetched by us, kept on disk, never asked for by the browser.

So the key in the setting stays on the server. Host and path come from the setting alone, and only
three whole numbers within the city are filled in; redirects are not followed.
"""

import hashlib
import threading
import time
from dataclasses import dataclass, field
from math import asinh, floor, pi, radians, tan
from pathlib import Path

import requests

from observations.places.districts import CITY_BOX

TIMEOUT_S = (3, 6)  # for connecting, and for each read
DEADLINE_S = 10.0
LARGEST_BYTES = 1_000_000
AT_ONCE = 8  # fetches at once; where all are in use, a tile is answered as missing
DEEPEST = 18
KEEP_S = 30 * 24 * 3600
MOST_FILES = 20_000  # about 300 MB
AROUND = 2  # tiles shown beyond the city's box in a wide window
KINDS = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}


def kind_of(data: bytes) -> str | None:
    """The media type of a picture by its first bytes; None where it is not a picture."""
    return next((kind for start, kind in KINDS.items() if data.startswith(start)), None)


def is_near_the_city(zoom: int, x: int, y: int) -> bool:
    """Whether a tile of Web Mercator lies in the city or next to it."""
    if not 0 <= zoom <= DEEPEST:
        return False
    (west, north), (east, south) = (
        _tile(zoom, CITY_BOX.north, CITY_BOX.west),
        _tile(zoom, CITY_BOX.south, CITY_BOX.east),
    )
    return west - AROUND <= x <= east + AROUND and north - AROUND <= y <= south + AROUND


def _tile(zoom: int, latitude: float, longitude: float) -> tuple[int, int]:
    side = 2**zoom
    across = (longitude + 180) / 360 * side
    return floor(across), floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * side)


@dataclass
class Basemap:
    """One hosted basemap: its URL template with {z}, {x}, {y}, and the folder of its tiles."""

    template: str
    home: Path
    _slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(AT_ONCE))

    @property
    def folder(self) -> Path:
        """The folder of the tiles; each template has its own."""
        name = hashlib.sha256(self.template.encode()).hexdigest()[:16]
        return self.home / "basemap" / name

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """The picture, from disk or from the host; None where neither has it now."""
        if not is_near_the_city(zoom, x, y):
            return None
        path = self.folder / str(zoom) / str(x) / str(y)
        stored = _file_at(path)
        if stored is not None and time.time() - path.stat().st_mtime < KEEP_S:
            return stored
        fresh = self._fetched(zoom, x, y)
        if fresh is None:
            return stored  # an outdated tile is better than none
        self._keep(path, fresh)
        return fresh

    def _fetched(self, zoom: int, x: int, y: int) -> bytes | None:
        if not self._slots.acquire(blocking=False):
            return None
        try:
            return _get(self.template.format_map({"z": zoom, "x": x, "y": y}))
        except (requests.RequestException, KeyError, ValueError):
            return None
        finally:
            self._slots.release()

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f"{path.name}.{threading.get_ident()}")
            unfinished.write_bytes(data)
            unfinished.replace(path)
            if path.stat().st_ino % 500 == 0:  # about once in 500 tiles
                self._tidy()
        except OSError:
            return  # on a full disk the tile is shown without being stored

    def _tidy(self) -> None:
        """Delete the oldest tiles beyond `MOST_FILES`."""
        files = sorted(
            (file for file in self.folder.rglob("*") if file.is_file()),
            key=lambda file: file.stat().st_mtime,
        )
        for file in files[: max(0, len(files) - MOST_FILES)]:
            file.unlink(missing_ok=True)


def _file_at(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _get(url: str) -> bytes | None:
    """The picture at `url`; None where the host sends too much, too slowly, or something else."""
    began = time.monotonic()
    with requests.get(url, timeout=TIMEOUT_S, stream=True, allow_redirects=False) as answer:
        if answer.status_code != requests.codes.ok:
            return None
        data = bytearray()
        for part in answer.iter_content(64 * 1024):
            data += part
            if len(data) > LARGEST_BYTES or time.monotonic() - began > DEADLINE_S:
                return None
    return bytes(data) if kind_of(bytes(data[:8])) else None
