"""The rules of the code's structure, read from the syntax trees.

Each rule is a function: file -> complaints; `circle` reads all files together.
`docs/architecture.md` shows the same arrows as a picture.
"""

import ast
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("pages", "observations", "db", "tests", "bench")
STOREYS = (
    ("base",),
    ("log",),
    ("taxa", "places", "media", "people", "points", "verification"),
    ("occurrences", "actions", "satisfaction"),
    ("surveys", "festivals", "campaigns", "map", "desk"),
    ("exchange", "privacy", "moderation", "demo"),
)
STOREY = {room: height for height, rooms in enumerate(STOREYS) for room in rooms}
COMMAND_LINE = ("observations/__main__.py", "observations/commands/")  # above all storeys
OPENERS = ("pages/parts/runtime.py", "observations/__main__.py")
ENVIRONMENT = "observations/base/settings.py"
WEB_AND_DRIVERS = {"streamlit", "starlette", "uvicorn", "pydeck", "duckdb", "psycopg", "aiosql"}
FORBIDDEN_TOPS = {"parts", "api", "visit", "desk"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
SCRIPTS = re.compile(r"pages/(visit|desk)/\w+/page\.py")
OPEN_TO = {"shell": ("pages.api",), "app.py": ("pages.shell",)}
FIRST_SCREEN = re.compile(r"pages/visit/\w+/first\.py")
FIRST_SCREENS = re.compile(r"pages\.visit\.\w+\.first\b")  # what app.py may hand to the shell
PARTICIPLES = {"found", "given", "known", "kept", "asked", "seen", "held", "told", "said"}
NAMED_FROM = 11  # lines: a shorter function is read at one glance
LONGEST_FILE, LONGEST_SCRIPT, LONGEST_PAGE_FUNCTION = 400, 60, 30


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the project's root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)

    @property
    def floor(self) -> str:
        """`pages`, `observations`, …; for a file at the top, its own name."""
        return self.path.split("/")[0]

    @property
    def room(self) -> str | None:
        """The room of `observations` it lies in."""
        parts = self.path.split("/")
        return parts[1] if self.floor == "observations" and len(parts) > 2 else None

    def lies_in(self, places: tuple[str, ...]) -> bool:
        """Whether it is one of these files, or in one of these folders, which end with a slash."""
        return any(self.path.startswith(p) if p.endswith("/") else self.path == p for p in places)

    def imports(self) -> Iterator[tuple[int, str]]:
        """Line and full name of everything it imports; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def sources(root: Path = ROOT) -> list[Source]:
    """Every Python file of the project."""
    files = [*root.glob("*.py"), *(f for floor in FLOORS for f in (root / floor).rglob("*.py"))]
    return [Source(f.relative_to(root).as_posix(), f.read_text("utf-8")) for f in sorted(files)]


def scripts(root: Path = ROOT) -> list[Source]:
    """Every JavaScript file of our own."""
    files = sorted(f for f in (root / "assets").rglob("*.js") if "vendor" not in f.parts)
    return [Source(f.relative_to(root).as_posix(), f.read_text("utf-8")) for f in files]


def circle(modules: Iterable[Source]) -> list[str]:
    """The paths of a circle of imports; empty where there is none.

    Imports are Python's (`TYPE_CHECKING` counted) or JavaScript's. A package's own file is never
    part of one, since it stays empty.
    """
    by_path = {source.path: source for source in modules}
    arrows = {path: _imported(source, by_path) for path, source in by_path.items()}
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _imported(source: Source, by_path: Mapping[str, Source]) -> set[str]:
    """The files among `by_path` that `source` imports."""
    if source.path.endswith(".js"):
        names = re.findall(r"(?:from|import)\s*\(?\s*[\"'](\.[^\"']+)[\"']", source.text)
        folder = posixpath.dirname(source.path)
        paths = {posixpath.normpath(f"{folder}/{name}") for name in names}
    else:
        names = [name for _, name in source.imports()]
        nested = {name.rpartition(".")[0] for name in names} | set(names)
        paths = {f"{name.replace('.', '/')}.py" for name in nested}
    return paths & set(by_path)


def arrows_between_floors(source: Source) -> Iterator[str]:
    """Who may import whom: pages -> observations <- db; app.py -> pages alone."""
    barred = {
        "observations": {"pages", "db", "tests", "bench", *WEB_AND_DRIVERS},
        "db": {"pages", "tests", "bench", "streamlit", "starlette"},
        "pages": {"tests", "bench", "duckdb", "psycopg", "aiosql"},
        "app.py": {"observations", "db", "tests", "bench", "duckdb", "psycopg"},
    }.get(source.floor, set())
    if source.lies_in(COMMAND_LINE):
        barred = barred - {"db"}
    for line, name in source.imports():
        if name.split(".")[0] in barred:
            yield f"{source.path}:{line} may not import {name}"


def arrows_within_pages(source: Source) -> Iterator[str]:
    """Pages import their own folder and parts; the shell also the routes; parts import parts."""
    if source.floor not in ("pages", "app.py"):
        return
    for line, name in source.imports():
        is_open = any(f"{name}.".startswith(f"{place}.") for place in _places_open_to(source))
        if source.path == "app.py" and FIRST_SCREENS.match(name):
            is_open = True
        if name.split(".")[0] == "pages" and not is_open:
            yield f"{source.path}:{line} may not import {name}"


def _places_open_to(source: Source) -> list[str]:
    """The folders of `pages` from which a file may import."""
    folders = source.path.split("/")[:-1]
    room = folders[1] if len(folders) > 1 else source.path
    own = ".".join(folders[:3] if room in ("visit", "desk") else folders[:2])
    return ["pages.parts", *OPEN_TO.get(room, ()), *([own] if len(folders) > 1 else [])]


def rooms_look_down(source: Source) -> Iterator[str]:
    """A room of observations imports only rooms of lower storeys, and itself."""
    if source.room is None or source.lies_in(COMMAND_LINE):
        return
    if source.room not in STOREY:
        yield f"{source.path}: the room {source.room} stands on no storey (see STOREYS)"
        return
    for line, name in source.imports():
        parts = name.split(".")
        if parts[0] != "observations" or len(parts) < 2 or parts[1] == source.room:
            continue
        if STOREY.get(parts[1], len(STOREYS)) >= STOREY[source.room]:
            yield f"{source.path}:{line} looks up or sideways to {name}"


def full_names_only(source: Source) -> Iterator[str]:
    """No relative imports, and no `parts.runtime`, which would open the store a second time."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield f"{source.path}:{node.lineno} has a relative import"
    for line, name in source.imports():
        if name.split(".")[0] in FORBIDDEN_TOPS:
            yield f"{source.path}:{line} imports {name} without `pages.`"


def only_the_frame_in_pages(source: Source) -> Iterator[str]:
    """Streamlit would serve another script in pages/ without the frame, staff pages too."""
    directly = source.path.count("/") == 1 and source.floor == "pages"
    if directly and source.path not in ("pages/frame.py", "pages/__init__.py"):
        yield f"{source.path} lies directly in pages/"


def one_opener(source: Source) -> Iterator[str]:
    """The store is opened in two places only: a second opener would be a second writer."""
    if source.floor in ("db", "tests", "bench") or source.lies_in(OPENERS):
        return
    may_name_it = source.lies_in(COMMAND_LINE)
    for line, name in source.imports():
        if may_name_it and name == "db.store.Store":
            continue
        if name.split(".")[0] == "db":
            yield f"{source.path}:{line} imports {name}; only {OPENERS} do"


def one_reader_of_the_environment(source: Source) -> Iterator[str]:
    """The environment is read by the settings alone."""
    if source.floor in ("tests", "bench") or source.path == ENVIRONMENT:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "putenv"):
            yield f"{source.path}:{node.lineno} reads the environment"
    for line, name in source.imports():
        if name in ("os.environ", "os.getenv"):
            yield f"{source.path}:{line} imports {name}"


