"""The cost of a page for a new visitor on a middling phone, beside a bare page of one line.

The phone is 390x844, its processor four times slower than this one, on Fast 4G, with an empty cache
at the first visit; the second visit follows in the same browser. Useful is when the page's own
record or figure is painted in the viewport; usable when a tap on its first action would reach it,
which is a link, or the field for a photo. The bare page's time is that of its line. Both are
visited in turn, each page as often. Bytes are those on the wire, headers included, plus the frames
of the websocket.
"""

import json
import re
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from bench.beside_bare import beside_bare
from bench.measurement import Measurement, middle
from tests.browser.devices import DESKTOP, PHONE
from tests.browser.server import Server
from tests.browser.signing_in import fill_with_demo

RUNS, FULL_RUNS = 3, 9


@dataclass(frozen=True)
class Profile:
    """A device and its line: bytes a second down and up, milliseconds there and back."""

    name: str
    device: Mapping[str, Any]
    slower: int
    down: float
    up: float
    latency_ms: float


# The lines of Chromium's developer tools.
MIDDLING = Profile("a middling phone", PHONE, 4, 9e6 / 8 * 0.9, 1.5e6 / 8 * 0.9, 165)
SLOW_3G = Profile("slow 3G", PHONE, 4, 500e3 / 8 * 0.8, 500e3 / 8 * 0.8, 2000)
DESK = Profile("a desktop", DESKTOP, 1, 1e9, 1e9, 0)


@dataclass(frozen=True)
class Subject:
    """A page: the selectors of what is useful and of its first action, and its goals."""

    path: str
    useful: str
    action: str
    useful_at_most: float = 0.35
    usable_at_most: float = 0.9


MAIN = ":is(#splash main, #root .stMain)"
CHOICES = ":is(.s-choices a, .stButtonGroup button)"
TABS = ".st-key-tabs a"
SUBJECTS = (
    Subject("/", f"{MAIN} .g-sight b", f"{MAIN} .st-key-go_record a"),
    Subject("/species", f"{MAIN} .s-group b", f"{MAIN} .s-group"),
    Subject("SPECIES", f"{MAIN} h1", f"{MAIN} p a"),
    Subject("SIGHTING", f"{MAIN} h1", TABS),
    Subject(
        "/boards", f"{MAIN} .g-board tbody b", f"{MAIN} :is(.s-choices a, .stButtonGroup button)"
    ),
    Subject("/discoveries", f"{MAIN} .s-number", f"{MAIN} .g-sight"),
    Subject("/places", f"{MAIN} .s-item b", f"{MAIN} .s-item"),
    Subject("/record", ".lead, .form", "input[type=file]", useful_at_most=0.4, usable_at_most=0.4),
    Subject("/map", ".s-picture img", ".stDeckGlJsonChart canvas", 0.4, 1.3),
)
STOPWATCH = """
const [useful, action] = SELECTORS;
const times = window.luji_times = { cls: 0 };
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) times.cls += shift.value;
}).observe({ type: "layout-shift", buffered: true });
const all = (root, selector) => {
    const own = [...root.querySelectorAll(selector)];
    const hosts = [...root.querySelectorAll("*")].filter((node) => node.shadowRoot);
    return hosts.reduce((found, host) => found.concat(all(host.shadowRoot, selector)), own);
};
const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    const isThere = box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    const isPicture = node.complete || node.width > 0;
    return isThere && (isPicture || node.innerText !== "" || node.type === "file");
};
const isReached = (node) => {
    if (node.type === "file") return !node.disabled;
    const { x, y, width, height } = node.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, Math.min(y + height / 2, innerHeight - 9));
    return Boolean(top) && (node.contains(top) || top.contains(node));
};
const note = (name) => requestAnimationFrame(() => { times[name] ??= performance.now(); });
const look = () => {
    if (!times.useful && all(document, useful).some(isSeen)) note("useful");
    const actions = times.usable ? [] : all(document, action);
    if (actions.some((node) => isSeen(node) && isReached(node))) note("usable");
    if (!times.useful || !times.usable) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
EXAMPLES = {
    "SPECIES": ("/species?group=bird", r"species\?taxon=[0-9a-f-]{36}"),
    "SIGHTING": ("/", r"sighting\?id=[0-9a-f-]{36}"),
}
SETTLED = "document.querySelector('#root [data-test-script-state=notRunning]')"
PATIENCE_MS = 180_000
AGAIN, BYTES_AT_MOST, CLS_AT_MOST = 0.6, 0.2, 0.05
LINE = '#root [data-testid="stMain"] p'
Visit = dict[str, float]
Turn = tuple[Visit, Visit]


class Traffic:
    """A counter of requests and bytes on the wire of one page, by Chromium's own accounting."""

    def __init__(self, session: Any) -> None:
        self.requests = 0
        self.bytes = 0.0
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
    """The middling phone, whose ratios have goals; with `full` the other two beside it."""
    runs = FULL_RUNS if full else RUNS
    with beside_bare(fill_with_demo, LUJI_DEMO="1") as at:
        for profile in (MIDDLING, SLOW_3G, DESK) if full else (MIDDLING,):
            yield from _on(at.browser, profile, (at.ours, at.bare), runs)


