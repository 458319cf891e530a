"""Pictures that look alike, by quarters of their hashes; the view `like_photo` says the same."""

from collections.abc import Sequence

MOST_BITS = 8

Quarters = Sequence[int]


def are_alike(one: Quarters, other: Quarters) -> bool:
    """Whether two pictures share a quarter of their hashes and differ in few bits."""
    apart = [(a ^ b).bit_count() for a, b in zip(one, other, strict=True)]
    return min(apart) == 0 and sum(apart) <= MOST_BITS


def columns_of(hashes: Sequence[Quarters]) -> dict[str, list[int]]:
    """The quarters of several hashes as the lists that blocks take."""
    columns = zip(*hashes, strict=True)
    return {f"quarter_{n}": sorted(set(column)) for n, column in enumerate(columns, 1)}
