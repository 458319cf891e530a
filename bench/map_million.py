"""The public map at a million records, five million with `--full`, beside ten thousand."""

from collections.abc import Iterator

from bench import map as city_map
from bench.measurement import Measurement


def measure(full: bool = False) -> Iterator[Measurement]:
    """As `map`, with more records than a short run has time to make."""
    yield from city_map.measured((10_000, 1_000_000, *((5_000_000,) if full else ())))
