"""What a person takes away."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import pytest

from db.photos import FolderOfPhotos
from observations.actions.entries import ActionReport
from observations.actions.recording import submit as log_action
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.privacy.downloading import everything_of, write_everything
from observations.verification.decisions import Verdict
from tests.support.photographs import plain_jpeg
from tests.support.sightings import NOW, VERIFIER, observer_of, phone, photo, record, said

SECRET = b"s" * 32


def taken(store, device):
    archive = zipfile.ZipFile(
        io.BytesIO(everything_of(store, SECRET, observer_of(store, device).observer_id))
    )
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_everything_is_there_as_json_and_as_tables(duckdb_store):
    device = phone(duckdb_store)
    sighting = record(duckdb_store, device, note="一句话")
    said(duckdb_store, sighting, Verdict.QUERY, message="多大？")
    log_action(
        duckdb_store, ActionReport(new_id(), "TRV-METRO", Decimal(2), day_of(NOW)), device, NOW
    )

    files = taken(duckdb_store, device)

    whole = json.loads(files["me.json"])
    [row] = whole["sightings"]
    assert (row["occurrence_id"], row["note"]) == (str(sighting), "一句话")
    assert row["decisions"][0]["message"] == "多大？"
    assert row["names"][0]["scientific_name"] == "Nycticorax nycticorax"
    assert len(list(csv.DictReader(io.StringIO(files["sightings.csv"])))) == 1
    assert next(csv.DictReader(io.StringIO(files["actions.csv"])))["action_code"] == "TRV-METRO"
    assert next(csv.DictReader(io.StringIO(files["points.csv"])))["cause_kind"] == "self_report"


def test_who_decided_is_not_given_away(duckdb_store):
    device = phone(duckdb_store)
    said(duckdb_store, record(duckdb_store, device), Verdict.ACCEPT)

    assert str(VERIFIER.staff_id) not in taken(duckdb_store, device)["me.json"]


def test_what_was_typed_does_not_run_in_a_spreadsheet(duckdb_store):
    device = phone(duckdb_store)
    record(duckdb_store, device, note="=1+1")

    row = next(csv.DictReader(io.StringIO(taken(duckdb_store, device)["sightings.csv"])))

    assert row["note"] == "'=1+1"


def test_only_what_is_mine(duckdb_store):
    device, other = phone(duckdb_store), phone(duckdb_store)
    record(duckdb_store, other, note="别人的")
    record(duckdb_store, device)

    assert "别人的" not in taken(duckdb_store, device)["me.json"]


def test_nobody_takes_nothing(duckdb_store):
    with pytest.raises(Refused, match=r"observer\.unknown"):
        everything_of(duckdb_store, SECRET, new_id())


def test_the_zip_has_every_photo_under_the_name_that_the_json_gives_it(
    duckdb_store, tmp_path
) -> None:
    store, files = duckdb_store, FolderOfPhotos(tmp_path / "photos")
    device = phone(store)
    record(store, device, photos=[str(photo(store, files, device, plain_jpeg()))])
    with (tmp_path / "me.zip").open("w+b") as file:
        who = observer_of(store, device).observer_id
        write_everything(store, files, SECRET, who, file)
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        [sighting] = json.loads(archive.read("me.json"))["sightings"]
        [shown] = sighting["photos"]
        assert archive.read(shown["file"])[8:12] == b"WEBP"
        assert archive.testzip() is None
