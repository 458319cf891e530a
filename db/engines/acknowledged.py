"""How far acknowledged writes reached, kept outside the database.

What is missing at the next start is noticed by it: DuckDB skips a log whose beginning it cannot
read, and replays one that was cut.

Beside `luji.duckdb` lies `luji.duckdb.written`, one line: the number of the last checkpoint, the
bytes of the log, how many writes were acknowledged ever and since the log began, the log's first
bytes. It is written after each commit and before its answer; a line that is older than the files,
as after a power cut, says less and nothing untrue.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from db.engines.blocks import header_of
from db.engines.database_file import let_go
from db.whole_files import write_whole
from observations.base.errors import StorageError

HEAD_BYTES = 64
WIDTH = 20


@dataclass(frozen=True)
class Reach:
    """How far the acknowledged writes reached: see the module."""

    checkpoint: int = 0
    log_bytes: int = 0
    writes: int = 0
    in_log: int = 0
    log_head: str = ""

    def __str__(self) -> str:
        numbers = (self.checkpoint, self.log_bytes, self.writes, self.in_log)
        head = self.log_head.ljust(2 * HEAD_BYTES)
        return " ".join([*(f"{number:{WIDTH}d}" for number in numbers), head]) + "\n"


class Acknowledged:
    """The line beside one database file. The caller holds the writer's turn."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = path.with_name(path.name + ".wal")
        self._line = path.with_name(path.name + ".written")
        self._told = path.with_name(path.name + ".lost")
        self._file = -1
        self._reach = self._read()

    def compare(self) -> str | None:
        """What was acknowledged and is not there, as a sentence for the operator; else None.

        Call it before the file is opened. The sentence is written down until a person removes it.
        Raises `StorageError` where the file itself is missing.
        """
        if not self._path.exists():
            if self._log_bytes() or self._reach.writes:
                raise StorageError(self._missing())
            return None
        if words := self._difference():
            self._tell(words)
        return words

    def differences(self) -> list[str]:
        """What was lost before and no person has seen to, and what the files lack now."""
        with suppress(FileNotFoundError):
            return self._told.read_text("utf-8").splitlines()
        words = self._difference()
        return [words] if words else []

    def begin(self) -> None:
        """The file was opened, checkpointed or replaced: what it holds now is what counts."""
        with suppress(OSError):
            size = self._log_bytes()
            self._reach = self._begun(size, self._reach.in_log if size else 0)
            self._write()
            os.fsync(self._file)

    def add(self) -> None:
        """One more write was committed. Costs 10 microseconds, and never fails the write."""
        with suppress(OSError):
            size, before = self._log_bytes(), self._reach
            if before.log_bytes and size >= before.log_bytes:
                self._reach = replace(before, log_bytes=size, in_log=before.in_log + 1)
            else:
                self._reach = self._begun(size, min(size, 1))
            self._reach = replace(self._reach, writes=before.writes + 1)
            self._write()

    def _begun(self, size: int, in_log: int) -> Reach:
        """With a log of so many bytes that has just begun, or was just looked at."""
        header = header_of(self._path)
        checkpoint = header.iteration if header else 0
        return Reach(checkpoint, size, self._reach.writes, in_log, self._head())

    def close(self) -> None:
        """Let go of the line's file and of the database's; for when DuckDB has closed it."""
        let_go(self._path)
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _difference(self) -> str | None:
        reach, header = self._reach, header_of(self._path)
        if header is None or header.iteration > reach.checkpoint or not reach.writes:
            return None  # DuckDB refuses such a file; what the log held then is in the file
        if header.iteration < reach.checkpoint:
            return (
                f"{self._path} is older than what was acknowledged: checkpoint {reach.checkpoint} "
                f"was written, the file has {header.iteration}; an older copy lies in its place"
            )
        if self._log_bytes() >= reach.log_bytes and self._head().startswith(reach.log_head):
            return None
        return (
            f"up to {reach.in_log} acknowledged writes are missing from {self._path}: its log was "
            f"damaged, cut or removed"
        )

    def _tell(self, words: str) -> None:
        """Keep the words, and the log as it is: DuckDB writes over it.

        A full disk keeps nobody from starting.
        """
        moment = datetime.now(UTC)
        with suppress(OSError):
            if self._log_bytes():
                copy = self._path.with_name(f"{self._log.name}.{moment:%Y%m%dT%H%M%SZ}")
                write_whole(copy, self._log.read_bytes())
                words += f"; the log as it was: {copy}"
            words = f"{moment:%Y-%m-%d %H:%M} UTC: {words}; once seen to, remove {self._told}\n"
            before = self._told.read_text("utf-8") if self._told.exists() else ""
            write_whole(self._told, (before + words).encode())

    def _missing(self) -> str:
        return (
            f"{self._path} is missing, but {self._log.name} or {self._line.name} is there: "
            f"{self._reach.writes} writes were acknowledged. Look where the file is, or restore a "
            f"backup; to begin anew, move both away"
        )

    def _log_bytes(self) -> int:
        try:
            return self._log.stat().st_size
        except FileNotFoundError:
            return 0

    def _head(self) -> str:
        try:
            with self._log.open("rb") as file:
                return file.read(HEAD_BYTES).hex()
        except FileNotFoundError:
            return ""

    def _read(self) -> Reach:
        try:
            numbers = self._line.read_text("ascii").split()
            checkpoint, log_bytes, writes, in_log = (int(number) for number in numbers[:4])
            return Reach(checkpoint, log_bytes, writes, in_log, "".join(numbers[4:]))
        except (FileNotFoundError, ValueError, TypeError):
            return Reach()

    def _write(self) -> None:
        if self._file < 0:
            self._file = os.open(self._line, os.O_RDWR | os.O_CREAT, 0o600)
        os.pwrite(self._file, str(self._reach).encode(), 0)
