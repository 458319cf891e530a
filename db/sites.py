"""Places to visit."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from db.ask import Room
from observations.places.sites import Site, SiteKind

FIELDS = tuple(field.name for field in fields(Site))


class Sites(Room):
    """Fulfils the reads and writes of `observations.places.sites`."""

    name = "sites"

    def all_sites(self) -> list[Site]:
        """Every place, in the order of the list."""
        rows = [dict(zip(FIELDS, row, strict=True)) for row in self._ask("all_sites")]
        return [Site(**(row | {"kind": SiteKind(row["kind"])})) for row in rows]

    def replace_sites(self, sites: Sequence[Site]) -> None:
        """Replace all places by these, in this order."""
        self._ask("forget_sites")
        rows = [asdict(site) for site in sites]
        columns = {f"{name}s": [row[name] for row in rows] for name in FIELDS}
        self._ask("add_sites", list_orders=list(range(len(rows))), **columns)
