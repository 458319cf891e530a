"""When the field recorder is ready on slow 3G from an empty cache, beside a bare page of one line.

The phone and the stopwatch are those of `first_visit`. Ready is when the recorder is painted and
its field for a photo would be reached; the bare page's time is that of its line.
"""

import json
from collections.abc import Iterator

from playwright.sync_api import Browser

from bench.beside_bare import beside_bare
from bench.first_visit import LINE, PATIENCE_MS, SLOW_3G, STOPWATCH, Visit, slowed
from bench.measurement import Measurement, middle

RUNS, FULL_RUNS = 3, 9
AT_MOST = 0.15
READY = (".shot .lead", ".choose input[type=file]")


def measure(full: bool = False) -> Iterator[Measurement]:
    """The two pages in turn."""
    runs = FULL_RUNS if full else RUNS
    with beside_bare(LUJI_DEMO="1") as at:
        turns = [
            (
                _visit(at.browser, f"{at.ours.url}/field/", READY),
                _visit(at.browser, at.bare.url, (LINE, LINE)),
            )
            for _ in range(runs + 1)  # the first warms the servers
        ][1:]
    yield Measurement(
        "field: /field/ ready, slow 3G",
        middle([visit["usable"] for visit, _ in turns]),
        middle([visit["usable"] for _, visit in turns]),
        "ms",
        len(turns),
        at_most=AT_MOST,
    )


def _visit(browser: Browser, url: str, selectors: tuple[str, str]) -> Visit:
    context = browser.new_context(**SLOW_3G.device)
    page = context.new_page()
    page.add_init_script(STOPWATCH.replace("SELECTORS", json.dumps(selectors)))
    slowed(page, SLOW_3G)
    page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function("() => luji_times.useful && luji_times.usable", timeout=PATIENCE_MS)
    times: Visit = page.evaluate("luji_times")
    context.close()
    return times
