"""The first screens: HTML with each page's own content, the same for everybody, never outdated."""

import html
import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from limits import parse
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from observations.base.clock import day_of, now_utc
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.festivals.organising import Plan, make_festival
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api import costly
from pages.parts import runtime, site
from pages.shell import first_screens
from pages.shell.first_screens import FirstScreens
from pages.shell.language import without_language
from pages.shell.middleware import middleware
from pages.shell.sitemap import addresses
from tests.support.photographs import plain_jpeg
from tests.support.sightings import NIGHT_HERON, phone, photo, record, said

PHEASANT = taxon_id_of("Syrmaticus ellioti")
ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' or 1=1 --",
    "{{7*7}}$page${page}%s{0}",
    "javascript:alert(1)",
    "\u202e\u0000\ud83d",
    "../../etc/passwd",
)
PAGES = [entry.path for entry in site.ENTRIES if entry.action == "visit"]


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The whole shell on an empty store, with the table of `app.py`."""
    monkeypatch.setenv("LUJI_HOME", str(tmp_path))
    runtime.close()
    from app import FIRST_SCREENS

    rest = Route("/{path:path}", lambda _request: PlainTextResponse("streamlit"))
    shell = Starlette(routes=[rest], middleware=middleware(FIRST_SCREENS))
    with TestClient(shell, headers={"accept": "text/html"}) as client:
        yield client
    runtime.close()


def main_of(client: TestClient, address: str) -> str:
    """The words of the page itself, without the bars."""
    answer = client.get(address)
    assert answer.status_code in (200, 404)
    whole = re.search(r"<main.*?</main>", answer.text, re.S)
    assert whole is not None
    return html.unescape(re.sub(r"<[^>]+>", " ", whole[0]))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_an_empty_city_has_its_words_and_leads_on(
    city: TestClient, path: str, language: str
) -> None:
    city.cookies.set("luji_lang", language)
    answer = city.get(f"/{path}")

    words = main_of(city, f"/{path}")
    links = set(re.findall(r'href="(/[a-z-]*)"', answer.text))
    assert words.strip()
    assert (re.search("[\u4e00-\u9fff]", words) is not None) or language == "en"
    assert {"/map", "/record", "/boards"} <= links or site.find(path).is_task  # type: ignore[union-attr]
    assert "</script><" not in words


def test_a_record_is_on_the_pages_at_once_and_gone_at_once(city: TestClient) -> None:
    store, photos = runtime.store(), runtime.photos()
    device_id = phone(store)
    upload_id = photo(store, photos, device_id, plain_jpeg())
    occurrence_id = record(store, device_id, taxon_id=str(NIGHT_HERON), photos=[str(upload_id)])
    assert "夜鹭" not in main_of(city, "/")
    said(store, occurrence_id, Verdict.ACCEPT)

    home = city.get("/").text
    [public_id] = set(re.findall(r"/sighting\?id=([0-9a-f-]{36})", home))
    pages = ["/", f"/sighting?id={public_id}", f"/species?taxon={NIGHT_HERON}"]
    assert all("夜鹭" in main_of(city, page) for page in pages)
    assert "<title>夜鹭 · 绿迹杭州</title>" in city.get(pages[1]).text

    said(store, occurrence_id, Verdict.WITHHOLD)
    assert "夜鹭" not in main_of(city, "/")
    assert "夜鹭" not in main_of(city, f"/sighting?id={public_id}")
    assert "photos/" not in city.get(f"/species?taxon={NIGHT_HERON}").text


def test_a_record_that_is_not_public_has_the_page_of_one_that_is_not_there(
    city: TestClient,
) -> None:
    store = runtime.store()
    waiting = record(store, phone(store), taxon_id=str(PHEASANT))

    nothing = main_of(city, "/sighting?id=00000000-0000-4000-8000-000000000000")
    assert main_of(city, f"/sighting?id={waiting}") == nothing


def test_the_body_is_for_everybody_and_the_answer_for_one(city: TestClient) -> None:
    first, second = city.get("/"), TestClient(city.app).get("/", headers={"accept": "text/html"})

    assert first.text == second.text
    assert first.cookies["luji_device"] != second.cookies["luji_device"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(first.headers["vary"].split(", "))


def test_an_unchanged_city_is_drawn_once(city: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = FirstScreens._drawn
    monkeypatch.setattr(first_screens.time, "monotonic", lambda: 1000.0)
    monkeypatch.setattr(
        FirstScreens, "_drawn", lambda *given: drawn.append(given[1].path) or draw(*given)
    )
    from app import FIRST_SCREENS

    screens = FirstScreens(FIRST_SCREENS)
    entry = site.find("/species")
    assert entry is not None
    for attack in ATTACKS:  # what is no filter makes no body of its own
        screens.screen(entry, "zh", {"utm_source": attack, "group": "bird"})
    assert drawn == ["species"]


def test_no_address_writes_into_a_page(city: TestClient) -> None:
    """Every filter on every page, each with another of the attacks; each attack in every filter."""
    paths = ("", "boards", "map", "species", "sighting", "places", "discoveries")
    assert len(paths) >= len(ATTACKS)
    for (row, path), (column, key) in itertools.product(
        enumerate(paths), enumerate(sorted(first_screens.FILTERS))
    ):
        attack = ATTACKS[(row + column) % len(ATTACKS)]
        answer = city.get(f"/{path}?{key}={quote(attack, errors='surrogatepass')}")

        assert answer.status_code in (200, 404)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert 'href="javascript' not in answer.text


def test_staff_and_their_desks_have_no_first_screen(city: TestClient) -> None:
    assert city.get("/verify").status_code == 404
    city.cookies.set("luji_staff", "not a session")
    assert main_of(city, "/verify").split() == ["核实"]


def test_a_network_that_asks_for_too_much_gets_headings(
    city: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each address of its own has to be drawn; what is held is served all the same."""
    monkeypatch.setattr(first_screens.time, "monotonic", lambda: 1000.0)
    store = runtime.store()
    said(store, record(store, phone(store), taxon_id=str(NIGHT_HERON)), Verdict.ACCEPT)
    assert "夜鹭" in main_of(city, "/")

    monkeypatch.setattr(costly, "WORK", parse("1/10 minutes"))
    pages = [main_of(city, f"/species?taxon={NIGHT_HERON}&id={n}") for n in range(3)]

    assert "夜鹭" not in pages[-1]
    assert "物种" in pages[-1]
    assert "夜鹭" in main_of(city, "/")


