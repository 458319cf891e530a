"""The browser and the devices that tests, pictures and measurements use alike."""

import os
from typing import Any

from playwright.sync_api import Page

from tests.support import provision

QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Without a graphics card the processor draws pages faster than it imitates a card; WebGL, which the
# maps need, is imitated all the same.
SOFTWARE_DRAWING = ("--disable-gpu-compositing", "--disable-gpu-rasterization")
SOFTWARE_WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
# A service worker outlives its page and answers in the server's place: test_offline.py lets it in.
IN_HANGZHOU: dict[str, Any] = {
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
    "service_workers": "block",
}
PHONE: dict[str, Any] = {
    **IN_HANGZHOU,
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "user_agent": PHONE_AGENT,
}
SMALL_PHONE: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 640}}
DESKTOP: dict[str, Any] = {**IN_HANGZHOU, "viewport": {"width": 1280, "height": 900}}


def launch_options() -> dict[str, Any]:
    """How to launch the machine's own Chromium. Only root needs it without its sandbox."""
    path = provision.find_browser()
    if path is None:
        raise RuntimeError("no Chromium or Chrome found; run: python -m tests.support.provision")
    unsandboxed = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        "executable_path": path,
        "args": [*unsandboxed, *QUIET, *SOFTWARE_DRAWING, *SOFTWARE_WEBGL],
    }


def wait_app(page: Page, timeout_s: float = 60) -> None:
    """Wait until the app is connected, its script has run to the end and every part is drawn.

    Before its first run the script does not run either; the splash is there until then.
    """
    page.wait_for_function(
        """() => {
            const app = document.querySelector('[data-testid="stApp"]');
            return app
                && app.getAttribute('data-test-script-state') === 'notRunning'
                && app.getAttribute('data-test-connection-state') === 'CONNECTED'
                && !document.querySelector('#splash, [data-testid="stSkeleton"]');
        }""",
        timeout=timeout_s * 1000,
    )
