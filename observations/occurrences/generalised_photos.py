"""Photos of records whose place is generalised: one picture must not join them to another record.

Such a photo has a name of its own, under which it is served in bytes of its own. It is not shown
while another public record, exact or not, has the same picture or one that looks like it, whichever
was public first: whoever knows the one place would know the other.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

TOGETHER = 5_000  # records whose photos are compared by one statement


class PhotosOfGeneralised(Protocol):
    """The writes of the projection of photos. Every method may raise `StorageError`."""

    def generalised_like(self, sha256s: Sequence[str]) -> list[UUID]:
        """Generalised public records with one of these photos or one that looks like it."""
        ...

    def show_generalised_photos(self, occurrence_ids: Sequence[UUID]) -> None:
        """Show of these records, as far as they are public and generalised, what may be shown."""
        ...


class Transaction(Protocol):
    """The writes that showing photos needs."""

    @property
    def occurrences(self) -> PhotosOfGeneralised: ...


def show_photos(
    tx: Transaction, sha256s: Sequence[str], changed: Iterable[UUID] = frozenset()
) -> None:
    """Compare the photos of generalised records anew, after records with `sha256s` changed.

    `changed` are generalised records, to be compared whatever photos they have. To be called when
    the projection already shows the change.
    """
    records = set(changed)
    if sha256s:
        records.update(tx.occurrences.generalised_like(sha256s))
    show_all(tx, records)


def show_all(tx: Transaction, occurrence_ids: Iterable[UUID]) -> None:
    """Compare the photos of these records with those of every other public one."""
    ids = sorted(occurrence_ids)
    for start in range(0, len(ids), TOGETHER):
        tx.occurrences.show_generalised_photos(ids[start : start + TOGETHER])
