"""Where a running server listens for commands.

The socket lies in LUJI_HOME. A Unix socket's name ends at 107 bytes, and a data folder may lie
deeper than that, so it is named through a descriptor of the folder: always short.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "command.sock"


@contextmanager
def short_path(home: Path) -> Iterator[str]:
    """A short name of the socket in `home`, good inside the block."""
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{NAME}"
    finally:
        os.close(folder)
