"""A folder in memory, where the machine has one with room: no file of a test waits for the disk."""

import os
import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # several times what a run has there at once


def memory_folder() -> Path | None:
    """Linux's folder of shared memory, or None where it is absent, closed to us or small."""
    if not SHARED_MEMORY.is_dir() or not os.access(SHARED_MEMORY, os.W_OK):
        return None
    is_roomy = min(shutil.disk_usage(SHARED_MEMORY).free, _available()) >= ROOM
    return SHARED_MEMORY if is_roomy else None


def _available() -> int:
    """Bytes of memory that processes can have before the machine swaps; 0 where it is unknown."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    sizes = {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines)}
    return int(sizes.get("MemAvailable", "0")) * 1024
