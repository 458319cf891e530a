"""A folder in memory, where there is room, so that files of tests do not wait for the disk."""

import os
import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3  # several times what a run stores there at once


def memory_folder() -> Path | None:
    """Linux's folder of shared memory; None where it is absent, not writable or too small."""
    if not SHARED_MEMORY.is_dir() or not os.access(SHARED_MEMORY, os.W_OK):
        return None
    is_roomy = min(shutil.disk_usage(SHARED_MEMORY).free, _available()) >= ROOM
    return SHARED_MEMORY if is_roomy else None


def _available() -> int:
    """Bytes of memory available before the machine swaps; 0 where that is unknown."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 0
    sizes = {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines)}
    return int(sizes.get("MemAvailable", "0")) * 1024
