"""Uploads that are coming in: how many a browser and a network have open, and how large they are.

The limits of `pages/parts/limits.py` count an upload once, when it begins; here it counts for as
long as it comes.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from observations.base.errors import Refused
from pages.parts.limits import short_key

OF_A_DEVICE = 6  # the recorder sends two at once, an action's form and a second tab as many
OF_A_NETWORK = 600  # 300 telephones of a festival behind one address
BYTES_OF_A_NETWORK = 2**30


class Underway:
    """The open uploads of this process. Used in its event loop alone."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    @contextmanager
    def one(self, device: object, network: str) -> Iterator["Coming"]:
        """One upload, open while the block runs.

        Raises `Refused("limit.too_many")` where the browser or its network has too many.
        """
        keys = short_key(("device", device)), short_key(("network", network))
        for key, most in zip(keys, (OF_A_DEVICE, OF_A_NETWORK), strict=True):
            if self._open[key] >= most:
                raise Refused("limit.too_many")
        self._open.update(keys)
        coming = Coming(self._bytes, keys[1])
        try:
            yield coming
        finally:
            for counter, gone in ((self._open, dict.fromkeys(keys, 1)), (self._bytes, coming.came)):
                counter.subtract(gone)
                for key in gone:
                    if not counter[key]:
                        del counter[key]

    @property
    def count(self) -> int:
        """How many uploads are open."""
        return sum(self._open.values()) // 2  # each under its browser and its network

    def __len__(self) -> int:
        return len(self._open) + len(self._bytes)


class Coming:
    """One upload: what of it has come."""

    def __init__(self, all_bytes: Counter[str], network: str) -> None:
        self._all, self._network = all_bytes, network
        self.came = {network: 0}

    def add(self, size: int) -> None:
        """So many bytes more. Raises `Refused("limit.too_many")` above what a network may have."""
        self._all[self._network] += size
        self.came[self._network] += size
        if self._all[self._network] > BYTES_OF_A_NETWORK:
            raise Refused("limit.too_many")


underway = Underway()
