"""The process that opens photos from outside: `python -m observations.media.worker`.

It holds no store, no secret and no network connection, and its memory and time are limited; where a
photo crashes it, a new one is started. It reads the path of a file, one a line, and answers a line
of JSON with the megabytes it needs. When the parent has answered `go`, it decodes, and answers a
second line with the photo or the refusal, followed by the two WebP files.
"""

import ctypes
import gc
import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import pillow_heif

from observations.base.errors import Refused
from observations.media.decoding import Photo, decode_file

MEGABYTE = 2**20
HEADER_MEGABYTES = 64  # for reading headers, which for a HEIC is the whole file
SLACK_MEGABYTES = 40  # an earlier photo leaves some memory in use, and threads have stacks
CPU_SECONDS = 25  # a photo at the limits needs 2
LEFT_MEGABYTES = 32  # memory that may stay in use after a photo; above it a new process starts
GO = b"go\n"


def main(orders: BinaryIO, answers: BinaryIO) -> None:
    """Decode photos until the parent closes the pipe."""
    for number in (signal.SIGTERM, signal.SIGINT):  # they go to the server's whole group, which
        signal.signal(number, signal.SIG_IGN)  # finishes what it has begun and then closes the pipe
    os.nice(3)  # pages have precedence over photos
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
    """The bytes of this process's data, as RLIMIT_DATA counts them (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmData"))
    return int(kilobytes.split()[1]) * 1024


def _limit_memory(floor: int, megabytes: float | None) -> None:
    """Limit memory to `megabytes` above `floor`, which an idle worker uses; None: no limit."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    limit = hard if megabytes is None else floor + int(megabytes * MEGABYTE)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _limit_time() -> None:
    """Let the kernel kill the process where one photo takes too much CPU time."""
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU_SECONDS, hard))


def _left_behind(floor: int) -> bool:
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return _data_bytes() - floor > LEFT_MEGABYTES * MEGABYTE


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
