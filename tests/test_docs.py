"""`docs/` describes what exists, and what it points to exists.

Settings, statuses, verdicts, refusals, routes, commands, pages.
"""

import argparse
import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from observations.base.roles import Role
from observations.base.wording import translate
from observations.commands.parser import build_parser
from observations.occurrences.report_checks import CHECK_WORDS
from observations.points.postings import PostingKind
from observations.verification.decisions import Verdict
from observations.verification.statuses import ReleaseStatus, VerificationStatus
from pages.parts import site
from pages.parts.wording import REFUSALS
from pages.shell.routes import routes
from tests.support.architecture import ROOT, sources

DOCS = ROOT / "docs"
PAPERS = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
READMES = [ROOT / "README.md", ROOT / "README.en.md"]
OPERATIONS = ["operations.md", "operations.en.md"]
LARGEST_PICTURE = 60_000  # bytes
DECISION = ["Status", "Context", "Decision", "Consequences"]  # then, where there are, "Measured"
SETTINGS = ROOT / "observations" / "base" / "settings.py"


def doc(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def shape(paper: Path) -> list[str]:
    """What a translation must have too: the level of each heading, rows of tables, items, code."""
    signs = (
        re.match(r"#+ |\||- |\d+\. |```|<img ", line) for line in paper.read_text().splitlines()
    )
    return [sign[0] for sign in signs if sign]


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


@pytest.mark.parametrize("paper", OPERATIONS)
@pytest.mark.parametrize("name", sorted(set(re.findall(r"LUJI_[A-Z_]+", SETTINGS.read_text()))))
def test_every_setting_has_a_row(name: str, paper: str) -> None:
    assert f"| `{name}` |" in doc(paper)


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
    sentences = {code: translate(words, "en") for code, words in REFUSALS.items()}
    rows = [
        f"| `{code}` | {sentences[code]} |"
        for code in sentences
        if written.get(code) != sentences[code]
    ]

    assert not rows, "docs/api.md lacks these rows:\n" + "\n".join(rows)
    assert sorted(set(written) - set(sentences)) == []


def test_every_flag_has_a_row_with_its_sentence() -> None:
    rows = [f"| {translate(words, 'en')} | `{code}`" for code, words in CHECK_WORDS.items()]
    missing = [row for row in rows if row not in doc("api.md")]

    assert not missing, "docs/api.md lacks these rows:\n" + "\n".join(missing)


def test_every_route_is_described() -> None:
    paths = {re.sub(r":\w+}", "}", getattr(route, "path", "")) for route in routes()}
    missing = [path for path in sorted(paths) if path.rstrip("/") not in doc("api.md")]

    assert not missing, missing


@pytest.mark.parametrize("paper", OPERATIONS)
def test_every_command_has_a_row(paper: str) -> None:
    missing = [name for name in commands() if f"| `{name}" not in doc(paper)]

    assert not missing, missing


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("entry", site.ENTRIES, ids=lambda entry: entry.path or "home")
def test_every_page_that_is_written_is_in_the_readme(entry: site.Entry, readme: Path) -> None:
    if entry in site.written():
        assert f"| `/{entry.path}" in readme.read_text("utf-8")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_pictures_of_the_readme_and_the_guides_are_small_and_described(readme: Path) -> None:
    papers = [readme, *(DOCS / "guides").iterdir()]
    tags = [tag for paper in papers for tag in re.findall(r"<img [^>]+>", paper.read_text("utf-8"))]
    files = {DOCS / "pictures" / re.findall(r'src="[^"]+/([^"/]+)"', tag)[0] for tag in tags}

    assert files == {*(DOCS / "pictures").iterdir()}
    assert [file.name for file in files if file.stat().st_size > LARGEST_PICTURE] == []
    assert [tag for tag in tags if not re.search(r'alt="[^"]{20,}"', tag)] == []


@pytest.mark.parametrize("one, other", [READMES, [DOCS / name for name in OPERATIONS]])
def test_both_languages_have_as_many_headings_rows_and_examples(one: Path, other: Path) -> None:
    assert shape(one) == shape(other)


@pytest.mark.parametrize("paper", sorted((DOCS / "decisions").iterdir()), ids=lambda p: p.name)
def test_a_decision_paper_has_its_number_and_the_form(paper: Path) -> None:
    text = paper.read_text("utf-8")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)

    assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", paper.name)
    assert re.match(rf"# {int(paper.name[:4])}\. ", text)
    assert headings in (DECISION, [*DECISION, "Measured"])
    assert re.search(r"^## Status\n\n(Accepted|Superseded)\b", text, re.MULTILINE)


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
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()  # by a command, kept nowhere
    missing = [
        name
        for name in named
        if "birds" not in name and f"/{name}" not in ignored and not (ROOT / name).exists()
    ]

    assert not missing, missing


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8")
    papers = readme + doc("operations.md") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert [name for name in targets if f"make {name}" not in papers] == []


def test_the_citation_names_this_version_and_the_licence() -> None:
    said = dict(
        re.findall(r'^([a-z-]+): "?([^"\n]+)"?$', (ROOT / "CITATION.cff").read_text(), re.M)
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert said["cff-version"] == "1.2.0"
    assert said["version"] == project["version"]
    assert (ROOT / "LICENSE").read_text().split()[:4] == ["Apache", "License", "Version", "2.0,"]
    assert said["license"] == "Apache-2.0"


def test_every_test_that_watches_a_guard_of_privacy_exists() -> None:
    written = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    named = set(re.findall(r"\btest_\w+\b(?!\.py)", doc("privacy.md")))

    assert len(named) >= 15
    assert [name for name in sorted(named) if f"def {name}(" not in written] == []
