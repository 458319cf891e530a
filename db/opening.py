"""Opening a store: its engine, migrations and reference data."""

from db.engines.of_url import engine_of
from db.migrating import migrate, migrations
from db.seeding import fill_skeletons, give_first_replies, seed
from db.store import Store


def open_store(url: str) -> Store:
    """Open a store, apply migrations and load reference data.

    `url` is `duckdb:///PATH` (`duckdb:////PATH` is absolute) or `postgresql://…`. Raises
    `StorageError` with what to do about it.
    """
    engine = engine_of(url)
    try:
        migrate(engine, migrations())
        store = Store(engine)
        seed(store)
        give_first_replies(store)
        fill_skeletons(store)
    except BaseException:
        engine.close()
        raise
    return store
