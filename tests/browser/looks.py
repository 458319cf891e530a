"""What every picture of the tour looked like when somebody last looked at it.

A look is the brightness of each part of a picture, row by row, a character each: block means (Yang,
Gu and Niu 2006), of parts as large as a finger. They stand in `looks.txt`, a line a picture, named
by page or state, device, theme and language. A moved or missing block, another picture, another
ground is told; another word of the same length is not, nor another colour that is as bright.
"""

from collections.abc import Iterator
from pathlib import Path

from PIL import Image

FILE = Path(__file__).with_name("looks.txt")
PART = 64  # CSS pixels, about
SCALE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+-"  # dark to bright
# Of 77 pictures taken twice, by servers of their own, 70 looked the same and seven one step apart
# (maps, /me): a part just between two steps falls on the other side.
TOLERATED = 1
# What differs from one run to the next by its nature.
MOVING = {
    "admin": "free space on the disk, the newest seal of the log",
    "admin-log": "each run signs in and is logged",
}


def look_of(picture: Image.Image, width: int) -> str:
    """The look of a page's picture, `width` CSS pixels wide; a dot parts its rows."""
    columns = round(width / PART)
    rows = max(1, round(picture.height * columns / picture.width))
    small = picture.convert("L").resize((columns, rows), Image.Resampling.BOX).tobytes()
    marks = "".join(SCALE[grey * len(SCALE) // 256] for grey in small)
    return ".".join(marks[at : at + columns] for at in range(0, len(marks), columns))


def difference(before: str, after: str) -> str | None:
    """What drifted from one look to another, in words, or None where nothing did."""
    were, are = before.split("."), after.split(".")
    if len(were) != len(are):
        return f"about {len(are) * PART} px long, was {len(were) * PART}"
    steps = {
        (column, row): abs(SCALE.index(is_now) - SCALE.index(was))
        for row, pair in enumerate(zip(were, are, strict=True))
        for column, (was, is_now) in enumerate(zip(*pair, strict=True))
    }
    drifted = [place for place, step in steps.items() if step > TOLERATED]
    if not drifted:
        return None
    (column, row), largest = drifted[0], max(steps.values())
    return (
        f"{len(drifted)} of {len(steps)} parts look different, by {largest} of {len(SCALE)} steps, "
        f"the first about {column * PART} px from the left and {row * PART} px down"
    )


class Looks:
    """The looks of the file, and what the pictures of this run add or change."""

    def __init__(self, file: Path = FILE, *, are_new: bool = False) -> None:
        """Read the file; without one nothing is known. `are_new`: this run replaces them."""
        self.are_new, self._file = are_new, file
        lines = file.read_text("ascii").splitlines() if file.is_file() else []
        self._known = dict(line.split(" ") for line in lines)
        self._seen: dict[str, str] = {}

    def drift(self, name: str, path: Path, width: int) -> str | None:
        """What drifted in the picture of that name since it was last looked at, or None."""
        with Image.open(path) as picture:
            look = self._seen[name] = look_of(picture, width)
        before = self._known.get(name)
        return difference(before, look) if before else "nobody has looked at it yet"

    def gone(self) -> Iterator[str]:
        """The pictures of the file that a whole run did not take."""
        yield from (f"{name}: not taken any more" for name in self._known.keys() - self._seen)

    def write(self, is_whole: bool) -> None:
        """Write the looks of this run into the file; after a whole run no others stay in it."""
        looks = self._seen if is_whole else self._known | self._seen
        lines = (f"{name} {look}\n" for name, look in sorted(looks.items()))
        self._file.write_text("".join(lines), "ascii")
