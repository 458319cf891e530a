"""The files the browser is served, and the addresses under which it may keep them for good."""

import hashlib
import re
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"


PRIVATE = ("translations",)
TYPES_ONLY = ".d.ts"  # types for checking our scripts; no script imports them
RELEASE = re.compile(r"~([0-9a-f]{10})/")


@cache
def asset_url(name: str) -> str:
    """The address of `assets/<name>`; it changes with the file, so it may be cached for ever.

    A script's changes with any served file: it imports others by their names alone, which its
    own address then makes whole, so that all of them are asked for once a release.
    """
    if name.endswith(".js"):
        return f"/assets/~{release()}/{name}"
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()[:10]
    return f"/assets/{name}?v={digest}"


@cache
def release() -> str:
    """The digest of all files that are served."""
    files = sorted(path for path in ASSETS.rglob("*") if path.is_file())
    names = [path.relative_to(ASSETS).as_posix() for path in files]
    whole = hashlib.sha256()
    for name in names:
        if not is_private(name):
            whole.update(
                f"{name}\0".encode() + hashlib.sha256((ASSETS / name).read_bytes()).digest()
            )
    return whole.hexdigest()[:10]


def is_private(name: str) -> bool:
    """Whether `name`, relative to `assets/`, is not served."""
    return name.lstrip("/").split("/")[0] in PRIVATE or name.endswith(TYPES_ONLY)


def without_release(name: str) -> tuple[str, bool]:
    """A name relative to `assets/` without its release, and whether that is the present one.

    A page that was opened before an update asks by the release before it.
    """
    match = RELEASE.match(name)
    return (name[match.end() :], match[1] == release()) if match else (name, False)
