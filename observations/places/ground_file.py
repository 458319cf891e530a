"""The ground under every map: one MBTiles file of vector tiles, compressed as they are sent.

What ships lies in `assets/ground/`; the operator's own, which `import-ground` writes, lies in
`LUJI_HOME/ground/` and takes its place. MBTiles is a SQLite file, so Python's own SQLite reads it.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).parents[2] / "assets" / "ground" / "hangzhou.mbtiles"
IMPORTED = Path("ground") / "ground.mbtiles"  # in LUJI_HOME
Tile = tuple[int, int, int, bytes]  # zoom, x, y from the north (Web Mercator), gzip
TABLES = """
create table metadata (name text primary key, value text) without rowid;
create table images (tile_id text primary key, tile_data blob) without rowid;
create table map (
    zoom_level integer, tile_column integer, tile_row integer, tile_id text,
    primary key (zoom_level, tile_column, tile_row)
) without rowid;
create view tiles as
    select zoom_level, tile_column, tile_row, tile_data from map join images using (tile_id);
"""


class GroundFile:
    """One file of tiles, open for reading; threads take turns."""

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self.metadata: dict[str, str] = dict(self._ask("select name, value from metadata"))

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        """A tile's bytes, compressed by gzip; None where the file has none."""
        question = (
            "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?"
        )
        if not 0 <= zoom <= self.deepest:
            return None
        rows = self._ask(question, zoom, x, _from_the_south(zoom, y))
        return bytes(rows[0][0]) if rows else None

    @property
    def version(self) -> str:
        """A text that changes with the tiles."""
        return self.metadata["version"]

    @property
    def deepest(self) -> int:
        """The nearest zoom that has tiles of its own."""
        return int(self.metadata["maxzoom"])

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _ask(self, question: str, *values: int) -> list[Any]:
        with self._lock:
            return self._connection.execute(question, values).fetchall()


def current(home: Path) -> GroundFile:
    """The ground to show: the operator's where there is a readable one, else what ships."""
    own = home / IMPORTED
    try:
        changed = own.stat().st_mtime_ns
    except OSError:
        return _opened(SHIPPED, 0)
    try:
        return _opened(own, changed)
    except (sqlite3.Error, KeyError):
        return _opened(SHIPPED, 0)


@lru_cache(maxsize=4)
def _opened(path: Path, changed: int) -> GroundFile:
    """The file at `path`, opened anew when it has changed."""
    file = GroundFile(path)
    if file.metadata["format"] != "pbf" or file.deepest < 1 or not file.version:
        raise KeyError("format")
    return file


def write(path: Path, tiles: Iterable[Tile], metadata: dict[str, str]) -> int:
    """Write a file whole or not at all; gives the number of tiles.

    The same tiles in the same order give the same bytes. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        with connection:
            count = _fill(connection, tiles, metadata)
        connection.execute("vacuum")
    finally:
        connection.close()
    unfinished.replace(path)
    return count


def _fill(connection: sqlite3.Connection, tiles: Iterable[Tile], metadata: dict[str, str]) -> int:
    connection.executescript(TABLES)
    whole, count = hashlib.sha256(), 0
    for zoom, x, y, data in tiles:
        count += 1
        name = hashlib.sha256(data).hexdigest()[:24]
        whole.update(f"{zoom}/{x}/{y} {name}\n".encode())
        connection.execute("insert or ignore into images values (?, ?)", (name, data))
        place = (zoom, x, _from_the_south(zoom, y), name)
        connection.execute("insert into map values (?, ?, ?, ?)", place)
    written = {**metadata, "format": "pbf", "version": whole.hexdigest()[:12]}
    connection.executemany("insert into metadata values (?, ?)", sorted(written.items()))
    return count


def described(names: dict[str, str], layers: Iterable[str]) -> dict[str, str]:
    """The metadata of a file, with the list of layers that MBTiles asks for."""
    listed = [{"id": layer, "fields": {}} for layer in layers]
    return {**names, "json": json.dumps({"vector_layers": listed})}


def _from_the_south(zoom: int, y: int) -> int:
    """MBTiles counts rows from the south."""
    return int(2**zoom - 1 - y)
