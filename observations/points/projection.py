"""The boards' projections, compared with the ledger and corrected in steps."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol
from uuid import UUID

from observations.base.retrying import retried

Progress = Callable[[str, int, int], None]
Share = tuple[str, str, date, int, int, int]  # district, period, first day, points, people, demo


class Reads(Protocol):
    """What comparing asks. Every method may raise `StorageError`."""

    def wrong_holders(self) -> list[UUID]:
        """People and teams whose tallies are not the ledger's."""
        ...

    def district_differences(self) -> list[Share]:
        """What the districts' tallies lack, or have too much, beside their people's."""
        ...


class Writes(Protocol):
    """What correcting writes. Every method may raise `StorageError`."""

    def compute_again(self, holder_id: UUID) -> None:
        """Compute the tallies of a person or team from the ledger."""
        ...

    def correct_districts(self, shares: Sequence[Share]) -> None:
        """Add to the districts' tallies."""
        ...


class Transaction(Protocol):
    """The writes of a correction."""

    @property
    def points(self) -> Writes: ...


class Store(Protocol):
    """What correcting reads and opens."""

    @property
    def points(self) -> Reads: ...

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open one transaction."""
        ...


def rebuild_boards(store: Store, progress: Progress) -> int:
    """Correct the tallies that are not the ledger's; gives of how many people and teams.

    A transaction corrects one of them: for a list DuckDB would read all postings.
    A tally is computed in the transaction that writes it. The districts' are sums of rows, so that
    what they lacked at one moment they lack until it is added, whoever earns meanwhile.
    """
    wrong = store.points.wrong_holders()
    for done, holder_id in enumerate(wrong, start=1):
        _compute_again(store, holder_id)
        progress("boards", done, len(wrong))
    if shares := store.points.district_differences():
        _correct_districts(store, shares)
    return len(wrong)


@retried
def _compute_again(store: Store, holder_id: UUID) -> None:
    with store.transaction() as tx:
        tx.points.compute_again(holder_id)


@retried
def _correct_districts(store: Store, shares: Sequence[Share]) -> None:
    with store.transaction() as tx:
        tx.points.correct_districts(shares)
