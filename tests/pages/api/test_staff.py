"""Signing in and out."""

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
