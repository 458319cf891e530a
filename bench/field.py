"""When the field recorder is ready on slow 3G from an empty cache, beside a bare page of one line.

The phone and the stopwatch are those of `first_visit`. Ready is when the recorder is painted and
its field for a photo would be reached; the bare page's time is that of its line.
"""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.first_visit import BARE, LINE, PATIENCE_MS, SLOW_3G, STOPWATCH, Visit
from bench.measurement import Measurement, middle
from tests.browser.devices import launch_options
from tests.browser.server import Server

RUNS, FULL_RUNS = 3, 9
AT_MOST = 0.15
READY = (".shot .lead", ".choose input[type=file]")


def measure(full: bool = False) -> Iterator[Measurement]:
    """The two pages in turn."""
    runs = FULL_RUNS if full else RUNS
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder, sync_playwright() as play:
        ours, bare = _servers(Path(folder))
        browser = play.chromium.launch(**launch_options())
        try:
            turns = [
                (
                    _visit(browser, f"{ours.url}/field/", READY),
                    _visit(browser, bare.url, (LINE, LINE)),
                )
                for _ in range(runs + 1)  # the first warms the servers
            ][1:]
        finally:
            browser.close()
            ours.stop()
            bare.stop()
    yield Measurement(
        "field: /field/ ready, slow 3G",
        middle([visit["usable"] for visit, _ in turns]),
        middle([visit["usable"] for _, visit in turns]),
        "ms",
        len(turns),
        at_most=AT_MOST,
    )


def _servers(folder: Path) -> tuple[Server, Server]:
    (folder / "bare").mkdir()
    (folder / "bare" / "app.py").write_text(BARE, "utf-8")
    ours = Server(folder / "ours", LUJI_DEMO="1").start()
    return ours, Server(folder / "home", app=folder / "bare" / "app.py").start()


def _visit(browser: Browser, url: str, selectors: tuple[str, str]) -> Visit:
    context = browser.new_context(**SLOW_3G.device)
    page = context.new_page()
    page.add_init_script(STOPWATCH.replace("SELECTORS", json.dumps(selectors)))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": SLOW_3G.latency_ms,
            "downloadThroughput": SLOW_3G.down,
            "uploadThroughput": SLOW_3G.up,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_3G.slower})
    page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function("() => luji_times.useful && luji_times.usable", timeout=PATIENCE_MS)
    times: Visit = page.evaluate("luji_times")
    context.close()
    return times
