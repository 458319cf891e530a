"""A festival's result as everybody gets it, and does it again."""

import csv
import io
import zipfile
from datetime import timedelta

from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.festivals import verify_result
from observations.festivals.freezing import freeze_due
from observations.festivals.sheet import public_key
from observations.verification.decisions import Reason, Verdict
from pages.api import festivals, occurrences
from pages.parts import runtime
from tests.support.festival_days import filled, made, say
from tests.support.site import Site


def test_the_published_script_does_it_again_from_the_open_data(site: Site, tmp_path, capsys):
    store, secret = runtime.store(), runtime.settings().secret
    festival = made(store)
    accepted = filled(store, festival)
    freeze_due(store, secret, festival.freezes_at)
    say(store, accepted[0], Verdict.REJECT, reason=Reason.NOT_ENOUGH)
    freeze_due(store, secret, festival.freezes_at + timedelta(days=1))
    client = TestClient(Starlette(routes=[*festivals.ROUTES, *occurrences.ROUTES]))
    of = {"id": str(festival.festival_id)}
    sheet = store.festivals.latest_sheet(festival.festival_id)
    archive, export = tmp_path / "result.zip", tmp_path / "occurrences.csv"
    archive.write_bytes(client.get("/api/v1/festivals/result.zip", params=of).content)
    export.write_bytes(client.get(sheet.said["query"]).content)
    arguments = [str(archive), "--key", public_key(secret), "--export", str(export)]
    assert verify_result.main(arguments) == 0, capsys.readouterr().out

    export.write_text(
        export.read_text("utf-8").replace("Egretta garzetta", "Ardea alba", 1), "utf-8"
    )
    assert verify_result.main(arguments) == 1
    assert "has another name" in capsys.readouterr().out
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            text = whole.read(name).decode()
            copy.writestr(
                name, text.replace(",1\n", ",0\n", 1) if name == "records-2.csv" else text
            )
    assert verify_result.main([str(broken), "--key", public_key(secret)]) == 1
    assert "the list of records was changed" in capsys.readouterr().out
    assert verify_result.main([str(archive), "--key", public_key(b"another")]) == 1


def test_the_table_and_a_result_that_does_not_stand_yet(site: Site):
    festival = made(runtime.store())
    filled(runtime.store(), festival)
    client = TestClient(Starlette(routes=festivals.ROUTES))
    of = {"id": str(festival.festival_id)}
    answer = client.get("/api/v1/festivals/result.zip", params=of)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "festival.not_frozen")
    table = client.get("/api/v1/festivals/result.csv", params=of)
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [(row["team"], row["encounters"]) for row in rows] == [
        ("白鹭", "6"),
        ("独行", "2"),
        ("", "8"),
    ]
    for wrong, status in (("x", 400), ("00000000-0000-4000-8000-000000000000", 422)):
        assert (
            client.get("/api/v1/festivals/result.csv", params={"id": wrong}).status_code == status
        )
