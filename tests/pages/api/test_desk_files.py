"""Files of staff: by whom, from which page, how much, and for how long."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from pages.parts import desk_files as module
from pages.parts.desk_files import GRACE_S, OF_A_SESSION, OF_ALL, DeskFiles
from tests.browser.server import Server, run_command
from tests.pages.api.phone import Phone
from tests.support.visits import visit

PASSWORD = "lake-ferry-osmanthus-42"
WRONG_PAGE = "role.may_not"


@pytest.fixture(scope="module")
def organiser(api_server: Server) -> Phone:
    """The browser of somebody whose desk takes files."""
    name = f"organiser-{new_id()}"
    typed = f"{PASSWORD}\n"
    done = run_command(api_server.home, "staff", "add", name, "--role", "organiser", typed=typed)
    assert done.returncode == 0, done.stderr
    phone = Phone(api_server.url, consents=False)
    assert phone.sign_in(name, PASSWORD).status_code == 303
    return phone


@contextmanager
def page(browser: Phone, path: str) -> Iterator[str]:
    """A page of this browser, open; gives the id of its session."""
    cookies = {str(name): str(value) for name, value in browser.session.cookies.items()}
    with visit(browser.url, cookies) as visitor:
        messages = visitor.open_page(path)
        news = [one.new_session for one in messages if one.WhichOneof("type") == "new_session"]
        yield news[0].initialize.session_id


def send(browser: Phone, session: str, origin: str = "", method: str = "PUT") -> str:
    """Send a file as Streamlit's field does: the status, or the code of our refusal."""
    browser.get("/_stcore/health")  # as its script does before it connects
    token = browser.session.cookies["_streamlit_xsrf"]
    answer = browser.session.request(
        method,
        f"{browser.url}/_stcore/upload_file/{session}/{new_id()}",
        headers={"Origin": origin or browser.url, "X-Xsrftoken": token},
        files={"file": ("a.csv", b"name", "text/csv")},
        timeout=30,
    )
    is_ours = "json" in answer.headers.get("Content-Type", "")
    return str(answer.json()["error"]["code"]) if is_ours else str(answer.status_code)


def test_only_a_page_that_asks_for_a_file_gets_one(organiser: Phone) -> None:
    with page(organiser, "admin-taxa") as desk, page(organiser, "admin-festivals") as other:
        assert send(organiser, desk) == "204"
        assert send(organiser, desk, method="DELETE") == "204"
        assert send(organiser, other) == WRONG_PAGE
        assert send(organiser, "no-such-session") == WRONG_PAGE
        assert send(organiser, desk, origin="https://elsewhere.example") == "origin.foreign"
        assert send(organiser, desk, origin="null") == "origin.foreign"


def test_nobody_sends_to_another_s_page(organiser: Phone, api_url: str) -> None:
    stranger = Phone(api_url)
    admin = Phone(api_url, consents=False)
    admin.sign_in(DEMO_USERNAME, DEMO_PASSWORD)
    with page(organiser, "admin-taxa") as desk, page(stranger, "admin-taxa") as theirs:
        for other in (stranger, admin):
            assert send(other, desk) == WRONG_PAGE
            assert send(other, theirs) == WRONG_PAGE
            assert send(other, desk, method="DELETE") == WRONG_PAGE


def test_who_signs_out_sends_nothing_more(api_server: Server) -> None:
    name = f"organiser-{new_id()}"
    typed = f"{PASSWORD}\n"
    run_command(api_server.home, "staff", "add", name, "--role", "organiser", typed=typed)
    phone = Phone(api_server.url, consents=False)
    phone.sign_in(name, PASSWORD)
    with page(phone, "admin-taxa") as desk:
        assert send(phone, desk) == "204"
        token = phone.session.cookies["luji_staff"]
        phone.post("/staff/logout", data={"csrf": phone.csrf}, allow_redirects=False)
        phone.session.cookies.set("luji_staff", token)
        assert send(phone, desk) == WRONG_PAGE


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Pages:
    """Streamlit's own store of files, and which sessions are open."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files = MemoryUploadedFileManager("/_stcore/upload_file")
        self.open = {"a", "b", "c"}
        self.clock = Clock()
        self.sent = DeskFiles(self.clock)
        monkeypatch.setattr(module, "_files", lambda: self.files)
        monkeypatch.setattr(self.sent, "_is_open", lambda session: session in self.open)

    def put(self, session: str, size: int) -> None:
        """A file of so many bytes arrives."""
        with self.sent.room(session, size):
            data = _Bytes(size)
            file = UploadedFileRec(str(new_id()), "a.csv", "text/csv", data)  # type: ignore[arg-type]
            self.files.add_file(session, file)

    def held(self, session: str) -> int:
        """Bytes in memory."""
        return sum(len(one.data) for one in self.files.file_storage.get(session, {}).values())


class _Bytes:
    """As long as it says, without being there."""

    def __init__(self, size: int) -> None:
        self._size = size

    def __len__(self) -> int:
        return self._size


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Pages:
    made = Pages(monkeypatch)
    for session in made.open:
        made.sent.ask(session, "admin-taxa", "me")
    return made


def test_a_session_holds_so_much(pages: Pages) -> None:
    pages.put("a", OF_A_SESSION)
    with pytest.raises(Refused, match="limit.too_many"):
        pages.put("a", 1)
    pages.put("b", OF_A_SESSION)


def test_what_comes_counts_while_it_comes(pages: Pages) -> None:
    with pages.sent.room("a", OF_A_SESSION), pytest.raises(Refused, match="limit.too_many"):
        pages.put("a", 1)
    pages.put("a", OF_A_SESSION)


def test_all_together_hold_so_much_and_pages_that_were_left_give_way(pages: Pages) -> None:
    many = [f"page {n}" for n in range(OF_ALL // OF_A_SESSION)]
    pages.open |= set(many)
    for session in many:
        pages.put(session, OF_A_SESSION)
    with pytest.raises(Refused, match="limit.too_many"):
        pages.put("a", 1)
    pages.open -= {many[0]}
    pages.put("a", 1)
    assert pages.held(many[0]) == 0
    assert pages.held(many[1]) == OF_A_SESSION


def test_a_page_that_was_left_is_freed_after_a_while_and_one_that_came_back_is_not(
    pages: Pages,
) -> None:
    pages.put("a", 5)
    pages.put("b", 5)
    pages.open = {"b"}
    pages.sent.free_left()
    pages.clock.now += GRACE_S - 1
    pages.open = {"a", "b"}
    pages.sent.free_left()
    pages.open = {"b"}
    pages.clock.now += 2
    pages.sent.free_left()
    assert pages.held("a") == 5
    pages.clock.now += GRACE_S
    pages.sent.free_left()
    assert (pages.held("a"), pages.held("b")) == (0, 5)
    with pytest.raises(Refused, match=WRONG_PAGE):
        pages.sent.require("a", "me")


def test_another_page_and_signing_out_free_at_once(pages: Pages) -> None:
    for session in ("a", "b", "c"):
        pages.put(session, 5)
    pages.sent.ask("c", "admin-taxa", "you")
    pages.sent.turn("a", "admin-taxa")
    assert pages.held("a") == 5
    pages.sent.turn("a", "admin-festivals")
    assert pages.held("a") == 0
    pages.sent.sign_out("me")
    assert (pages.held("b"), pages.held("c")) == (0, 5)
    pages.sent.require("c", "you")
