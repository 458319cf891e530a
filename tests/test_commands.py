"""Every command works beside a running server: by its socket, on the server's own store."""

import csv
import os
import re
import stat
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from observations.base.settings import terminal_language
from observations.commands.executing import BESIDE_SERVER
from observations.commands.parser import build_parser
from tests.browser.server import ROOT, Server, run_command
from tests.pages.api.phone import Phone, noise_jpeg
from tests.support.survey_files import HERON, csv_file

PASSWORD = "lake-ferry-osmanthus-42\n"
REFUSED = 3


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A production server with an empty store; its home has a long path on purpose."""
    home = tmp_path_factory.mktemp("a-folder-with-a-name-that-is-rather-long-for-a-socket" * 2)
    server = Server(home / "home")
    server._environment["LUJI_PUBLIC_URL"] = server.url  # the archive's links lead somewhere
    server.start()
    yield server
    server.stop()


@pytest.fixture
def account(server: Server, request: pytest.FixtureRequest) -> str:
    """An account of this test's own."""
    name = f"zhou-{abs(hash(request.node.name)) % 10_000}"
    done = run_command(server.home, "staff", "add", name, "--role", "admin", typed=PASSWORD)
    assert done.returncode == 0, done.stderr
    return name


def test_an_account_is_added_and_listed(server: Server, account: str) -> None:
    assert f"{account}\tadmin" in run_command(server.home, "staff", "list").stdout


def test_the_same_account_twice_is_refused(server: Server, account: str) -> None:
    again = run_command(server.home, "staff", "add", account, typed=PASSWORD)

    assert again.returncode == REFUSED


def test_a_password_is_changed(server: Server, account: str) -> None:
    done = run_command(server.home, "staff", "passwd", account, typed="another-ferry-9-lake\n")

    assert done.returncode == 0, done.stderr


def test_an_account_is_disabled(server: Server, account: str) -> None:
    assert run_command(server.home, "staff", "disable", account).returncode == 0
    line = [
        x for x in run_command(server.home, "staff", "list").stdout.splitlines() if account in x
    ]

    assert "停用" in line[0] or "disabled" in line[0]


@pytest.mark.parametrize("words", [["check"], ["rebuild"], ["compact"]], ids=lambda words: words[0])
def test_the_store_is_looked_after(server: Server, words: list[str]) -> None:
    done = run_command(server.home, *words)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_a_list_is_tried_then_taken_and_the_second_time_changes_nothing(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "名单.csv").write_text(
        "学名,中文名,界,纲\nTesta exempli,样例鸟,Animalia,Aves\nTesta nulla,,Animalia,Aves\n",
        "gb18030",
    )
    words = ["import-taxa", str(tmp_path / "名单.csv")]
    tried = run_command(server.home, *words, "--dry-run")
    taken = run_command(server.home, *words)
    again = run_command(server.home, *words)

    assert [done.returncode for done in (tried, taken, again)] == [1, 1, 1]  # one row is left out
    assert "Testa nulla" in tried.stdout
    sums = [re.findall(r"\d+", done.stdout.splitlines()[-1]) for done in (tried, taken, again)]
    new_known_names_left = [["1", "0", "0", "1"], ["1", "0", "0", "1"], ["0", "1", "0", "1"]]
    assert sums == new_known_names_left


def test_a_file_that_is_not_there_is_said(server: Server, tmp_path: Path) -> None:
    done = run_command(server.home, "import-taxa", str(tmp_path / "nothing.csv"))

    assert (done.returncode, "nothing.csv" in done.stdout) == (2, True)


def test_a_survey_is_looked_at_imported_exported_and_withdrawn(
    server: Server, tmp_path: Path
) -> None:
    path = str(csv_file(tmp_path, [HERON], name="beside.csv"))
    looked = run_command(server.home, "import-survey", path, "--dry-run")
    assert (looked.returncode, "HZ-1" in looked.stdout) == (0, True), looked.stdout
    assert run_command(server.home, "import-survey", path).returncode == 0
    assert run_command(server.home, "withdraw-survey", "beside").returncode == 0
    assert run_command(server.home, "withdraw-survey", "beside").returncode == REFUSED


def test_a_broken_survey_is_refused_with_a_sentence(server: Server, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [["", *HERON[1:]]])
    done = run_command(server.home, "import-survey", str(path))
    assert done.returncode == REFUSED
    assert "2" in done.stdout and "occurrenceID" in done.stdout


