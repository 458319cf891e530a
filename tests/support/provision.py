"""The tests' needs from the machine: a browser, Chinese fonts, PostgreSQL's server, nginx, Redis.

`python -m tests.support.provision [browser] [fonts] [postgresql] [nginx] [redis]` finds each, else
installs Debian's package (as root, or by sudo without a password) and reports which it uses. Where
it can do neither, it ends with exit code 1 and the command to type; without nginx or Redis their
tests are skipped.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# Debian's headless shell is the same Chromium without windows; it uses a quarter less processor
# time than `chromium --headless`.
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
POSTGRES_HOMES = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Need:
    """One thing from the machine: how to find it, and Debian's package for it."""

    name: str
    package: str
    find: Callable[[], str | None]
    can_be_missing: bool = False


def find_browser() -> str | None:
    """The path of the first Chromium or Chrome on PATH that starts, or None."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path and _output(path, "--version"):
            return path
    return None


def find_chinese_font() -> str | None:
    """The family name of an installed font with Chinese, or None."""
    if not shutil.which("fc-list"):
        return None
    families = _output("fc-list", ":lang=zh", "family").splitlines()
    return min(families) if families else None


def find_postgres() -> str | None:
    """The folder with PostgreSQL's `initdb` and `postgres`, the newest version first, or None."""
    folders = sorted(POSTGRES_HOMES.glob("*/bin"), key=_version_of, reverse=True)
    if shutil.which("pg_config"):
        folders.append(Path(_output("pg_config", "--bindir").strip()))
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if all((folder / program).exists() for program in ("initdb", "postgres")):
            return str(folder)
    return None


def find_nginx() -> str | None:
    """Path of nginx, or None; a user's PATH may lack the folder it lies in."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def find_redis() -> str | None:
    """Path of Redis's server, or None."""
    return shutil.which("redis-server")


NEEDS = (
    Need("browser", "chromium-headless-shell", find_browser),
    Need("fonts", "fonts-noto-cjk", find_chinese_font),
    Need("postgresql", "postgresql", find_postgres),
    Need("nginx", "nginx-light", find_nginx, can_be_missing=True),
    Need("redis", "redis-server", find_redis, can_be_missing=True),
)


def provide(need: Need) -> str | None:
    """What is there, after installing the package if necessary; None where nothing helped."""
    path = need.find()
    if path:
        return path
    installer = _installer()
    if installer is None:
        return None
    _say(f"{need.name}: not found, installing Debian's package {need.package}")
    _install(installer, need.package)
    return need.find()


def main(names: Sequence[str]) -> int:
    """Provide what is `wanted` (names of NEEDS; empty means all); gives the exit code."""
    unknown = set(names) - {need.name for need in NEEDS}
    if unknown:
        _say(f"unknown: {', '.join(sorted(unknown))}")
        return 2
    missing = 0
    for need in NEEDS:
        if names and need.name not in names:
            continue
        path = provide(need)
        if path:
            _say(f"{need.name}: using {path}")
        else:
            missing += not need.can_be_missing
            _say(f"{need.name}: missing. Install it as root: apt-get install {need.package}")
    return 1 if missing else 0


def _version_of(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0


def _installer() -> list[str] | None:
    """The command that runs apt-get here, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def _install(installer: list[str], package: str) -> None:
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    subprocess.run([*quiet, *installer, "update", "-qq"], check=False)
    subprocess.run(
        [*quiet, *installer, "install", "-y", "-qq", "--no-install-recommends", package],
        check=False,
        stdout=subprocess.DEVNULL,
    )


def _output(*command: str) -> str:
    """The output of a command; empty where it cannot be started or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
