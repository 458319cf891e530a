"""Where it is kept. `open_store(url)` is the only door; see `db/opening.py`."""

from db.opening import open_store

__all__ = ["open_store"]
