"""The app as a process of its own: started, killed the hard way, started again."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 90
FAILED = re.compile(r"page\.failed|^\w*(Error|Exception)\b|Uncaught app execution")


class Server:
    """`streamlit run app.py` as a process group on a free port, with a data folder of its own."""

    # Where all servers of a run keep the static files that one of them has compressed: the best
    # compression takes several seconds of a processor, again for every new data folder.
    compressed: Path | None = None

    def __init__(
        self,
        home: Path,
        *,
        app: Path = ROOT / "app.py",
        address: str = "localhost",
        moment: str | None = None,
        **environment: str,
    ) -> None:
        """`environment` changes what the server finds there: `LUJI_DEMO="1"`. Not started yet.

        It listens at `address`; at `::` on IPv4 and IPv6 at once. Its clock begins at `moment`
        (ISO 8601, with its offset), where one is given.
        """
        self.home = home
        self.port = free_port()
        self.log_file = home.with_name(home.name + ".log")
        self._app, self._address, self._moment = app, address, moment
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://localhost:{self.port}"

    @property
    def process_id(self) -> int:
        """The process that runs; raises `AssertionError` where none does."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> "Server":
        """Start it and wait until `/healthz` says 200. Raises `RuntimeError` with the log."""
        self.home.mkdir(parents=True, exist_ok=True)
        link = self.home / "precompressed"
        if self.compressed and not link.exists():
            link.symlink_to(self.compressed, target_is_directory=True)
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self._app.parent,
                env=self._whole_environment(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._wait_until_healthy()
        return self

    def stop(self) -> None:
        """Ask the group to end, and make it after ten seconds."""
        if self._process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """SIGKILL the whole group at once, as a power cut would."""
        if self._process is not None:
            self._signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def log(self, last: int = 6000) -> str:
        """The last characters of what the server wrote."""
        return self.log_file.read_text(errors="replace")[-last:] if self.log_file.exists() else ""

    def failures(self) -> list[str]:
        """What failed inside the server since the last call: pages and unforeseen errors."""
        text = self.log_file.read_text(errors="replace")
        fresh, self._read = text[self._read :], len(text)
        return [line for line in fresh.splitlines() if FAILED.search(line)]

    def _command(self) -> list[str]:
        options = {
            "server.port": str(self.port),
            "server.address": self._address,
            "server.headless": "true",
            "server.fileWatcherType": "none",
            "browser.gatherUsageStats": "false",
        }
        return [
            *(*running("streamlit", self._moment), "run", str(self._app)),
            *(f"--{name}={value}" for name, value in options.items()),
        ]

    def _whole_environment(self) -> dict[str, str]:
        return environment_of(self.home, **self._environment)

    def _wait_until_healthy(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not self._is_healthy():
            assert self._process is not None
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log()}")
            time.sleep(0.1)

    def _is_healthy(self) -> bool:
        """A page that is not ours has Streamlit's own health route only."""
        path = "/healthz" if self._app.parent == ROOT else "/_stcore/health"
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)


def environment_of(home: Path, **environment: str) -> dict[str, str]:
    """This process's environment with no setting of ours but the home and those named."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("LUJI_")}
    return {**others, "LUJI_HOME": str(home), **environment}


def running(module: str, moment: str | None = None) -> list[str]:
    """How to run a module, its clock beginning at `moment` where one is given."""
    return [sys.executable, "-m", *(["tests.browser.at", moment] if moment else []), module]


def command(
    home: Path, *arguments: str, typed: str = "", moment: str | None = None, **environment: str
) -> str:
    """Run `python -m observations …` on that home; what it wrote. Raises where it fails."""
    done = run_command(home, *arguments, typed=typed, moment=moment, **environment)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


def run_command(
    home: Path, *arguments: str, typed: str = "", moment: str | None = None, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run `python -m observations …` on that home, with `typed` on its standard input."""
    return subprocess.run(
        [*running("observations", moment), *arguments],
        cwd=ROOT,
        env=environment_of(home, **environment),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
