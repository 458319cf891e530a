"""Taps and seconds from opening `/` to 已收到, on a first visit and on a later one.

A phone of 390 x 844, its processor four times slower, on Fast 4G (8.1 Mbit/s down, 1.35 up, 165 ms,
Chromium's own preset); the file chooser is opened by a tap, the photograph has EXIF place and time,
the species is found by its initials, 150 ms a key. Taps are `pointerdown` events counted in the
page; those in the phone's own file chooser are not counted. The floor of the seconds is the bare
page of one line on the same Streamlit, opened twice: such a journey has two pages at least.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.beside_bare import beside_bare
from bench.measurement import Measurement, middle
from tests.browser.devices import PHONE, wait_app
from tests.browser.server import Server
from tests.support import photographs

RUNS, FULL_RUNS = 3, 9
MOST_TAPS, MOST_S = (6, 5), (30, 20)  # the first time, later
SLOWER, KEY_MS = 4, 150
FAST_4G = {
    "offline": False,
    "latency": 165,
    "downloadThroughput": 9_000_000 * 0.9 / 8,
    "uploadThroughput": 1_500_000 * 0.9 / 8,
}
INITIALS, SPECIES = "btb", "白头鹎"
# Counted across pages: a tap that leads to another page counts too.
COUNTER = """
addEventListener("pointerdown", () => {
    localStorage.setItem("taps", 1 + Number(localStorage.getItem("taps")));
}, { capture: true });
"""


@dataclass(frozen=True)
class Journey:
    """One way from `/` to 已收到."""

    taps: int
    seconds: float


def measure(full: bool = False) -> Iterator[Measurement]:
    """First and later journeys, each in a browser with an empty cache at the start."""
    runs = FULL_RUNS if full else RUNS
    with beside_bare() as servers:
        ours = servers.browser, servers.ours, servers.folder
        _journeys(*ours)  # warms the server
        pairs = [_journeys(*ours) for _ in range(runs)]
        floors = [_floor(servers.browser, servers.bare) for _ in range(runs)]
    for at, name in enumerate(("first", "later")):
        journeys = [pair[at] for pair in pairs]
        taps, seconds = max(each.taps for each in journeys), [each.seconds for each in journeys]
        most_taps, most_s = MOST_TAPS[at], MOST_S[at]
        yield Measurement(f"record_journey: taps, {name}", taps, None, "taps", runs, most_taps)
        yield Measurement(
            f"record_journey: seconds, {name}", middle(seconds), None, "s", runs, most_s
        )
    yield Measurement("record_journey: two bare pages", middle(floors), None, "s", runs)


def _journeys(browser: Browser, server: Server, folder: Path) -> tuple[Journey, Journey]:
    context = browser.new_context(**PHONE, base_url=server.url)
    context.add_init_script(COUNTER)
    first = _journey(context, photographs.write(folder, "1.jpg", _photo(0)), is_first=True)
    later = _journey(context, photographs.write(folder, "2.jpg", _photo(1)), is_first=False)
    context.close()
    return first, later


def _photo(at: int) -> bytes:
    """4,000 x 3,000 pixels, as a phone takes them; each is different, an hour apart."""
    taken = photographs.MORNING.replace(hour=photographs.MORNING.hour + at)
    picture = photographs.drawn((4000, 3000 + at))
    return photographs.as_jpeg(picture, photographs.exif_of(photographs.XIXI, taken))


def _journey(context: BrowserContext, photo: Path, *, is_first: bool) -> Journey:
    page = _slow_page(context)
    begun = time.monotonic()
    page.goto("/")
    page.get_by_role("link", name="记录一次遇见").first.tap()
    with page.expect_file_chooser() as chosen:
        page.locator(".choose input[type=file]").nth(1).tap()
    chosen.value.set_files(photo)
    if is_first:
        sheet = page.get_by_role("dialog")
        sheet.get_by_role("checkbox").tap()
        sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
    _name_it(page)
    page.get_by_role("button", name="交上这次遇见").tap()
    expect(page.get_by_role("heading", name="已收到")).to_be_visible(timeout=60_000)
    seconds = time.monotonic() - begun
    taps = int(page.evaluate("Number(localStorage.getItem('taps'))"))
    page.evaluate("localStorage.removeItem('taps')")
    page.close()
    return Journey(taps, seconds)


def _name_it(page: Page) -> None:
    """Type the initials; the phone's search key selects the first of the list."""
    field = page.get_by_role("combobox", name="它是谁？")
    field.tap()
    field.press_sequentially(INITIALS, delay=KEY_MS)
    active = page.locator("[role=option][aria-selected=true]", has_text=SPECIES)
    expect(active).to_be_visible(timeout=30_000)
    field.press("Enter", delay=KEY_MS)
    expect(page.locator(".chosen")).to_contain_text(SPECIES)


def _slow_page(context: BrowserContext) -> Page:
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", FAST_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _floor(browser: Browser, server: Server) -> float:
    """Seconds to open the bare page with an empty cache, and once more."""
    context = browser.new_context(**PHONE)
    page = _slow_page(context)
    begun = time.monotonic()
    for _ in range(2):
        page.goto(server.url)
        wait_app(page)
    seconds = time.monotonic() - begun
    context.close()
    return seconds
