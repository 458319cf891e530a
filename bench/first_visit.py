"""The cost of `/` for a new visitor: bytes, requests, first useful content, time to usable.

It is compared with a bare page of one line on the same Streamlit, alternately, each with an empty
cache. Bytes are those on the wire, headers included, plus the frames of the websocket. First useful
content is the first text in the page's main part; usable is when the script has run to its end.
Times are by the browser's clock, from the start of navigation.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.measurement import Measurement, middle
from tests.browser.devices import PHONE, launch_options, wait_app
from tests.browser.server import Server

BARE = 'import streamlit as st\n\nst.write("绿迹杭州")\n'
BYTES_GOAL = 0.45
RUNS, FULL_RUNS = 3, 9
STOPWATCH = """
const look = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = document.querySelector('[data-testid="stMain"]');
    if (!window.luji_useful && main && main.innerText.trim())
        window.luji_useful = performance.now();
    if (window.luji_useful && !window.luji_usable && app
        && app.getAttribute('data-test-script-state') === 'notRunning'
        && app.getAttribute('data-test-connection-state') === 'CONNECTED')
        window.luji_usable = performance.now();
    if (!window.luji_usable) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
PARTS = (("bytes", "bytes"), ("requests", ""), ("first useful content", "ms"), ("usable", "ms"))
Visit = dict[str, float]


class Traffic:
    """A counter of requests and bytes on the wire of one page, by Chromium's own accounting."""

    def __init__(self, page: Page) -> None:
        self.requests = 0
        self.bytes = 0.0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._request)
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._frame)

    def _request(self, event: dict[str, Any]) -> None:
        self.requests += event["request"]["url"].startswith("http")

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        size = len(frame["payloadData"])
        self.bytes += size * 3 // 4 if frame["opcode"] == 2 else size


def measure(full: bool = False) -> Iterator[Measurement]:
    """Visit both pages in turn and compare the medians."""
    runs = FULL_RUNS if full else RUNS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder, sync_playwright() as play:
        ours, bare = _servers(Path(folder))
        browser = play.chromium.launch(**launch_options())
        try:
            visits = [(_visit(browser, ours), _visit(browser, bare)) for _ in range(runs + 1)]
        finally:
            browser.close()
            ours.stop()
            bare.stop()
    yield from _rows(visits[1:])  # the first warms the servers


def _servers(folder: Path) -> tuple[Server, Server]:
    (folder / "bare").mkdir()
    (folder / "bare" / "app.py").write_text(BARE, "utf-8")
    ours = Server(folder / "ours").start()
    return ours, Server(folder / "home", app=folder / "bare" / "app.py").start()


def _visit(browser: Browser, server: Server) -> Visit:
    context = browser.new_context(**PHONE)  # each visit has an empty cache of its own
    page = context.new_page()
    page.add_init_script(STOPWATCH)
    traffic = Traffic(page)
    page.goto(server.url)
    wait_app(page)
    page.wait_for_function("window.luji_usable")
    page.wait_for_load_state("networkidle")
    times = page.evaluate("[window.luji_useful, window.luji_usable]")
    context.close()
    return dict(
        zip((name for name, _ in PARTS), (traffic.bytes, traffic.requests, *times), strict=True)
    )


def _rows(visits: list[tuple[Visit, Visit]]) -> Iterator[Measurement]:
    for name, unit in PARTS:
        yield Measurement(
            f"first_visit: {name}",
            middle([ours[name] for ours, _ in visits]),
            middle([bare[name] for _, bare in visits]),
            unit,
            len(visits),
            at_most=BYTES_GOAL if name == "bytes" else None,
        )
