"""Every door, asked by ten kinds of visitor: who is let in, and who is told no."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from observations.base.ids import new_id
from observations.base.roles import Person, Role, may
from observations.people.consent import CONSENT_VERSION
from pages.parts import site
from pages.parts.leaving import CONFIRMATIONS
from pages.shell import doors
from pages.shell.doors import DOORS, Door
from tests.browser.server import Server, command
from tests.pages.api.phone import XIXI, Phone, noise_jpeg
from tests.support.door_rows import name_of
from tests.support.visits import visit

PASSWORD = "lake-ferry-osmanthus-42"
STAFF = (*Role, "disabled", "signed out")
VISITORS = ("stranger", "without consent", "citizen", "neighbour", "erased", *STAFF)
WITH_TOKEN = set(VISITORS) - {"stranger"}
CONSENTED = {"citizen", "neighbour"}
TO_NOBODY = (401, 403)


@dataclass
class City:
    """A server, a browser of each kind of visitor, and a photo that is not public yet."""

    url: str
    browsers: dict[str, Phone]
    photo: str

    def _browser(self, visitor: str) -> Phone:
        """Their browser; a stranger's forgets what the last answer gave it."""
        if visitor == "stranger":
            self.browsers[visitor].session.cookies.clear()
        return self.browsers[visitor]

    def ask(self, visitor: str, door: Door) -> requests.Response:
        """Send what the door takes, right in form, as a page of ours would."""
        browser, places = self._browser(visitor), {
            "version": "x", "z": "10", "x": "1", "y": "1", "sha256": self.photo, "size": "thumb",
            "language": "en", "batch": str(new_id()), "festival": str(new_id()), "paper": "poster",
            "session_id": "a-session", "file_id": "a-file", "path": "x", "file_id:path": "x",
        }  # fmt: skip
        path = re.sub(r"{(\w+)(:\w+)?}", lambda found: places[found[1]], door.path) or "/static/x"
        token = browser.session.cookies.get("luji_csrf", "")
        return browser.session.request(
            door.method,
            self.url + path.replace("/assets", "/assets/style/style.css"),
            headers={"Origin": self.url, "X-CSRF-Token": token, "X-Upload-Id": str(new_id())},
            timeout=60,
            allow_redirects=False,
            **body_of(path, token),
        )


def body_of(path: str, token: str) -> dict[str, Any]:
    """What a page of ours sends there; the erasing word is wrong, so that nobody is."""
    record = {"id": str(new_id()), "event_date": "2026-01-01T10:00:00+08:00", "name": "夜鹭"}
    agreed = {"version": CONSENT_VERSION, "place": True, "photo_licence": "CC BY 4.0"}
    bodies: dict[str, dict[str, Any]] = {
        "/api/v1/consent": {"json": {**agreed, "version": "an older one"}},
        "/api/v1/download": {"data": {"csrf": token}},
        "/api/v1/erase": {"data": {"csrf": token, "confirm": "no"}},
        "/api/v1/me": {"json": {"home_district": "330106"}},
        "/api/v1/media": {"data": noise_jpeg(9)},
        "/api/v1/records": {"json": {**record, "place": XIXI}},
        "/api/v1/records/check": {"json": {**record, "place": XIXI}},
        "/api/v1/identifications": {"json": {"record": str(new_id())}},
        "/api/v1/teams": {"json": {"code": "000000", "team": "白鹭"}},
        "/recover": {"data": {"csrf": token, "code": "AAAAA-AAAAA"}},
        "/staff/login": {"data": {"csrf": token, "username": f"{new_id()}", "password": "wrong"}},
        "/staff/logout": {"data": {"csrf": "" if token == "" else "not this page's"}},
    }
    return bodies.get(path, {})


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """All of them have come; nobody is told apart by anything but what they may."""
    server = Server(tmp_path_factory.mktemp("city") / "home", LUJI_DEMO="1").start()
    try:
        yield _peopled(server)
    finally:
        server.stop()


