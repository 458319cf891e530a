"""A browser, a server of ours, and beside it a bare page of one line on the same Streamlit."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.devices import launch_options
from tests.browser.server import Server

BARE = 'import streamlit as st\n\nst.write("绿迹杭州")\n'


@dataclass(frozen=True)
class Beside:
    """What a measurement needs; `folder` is its own."""

    browser: Browser
    ours: Server
    bare: Server
    folder: Path


@contextmanager
def beside_bare(
    fill: Callable[[Path], object] | None = None, **environment: Any
) -> Iterator[Beside]:
    """Both servers while the block runs; `fill(home)` fills our home, `environment` is ours."""
    with tempfile.TemporaryDirectory(prefix="luji-bench-") as name, sync_playwright() as play:
        folder = Path(name)
        (folder / "bare").mkdir()
        (folder / "bare" / "app.py").write_text(BARE, "utf-8")
        if fill:
            fill(folder / "ours")
        ours = Server(folder / "ours", **environment).start()
        bare = Server(folder / "home", app=folder / "bare" / "app.py").start()
        browser = play.chromium.launch(**launch_options())
        try:
            yield Beside(browser, ours, bare, folder)
        finally:
            browser.close()
            ours.stop()
            bare.stop()
