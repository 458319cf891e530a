"""The screen in the tent: scenes take turns, a network may be away, and it never grows."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from observations.base.clock import day_of, now_utc
from observations.festivals.festival import Festival
from observations.festivals.joining import join
from observations.festivals.organising import Plan, make_festival
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.parts import runtime
from tests.browser.devices import wait_app
from tests.browser.server import Server
from tests.pages.api.phone import Phone
from tests.support.cast import HE_QING
from tests.support.festival_days import say
from tests.support.sightings import record
from tests.support.site import Site

SCREEN = {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN"}
SEEN = ("Nycticorax nycticorax", "Egretta garzetta", "Passer montanus")
HIDDEN = "Syrmaticus ellioti"
SCENES = ["在哪里遇见", "最新找到的", "各队找到的种", "这几天的生命之树", "一起来找"]
TURN_MS, ASK_MS = 14_000, 15_000
PHONES = 10
SOAK_MINUTES, A_MINUTE = 60, 60
SETTLED = 0.2  # of the soak; what is loaded once is loaded by then
MOST_HEAP, MOST_SERVER = 4 * 2**20, 100 * 2**20  # bytes that the rest may add


@dataclass
class Tent:
    """A festival that runs, its server, and the phones of its teams."""

    server: Server
    festival: Festival
    phones: list[Phone]


@pytest.fixture
def tent(site: Site) -> Iterator[Tent]:
    store, now = runtime.store(), now_utc()
    today = day_of(now)
    festival = make_festival(store, HE_QING, Plan("西溪观察节", (today, today)), DISTRICTS, now)
    cookies = []
    for number in range(PHONES):
        site.cookies.clear()
        device = site.arrive(consents=True)
        join(store, festival.code, f"{'白鹭' if number % 2 else '水杉'}", device, now)
        cookies.append(dict(site.cookies))
        name = SEEN[number % len(SEEN)]
        say(store, record(store, device, now, taxon_id=str(taxon_id_of(name))), Verdict.ACCEPT)
        record(store, device, now, taxon_id=str(taxon_id_of(HIDDEN)))
    runtime.close()
    server = Server(site.home, LUJI_DEMO="1").start()
    phones = [Phone(server.url, consents=False) for _ in cookies]
    for phone, own in zip(phones, cookies, strict=True):
        phone.session.cookies.clear()
        phone.session.cookies.update(own)
    yield Tent(server, festival, phones)
    server.stop()


def opened(browser: Browser, tent: Tent) -> Page:
    page = browser.new_context(**SCREEN, base_url=tent.server.url).new_page()
    page.clock.install()
    page.goto(f"/festival?code={tent.festival.code}&wall=1")
    wait_app(page)
    expect(page.get_by_role("heading", name="西溪观察节")).to_be_visible(timeout=60_000)
    return page


def test_its_scenes_take_turns_and_a_network_that_is_away_takes_nothing_off(
    browser: Browser, tent: Tent
) -> None:
    page = opened(browser, tent)
    texts = {}
    for _ in range(6):
        title = page.locator(".scene").inner_text()
        texts[title] = page.locator(".tent").inner_text()
        page.clock.fast_forward(TURN_MS)
        expect(page.locator(".scene")).not_to_have_text(title)
    assert list(texts) == [
        "在哪里遇见",
        "最新找到的",
        "各队找到的种",
        "这几天的生命之树",
        "一起来找",
    ]
    assert "夜鹭" in texts["最新找到的"] and "白颈长尾雉" not in "".join(texts.values())
    assert "水杉" in texts["各队找到的种"] and tent.festival.code[:3] in texts["一起来找"]

    page.context.set_offline(True)
    page.clock.fast_forward(ASK_MS)
    expect(page.get_by_text("网络断了，接上以后自己更新。")).to_be_visible()
    expect(page.locator("dd").first).to_have_text(str(len(SEEN)))
    page.context.set_offline(False)
    page.clock.fast_forward(ASK_MS)
    expect(page.get_by_text("网络断了，接上以后自己更新。")).to_be_hidden()
    page.context.close()


@dataclass
class Size:
    """What the browser's heap and nodes, and the server's memory, have grown to."""

    heap: float
    nodes: float
    server: int


def size(cdp: CDPSession, server: Server) -> Size:
    cdp.send("HeapProfiler.collectGarbage")
    metrics = {m["name"]: m["value"] for m in cdp.send("Performance.getMetrics")["metrics"]}
    status = Path(f"/proc/{server.process_id}/status").read_text("ascii")
    resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return Size(metrics["JSHeapUsedSize"], metrics["Nodes"], int(resident.split()[1]) * 1024)


def soaked(browser: Browser, tent: Tent, minutes: float) -> tuple[Size, Size]:
    """The sizes once everything is loaded, and at the end; a record a second meanwhile."""
    page = browser.new_context(**SCREEN, base_url=tent.server.url).new_page()
    page.goto(f"/festival?code={tent.festival.code}&wall=1")
    wait_app(page)
    expect(page.get_by_role("heading", name="西溪观察节")).to_be_visible(timeout=60_000)
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    begin, sent, settled = time.monotonic(), 0, None
    while (passed := time.monotonic() - begin) < 60 * minutes:
        answer = tent.phones[sent % PHONES].record(taxon_id=str(taxon_id_of(SEEN[sent % 3])))
        assert answer.status_code == 201, answer.text
        sent += 1
        if settled is None and passed > SETTLED * 60 * minutes:
            settled = size(cdp, tent.server)
        page.wait_for_timeout(max(0, (begin + sent * 60 / A_MINUTE - time.monotonic()) * 1000))
    assert settled and page.locator(".stage > *").is_visible()
    end = size(cdp, tent.server)
    page.context.close()
    return settled, end


@pytest.mark.soak
def test_an_hour_of_records_leaves_browser_and_server_as_large_as_before(
    browser: Browser, tent: Tent
) -> None:
    settled, end = soaked(browser, tent, SOAK_MINUTES)
    assert end.heap - settled.heap < MOST_HEAP, (settled, end)
    assert end.nodes <= settled.nodes * 2, (settled, end)
    assert end.server - settled.server < MOST_SERVER, (settled, end)
