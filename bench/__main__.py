"""`python -m bench [NAME …] [--full]`: run measurements, print rows, write `bench/results.json`.

Exit code 1 where a goal is missed. Without names everything but the heaviest runs; `--full` repeats
more often and runs the heaviest too.
"""

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.measurement import HEADER, Measurement

RESULTS = Path(__file__).parent / "results.json"
# To add a measurement: a module here with `measure(full) -> Iterable[Measurement]`, and a line.
MEASUREMENTS = {
    "first_visit": "when a page is useful and usable on a slow phone, beside a one-line page",
    "pages": "what a page costs the server beside a bare one, and first screens a second",
    "field": "when the field recorder is ready on slow 3G, beside a one-line page",
    "record_journey": "taps and seconds from `/` to 已收到, on a slow phone",
    "name_search": "finding names while typing at 100,000 names, beside a scan by SQL",
    "durable_writes": "sightings received a second, beside the same statements written raw",
    "hostile_photos": "memory and stalls while 200 broken and hostile photos come with good ones",
    "boards": "how quickly a board of green points opens, and how soon it is right",
    "desk": "records a minute at the desk, from key to next record, two verifiers at once",
    "decisions": "what a decision asks of a full PostgreSQL, and two decisions at once",
    "satisfaction": "intervals of districts and the city, and ranks, beside the known truth",
    "fraud": "how far invented answers and leaked proofs move a district, and honest groups' say",
    "dwca": "survey import and Darwin Core Archive, beside DuckDB's copy and the csv module",
    "map": "bytes and times of the public map, beside st.map and a pydeck scatter plot",
    "map_million": "the same at a million records, five million with --full",
    "growth": "what pages and routes read at 100,000 sightings, a million with --full",
    "health": "how soon /healthz answers beside 40 visitors who open pages",
    "restart": "how soon it serves again after a kill under load, at 100,000 sightings",
    "compaction": "how long a write waits while erased bytes are removed, a million with --full",
    "map_busy": "the same on both engines beside 20 transactions a second that publish nothing",
}
HEAVY: frozenset[str] = frozenset(
    {"map_million", "growth", "map_busy", "restart", "compaction"}
)  # run by name or with --full only


def main(arguments: Sequence[str]) -> int:
    """Run the named measurements; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    chosen = options.names or [n for n in MEASUREMENTS if options.full or n not in HEAVY]
    _say(HEADER)
    rows: list[Measurement] = []
    for name in chosen:
        for row in _measure_of(name)(options.full):
            _say(row.as_line())
            rows.append(row)
    RESULTS.write_text(json.dumps([row.as_json() for row in rows], indent=1) + "\n", "utf-8")
    return 0 if all(row.holds for row in rows) else 1


def _measure_of(name: str) -> Callable[[bool], Iterable[Measurement]]:
    measure: Callable[[bool], Iterable[Measurement]]
    measure = importlib.import_module(f"bench.{name}").measure
    return measure


def _parser() -> argparse.ArgumentParser:
    about = "\n".join(f"  {name:<16} {what}" for name, what in MEASUREMENTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description=f"Measurements, each beside its floor:\n{about}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--full", action="store_true", help="more repetitions, the heaviest too")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
