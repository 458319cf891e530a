"""Many short texts in one long text, searched at the speed of a memory scan, in their order."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

END = "\n"
Owned = tuple[int, int]  # the owner of a line, and the number of letters of the line that remain


class Lines:
    """Lines of text, each with the number of its owner."""

    def __init__(self, lines: Iterable[tuple[str, int]]) -> None:
        """Build it from pairs (text, owner). A line break inside a text becomes a space."""
        pairs = [(text.replace(END, " "), owner) for text, owner in lines if text]
        self._text = END + "".join(f"{text}{END}" for text, _ in pairs)
        self._owners = array("L", (owner for _, owner in pairs))
        self._starts = array("L", _starts(text for text, _ in pairs))

    def __len__(self) -> int:
        return len(self._owners)

    def whole(self, text: str) -> Iterator[Owned]:
        """The lines that are `text`."""
        return ((self._owners[self._line(p + 1)], 0) for p in self._places(f"{END}{text}{END}"))

    def started(self, text: str) -> Iterator[Owned]:
        """The lines that begin with `text` and are longer."""
        for place in self._places(END + text):
            line = self._line(place + 1)
            rest = self._length(line) - len(text)
            if rest:
                yield self._owners[line], rest

    def inside(self, text: str) -> Iterator[Owned]:
        """The lines that contain `text` after their beginning, once for each occurrence."""
        for place in self._places(text):
            line = self._line(place)
            if place > self._starts[line]:
                yield self._owners[line], self._length(line) - len(text)

    def holding(self, text: str) -> Iterator[Owned]:
        """The lines that hold `text`, be it at their beginning, once for each time."""
        for place in self._places(text):
            line = self._line(place)
            yield self._owners[line], self._length(line) - len(text)

    def ended(self, text: str) -> Iterator[Owned]:
        """The lines that end with `text` and have something before it."""
        for place in self._places(text + END):
            line = self._line(place)
            if place > self._starts[line]:
                yield self._owners[line], self._length(line) - len(text)

    def between(self, start: str, end: str) -> Iterator[Owned]:
        """The lines that begin with `start` and end with `end`."""
        for place in self._places(end + END):
            line = self._line(place)
            if self._text.startswith(start, self._starts[line]):
                yield self._owners[line], self._length(line) - len(start) - len(end)

    def numbers(self, text: str) -> Iterator[int]:
        """The number of every line that begins with `text`."""
        return (self._line(place + 1) for place in self._places(END + text))

    def line(self, line: int) -> str:
        """The text of a line."""
        start = self._starts[line]
        return self._text[start : start + self._length(line)]

    def owner(self, line: int) -> int:
        """The owner of a line."""
        return self._owners[line]

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _length(self, line: int) -> int:
        following = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        return following - self._starts[line] - len(END)

    def _places(self, needle: str) -> Iterator[int]:
        find = self._text.find
        place = find(needle)
        while place >= 0:
            yield place
            place = find(needle, place + 1)


def _starts(lines: Iterable[str]) -> Iterator[int]:
    at = len(END)
    for text in lines:
        yield at
        at += len(text) + len(END)
