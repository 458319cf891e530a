"""The removal of a whole survey dataset in one transaction."""

from datetime import datetime

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.surveys.dataset_store import Store
from observations.surveys.datasets import Dataset

MANAGE_DATASETS = "manage_datasets"


@retried
def withdraw(store: Store, code: str, person: Person, now: datetime) -> Dataset:
    """Remove the dataset and all its rows; return the removed dataset.

    Raises `Refused`: `role.may_not`, `dataset.unknown`.
    """
    require(person, MANAGE_DATASETS)
    with store.transaction() as tx:
        dataset = tx.datasets.dataset(code)
        if dataset is None:
            raise Refused("dataset.unknown", "dataset", name=code)
        tx.datasets.remove_dataset(dataset.dataset_id)
        details: dict[str, object] = {"code": code, "rows": dataset.record_count}
        tx.log.add(LogEntry("dataset.withdrawn", dataset.dataset_id, person, now, details))
    return dataset
