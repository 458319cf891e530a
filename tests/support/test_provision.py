"""The finder of browser, fonts and PostgreSQL finds, installs, or reports what is missing."""

import os
from pathlib import Path

import pytest

from tests.support import provision


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing installed; PATH has what a test puts into the folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(provision, "POSTGRES_HOMES", tmp_path / "lib")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def put(folder: Path, name: str, script: str = "exit 0") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_a_browser_that_does_not_start_is_passed_over(machine: Path) -> None:
    put(machine, "chromium", "exit 1")
    put(machine, "google-chrome", "echo Chrome 156")

    assert provision.find_browser() == str(machine / "google-chrome")


def test_the_newest_postgresql_with_a_server_is_used(machine: Path) -> None:
    for version, programs in (("9", "initdb postgres"), ("15", "initdb postgres"), ("17", "psql")):
        for program in programs.split():
            put(machine / "lib" / version / "bin", program)

    assert provision.find_postgres() == str(machine / "lib/15/bin")


def test_postgresql_is_found_on_the_path_too(machine: Path) -> None:
    put(machine, "initdb")
    put(machine, "postgres")

    assert provision.find_postgres() == str(machine)


def test_fonts_are_asked_of_fontconfig(machine: Path) -> None:
    assert provision.find_chinese_font() is None
    put(machine, "fc-list", "echo Noto Sans CJK SC")

    assert provision.find_chinese_font() == "Noto Sans CJK SC"


def test_what_is_missing_is_installed_as_root(
    machine: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    put(machine, "env", 'shift; exec "$@"')
    installs = f'printf "#!/bin/sh\\necho Chromium\\n" > {machine}/chromium'
    put(
        machine,
        "apt-get",
        f'[ "$1" = update ] || {{ {installs}; /bin/chmod +x {machine}/chromium; }}',
    )

    assert provision.main(["browser"]) == 0
    assert f"browser: using {machine / 'chromium'}" in capfd.readouterr().out


def test_what_cannot_be_installed_fails_and_says_what_to_type(
    machine: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert provision.main(["postgresql"]) == 1
    assert "postgresql: missing" in (said := capfd.readouterr().out)
    assert "apt-get install postgresql" in said


def test_a_misspelt_need_is_refused(machine: Path) -> None:
    assert provision.main(["browsers"]) == 2
