"""A disk that fills up for real: what was acknowledged stays, the store serves again by itself."""

import shutil
import time
from pathlib import Path

import duckdb
import pytest

from db.engines import duckdb as engine_module
from db.opening import open_store
from observations.base.errors import StorageError
from tests.faults.disks import fill_disk, small_disk
from tests.support.sightings import phone


def test_after_a_failed_checkpoint_the_database_is_opened_anew(
    duckdb_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "REOPEN_EVERY_S", 0.0)
    with small_disk(tmp_path / "disk", 64) as disk:
        shutil.copyfile(duckdb_template, disk / "luji.duckdb")
        store = open_store(f"duckdb:///{disk / 'luji.duckdb'}")
        acknowledged = {phone(store)}
        ballast = fill_disk(disk)
        while True:
            try:
                acknowledged.add(phone(store))
            except StorageError:
                break
        with pytest.raises(duckdb.FatalException), store._engine.reading() as connection:
            connection.execute("checkpoint")
        with pytest.raises(StorageError, match="bytes free"):
            phone(store)

        ballast.unlink()
        start = time.monotonic()
        served = phone(store)

        assert time.monotonic() - start < 5
        for device_id in acknowledged | {served}:
            assert store.people.consent_of(device_id) is not None
        assert store.broken_invariants() == {}
        store.close()
