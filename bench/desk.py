"""A scripted verifier at the desk in a real browser: records a minute, from key to next record.

The queue is 500 records with photos, 5,000 with `--full`. From key to next: from the key, or a tap
on a phone, until the next record stands on the screen and is painted, at the pace of a verifier who
decides thirty times a minute; records a minute: as fast as the next one is looked at for half a
second; by wall: 24 photos looked at for a quarter of a second each. Then two verifiers in two
browsers, each at that pace, on one queue: what both decided, and what was refused.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.measurement import Measurement, percentile
from db.opening import open_store
from db.photos import open_photos
from tests.browser import signing_in
from tests.browser.devices import DESKTOP, PHONE, launch_options, wait_app
from tests.browser.server import Server, command
from tests.pages.api.phone import noise_jpeg
from tests.support.health import health_of
from tests.support.sightings import NIGHT_HERON, XIXI, phone, photo, record

QUEUE, FULL_QUEUE = 500, 5_000
PRESSES, FULL_PRESSES = 40, 120
OBSERVERS, PHOTOS = 20, 24
PACE_S, LOOK_S = 2.0, 0.5
NEXT_GOAL_MS, RATE_GOAL = 300, 30
WALLS, WALL_LOOK_S, WALL_GOAL = 5, 6.0, 120  # a quarter of a second a photo
TWO_FOR_S, TWO_GOAL = 60, 57
PATIENCE_S = 60
NAMES = ("zhouheng", "linyu")
SHARED_PHOTOS = f"""
insert into occurrence_media
select o.occurrence_id, 1, p.sha256, 'CC BY 4.0'
from (
    select occurrence_id, row_number() over (order by occurrence_id) as place from occurrence
    where occurrence_id not in (select occurrence_id from occurrence_media)
) as o
join (
    select sha256, row_number() over (order by sha256) as place from occurrence_media
) as p on o.place % {PHOTOS} + 1 = p.place"""
# The record that one sees: drawn by the server, or over it while the last decision is stored. This
# runs before any script of the page: the desk's own listener draws the next record at once, and one
# that came after it would take that for the record on which the key was pressed.
WATCH = """(() => {
  const shown = () => document.querySelector(".g-next")?.dataset.subject
    ?? document.querySelector('.st-key-decide [class*="st-key-skip_"]')?.className
      .match(/skip_([0-9a-f-]{36})/)?.[1];
  window.desk = { times: [], refused: new Set(), last: null };
  const begin = (event) => {
    if (event.type === "click" && !event.target.closest(".st-key-decide button")) return;
    if (desk.last && !desk.last.done) return;
    const press = desk.last = { at: performance.now(), from: shown(), done: false };
    const look = () => {
      if (shown() && shown() !== press.from) {
        press.done = true;
        desk.times.push(performance.now() - press.at);
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  addEventListener("keydown", begin, true);
  addEventListener("click", begin, true);
  setInterval(() => {
    for (const said of document.querySelectorAll(".st-key-desk_said [role=alert]")) {
      desk.refused.add(said.dataset.said);
    }
  }, 100);
})()"""


def measure(full: bool = False) -> Iterator[Measurement]:
    """By key on a desktop, by tap on a phone, by wall on both, then two verifiers at once."""
    queue, presses = (FULL_QUEUE, FULL_PRESSES) if full else (QUEUE, PRESSES)
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as folder, sync_playwright() as play:
        home = Path(folder) / "home"
        _fill(home, queue)
        server = Server(home).start()
        browser = play.chromium.launch(**launch_options())
        try:
            for name, device in (("desktop", DESKTOP), ("phone", PHONE)):
                desk = _Desk(_signed_in(browser, server, NAMES[0], device))
                yield from _alone(f"desk: {queue:,} waiting, {name}", desk, presses)
                desk.settle()
                yield _by_wall(f"desk: {queue:,} waiting, {name}: by wall", desk.page, server)
                desk.close()
            yield from _together(browser, server)
        finally:
            browser.close()
            server.stop()


def _fill(home: Path, count: int) -> None:
    """Waiting records of several people, most of them with one of a few photos."""
    home.mkdir(parents=True)
    store = open_store(f"duckdb:///{home / 'luji.duckdb'}")
    files, now = open_photos(f"file://{home / 'photos'}"), datetime.now(UTC)
    people = [phone(store, now) for _ in range(OBSERVERS)]
    for at in range(count):
        who, sent = people[at % OBSERVERS], now - timedelta(minutes=count - at)
        photos = []
        if at < PHOTOS:
            photos = [str(photo(store, files, who, noise_jpeg(at), sent))]
        record(store, who, sent, photos=photos, place=_place(at))
    with store._engine.writing() as connection:
        connection.execute(SHARED_PHOTOS)
        connection.execute("delete from occurrence_check where code = 'photo.missing'")
    store.close()
    for name in NAMES:
        typed = f"{signing_in.PASSWORD}\n"
        command(home, "staff", "add", name, "--role", "verifier", typed=typed)


def _place(at: int) -> dict[str, object]:
    """Places apart from one another, so that no check has a word to say of the records."""
    north, east = 0.002 * (at % 50), 0.0003 * (at // 50)
    return {**XIXI, "latitude": 30.2694 + north, "longitude": 120.0631 + east}


def _signed_in(
    browser: Browser, server: Server, name: str, device: dict[str, Any]
) -> BrowserContext:
    context = browser.new_context(**device, base_url=server.url)
    signing_in.sign_in(context, name, signing_in.PASSWORD)
    return context


class _Desk:
    """One verifier's desk in a browser, which is timed from within the page."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self.page.add_init_script(WATCH)
        self.page.goto("/verify")
        wait_app(self.page)
        self.page.wait_for_function("document.documentElement.dataset.deskKeys")
        self.is_phone = bool(self.page.evaluate("matchMedia('(pointer: coarse)').matches"))

    def press(self) -> None:
        """Accept by key, or by a tap where the key stands."""
        if not self.is_phone:
            self.page.keyboard.press("a")
            return
        # the last: for a moment the key of the record before stands there, too
        accept = self.page.locator('.st-key-decide [class*="st-key-accept_"] button').last
        box = accept.bounding_box()
        if box:
            self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def decide(self) -> None:
        """Press until the next record stands there: what is pressed too soon counts for nothing.

        Raises `TimeoutError` where none comes.
        """
        done, deadline = self.done, time.monotonic() + PATIENCE_S
        self.press()
        while self.done == done:
            if time.monotonic() > deadline:
                raise TimeoutError(f"no next record within {PATIENCE_S} s of a decision")
            self.page.wait_for_timeout(50)
            if self.page.evaluate("performance.now() - desk.last.at > 1000 && !desk.last.done"):
                self.press()

    @property
    def done(self) -> int:
        """How many times the next record came."""
        return int(self.page.evaluate("desk.times.length"))

    @property
    def times(self) -> list[float]:
        """Milliseconds from each key to the next record."""
        times: list[float] = self.page.evaluate("desk.times")
        return times

    @property
    def refused(self) -> int:
        """How many decisions were refused."""
        return int(self.page.evaluate("desk.refused.size"))

    def close(self) -> None:
        """Wait for what is being stored, then leave."""
        self.settle()
        self.context.close()

    def settle(self) -> None:
        """Wait until the server has drawn what is shown."""
        self.page.wait_for_function("!document.querySelector('.g-next')", timeout=60_000)
        wait_app(self.page)


def _alone(name: str, desk: _Desk, presses: int) -> Iterator[Measurement]:
    for _ in range(presses):
        begun = time.monotonic()
        desk.decide()
        desk.page.wait_for_timeout(max(0.0, PACE_S - (time.monotonic() - begun)) * 1000)
    times = desk.times
    yield Measurement(
        f"{name}: key to next, p95", percentile(times, 95), None, "ms", len(times), NEXT_GOAL_MS
    )
    begun = time.monotonic()
    for _ in range(presses):
        desk.decide()
        desk.page.wait_for_timeout(LOOK_S * 1000)
    desk.settle()
    rate = presses * 60 / (time.monotonic() - begun)
    yield Measurement(f"{name}: by key", rate, None, "1/min", presses, at_least=RATE_GOAL)


def _by_wall(name: str, page: Page, server: Server) -> Measurement:
    """Accept wall after wall; what is marked for a look of its own is left out."""
    page.goto(f"/admin-wall?taxon={NIGHT_HERON}")
    button, first = page.locator(".bar button"), page.locator(".tiles li").first
    button.wait_for()
    before, begun = _waiting(server), time.monotonic()
    for _ in range(WALLS):
        page.wait_for_timeout(WALL_LOOK_S * 1000)
        tile = first.element_handle()
        button.click()
        page.wait_for_function("tile => !tile.isConnected", arg=tile, timeout=PATIENCE_S * 1000)
        button.and_(page.locator(":enabled")).wait_for()
    rate = (before - _waiting(server)) * 60 / (time.monotonic() - begun)
    return Measurement(name, rate, None, "1/min", WALLS, at_least=WALL_GOAL)


def _together(browser: Browser, server: Server) -> Iterator[Measurement]:
    desks = [_Desk(_signed_in(browser, server, name, DESKTOP)) for name in NAMES]
    before, begun = _waiting(server), time.monotonic()
    for turn in range(int(TWO_FOR_S / PACE_S)):
        for at, desk in enumerate(desks):
            due = begun + (turn + at / 2) * PACE_S
            desk.page.wait_for_timeout(max(0.0, due - time.monotonic()) * 1000)
            desk.press()
    spent = time.monotonic() - begun
    for desk in desks:
        desk.settle()
    decided, refused = before - _waiting(server), sum(desk.refused for desk in desks)
    name = "desk: two verifiers at once, 30 a minute each"
    yield Measurement(f"{name}: decided", decided, None, "in 60 s", 60, at_least=TWO_GOAL)
    yield Measurement(f"{name}: took", spent, None, "s", 60)
    yield Measurement(f"{name}: refused", refused, None, "decisions", 60, at_most=0)
    times = [each for desk in desks for each in desk.times]
    yield Measurement(f"{name}: key to next, p95", percentile(times, 95), None, "ms", len(times))


def _waiting(server: Server) -> int:
    return int(health_of(server).json()["waiting"])
