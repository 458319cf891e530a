"""The socket at which a running server listens for commands.

It lies in LUJI_HOME. A Unix socket's path has at most 107 bytes, and a data folder's may be longer,
so the socket is addressed through a descriptor of the folder.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "command.sock"


@contextmanager
def short_path(home: Path) -> Iterator[str]:
    """A short path of the socket in `home`, valid inside the block."""
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)
