"""The texts in the code and their translations, read from syntax trees and .po files."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from tests.support.architecture import ROOT, Source, sources

MARKS = ("_", "N_", "translate")
CATALOGUES = ROOT / "assets" / "translations" / "en"
SPEAKING_FLOORS = ("pages", "observations", "db", "app.py")
CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
PLACEHOLDER = re.compile(r"{([a-zA-Z_][\w.]*)")


@dataclass(frozen=True)
class Entry:
    """One message of one catalogue."""

    file: str
    msgid: str
    msgstr: str
    is_fuzzy: bool


def speaking_sources() -> list[Source]:
    """The files with texts that people read."""
    return [source for source in sources() if source.floor in SPEAKING_FLOORS]


def marked(source: Source) -> Iterator[tuple[int, str]]:
    """Line and text of every literal inside `_`, `N_` or `translate`."""
    for call in _marking_calls(source):
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            yield call.lineno, call.args[0].value


def unextractable(source: Source) -> Iterator[str]:
    """Marks whose text is built at run time: no catalogue can contain it."""
    for call in _marking_calls(source):
        if isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
            yield f"{source.path}:{call.lineno} marks a text made at run time"


def unmarked_chinese(source: Source) -> Iterator[str]:
    """Chinese string constants that are neither marked nor docstrings."""
    spared = {id(node) for call in _marking_calls(source) for node in ast.walk(call.args[0])}
    spared |= {id(node) for node in _docstrings(source.tree)}
    for node in ast.walk(source.tree):
        if id(node) not in spared and isinstance(node, ast.Constant) and _is_chinese(node.value):
            yield f"{source.path}:{node.lineno} {str(node.value)[:30]!r} is not marked"


def catalogue(folder: Path = CATALOGUES) -> list[Entry]:
    """Every message of every English .po file."""
    entries = []
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en", abort_invalid=True):
                if message.id:
                    text = message.string if isinstance(message.string, str) else ""
                    entries.append(Entry(path.name, str(message.id), text, message.fuzzy))
    return entries


def placeholders(text: str) -> set[str]:
    """Names in braces."""
    return set(PLACEHOLDER.findall(text))


def faults_of(entry: Entry) -> Iterator[str]:
    """The faults of one message."""
    where = f"{entry.file}: {entry.msgid[:40]!r}"
    if not entry.msgstr.strip():
        yield f"{where} has no translation"
    elif placeholders(entry.msgid) != placeholders(entry.msgstr):
        yield f"{where} has other placeholders in English"
    if entry.is_fuzzy:
        yield f"{where} is fuzzy"


def _is_chinese(value: object) -> bool:
    return isinstance(value, str) and bool(CHINESE.search(value))


def _marking_calls(source: Source) -> Iterator[ast.Call]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.id if isinstance(node.func, ast.Name) else None
            if isinstance(node.func, ast.Attribute):
                name = node.func.attr
            if name in MARKS:
                yield node


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Docstrings, and bare strings under an assignment, which document it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
