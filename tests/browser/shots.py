"""Pictures of every page: phone, small phone and desktop, both themes, both languages.

`python -m tests.browser.shots [--empty] [--only NAME …] [--into FOLDER]` starts a server of its
own, with demo data or (`--empty`) as in production with an empty store, writes
`shots/PAGE-DEVICE-THEME-LANGUAGE.png`, prints what is wrong with a page, and ends with exit code
1 where anything is. With demo data each picture is compared with how it looked before
(`looks.py`); what drifted is told by name. After looking at those, `--looked` writes the looks
anew.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.browser import signing_in
from tests.browser.devices import DESKTOP, PHONE, SMALL_PHONE, launch_options
from tests.browser.faults import Watch, broken_pictures, overflow, untranslated
from tests.browser.looks import MOVING, Looks
from tests.browser.server import ROOT, Server
from tests.browser.tour import Stop, go, recorder_stops, settle, speak, stops

DEVICES: dict[str, dict[str, Any]] = {"phone": PHONE, "phone320": SMALL_PHONE, "desktop": DESKTOP}
NARROW = ("phone", "phone320")
COMPARED = ("phone", "desktop")  # the smallest phone is looked at for what is cut off
THEMES = ("light", "dark")
LANGUAGES = ("zh", "en")
PATIENCE_MS = 30_000
MOMENT = "2026-05-10T10:00+08:00"  # when the demo's half-year ends, and what the phones' clocks say
TALLEST = 6000  # CSS pixels; a longer page is cut off in its picture
BELOW = """Math.max(0, ...[...document.querySelectorAll('.stMain')]
    .map(box => box.scrollHeight - box.clientHeight))"""


@dataclass(frozen=True)
class Walk:
    """One walk through the site: with this device, in this language."""

    browser: Browser
    server: Server
    is_empty: bool
    folder: Path
    device: str
    language: str
    looks: Looks | None

    def faults(self, only: Sequence[str]) -> Iterator[str]:
        """Take the pictures, as a visitor and then signed in; what is wrong with each."""
        places = [*stops(self.server), *recorder_stops()]
        wanted = [stop for stop in places if not only or stop.name in only]
        for is_staff in (False, True):
            chosen = [stop for stop in wanted if stop.is_staff == is_staff]
            if chosen:
                yield from self._walk(chosen, is_staff)

    def _walk(self, chosen: list[Stop], is_staff: bool) -> Iterator[str]:
        context = self.browser.new_context(
            **DEVICES[self.device], base_url=self.server.url, reduced_motion="reduce"
        )
        try:
            if self.looks:
                context.clock.set_fixed_time(MOMENT)
            speak(context, self.server, self.language)
            if is_staff:
                self._sign_in(context)
            watch = Watch(context, self.server.url.removeprefix("http://"))
            for stop in chosen:
                yield from self._look(context, watch, stop)
        finally:
            context.close()

    def _sign_in(self, context: BrowserContext) -> None:
        if self.is_empty:
            signing_in.sign_in(context, signing_in.VERIFIER, signing_in.PASSWORD)
        else:
            signing_in.sign_in(context)

    def _look(self, context: BrowserContext, watch: Watch, stop: Stop) -> Iterator[str]:
        page = context.new_page()
        for theme in THEMES:
            name = f"{stop.name}-{self.device}-{theme}-{self.language}"
            _say(name)
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            try:
                go(page, stop)
            except (PlaywrightTimeout, AssertionError) as error:
                yield f"{name}: does not come to rest: {error}"
            drift = self._picture(page, stop, name)
            heard = (each for each in watch.taken() if not any(p in each for p in stop.failing))
            faults = [*heard, *self.server.failures(), *self._wrong_with(page), *drift]
            yield from (f"{name}: {fault}" for fault in dict.fromkeys(faults))
        page.close()

    def _wrong_with(self, page: Page) -> Iterator[str]:
        yield from broken_pictures(page)
        yield from untranslated(page, self.language)
        if self.device in NARROW:
            yield from overflow(page, DEVICES[self.device]["viewport"]["width"])

    def _picture(self, page: Page, stop: Stop, name: str) -> list[str]:
        """The first screen; on a phone the whole page: the window grows for the picture.

        Gives what drifted since it was last looked at.
        """
        size = DEVICES[self.device]["viewport"]
        below = page.evaluate(BELOW) if self.device in NARROW else 0
        if below:
            page.set_viewport_size({**size, "height": min(TALLEST, size["height"] + below)})
            settle(page)
        path = self.folder / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        if below:
            page.set_viewport_size(size)
        if not self.looks or stop.name in MOVING or self.device not in COMPARED:
            return []
        drift = self.looks.drift(name, path, size["width"])
        return [f"drifted: {drift}"] if drift and not self.looks.are_new else []


def main(arguments: Sequence[str]) -> int:
    """Take the pictures; the exit code."""
    options = _parser().parse_args(arguments)
    folder: Path = options.into
    folder.mkdir(parents=True, exist_ok=True)
    count, looks = 0, None if options.empty else Looks(are_new=options.looked)
    expect.set_options(timeout=PATIENCE_MS)
    with tempfile.TemporaryDirectory(prefix="luji-shots-") as home, sync_playwright() as playwright:
        server = _start(Path(home) / "home", options.empty)
        browser = playwright.chromium.launch(**launch_options())
        try:
            for device in options.device or DEVICES:
                for language in LANGUAGES:
                    walk = Walk(browser, server, options.empty, folder, device, language, looks)
                    for fault in walk.faults(options.only):
                        count += 1
                        _say(f"  {fault}")
        finally:
            browser.close()
            server.stop()
    is_whole = not (options.only or options.device)
    if looks and looks.are_new:
        looks.write(is_whole)
    elif looks and is_whole:
        for name in looks.gone():
            count += 1
            _say(f"  {name}")
    _say(f"pictures in {folder}; {count} faults")
    return 1 if count else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.shots")
    parser.add_argument("--empty", action="store_true", help="production, with an empty store")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="these pages alone")
    parser.add_argument("--device", nargs="*", choices=[*DEVICES], help="these devices alone")
    parser.add_argument("--looked", action="store_true", help="write how they look into looks.txt")
    parser.add_argument("--into", type=Path, default=ROOT / "shots", help="folder (shots/)")
    return parser


def _start(home: Path, is_empty: bool) -> Server:
    if is_empty:
        server = Server(home).start()
        signing_in.add_verifier(server)
        return server
    if not signing_in.fill_with_demo(home, MOMENT):
        _say("no demo data: there is no command `demo`")
    return Server(home, moment=MOMENT, LUJI_DEMO="1").start()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
