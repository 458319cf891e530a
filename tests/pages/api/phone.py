"""A phone as the routes see it: its cookies, its Origin, what it sends."""

import io
from datetime import datetime, timedelta
from typing import Any

import requests
from PIL import Image

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.people.consent import CONSENT_VERSION

XIXI = {"latitude": 30.2694, "longitude": 120.0631, "uncertainty_m": 8, "source": "exif"}


def noise_jpeg(seed: int = 0) -> bytes:
    """A small JPEG unlike any other."""
    buffer = io.BytesIO()
    Image.effect_noise((320, 240), 40 + seed).convert("RGB").save(buffer, "JPEG")
    return buffer.getvalue()


class Phone:
    """One browser: opened once, so it has its cookies; consented only where asked."""

    def __init__(
        self,
        url: str,
        consents: bool = True,
        language: str = "zh",
        session: requests.Session | None = None,
        origin: str = "",
    ) -> None:
        """`origin` is what the site calls itself, where a proxy answers at another address."""
        self.url, self._origin = url, origin
        self.session = session or requests.Session()
        self.session.cookies.set("luji_lang", language)
        self.session.get(url, headers={"Accept": "text/html"}, timeout=30)
        if consents:
            assert self.consent().status_code == 204

    @property
    def csrf(self) -> str:
        """What this browser's pages send back."""
        return str(self.session.cookies["luji_csrf"])

    def post(self, path: str, headers: dict[str, str] | None = None, **body: Any) -> Any:
        """A POST from a page of the site, with its CSRF token."""
        own = {"Origin": self._origin or self.url, "X-CSRF-Token": self.csrf}
        return self.session.post(self.url + path, headers=own | (headers or {}), timeout=60, **body)

    def get(self, path: str, **options: Any) -> Any:
        """A GET with this browser's cookies."""
        return self.session.get(self.url + path, timeout=30, **options)

    def consent(self, version: str = CONSENT_VERSION) -> Any:
        """Agree."""
        agreed = {"version": version, "place": True, "photo_licence": "CC BY 4.0"}
        return self.post("/api/v1/consent", json=agreed)

    def upload(self, data: bytes, upload_id: str | None = None) -> Any:
        """Send one photo."""
        headers = {"X-Upload-Id": upload_id or str(new_id()), "Content-Type": "image/jpeg"}
        return self.post("/api/v1/media", headers, data=data)

    def record(self, **changes: Any) -> Any:
        """Send one sighting of an hour ago at 西溪, changed as asked."""
        moment: datetime = now_utc() - timedelta(hours=1)
        payload = {
            "id": str(new_id()),
            "event_date": moment.isoformat(),
            "place": XIXI,
            "name": "夜鹭",
            **changes,
        }
        return self.post("/api/v1/records", json=payload)

    def sign_in(self, username: str, password: str) -> Any:
        """Sign in as staff with the form."""
        form = {"csrf": self.csrf, "username": username, "password": password}
        return self.post("/staff/login", data=form, allow_redirects=False)