def card_of(client: TestClient, address: str) -> dict[str, str]:
    """What a messenger reads of a shared page."""
    text = client.get(address).text
    found = re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', text)
    return {name: html.unescape(value) for name, value in found}


def test_a_shared_page_has_a_card_of_what_it_shows(
    city: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, photos = runtime.store(), runtime.photos()
    device_id = phone(store)
    upload_id = photo(store, photos, device_id, plain_jpeg())
    occurrence_id = record(store, device_id, taxon_id=str(NIGHT_HERON), photos=[str(upload_id)])
    said(store, occurrence_id, Verdict.ACCEPT)
    public = store.occurrences.public_by_occurrence(occurrence_id)
    assert public is not None

    sighting = card_of(city, f"/sighting?id={public.public_id}&utm_source=x")
    assert sighting["title"] == "夜鹭"
    assert "Nycticorax nycticorax · 西湖区 · " in sighting["description"]
    assert sighting["image"].endswith(f"/photos/{public.photo_sha256}/large.webp")
    assert sighting["url"].endswith(f"/sighting?id={public.public_id}")
    species = card_of(city, f"/species?taxon={NIGHT_HERON}")
    assert (species["title"], "1 条记录" in species["description"]) == ("夜鹭", True)
    assert "/assets/art/" in species["image"]
    assert (
        card_of(city, "/discoveries?code=physalacria-tianzhongshanensis")["image"]
        != card_of(city, "/")["image"]
    )

    said(store, occurrence_id, Verdict.WITHHOLD)
    withheld = city.get(f"/sighting?id={public.public_id}")
    assert withheld.status_code == 404
    assert "夜鹭" not in withheld.text


def test_the_card_of_a_generalised_record_has_its_month_and_no_photo(city: TestClient) -> None:
    store, photos = runtime.store(), runtime.photos()
    device_id = phone(store)
    upload_id = photo(store, photos, device_id, plain_jpeg())
    occurrence_id = record(store, device_id, taxon_id=str(PHEASANT), photos=[str(upload_id)])
    said(store, occurrence_id, Verdict.ACCEPT)
    whole = store.occurrences.occurrence(occurrence_id)
    assert whole is not None

    card = card_of(city, f"/sighting?id={whole.public_id}")

    assert card["title"] == "白颈长尾雉"
    assert re.search(r"\d 月$", card["description"])
    assert "/photos/" not in card["image"]


def test_the_cards_of_a_species_a_place_a_festival_and_a_discovery(city: TestClient) -> None:
    store, today = runtime.store(), day_of(now_utc())
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    days = (today, today + timedelta(days=1))
    make_festival(store, admin, Plan("西溪观察节", days), DISTRICTS, now_utc())
    cards = {
        f"/species?taxon={NIGHT_HERON}": ("夜鹭", "Nycticorax nycticorax · 鸟类", "/assets/art/"),
        "/places?id=xixi": ("西溪国家湿地公园", "跨西湖区和余杭区", "/assets/icons/"),
        "/festival": ("西溪观察节", "全市", "/assets/icons/"),
        "/discoveries?code=zacco-tiaoxiensis": ("苕溪鱲", "苕溪", "/assets/art/tiaoxi-zacco"),
    }
    for address, (title, words, picture) in cards.items():
        card = card_of(city, address)
        assert card["title"] == title
        assert words in card["description"] and picture in card["image"], card


def test_an_address_may_ask_for_a_language_and_each_page_names_its_others(
    city: TestClient,
) -> None:
    usual = city.get("/places?id=xixi").text
    links = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', usual))
    assert set(links) == {"zh-CN", "en", "x-default"}

    address = html.unescape(links["en"])
    answer = city.get(address)
    assert '<html lang="en">' in answer.text and "Xixi National Wetland Park" in answer.text
    assert answer.cookies["luji_lang"] == "en"
    assert f'<link rel="canonical" href="{links["en"]}">' in answer.text
    assert without_language(address) == "/places?id=xixi"  # where another is chosen there


def test_search_engines_are_told_of_public_records_by_random_ids_and_of_no_time(
    city: TestClient,
) -> None:
    store, device_id = runtime.store(), phone(runtime.store())
    subjects = [record(store, device_id, taxon_id=str(NIGHT_HERON)) for _turn in range(3)]
    public = []
    for subject in subjects[:2]:
        said(store, subject, Verdict.ACCEPT)
        stored = store.occurrences.occurrence(subject)
        assert stored is not None
        public.append(f"/sighting?id={stored.public_id}")

    told = list(addresses())

    assert [one for one in told if one.startswith("/sighting")] == sorted(public)
    assert {"/", "/species", "/places?id=xixi", f"/species?taxon={NIGHT_HERON}"} <= set(told)
    answers = [one for one in told if city.get(one).status_code != 200]
    assert not answers
