"""The result of a festival by team: sightings so far, and confirmed ones."""

from dataclasses import dataclass

from pypinyin import lazy_pinyin

from observations.festivals.festival import Festival, TeamLine
from observations.festivals.store import Store


@dataclass(frozen=True)
class Result:
    """A festival's teams, in the order of their names: it is not a competition."""

    festival: Festival
    rows: list[TeamLine]

    @property
    def so_far(self) -> int:
        """The number of all sightings."""
        return sum(row.so_far for row in self.rows)

    @property
    def confirmed(self) -> int:
        """The number of all confirmed sightings."""
        return sum(row.confirmed for row in self.rows)


def result(store: Store, festival: Festival, by_number: bool = False) -> Result:
    """The teams by name (Chinese names by pinyin), or by their number of confirmed sightings."""
    rows = sorted(store.festivals.lines(festival.festival_id), key=lambda row: _spelt(row.name))
    if by_number:
        rows.sort(key=lambda row: (-row.confirmed, -row.so_far))
    return Result(festival, rows)


def _spelt(name: str) -> tuple[list[str], str]:
    return [syllable.casefold() for syllable in lazy_pinyin(name)], name
