"""The files the browser is served, and the addresses under which it may keep them for good."""

import hashlib
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@cache
def asset_url(name: str) -> str:
    """The address of `assets/<name>`; it changes with the file, so it may be cached for ever."""
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:10]
    return f"/assets/{name}?v={digest}"