@pytest.mark.parametrize("is_alone", [True, False], ids=["alone", "beside a server"])
def test_who_reads_only_the_head_gets_no_traceback_and_the_work_is_done(
    server: Server, tmp_path: Path, is_alone: bool
) -> None:
    home = tmp_path / "alone" if is_alone else server.home
    path = str(csv_file(tmp_path, [HERON], name=f"head-{is_alone}.csv"))
    read, write = os.pipe()
    os.close(read)  # as `| head -0` has it: nobody reads
    try:
        done = subprocess.run(
            [sys.executable, "-m", "observations", "import-survey", path],
            cwd=ROOT,
            env={**os.environ, "LUJI_HOME": str(home)},
            stdout=write,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
    assert run_command(home, "withdraw-survey", f"head-{is_alone}").returncode == 0


def test_the_archive_is_written_beside_a_server(server: Server, tmp_path: Path) -> None:
    assert run_command(server.home, "export-dwca", str(tmp_path / "a.zip")).returncode == 0
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_production_without_its_address_makes_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    done = run_command(tmp_path / "home", "export-dwca", str(path))
    assert done.returncode == REFUSED
    assert "LUJI_PUBLIC_URL" in done.stdout + done.stderr
    assert not path.exists()


def test_a_backup_is_made_beside_a_server_and_restored_elsewhere(
    server: Server, tmp_path: Path
) -> None:
    path, home = str(tmp_path / "b.zip"), tmp_path / "restored"
    assert run_command(server.home, "backup", path).returncode == 0
    assert run_command(home, "restore", path).returncode == 0
    assert (home / "secret").read_bytes() == (server.home / "secret").read_bytes()
    assert run_command(home, "check").returncode == 0
    assert run_command(home, "restore", path).returncode == REFUSED
    assert run_command(server.home, "restore", path).returncode != 0


def test_a_living_database_is_moved_beside_its_server(server: Server, tmp_path: Path) -> None:
    source, target = f"duckdb:///{server.home}/luji.duckdb", f"duckdb:///{tmp_path}/new.duckdb"
    done = run_command(server.home, "move", "--from", source, "--to", target)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " / " in done.stderr  # plain lines, since it is no terminal
    again = run_command(server.home, "move", "--from", source, "--to", target)
    assert again.returncode == REFUSED
    onto = run_command(tmp_path / "home", "move", "--from", target, "--to", source)
    assert onto.returncode == REFUSED
    mixed = run_command(server.home, "move", "--from", source, "--to", "s3://bucket/x")
    assert mixed.returncode == REFUSED
    assert "Traceback" not in again.stderr + onto.stderr + mixed.stderr


def test_a_damaged_thumb_is_told_and_made_anew(server: Server) -> None:
    assert Phone(server.url).upload(noise_jpeg()).status_code == 201
    thumb = next((server.home / "photos").rglob("*-thumb.webp"))
    thumb.write_bytes(b"")
    told = run_command(server.home, "check")
    assert told.returncode == 1
    assert "has a damaged thumb" in told.stdout
    assert run_command(server.home, "check", "--mend").returncode == 0
    assert run_command(server.home, "check").returncode == 0


@pytest.mark.parametrize("words", [["demo"], ["restore", "b.zip"]], ids=lambda words: words[0])
def test_what_needs_the_store_alone_asks_to_stop_the_server(
    server: Server, words: list[str]
) -> None:
    done = run_command(server.home, *words)

    assert done.returncode == REFUSED
    assert "Stop it first" in done.stdout + done.stderr or "先停下服务" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_last_admin_stays_and_what_is_done_is_in_the_log(
    server: Server, account: str, tmp_path: Path
) -> None:
    other = f"{account}-2"
    added = run_command(
        server.home, "--as", account, "staff", "add", other, "--role", "organiser", typed=PASSWORD
    )
    assert added.returncode == 0, added.stdout
    may_not = run_command(server.home, "--as", other, "staff", "disable", account)
    assert may_not.returncode == REFUSED
    for action in (["rename", other, f"{other}-b"], ["disable", f"{other}-b"]):
        assert run_command(server.home, "staff", *action).returncode == 0
    path = tmp_path / "log.csv"
    assert run_command(server.home, "log", "export", str(path)).returncode == 0
    again = run_command(server.home, "log", "export", str(path))
    assert again.returncode == REFUSED
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_whom = [row["who"] for row in rows if row["what"] == "staff.added"]
    assert by_whom[0] == account
    assert by_whom[-1] not in ("", account)  # the name on the machine
    assert other in next(row["personal"] for row in rows if row["what"] == "staff.renamed")


def test_a_backup_overwrites_nothing(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_text("mine")
    done = run_command(server.home, "backup", str(path))
    assert (done.returncode, path.read_text()) == (REFUSED, "mine")


WRONG = (
    ["stafff"], ["staff"], ["staff", "add"], ["staff", "role", "x", "king"], ["log", "export"],
    ["log", "export", "x.csv", "--since", "yesterday"], ["demo", "--seed", "x"], ["--as"],
    ["check", "--bogus"], [],
)  # fmt: skip


def test_mistakes_are_told_in_the_operators_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    for words in WRONG:
        with pytest.raises(SystemExit, match="2"):
            build_parser(terminal_language()).parse_args(words)
        text = capsys.readouterr().err
        assert "用法见" in text and "argument" not in text, words


def test_every_command_is_tried_here() -> None:
    assert {
        "staff",
        "log",
        "check",
        "photos",
        "rebuild",
        "compact",
        "import-taxa",
        "import-places",
        "import-survey",
        "withdraw-survey",
        "export-dwca",
        "backup",
        "move",
    } == BESIDE_SERVER


def test_nobody_else_may_use_the_socket(server: Server) -> None:
    sockets = [path for path in server.home.iterdir() if path.is_socket()]

    assert [stat.S_IMODE(path.stat().st_mode) for path in sockets] == [0o600]


def test_a_misspelt_command_is_told_so(tmp_path: Path) -> None:
    assert run_command(tmp_path, "chekc").returncode == 2
