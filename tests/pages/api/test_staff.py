"""Signing in and out; forms and files that strangers send."""

import socket

import pytest

from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from tests.pages.api.phone import Phone, noise_jpeg


def test_staff_sign_in_see_what_waits_and_sign_out(api_url: str) -> None:
    citizen, staff = Phone(api_url), Phone(api_url, consents=False)
    thumb = citizen.upload(noise_jpeg(11)).json()["thumb"]
    assert staff.get(thumb).status_code == 404
    answer = staff.sign_in(DEMO_USERNAME, DEMO_PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/verify")
    assert "httponly" in answer.headers["Set-Cookie"].lower()
    assert staff.get(thumb).status_code == 200
    staff.post("/staff/logout", data={"csrf": staff.csrf}, allow_redirects=False)
    assert staff.get(thumb).status_code == 404


def test_a_signed_out_token_is_worth_nothing(api_url: str) -> None:
    staff = Phone(api_url, consents=False)
    staff.sign_in(DEMO_USERNAME, DEMO_PASSWORD)
    token = staff.session.cookies["luji_staff"]
    staff.post("/staff/logout", data={"csrf": staff.csrf}, allow_redirects=False)
    thumb = Phone(api_url).upload(noise_jpeg(12)).json()["thumb"]
    staff.session.cookies.set("luji_staff", token)
    assert staff.get(thumb).status_code == 404


def test_a_wrong_password_says_so_and_keeps_the_form(api_url: str) -> None:
    answer = Phone(api_url, consents=False).sign_in("somebody", "a wrong password")
    assert answer.status_code == 401
    assert "用户名或密码不对" in answer.text
    assert 'name="password"' in answer.text


def test_signing_in_without_the_pages_token_is_refused(api_url: str) -> None:
    staff = Phone(api_url, consents=False)
    form = {"csrf": "", "username": DEMO_USERNAME, "password": DEMO_PASSWORD}
    answer = staff.post("/staff/login", data=form, allow_redirects=False)
    assert answer.status_code == 403
    assert "luji_staff" not in staff.session.cookies


def test_a_token_of_other_letters_is_refused_as_any_wrong_one(api_url: str) -> None:
    staff = Phone(api_url, consents=False)
    form = {"csrf": "\xff夜鹭", "username": DEMO_USERNAME, "password": DEMO_PASSWORD}
    answer = staff.post("/staff/login", data=form, allow_redirects=False)
    assert answer.status_code == 403
    assert staff.post("/api/v1/me", {"X-CSRF-Token": "\xff"}, json={}).status_code == 403


def test_too_many_wrong_passwords_have_to_wait(api_url: str) -> None:
    staff = Phone(api_url, consents=False)
    answers = [staff.sign_in("guessed", f"password {n}").status_code for n in range(11)]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_the_form_speaks_english(api_url: str) -> None:
    page = Phone(api_url, consents=False, language="en").get("/staff/login").text
    assert '<html lang="en">' in page
    assert "Staff sign-in" in page
    assert "Sign in as the demo verifier" in page


UPLOAD = "/_stcore/upload_file/a-session/a-file"
A_FILE = {"file": ("a.csv", b"name", "text/csv")}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "PATCH"])
def test_a_stranger_sends_and_removes_no_file(api_url: str, method: str) -> None:
    stranger = Phone(api_url)
    for cookie in ("", "a-token-of-my-own"):
        stranger.session.cookies.set("luji_staff", cookie)
        answer = stranger.session.request(
            method, api_url + UPLOAD, headers={"Origin": api_url}, files=A_FILE, timeout=30
        )
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "role.may_not"


CLOSED = (
    "/_stcore/metrics",
    "/_stcore/metrics/",
    "/_stcore/metrics?a=1",
    "/_stcore/%6detrics",
    "/_stcore/agent/interact",
    "/_stcore/agent/mcp",
    "/_stcore/agent/openapi.json",
    "/_stcore/bidi-components/recorder/x.js",
    "/_stcore/script-health-check",
    "/_stcore/upload_file",
    "/_stcore/allowed-message-origins",
    "/_stcore",
    "/component/x/index.html",
    "/auth/login?provider=x",
    "/oauth2callback?code=x",
)


@pytest.mark.parametrize("path", CLOSED)
@pytest.mark.parametrize("method", ["GET", "OPTIONS", "POST"])
def test_what_no_page_of_ours_needs_is_nobody_s(api_url: str, path: str, method: str) -> None:
    for accept in ("*/*", "text/html"):
        headers = {"Origin": api_url, "Accept": accept}
        answer = Phone(api_url, consents=False).session.request(
            method, api_url + path, headers=headers, timeout=30, allow_redirects=False
        )
        assert answer.status_code == 404


def test_what_a_page_of_ours_needs_of_streamlit_is_there(api_url: str) -> None:
    for path in ("/_stcore/health", "/_stcore/host-config"):
        assert Phone(api_url, consents=False).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/staff/login", "/staff/logout", "/recover", "/api/v1/erase"])
def test_a_form_is_read_up_to_4_kb(api_url: str, path: str) -> None:
    phone = Phone(api_url)
    phone.record()
    form = {"csrf": phone.csrf, "confirm": "删除", "username": "x" * 5000}
    answer = phone.post(path, data=form, allow_redirects=False)
    if path == "/staff/login":
        assert answer.status_code == 413
        assert "交来的内容太长" in answer.text
    else:
        to = "/" if path == "/staff/logout" else "/me?refused=form.too_long"
        assert (answer.status_code, answer.headers["Location"]) == (303, to)
    assert phone.get("/api/v1/taxa?q=yelu").status_code == 200
    assert phone.record().status_code == 201  # neither erased nor changed


@pytest.mark.parametrize("path", ["/staff/login", "/staff/logout", "/recover", "/api/v1/erase"])
@pytest.mark.parametrize("declared", [True, False], ids=["declared", "chunked"])
def test_a_huge_form_is_answered_before_it_has_come(
    api_url: str, path: str, declared: bool
) -> None:
    """The answer comes while all but 5 KB of a gigabyte are still to be sent."""
    host, port = api_url.removeprefix("http://").split(":")
    length = f"Content-Length: {2**30}" if declared else "Transfer-Encoding: chunked"
    start = b"x" * 5000 if declared else b"1388\r\n" + b"x" * 5000 + b"\r\n"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {api_url}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\n{length}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as line:
        line.sendall(head.encode() + start)
        status = int(line.recv(4096).split()[1])
    assert status == (413 if path == "/staff/login" else 303)
