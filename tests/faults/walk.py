"""Every route and every page, asked while the store or the disk is away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from observations.base.ids import new_id
from observations.people.consent import CONSENT_VERSION
from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from pages.parts import site
from pages.parts.leaving import CONFIRMATIONS
from pages.shell.routes import routes
from tests.browser.server import Server
from tests.pages.api.phone import XIXI, Phone, noise_jpeg
from tests.support.visits import visit

AGREED = {"version": CONSENT_VERSION, "place": True, "photo_licence": "CC BY 4.0"}
SHA, UUID = "0" * 64, str(uuid4())
PLACES = {
    "z": "10", "x": "1", "y": "1", "sha256": SHA, "size": "thumb", "language": "en",
    "version": "0", "batch": UUID, "festival": UUID, "paper": "poster", "path": "style/style.css",
}  # fmt: skip
QUERIES = {"/api/v1/taxa": "?q=lu", "/api/v1/places": "?q=xi"}
CALM = (503, 507)  # unavailable, no room: with a sentence
OUR_FAULT = re.compile(r"Traceback|Exception in ASGI|Uncaught|Internal Server Error")


@dataclass
class Walk:
    """A citizen's phone and an admin's browser, both let in before anything failed."""

    server: Server
    phone: Phone
    staff: Phone

    @staticmethod
    def prepared(server: Server) -> "Walk":
        """Both have their cookies; one sighting with a photo is there."""
        phone, staff = Phone(server.url), Phone(server.url)
        assert phone.upload(noise_jpeg()).status_code in (200, 201)
        assert phone.record().status_code == 201
        assert staff.sign_in(DEMO_USERNAME, DEMO_PASSWORD).status_code == 303
        return Walk(server, phone, staff)

    def routes(self) -> Iterator[requests.Response]:
        """Ask every route, as a page and as a program."""
        for route in routes():
            path = getattr(route, "path", "")
            for method in {*(getattr(route, "methods", None) or ["GET"])} - {"HEAD"}:
                for accept in ("text/html", "application/json"):
                    yield self._ask(method, path, accept)

    def _ask(self, method: str, path: str, accept: str) -> requests.Response:
        browser = self.staff if path.startswith("/staff") else self.phone
        where = re.sub(r"{(\w+)(:\w+)?}", lambda found: PLACES[found[1]], path) + QUERIES.get(
            path, ""
        )
        headers = {"Origin": self.server.url, "X-CSRF-Token": browser.csrf, "Accept": accept}
        return browser.session.request(
            method,
            self.server.url + where,
            headers=headers | ({"X-Upload-Id": str(new_id())} if path.endswith("media") else {}),
            timeout=60,
            allow_redirects=False,
            **self._body(path, browser),
        )

    def _body(self, path: str, browser: Phone) -> dict[str, Any]:
        """What the route reads, right in form, so that it comes to the store."""
        record = {"id": str(new_id()), "event_date": "2026-01-01T10:00:00+08:00"}
        bodies: dict[str, dict[str, Any]] = {
            "/api/v1/consent": {"json": AGREED},
            "/api/v1/download": {"data": {"csrf": browser.csrf}},
            "/api/v1/erase": {"data": {"csrf": browser.csrf, "confirm": CONFIRMATIONS[1]}},
            "/api/v1/me": {"json": {"home_district": "330106"}},
            "/api/v1/teams": {"json": {"code": "000000", "team": "白鹭"}},
            "/recover": {"data": {"csrf": browser.csrf, "code": "AAAA-AAAA-AAAA"}},
            "/api/v1/media": {"data": noise_jpeg(7)},
            "/api/v1/records": {"json": {**record, "place": XIXI, "name": "夜鹭"}},
            "/api/v1/identifications": {"json": {"record": UUID}},
            "/api/v1/records/check": {"json": {**record, "place": XIXI, "name": "夜鹭"}},
            "/staff/login": {
                "data": {
                    "csrf": browser.csrf,
                    "username": DEMO_USERNAME,
                    "password": DEMO_PASSWORD,
                }
            },
            "/staff/logout": {"data": {"csrf": browser.csrf}},
        }
        return bodies.get(path, {})

    def pages(self) -> Iterator[tuple[str, list[ForwardMsg]]]:
        """Open every page, as citizen and as staff; its path and what came of it."""
        for browser in (self.phone, self.staff):
            cookies = {str(name): str(value) for name, value in browser.session.cookies.items()}
            for entry in site.written():
                with visit(self.server.url, cookies) as visitor:
                    yield entry.path, visitor.open_page(entry.path)

    def check_routes(self) -> None:
        """Assert that no route fails as a program does, and that the log says why it is away."""
        for answer in self.routes():
            asked = f"{answer.request.method} {answer.request.path_url}: {answer.status_code}"
            assert answer.status_code < 500 or answer.status_code in CALM, asked
            assert not OUR_FAULT.search(answer.text), asked
        self._check_log()

    def check_pages(self) -> None:
        """The same of the pages."""
        for path, messages in self.pages():
            kinds = {one.delta.new_element.WhichOneof("type") for one in messages}
            assert "exception" not in kinds, path

    def _check_log(self) -> None:
        log = self.server.log(10**9)
        assert not OUR_FAULT.search(log), log
        assert re.search(r'"reason": "[^"]+.*"level": "error"', log), log
