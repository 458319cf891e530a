"""Reference data from `db/seed`, loaded at start when a file has changed."""

import csv
import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from db.satisfaction import official_score
from db.store import Store, Transaction
from db.surveys import new_record_of_seed
from db.taxa import taxon_name_of_seed, taxon_of_seed
from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.retrying import retried
from observations.desk.reply import FIRST_REPLIES, Reply
from observations.exchange.survey_matching import match_with_checklist
from observations.map.projection import project
from observations.places.sites import site_of_row

TOGETHER = 5_000  # names in one transaction
FOLDER = Path(__file__).parent / "seed"
REPLIES = "replies"
Rows = list[dict[str, str]]


def _actions(tx: Transaction, rows: Rows) -> None:
    tx.actions.seed(rows)


def _official_scores(tx: Transaction, rows: Rows) -> None:
    tx.satisfaction.replace_official_scores([official_score(row) for row in rows])


def _new_records(tx: Transaction, rows: Rows) -> None:
    tx.surveys.replace_new_records([new_record_of_seed(row) for row in rows])


def _sites(tx: Transaction, rows: Rows) -> None:
    """Load the first list of places; it never replaces a list of staff."""
    if not tx.sites.all_sites():
        tx.sites.replace_sites([site_of_row(row, number) for number, row in enumerate(rows, 2)])


def _taxa(tx: Transaction, rows: Rows) -> None:
    tx.taxa.put_taxa([taxon_of_seed(row) for row in rows])
    project(tx)  # names, groups and sensitivity are part of the public view
    match_with_checklist(tx)


def _taxon_names(tx: Transaction, rows: Rows) -> None:
    tx.taxa.put_names([taxon_name_of_seed(row) for row in rows])
    match_with_checklist(tx)


LOADERS: dict[str, Callable[[Transaction, Rows], None]] = {
    "actions.csv": _actions,
    "new_records.csv": _new_records,
    "official_scores.csv": _official_scores,
    "sites.csv": _sites,
    "taxa.csv": _taxa,
    "taxon_names.csv": _taxon_names,
}


def read_seed(name: str) -> Rows:
    """The rows of `db/seed/<name>`, by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill_skeletons(store: Store) -> int:
    """Compare names that were chosen before there were skeletons; gives their number."""
    total, count = 0, TOGETHER
    while count >= TOGETHER:
        count = _fill_some(store)
        total += count
    return total


@retried
def _fill_some(store: Store) -> int:
    if not store.people.lacks_skeletons():
        return 0
    with store.transaction() as tx:
        return max(tx.people.fill_skeletons(TOGETHER), tx.points.fill_skeletons(TOGETHER))


@retried
def give_first_replies(store: Store) -> None:
    """Give a store its first replies, once: what staff removed does not come back."""
    if store.log.checksum(REPLIES):
        return
    with store.transaction() as tx:
        if tx.log.checksum(REPLIES):
            return
        for number, (verdict, group, audience, words) in enumerate(FIRST_REPLIES):
            now = now_utc() + timedelta(milliseconds=number)  # they stand in this order
            tx.desk.put_reply(Reply(new_id(now), verdict, group, audience, words), None, now)
        tx.log.remember_checksum(REPLIES, str(len(FIRST_REPLIES)))


def seed(store: Store) -> list[str]:
    """Load every file that differs from the one loaded last; gives the names of those."""
    return [name for name, load in LOADERS.items() if _seed_one(store, name, load)]


@retried
def _seed_one(store: Store, name: str, load: Callable[[Transaction, Rows], None]) -> bool:
    checksum = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    if store.log.checksum(name) == checksum:
        return False
    with store.transaction() as tx:
        if tx.log.checksum(name) == checksum:
            return False
        load(tx, read_seed(name))
        tx.log.remember_checksum(name, checksum)
    return True
