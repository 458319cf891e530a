"""What exists is described in `docs/`: settings, statuses, verdicts, refusals, routes, commands,
pages; and what the docs point to exists."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from observations.base.roles import Role
from observations.base.wording import translate
from observations.commands.parser import build_parser
from observations.points.postings import PostingKind
from observations.verification.decisions import Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from pages.parts import site
from pages.parts.wording import REFUSALS
from pages.shell.routes import routes
from tests.support.architecture import ROOT, sources

DOCS = ROOT / "docs"
PAPERS = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
SETTINGS = ROOT / "observations" / "base" / "settings.py"


def doc(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def refusal_codes() -> Iterator[tuple[str, str]]:
    """Every code that some `Refused("…")` raises, and where."""
    for source in sources():
        for call in ast.walk(source.tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("Refused"):
                first = call.args[0] if call.args else None
                if isinstance(first, ast.Constant) and source.floor != "tests":
                    yield str(first.value), f"{source.path}:{call.lineno}"


def commands() -> list[str]:
    """The commands of `python -m observations`, `staff add` and its like included."""
    return [" ".join(words) for words in _words_of(build_parser())]


def _words_of(parser: argparse.ArgumentParser) -> Iterator[list[str]]:
    inner = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield []
    for name, below in inner[0].choices.items() if inner else ():
        yield from ([name, *words] for words in _words_of(below))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"LUJI_[A-Z_]+", SETTINGS.read_text()))))
def test_every_setting_has_a_row(name: str) -> None:
    assert f"| `{name}` |" in doc("operations.md")


@pytest.mark.parametrize(
    "word", [*VerificationStatus, *ReleaseStatus, *Verdict, *Role, *PostingKind], ids=str
)
def test_every_word_of_the_domain_is_in_the_glossary(word: str) -> None:
    assert f"`{word}`" in doc("glossary.md")


def test_every_refusal_has_a_sentence() -> None:
    silent = [f"{where} {code}" for code, where in refusal_codes() if code not in REFUSALS]

    assert not silent, "\n".join(silent)


def test_every_refusal_has_a_row_with_its_sentence() -> None:
    written = dict(re.findall(r"^\| `([a-z]+\.[a-z_]+)` \| (.+) \|$", doc("api.md"), re.MULTILINE))
    wanted = {code: translate(words, "en") for code, words in REFUSALS.items()}
    rows = [
        f"| `{code}` | {wanted[code]} |" for code in wanted if written.get(code) != wanted[code]
    ]

    assert not rows, "docs/api.md lacks these rows:\n" + "\n".join(rows)
    assert sorted(set(written) - set(wanted)) == []


def test_every_route_is_described() -> None:
    paths = {re.sub(r":\w+}", "}", getattr(route, "path", "")) for route in routes()}
    missing = [path for path in sorted(paths) if path.rstrip("/") not in doc("api.md")]

    assert not missing, missing


def test_every_command_has_a_row() -> None:
    missing = [name for name in commands() if f"| `{name}" not in doc("operations.md")]

    assert not missing, missing


@pytest.mark.parametrize("entry", site.ENTRIES, ids=lambda entry: entry.path or "home")
def test_every_page_that_is_written_is_in_the_readme(entry: site.Entry) -> None:
    if entry in site.written():
        assert f"`/{entry.path}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", paper.read_text("utf-8"))
    dead = [to for to in links if "://" not in to and not (paper.parent / to).exists()]

    assert not dead, dead


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_every_file_it_names_exists(paper: Path) -> None:
    named = re.findall(
        r"`((?:app|pages|observations|db|assets|tests|docs|bench)/[\w./-]+)`",
        paper.read_text("utf-8"),
    )
    made = (ROOT / ".gitignore").read_text("utf-8").splitlines()  # by a command, kept nowhere
    missing = [
        name
        for name in named
        if "birds" not in name and f"/{name}" not in made and not (ROOT / name).exists()
    ]

    assert not missing, missing


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    papers = readme + doc("operations.md") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert [name for name in targets if f"make {name}" not in papers] == []
