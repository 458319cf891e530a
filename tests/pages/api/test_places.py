"""`GET /api/v1/places`, and the command that adds to it beside a running server."""

from pathlib import Path

from tests.browser.server import Server, run_command
from tests.pages.api.phone import Phone


def test_a_place_found_by_its_initials_makes_a_record(api_url: str) -> None:
    phone = Phone(api_url)
    place = phone.get("/api/v1/places?q=xhq&limit=1").json()["places"][0]
    assert (place["name"], place["district"], place["kind"]) == ("西湖区", "330106", "district")
    fields = {name: place[name] for name in ("latitude", "longitude", "uncertainty_m", "name")}
    assert phone.record(place={**fields, "source": "named"}).status_code == 201


def test_english_visitors_read_english_names(api_url: str) -> None:
    found = Phone(api_url, language="en").get("/api/v1/places?q=六和塔").json()["places"]
    assert "Liuhe Pagoda" in [place["name"] for place in found]


def test_too_long_a_question_is_refused(api_url: str) -> None:
    answer = Phone(api_url).get("/api/v1/places?q=" + "x" * 41)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "text.too_long")


def test_staff_import_places_beside_a_running_server(api_server: Server, tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text(
        "name_zh,latitude,longitude,uncertainty_m,source\n吴山,30.24,120.16,600,杭州市地名志\n"
        "吴山,31.9,120.16,600,杭州市地名志\n",
        "utf-8",
    )
    wrong = run_command(api_server.home, "import-places", str(file))
    assert (wrong.returncode, "3" in wrong.stdout) == (1, True)
    file.write_text(file.read_text("utf-8").replace("31.9", "30.24"), "utf-8")
    assert run_command(api_server.home, "import-places", str(file), "--dry-run").returncode == 0
    assert run_command(api_server.home, "import-places", str(file)).returncode == 0
    assert run_command(api_server.home, "import-places", str(tmp_path / "none")).returncode == 2
