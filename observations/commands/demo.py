"""`demo`: fill an empty store with half a year of marked demonstration data."""

import argparse
import sys

from db.store import Store
from observations.base.clock import now_utc
from observations.demo.filling import SEED, fill
from observations.demo.half_year import HalfYear
from observations.demo.progress import bar
from observations.media.store import PhotoFiles


def fill_with_demo(
    arguments: argparse.Namespace, store: Store, photos: PhotoFiles
) -> HalfYear | None:
    """Fill the store, with a progress bar on a terminal.

    None where `--if-empty` is given and the store is in use. Raises `Refused` as `fill` does.
    """
    if arguments.if_empty and not store.demo.is_untouched():
        return None
    seed = SEED if arguments.seed is None else arguments.seed
    return fill(store, photos, now_utc(), seed, bar(sys.stderr))
