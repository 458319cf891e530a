"""A real PostgreSQL server for the tests: in a temporary folder, as a user who is not root."""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.support import provision
from tests.support.memory import memory_folder
from tests.support.ports import free_port
from tests.support.waits import eventually

PATIENCE_S = 60
# nothing here outlives the run, so no write waits for the disk
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class PostgreSQL:
    """One server; `database_url` makes a database, from a template when one is given."""

    def __init__(self, *, durable: bool = False, follows: "PostgreSQL | None" = None) -> None:
        """Start it and wait until it answers. `durable` keeps fsync on, for measurements.

        One that `follows` another is its standby: each write is in both before it is answered.

        Raises `RuntimeError` with the server's log where it does not start.
        """
        folder = provision.find_postgres()
        if folder is None:
            raise RuntimeError("no PostgreSQL server found; run: python -m tests.support.provision")
        self._programs = Path(folder)
        # not below a folder of root's, which the server's user cannot enter
        parent = Path("/tmp") if durable else (memory_folder() or Path("/tmp"))
        self._folder = Path(tempfile.mkdtemp(prefix="luji-pg-", dir=parent))
        self._port = free_port()
        self._counter = 0
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self.stop)
        self._start(durable, follows)
        if follows:
            follows.require_a_standby()

    def database_url(self, template: str | None = None) -> str:
        """URL of a new database, empty or a copy of `template` (the name of a database)."""
        self._counter += 1
        name = f"luji_{self._counter}"
        with self._admin() as admin:
            copied = f" template {template}" if template else ""
            # as files instead of through the log: half the time; older servers do so anyway
            how = " strategy file_copy" if template and admin.info.server_version >= 150000 else ""
            admin.execute(f"create database {name}{copied}{how}")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Drop the database of that URL, also while others are connected."""
        with self._admin() as admin:
            admin.execute(f"drop database if exists {name_of(url)} with (force)")

    def stop(self) -> None:
        """Stop the server and remove its folder; may be repeated."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # SIGTERM would wait for connected clients
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, durable: bool, follows: "PostgreSQL | None") -> None:
        user = _unprivileged()
        if user:
            os.chown(self._folder, user["user"], user["group"])
        data = self._folder / "data"
        if follows:
            name, options = "pg_basebackup", ["-d", follows._url("postgres"), "-R", "-c", "fast"]
        else:
            name, options = "initdb", ["-U", "luji", "-A", "trust", "--locale=C", "--encoding=UTF8"]
        subprocess.run(
            [str(self._programs / name), "-D", str(data), "--no-sync", *options],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            **user,
        )
        self._is_durable = durable
        self.resume()

    def require_a_standby(self) -> None:
        """Answer no write from now on before a standby has it on its disk too."""
        with self._admin() as admin:
            admin.execute("alter system set synchronous_standby_names = '*'")
            admin.execute("select pg_reload_conf()")
            asked = "select 1 from pg_stat_replication where sync_state = 'sync'"
            eventually(lambda: admin.execute(asked).fetchone())

    def promote(self) -> None:
        """Make a standby the server that takes writes."""
        with self._admin() as admin:
            admin.execute("select pg_promote()")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    @property
    def address(self) -> str:
        """Its host and port."""
        return f"127.0.0.1:{self._port}"

    def pause(self) -> None:
        """Stop the server as an operator would, also while others are connected; data stays."""
        assert self._process is not None
        self._process.send_signal(signal.SIGINT)
        self._process.wait()

    def resume(self) -> None:
        """Start it on its data and port, and wait until it answers."""
        user, data = _unprivileged(), self._folder / "data"
        settings = () if self._is_durable else SETTINGS
        options = [part for setting in settings for part in ("-c", setting)]
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(data), "-k", str(self._folder)]
                + ["-h", "127.0.0.1", "-p", str(self._port), *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **user,
            )
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                self._admin().close()
                return
            except psycopg.OperationalError as error:
                assert self._process is not None
                if self._process.poll() is not None or time.monotonic() > deadline:
                    log = (self._folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"PostgreSQL did not start: {log[-2000:]}") from error
                time.sleep(0.05)

    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._url("postgres"), autocommit=True)

    def _url(self, database: str) -> str:
        return f"postgresql://luji@127.0.0.1:{self._port}/{database}"


def name_of(url: str) -> str:
    """The database's name in its URL."""
    return url.rpartition("/")[2]


def _unprivileged() -> dict[str, Any]:
    """How a child process gives up root, which PostgreSQL refuses; empty where we are not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
