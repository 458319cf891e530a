"""A script of `assets/` and all that it imports as one: one request, where the signal is weak.

Each module becomes a function of its own that gives what it exports, after those that it imports,
as it is written: nothing is renamed. What is imported later (`await import(…)`) stays a file.
"""

import posixpath
import re
from functools import cache
from pathlib import Path

import rjsmin

from pages.parts.assets import ASSETS, asset_url
from pages.shell.precompressed import content

IMPORT = re.compile(r'^import (?:\{ ?([^}]*?) ?\}|\* as (\w+)) from "(\.[^"]+)";$', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.M)
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
HERE = "import.meta.url"


@cache
def bundle(first: str) -> str:
    """The text of `assets/<first>` with all that it imports at once.

    As a module or a classic script it does the same.
    """
    names = _in_order(first)
    numbers = {name: f"m{at}" for at, name in enumerate(names)}
    parts = [_part(name, numbers) for name in names]
    small: str = rjsmin.jsmin('"use strict";\n' + "\n".join(parts))
    return small


def _in_order(first: str) -> list[str]:
    """The modules, each after those that it imports; they import each other in no circle."""
    order: dict[str, None] = {}

    def add(name: str) -> None:
        if name not in order:
            for match in IMPORT.finditer(_text(name)):
                add(_beside(name, match[3]))
            order[name] = None

    add(first)
    return list(order)


def _part(name: str, numbers: dict[str, str]) -> str:
    text = _text(name)
    exports = ", ".join(EXPORT.findall(text))

    def imported(match: re.Match[str]) -> str:
        names = match[2] or f"{{ {match[1].replace(' as ', ': ')} }}"
        return f"const {names} = {numbers[_beside(name, match[3])]};"

    def later(match: re.Match[str]) -> str:
        return f'import("{asset_url(_beside(name, match[1]))}")'

    text = EXPORT.sub("", LATER.sub(later, IMPORT.sub(imported, text)))
    text = text.replace(HERE, f'new URL("{asset_url(name)}", location.origin).href')
    return f"const {numbers[name]} = (() => {{\n{text}\nreturn {{ {exports} }};\n}})();"


def _beside(name: str, other: str) -> str:
    return posixpath.normpath(Path(name).parent / other)


@cache
def _text(name: str) -> str:
    return content(ASSETS / name).decode()