def _peopled(server: Server) -> City:
    browsers = {"without consent": Phone(server.url, consents=False)}
    browsers |= {name: Phone(server.url) for name in ("citizen", "neighbour", "erased")}
    browsers["stranger"] = Phone(server.url, consents=False)
    browsers["stranger"].session.cookies.clear()
    photo = browsers["citizen"].upload(noise_jpeg(5)).json()["sha256"]
    for name in ("citizen", "neighbour", "erased"):
        assert browsers[name].record().status_code == 201
    before = browsers["erased"].session.cookies.copy()
    form = {"csrf": browsers["erased"].csrf, "confirm": CONFIRMATIONS[0]}
    browsers["erased"].post("/api/v1/erase", data=form)
    browsers["erased"].session.cookies = before  # a thief of cookies, or an old tab
    for name in STAFF:
        role = name if name in list(Role) else Role.ADMIN
        command(server.home, "staff", "add", name, "--role", role, typed=f"{PASSWORD}\n")
        browsers[name] = Phone(server.url, consents=False)
        assert browsers[name].sign_in(name, PASSWORD).status_code == 303
    command(server.home, "staff", "disable", "disabled")
    token = browsers["signed out"].session.cookies["luji_staff"]
    browsers["signed out"].post("/staff/logout", data={"csrf": browsers["signed out"].csrf})
    browsers["signed out"].session.cookies.set("luji_staff", token)
    return City(server.url, browsers, photo)


def let_in(door: Door) -> set[str]:
    """The visitors that a door is for."""
    return {
        doors.EVERYONE: set(VISITORS),
        doors.PAGE: WITH_TOKEN,
        doors.CONSENTED: CONSENTED,
        doors.OBSERVER: CONSENTED,
        doors.OWNER: {"citizen", Role.VERIFIER, Role.ADMIN},
        doors.MAKERS: {Role.ORGANISER, Role.ADMIN},
        doors.UPLOADERS: set(),  # from no page that asks; test_desk_files has those
        doors.INSIDE: set(VISITORS),
        doors.NOBODY: set(),
    }[door.who]


def is_refused(answer: requests.Response, door: Door) -> bool:
    """Whether an answer says that this is not for them."""
    refusal = answer.headers.get("Location", "").partition("refused=")[2]
    if door.path == "/staff/logout":  # it says nothing, and does nothing without the token
        return True
    if answer.status_code == 303:
        return refusal in ("csrf.missing", "observer.unknown")
    if door.who in (doors.OWNER, doors.NOBODY):
        return answer.status_code == 404
    if door.who == doors.OBSERVER:
        return answer.status_code in (403, 404)
    return answer.status_code in TO_NOBODY


HTTP = [door for door in DOORS if door.method != "WEBSOCKET"]


@pytest.mark.parametrize("door", HTTP, ids=name_of)
def test_a_door_lets_in_those_it_is_for(city: City, door: Door) -> None:
    for visitor in VISITORS:
        answer = city.ask(visitor, door)
        assert answer.status_code < 500, visitor
        if door.path != "/staff/logout":
            wrong = door.path == "/staff/login" and door.method == "POST"
            said_no = is_refused(answer, door) and not (wrong and answer.status_code == 401)
            assert said_no == (visitor not in let_in(door)), (visitor, answer.status_code)


def test_signing_out_by_another_page_s_token_ends_no_session(city: City) -> None:
    door = next(door for door in DOORS if door.path == "/staff/logout")
    for visitor in VISITORS:
        city.ask(visitor, door)
    assert city.browsers[Role.VERIFIER].get(f"/photos/{city.photo}/thumb.webp").ok


GUARDS = ("这一页给工作人员用".encode(), "登录已经结束".encode())


@pytest.mark.parametrize("visitor", VISITORS)
def test_the_pages_of_staff_are_drawn_for_staff_alone(city: City, visitor: str) -> None:
    role = Role(visitor) if visitor in list(Role) else None
    person = Person(staff_id=new_id() if role else None, role=role)
    cookies = {str(k): str(v) for k, v in city.browsers[visitor].session.cookies.items()}
    cookies["luji_lang"] = "zh"
    for entry in site.desks(site.written()):
        with visit(city.url, cookies) as page:
            is_drawn = drawn(page.open_page(entry.path), entry.path)
        assert is_drawn == may(person, entry.action), entry.path


def drawn(messages: list[ForwardMsg], path: str) -> bool:
    """Whether a page was among those to choose from, and its script ran past its guard."""
    pages = [page for one in messages for page in one.navigation.app_pages]
    is_there = path in {page.url_pathname for page in pages}
    texts = [one.SerializeToString() for one in messages]
    return is_there and not any(guard in text for guard in GUARDS for text in texts)
