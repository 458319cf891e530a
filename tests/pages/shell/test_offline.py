"""What the service worker holds, the offline page, the manifest."""

import json
import re

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.parts.assets import ASSETS
from pages.shell import assets, field, offline

client = TestClient(Starlette(routes=[*offline.ROUTES, *field.ROUTES, *assets.ROUTES]))


def held() -> dict[str, object]:
    """What the worker is told to hold."""
    told: dict[str, object] = json.loads(offline.worker_text().split(";\n")[0].split(" = ")[1])
    return told


def test_the_worker_holds_files_of_the_shell_alone_and_all_of_them_are_there() -> None:
    told = held()

    assert (told["page"], told["field"]) == ("/offline", "/field/")
    assert set(told) == {"page", "field", "files", "cache", "consent"}
    for address in offline.files():
        assert address.startswith(("/assets/", "/field/field.js?v="))
        assert client.get(address).status_code == 200, address


def test_the_worker_is_asked_for_again_each_time_and_answers_for_the_whole_site() -> None:
    answer = client.get("/sw.js")

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in answer.headers


def test_a_release_that_changes_one_file_has_a_cache_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = held()["cache"]
    monkeypatch.setitem(offline.SENTENCES, "head", "另一句")
    offline.offline_page.cache_clear()
    offline.worker_text.cache_clear()
    after = held()["cache"]
    monkeypatch.undo()
    offline.offline_page.cache_clear()
    offline.worker_text.cache_clear()

    assert before != after
    assert held()["cache"] == before


def test_the_offline_page_knows_nobody_and_speaks_both_languages() -> None:
    answer = client.get("/offline", headers={"Cookie": "luji_device=abc"})

    assert "set-cookie" not in answer.headers
    said = json.loads(re.findall(r'id="offline">(.*?)</script>', answer.text)[0])
    assert set(said) == {"zh", "en"}
    for one in said.values():
        assert "consented" not in one["recorder"]["data"]
        assert one["script"] in offline.files()


@pytest.mark.parametrize(
    ("language", "name"), [("zh", "绿迹杭州"), ("en", "Green Traces Hangzhou")]
)
def test_the_manifest_has_the_name_and_icons_of_the_size_it_says(language: str, name: str) -> None:
    manifest = client.get(f"/manifest/{language}").json()

    assert manifest["name"] == name
    assert manifest["scope"] == manifest["id"] == "/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        name = icon["src"].removeprefix("/assets/").partition("?")[0]
        with Image.open(ASSETS / name) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_a_maskable_icon_keeps_its_mark_in_the_middle() -> None:
    """What lies outside a circle of 80 % may be cut off: there is the ground alone."""
    with Image.open(ASSETS / "icons" / "maskable-512.png") as picture:
        pixels = picture.convert("RGB")
    ground = pixels.getpixel((0, 0))
    outside = [
        (x, y)
        for x in range(0, 512, 8)
        for y in range(0, 512, 8)
        if (x - 256) ** 2 + (y - 256) ** 2 > (0.4 * 512) ** 2
    ]

    assert {pixels.getpixel(at) for at in outside} == {ground}


def test_there_is_no_manifest_in_another_language() -> None:
    assert client.get("/manifest/fr").status_code == 404
