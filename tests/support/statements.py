"""Counting the statements sent to the database.

A statement is a named block or a joined fragment, inside a transaction or not. The begin and the
commit of a transaction are not counted; a page that is only viewed opens none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from db.ask import Ask


@contextmanager
def counted() -> Iterator[list[str]]:
    """The names of the statements sent in the block, `room.name`, in their order."""
    names: list[str] = []
    ask, fragment = Ask.__call__, Ask.fragment

    def asked(self: Ask, file: str, name: str, /, **values: object) -> Any:
        names.append(file.removeprefix("queries/").replace(".sql", f".{name}"))
        return ask(self, file, name, **values)

    def joined(self: Ask, sql: str, **values: object) -> list[Any]:
        names.append("fragment")
        return fragment(self, sql, **values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ask, "__call__", asked)
        patch.setattr(Ask, "fragment", joined)
        yield names
