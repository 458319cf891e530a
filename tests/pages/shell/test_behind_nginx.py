"""Behind a real nginx, by IPv4 and IPv6: each visitor is somebody, and every cookie is safe."""

from collections.abc import Iterator
from pathlib import Path
from socket import create_connection

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from pages.parts.assets import asset_url
from pages.parts.tries import FREE
from tests.browser.server import Server
from tests.support.layers import NO_NGINX
from tests.support.nginx import NAME, Nginx, browser, unverified
from tests.support.provision import find_nginx

OURS = f"https://{NAME}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It listens on IPv4 and IPv6 at once, and trusts the proxies that the unit names."""
    home = tmp_path_factory.mktemp("behind") / "home"
    trusted = {"LUJI_DEMO": "1", "LUJI_TRUSTED_PROXIES": "127.0.0.1,::1"}
    running = Server(home, address="::", **trusted).start()
    yield running
    running.stop()


@pytest.fixture(scope="module", params=["127.0.0.1", "[::1]"])
def nginx(
    server: Server, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Nginx]:
    """It reaches the server by IPv4, then by IPv6."""
    if find_nginx() is None:
        pytest.skip(NO_NGINX)
    folder = tmp_path_factory.mktemp("nginx") / "site"
    with Nginx(folder, f"{request.param}:{server.port}") as running:
        yield running


def guess(url: str, source: str, username: str, origin: str = OURS, forwarded: str = "") -> int:
    """A new browser's wrong password; the status of the answer."""
    stranger = browser(source)
    stranger.headers["Origin"] = origin
    stranger.headers["Accept"] = "text/html"
    if forwarded:
        stranger.headers["X-Forwarded-For"] = forwarded
    csrf = stranger.get(f"{url}/", timeout=30).cookies["luji_csrf"]
    form = {"csrf": csrf, "username": username, "password": "a wrong password"}
    return stranger.post(f"{url}/staff/login", data=form, timeout=30).status_code


def is_stopped(url: str, source: str, username: str, origin: str = OURS, hops: str = "") -> bool:
    """Whether one of many guesses has to wait; a slow machine sits out the first pauses."""
    guesses = (guess(url, source, username, origin, hops.format(n=n)) for n in range(2 * FREE))
    return 429 in guesses


def test_a_stranger_s_guesses_stop_nobody_but_the_stranger(
    nginx: Nginx, request: pytest.FixtureRequest
) -> None:
    name = request.node.name
    assert guess(nginx.url(), "127.0.0.2", name) == 401
    assert is_stopped(nginx.url(), "127.0.0.2", name)
    assert guess(nginx.url(), "127.0.0.3", name) == 401
    assert guess(nginx.url("[::1]"), "::1", name) == 401


FORGED = "203.0.113.{n}, 127.0.0.1"


def test_who_names_other_addresses_to_nginx_is_still_one(
    nginx: Nginx, request: pytest.FixtureRequest
) -> None:
    assert is_stopped(nginx.url(), "127.0.0.4", request.node.name, hops=FORGED)


def test_who_comes_past_nginx_is_believed_nothing(server: Server) -> None:
    believed_nothing(f"http://127.0.0.1:{server.port}", "127.0.0.5")


def test_without_a_trusted_proxy_this_very_machine_is_believed_nothing(tmp_path: Path) -> None:
    """uvicorn by itself believes every program that connects from 127.0.0.1 or ::1."""
    alone = Server(tmp_path / "home", address="::", LUJI_DEMO="1").start()
    try:
        believed_nothing(f"http://127.0.0.1:{alone.port}", "127.0.0.1")
        believed_nothing(f"http://[::1]:{alone.port}", "::1")
    finally:
        alone.stop()


def believed_nothing(url: str, source: str) -> None:
    """Who names other addresses is one network, and who says HTTPS gets the cookies of HTTP."""
    assert is_stopped(url, source, f"admin at {source}", f"http://{NAME}", FORGED)
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Accept": "text/html"}
    cookies = browser(source).get(url, headers=headers, timeout=30).headers["Set-Cookie"]
    assert "luji_device" in cookies
    assert "secure" not in cookies.lower()


def test_over_https_every_cookie_is_secure(nginx: Nginx) -> None:
    visitor = browser("127.0.0.7")

    def cookies(path: str, method: str = "GET", **form: str) -> list[str]:
        answer = visitor.request(
            method,
            nginx.url() + path,
            data=form or None,
            headers={"Accept": "text/html", "Origin": OURS},
            timeout=30,
            allow_redirects=False,
        )
        return list(answer.raw.headers.getlist("Set-Cookie"))

    first = cookies("/")
    csrf = next(one for one in first if one.startswith("luji_csrf=")).partition("=")[2]
    known = {"csrf": csrf.partition(";")[0], "username": DEMO_USERNAME, "password": DEMO_PASSWORD}
    answers = {
        "page": first,
        "language": cookies("/lang/en"),
        "form": cookies("/staff/login"),
        "Streamlit": cookies("/_stcore/health"),
        "signed in": cookies("/staff/login", "POST", **known),
        "signed out": cookies("/staff/logout", "POST", **known),
    }
    assert all(answers.values()), answers
    bare = [one for some in answers.values() for one in some if "; secure" not in one.lower()]
    assert bare == []


def test_two_visitors_through_a_cache_are_never_one(server: Server, tmp_path: Path) -> None:
    """The first screen is the same for all, its answer is not: it brings a cookie of one's own."""
    with Nginx(tmp_path / "caching", f"127.0.0.1:{server.port}", caches=True) as caching:
        one, other = browser("127.0.0.8"), browser("127.0.0.9")
        for path in ("/", "/species", "/boards", "/map"):
            pages = [
                each.get(caching.url() + path, headers={"Accept": "text/html"}, timeout=30)
                for each in (one, other)
            ]
            assert all(page.headers["X-Cache"] != "HIT" for page in pages)
            assert len({each.cookies["luji_device"] for each in (one, other)}) == 2
        file = f"{caching.url()}{asset_url('style/style.css')}"
        assert [one.get(file, timeout=30).headers["X-Cache"] for _ in range(2)] == ["MISS", "HIT"]


def test_a_page_opens_through_nginx(nginx: Nginx) -> None:
    request = BackMsg()
    request.rerun_script.page_name = ""
    with connect(
        f"wss://{NAME}:{nginx.port}/_stcore/stream",
        sock=create_connection(("127.0.0.1", nginx.port)),
        subprotocols=[Subprotocol("streamlit")],
        ssl=unverified(),
        additional_headers={"Origin": OURS},
        max_size=None,
    ) as socket:
        socket.send(request.SerializeToString())
        assert socket.recv(timeout=30)
