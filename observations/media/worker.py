"""The process that opens strangers' photos: `python -m observations.media.worker`.

It holds nothing worth stealing (no store, no secret, no network of ours), takes no more memory and
time than it was granted, and when a photo breaks it, a new one is started. It reads the path of a
file, a line each; answers a line of JSON, first how many megabytes it needs, then, when the parent
has said `go`, what became of the photo, followed by its two WebP files.
"""

import ctypes
import gc
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import pillow_heif

from observations.base.errors import Refused
from observations.media.decoding import Photo, decode_file

MEGABYTE = 2**20
HEADER_MEGABYTES = 64  # for reading headers, the whole of a HEIC among them
SLACK_MEGABYTES = 40  # an earlier photo leaves some behind, and threads have their stacks
CPU_SECONDS = 25  # a photo at the limits takes 2
LEFT_MEGABYTES = 32  # what may stay behind after a photo; above it, a fresh process is cheaper
GO = b"go\n"


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Work until the parent closes the pipe."""
    os.nice(3)  # the pages come first
    pillow_heif.options.DECODE_THREADS = 1
    floor = _data_bytes()
    for line in orders:
        _limit_time()
        _limit_memory(floor, HEADER_MEGABYTES)
        answer, parts = _answer(Path(os.fsdecode(line.rstrip(b"\n"))), floor, orders, answers)
        _limit_memory(floor, None)
        _say(answers, answer, *parts)
        del parts
        if _left_behind(floor):
            return


def _answer(
    path: Path, floor: int, orders: BinaryIO, answers: BinaryIO
) -> tuple[dict[str, object], tuple[bytes, ...]]:
    def allow(megabytes: float) -> None:
        _say(answers, {"needs": megabytes})
        if orders.readline() != GO:
            raise SystemExit
        _limit_memory(floor, megabytes + SLACK_MEGABYTES)

    try:
        with path.open("rb") as file:
            photo = decode_file(file, allow)
    except Refused as refused:
        return {"refused": refused.code, "values": refused.values}, ()
    except MemoryError:
        return {"refused": "photo.undecodable", "values": {}}, ()
    return _described(photo), (photo.thumb, photo.large)


def _described(photo: Photo) -> dict[str, object]:
    fields = asdict(photo) | {"thumb": len(photo.thumb), "large": len(photo.large)}
    taken = photo.exif.taken_at
    fields["exif"]["taken_at"] = taken.isoformat() if taken else None
    return {"photo": fields}


def _say(answers: BinaryIO, answer: dict[str, object], *parts: bytes) -> None:
    answers.write(json.dumps(answer).encode() + b"\n")
    for part in parts:
        answers.write(part)
    answers.flush()


def _data_bytes() -> int:
    """Bytes of memory of our own, as RLIMIT_DATA counts them (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmData"))
    return int(kilobytes.split()[1]) * 1024


def _limit_memory(floor: int, megabytes: float | None) -> None:
    """Take no more than so much above what an idle worker takes; None: what there is."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    limit = hard if megabytes is None else floor + int(megabytes * MEGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _limit_time() -> None:
    """Let the kernel end us when one photo keeps us busy for too long."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU_SECONDS, hard))


def _left_behind(floor: int) -> bool:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return _data_bytes() - floor > LEFT_MEGABYTES * MEGABYTE


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
