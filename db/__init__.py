"""Storage. `open_store(url)` is its only entry; see `db/opening.py`."""

from db.opening import open_store

__all__ = ["open_store"]