def _on(
    browser: Browser, profile: Profile, servers: tuple[Server, Server], runs: int
) -> Iterator[Measurement]:
    ours, bare = servers
    line = Subject("/", LINE, LINE)
    pages = [subject_of(subject, ours.url) for subject in SUBJECTS]
    turns: list[dict[str, Turn]] = []
    for _ in range(runs + 1):  # the first warms the servers
        turn = {"bare": _twice(browser, profile, bare.url, line)}
        turn |= {page.path: _twice(browser, profile, ours.url, page) for page in pages}
        turns.append(turn)
    for subject, page in zip(SUBJECTS, pages, strict=True):
        yield from _rows(profile, subject, page.path, turns[1:])


def subject_of(subject: Subject, url: str) -> Subject:
    """A subject at its address: for a word in capitals the first one that a page links to."""
    if subject.path.startswith("/"):
        return subject
    page, link = EXAMPLES[subject.path]
    with urllib.request.urlopen(f"{url}{page}", timeout=30) as answer:
        first = re.search(link, answer.read().decode())
    assert first is not None, f"{page} links to nothing like {link}"
    return replace(subject, path=f"/{first[0]}")


def _twice(browser: Browser, profile: Profile, url: str, page: Subject) -> tuple[Visit, Visit]:
    """A visit with an empty cache, and the next one."""
    context = browser.new_context(**profile.device)
    try:
        return _visit(context, profile, url, page), _visit(context, profile, url, page)
    finally:
        context.close()


def slowed(page: Page, profile: Profile) -> CDPSession:
    """Give the page the network and the processor of a phone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": profile.latency_ms,
            "downloadThroughput": profile.down,
            "uploadThroughput": profile.up,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": profile.slower})
    return session


def _visit(context: BrowserContext, profile: Profile, url: str, subject: Subject) -> Visit:
    page = context.new_page()
    page.add_init_script(
        STOPWATCH.replace("SELECTORS", json.dumps([subject.useful, subject.action]))
    )
    session = slowed(page, profile)
    traffic = Traffic(session)
    page.goto(url + subject.path, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function("luji_times.useful && luji_times.usable", timeout=PATIENCE_MS)
    page.wait_for_function(SETTLED, timeout=PATIENCE_MS)
    page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
    times: Visit = page.evaluate("luji_times")
    page.close()
    return {**times, "bytes": traffic.bytes, "requests": traffic.requests}


def _rows(
    profile: Profile, subject: Subject, path: str, turns: Sequence[Mapping[str, Turn]]
) -> Iterator[Measurement]:
    has_goals = profile is MIDDLING
    for at, visit, useful in ((0, "first", subject.useful_at_most), (1, "again", AGAIN)):
        goals = {"useful": useful, "usable": subject.usable_at_most, "bytes": BYTES_AT_MOST}
        for part, unit in (("useful", "ms"), ("usable", "ms"), ("bytes", "B")):
            yield Measurement(
                f"first_visit: {subject.path}, {visit}, {part}, {profile.name}",
                middle([turn[path][at][part] for turn in turns]),
                middle([turn["bare"][at][part] for turn in turns]),
                unit,
                len(turns),
                at_most=goals[part] if has_goals and (part != "bytes" or at == 0) else None,
            )
    shifts = [turn[path][0]["cls"] for turn in turns]
    name = f"first_visit: {subject.path}, layout shift, {profile.name}"
    goal = CLS_AT_MOST if has_goals else None
    yield Measurement(name, middle(shifts), None, "", len(turns), at_most=goal)
