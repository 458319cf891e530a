"""The ids a file has had so far, in little memory: 8 bytes each, 16 to 32 MB a million."""

from array import array
from uuid import UUID

SMALLEST = 1 << 12
MASK = (1 << 64) - 1


class SeenIds:
    """A set of UUIDs made by hashing, of which 64 bits are compared.

    Among a million, two different ones are taken for the same in one of ten million files.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * SMALLEST))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, one: UUID) -> bool:
        return bool(self._slots[self._slot(self._slots, _key(one))])

    def add(self, one: UUID) -> bool:
        """Add an id; False where it was in the set already."""
        if self._count * 2 >= len(self._slots):
            self._grow()
        key = _key(one)
        slot = self._slot(self._slots, key)
        if self._slots[slot]:
            return False
        self._slots[slot] = key
        self._count += 1
        return True

    @staticmethod
    def _slot(slots: "array[int]", key: int) -> int:
        """The slot of the key, or the free slot for it."""
        mask = len(slots) - 1
        slot = key & mask
        while slots[slot] not in (0, key):
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        larger = array("Q", bytes(16 * len(self._slots)))
        for key in self._slots:
            if key:
                larger[self._slot(larger, key)] = key
        self._slots = larger


def _key(one: UUID) -> int:
    return (one.int & MASK) or 1
