"""`/healthz` as whoever runs the server asks it: with the key that lies in its data folder."""

import requests

from tests.browser.server import Server


def health_of(server: Server) -> requests.Response:
    """The whole answer."""
    key = (server.home / "health-key").read_text("ascii")
    headers = {"Authorization": f"Bearer {key}"}
    return requests.get(f"{server.url}/healthz", headers=headers, timeout=9)