def telling_names(source: Source) -> Iterator[str]:
    """No file or folder for everything that fits nowhere."""
    for part in source.path.removesuffix(".py").split("/"):
        if part in FORBIDDEN_NAMES:
            yield f"{source.path}: `{part}` says nothing"


def no_participles_as_names(source: Source) -> Iterator[str]:
    """A variable of a longer function is named for the thing it holds."""
    for function in ast.walk(source.tree) if source.floor != "tests" else ():
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (function.end_lineno or function.lineno) - function.lineno + 1 < NAMED_FROM:
            continue
        for node in ast.walk(function):
            is_set = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            name = node.arg if isinstance(node, ast.arg) else ast.unparse(node) if is_set else ""
            if name in PARTICIPLES:
                yield f"{source.path}:{node.lineno} `{name}` does not say what it holds"


def short_files(source: Source) -> Iterator[str]:
    """Files, page scripts and page functions have a largest length."""
    lines = source.text.count("\n")
    is_script = SCRIPTS.fullmatch(source.path) is not None
    ceiling = LONGEST_SCRIPT if is_script else LONGEST_FILE
    if lines >= ceiling:
        yield f"{source.path} has {lines} lines, fewer than {ceiling} are wanted"
    if source.floor == "pages":
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length >= LONGEST_PAGE_FUNCTION:
                    yield f"{source.path}:{node.lineno} {node.name} has {length} lines"


def first_screens_without_streamlit(source: Source) -> Iterator[str]:
    """A first screen consists of markup, so that it can be sent before Streamlit runs."""
    if FIRST_SCREEN.fullmatch(source.path):
        for line, name in source.imports():
            if name.split(".")[0] == "streamlit" or name == "pages.parts.cards.show":
                yield f"{source.path}:{line} imports {name}"
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node) == "cards.show":
                yield f"{source.path}:{node.lineno} draws"


def nothing_drawn_in_a_transaction(source: Source) -> Iterator[str]:
    """No `st.` call inside `with ….transaction()`: a rerun would interrupt it."""
    for block in ast.walk(source.tree):
        if isinstance(block, ast.With | ast.AsyncWith) and any(
            re.search(r"\btransaction\(", ast.unparse(item.context_expr)) for item in block.items
        ):
            for node in (inner for statement in block.body for inner in ast.walk(statement)):
                if isinstance(node, ast.Name) and node.id in ("st", "streamlit"):
                    yield f"{source.path}:{node.lineno} draws inside a transaction"


RULES = (
    arrows_between_floors,
    arrows_within_pages,
    rooms_look_down,
    full_names_only,
    only_the_frame_in_pages,
    one_opener,
    one_reader_of_the_environment,
    telling_names,
    no_participles_as_names,
    short_files,
    first_screens_without_streamlit,
    nothing_drawn_in_a_transaction,
)
