"""The machine's memory: a folder in it for the files of tests, and what processes take of it."""

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


def tree_megabytes(process_id: int) -> float:
    """Megabytes of a process and all its descendants; shared pages count once."""
    kilobytes, waiting = 0, [process_id]
    while waiting:
        one = waiting.pop()
        try:
            kilobytes += _pss(one)
            children = Path(f"/proc/{one}/task").glob("*/children")
            waiting += [int(child) for file in children for child in file.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return kilobytes / 1024


def _pss(process_id: int) -> int:
    rolled = Path(f"/proc/{process_id}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rolled.splitlines() if line.startswith("Pss:"))
