"""A small disk of a test's own, which can be full."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.layers import NO_DISK

SBIN = "/usr/sbin:/sbin:/usr/bin:/bin"


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of so many megabytes at `folder`; skips the test where none may be made."""
    folder.mkdir(exist_ok=True)
    options = f"size={megabytes}m"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip(NO_DISK)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def failing_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of a test's own at `folder` that `make_read_only` can fail; skips as above."""
    folder.mkdir(exist_ok=True)
    image = folder.with_suffix(".img")
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    steps = (["mkfs.ext4", "-q", str(image)], ["mount", "-o", "loop", str(image), str(folder)])
    if not all(shutil.which(step[0], path=SBIN) for step in steps) or any(
        subprocess.run(
            [shutil.which(step[0], path=SBIN), *step[1:]], capture_output=True
        ).returncode
        for step in steps
    ):
        pytest.skip(NO_DISK)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        image.unlink()


def make_read_only(folder: Path) -> None:
    """What Linux itself does when a disk fails: no file can be written, open ones neither."""
    subprocess.run(["mount", "-o", "remount,abort", str(folder)], check=True)


def fill_disk(folder: Path) -> Path:
    """Write a file until nothing more fits."""
    path = folder / "ballast"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (1 << 20, 1 << 12):
            while True:
                try:
                    os.write(descriptor, b"\0" * size)
                except OSError:
                    break
    finally:
        os.close(descriptor)
    return path
