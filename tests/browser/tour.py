"""Every place of the site to stop at, for pictures and for the accessibility test."""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page

from pages.parts.site import written
from tests.browser.devices import wait_app
from tests.browser.recorder_states import STATES, from_an_empty_shelf
from tests.browser.server import Server

NOWHERE = "/nowhere"  # answers 404, with a page of ours
# No animation that comes to an end by itself is under way.
AT_REST = """() => document.getAnimations().every(each => each.playState !== "running"
    || each.timeline !== document.timeline
    || each.effect.getComputedTiming().endTime === Infinity)"""


@dataclass(frozen=True)
class Stop:
    """A page of the tour.

    Its name for files, its path, whether one signs in for it, whether it is a page of the app (else
    a plain document of a route), what one does there, and which routes then fail on purpose.
    """

    name: str
    path: str
    is_staff: bool = False
    is_app: bool = True
    act: Callable[[Page], None] | None = None
    failing: tuple[str, ...] = ()


def stops(server: Server) -> list[Stop]:
    """All pages of `pages/parts/site.py` whose script is there, and the plain documents."""
    pages = [
        Stop(
            entry.path or "home",
            f"/{entry.path}",
            is_staff=entry.action != "visit",
            failing=("/sighting)",) if entry.path == "sighting" else (),  # of nothing: answers 404
        )
        for entry in written()
    ]
    first = first_sighting(server)
    if first:
        pages.append(Stop("sighting-released", f"/sighting?id={first}"))
    return [
        *pages,
        Stop("nowhere", NOWHERE, is_app=False),
        Stop("staff-login", "/staff/login", is_app=False),
    ]


def recorder_stops() -> list[Stop]:
    """The recorder in each of its states, each come to from a page without the recorder."""
    return [
        Stop(
            f"record-{name}",
            "/healthz",
            is_app=False,
            act=from_an_empty_shelf(act),
            failing=failing,
        )
        for name, act, failing in STATES
    ]


def first_sighting(server: Server) -> str | None:
    """Public id of one released sighting, or None in an empty city."""
    with urllib.request.urlopen(f"{server.url}/api/v1/occurrences?limit=1", timeout=30) as answer:
        features = json.load(answer)["features"]
    return str(features[0]["id"]) if features else None


def go(page: Page, stop: Stop) -> None:
    """Open it and wait until everything on it is there."""
    page.goto(stop.path)
    if stop.is_app:
        wait_app(page)
    if stop.act:
        stop.act(page)
    settle(page)


def settle(page: Page) -> None:
    """Wait for what loads by itself (pictures, fonts, map data) and for the end of animations.

    Then wait for two frames.
    """
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_function(AT_REST)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def speak(context: BrowserContext, server: Server, language: str) -> None:
    """Choose the language of this browser."""
    context.add_cookies([{"name": "luji_lang", "value": language, "url": server.url}])
