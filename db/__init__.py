"""Storage. `open_store(url)` is the only way in; see `db/opening.py`."""

from db.opening import open_store

__all__ = ["open_store"]
