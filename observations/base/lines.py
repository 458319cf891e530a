"""A row of a table that others made, as it stands in its file."""

from typing import NamedTuple

QUOTES = "quotes"


class Unreadable(ValueError):
    """Raised for a file that is no table that can be read."""


class Line(NamedTuple):
    """A row as it stands: its number in the file, from 1; `fault` is "" or `QUOTES`.

    `is_spread`: a cell of it goes over several lines.
    """

    number: int
    cells: list[str]
    fault: str = ""
    is_spread: bool = False

    @property
    def width(self) -> int:
        """The number of cells up to the last one that is not empty."""
        if self.cells and self.cells[-1].strip():
            return len(self.cells)
        return next((k for k in range(len(self.cells), 0, -1) if self.cells[k - 1].strip()), 0)
