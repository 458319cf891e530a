"""Reading the bytes of a database file that DuckDB has open in this process.

DuckDB keeps other processes away by a POSIX lock, and such a lock ends as soon as the process
closes any descriptor of the file. Descriptors made here stay open for as long as their file is the
one at its path.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class _Descriptor:
    number: int
    users: int = 0
    is_replaced: bool = False


_current: dict[Path, _Descriptor] = {}
_changing = threading.Lock()


@contextmanager
def descriptor_of(path: Path) -> Iterator[int]:
    """A descriptor to read the file with, also from several threads. Raises `OSError`."""
    with _changing:
        descriptor = _current_descriptor(path)
        descriptor.users += 1
    try:
        yield descriptor.number
    finally:
        with _changing:
            descriptor.users -= 1
            _close_if_unused(descriptor)


def let_go(path: Path) -> None:
    """Close what was opened of the file; for when DuckDB has closed it."""
    with _changing:
        _replace(path)


def _current_descriptor(path: Path) -> _Descriptor:
    descriptor = _current.get(path)
    if descriptor and os.path.samestat(os.fstat(descriptor.number), path.stat()):
        return descriptor
    number = os.open(path, os.O_RDONLY)
    _replace(path)
    _current[path] = _Descriptor(number)
    return _current[path]


def _replace(path: Path) -> None:
    if descriptor := _current.pop(path, None):
        descriptor.is_replaced = True
        _close_if_unused(descriptor)


def _close_if_unused(descriptor: _Descriptor) -> None:
    if descriptor.is_replaced and not descriptor.users:
        os.close(descriptor.number)
