"""`/staff/login` and `/staff/logout`: a plain form, a session row, an HttpOnly cookie."""

import html
from string import Template

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person
from observations.base.wording import HTML_LANGUAGE, N_, translate
from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from observations.people.signing_in import sign_in, sign_out, staff_of
from observations.people.staff import SESSION_LENGTH
from pages.api.bodies import read_form
from pages.parts.answers import STATUS, UNPROCESSABLE, require_csrf
from pages.parts.assets import asset_url
from pages.parts.desk_files import desk_files
from pages.parts.limits import allow, network_of, short_key
from pages.parts.logs import event
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import (
    DESK_COOKIE,
    STAFF_COOKIE,
    cookies_for,
    csrf_token,
    desk_token,
    device_of,
    is_desk_of,
)
from pages.parts.site import NAME, PAGES, desks, open_to
from pages.parts.tries import Tries
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, sentence
from pages.shell.index import set_cookies
from pages.shell.language import A_YEAR

DEMO_FORM = (
    '<form class="demo" method="post" action="/staff/login">'
    '<input type="hidden" name="csrf" value="{csrf}">'
    '<input type="hidden" name="username" value="{username}">'
    '<input type="hidden" name="password" value="{password}"><button>{words}</button></form>'
)

HASHES_AT_ONCE = 2  # argon2id takes 64 MB each
tries = Tries()
_hashing = anyio.CapacityLimiter(HASHES_AT_ONCE)


async def login_form(request: Request) -> Response:
    """The empty form."""
    return _form(request, "", 200)


async def login(request: Request) -> Response:
    """A redirect to the account's desk with a session cookie, or the form again with the error."""
    try:
        form = await read_form(request)
        username = form.get("username", "")
        require_csrf(request, form.get("csrf", ""))
        keys = _begin(request, username)
        token, desk = await anyio.to_thread.run_sync(
            _sign_in, request, username, form.get("password", ""), limiter=_hashing
        )
    except Refused as refused:
        status = 401 if refused.code == "staff.wrong_password" else STATUS.get(refused.code)
        return _form(request, sentence(refused, _language(request)), status or UNPROCESSABLE)
    except StorageError:
        unavailable = Refused("storage.unavailable")
        return _form(request, sentence(unavailable, _language(request)), 503)
    event("staff.signed_in")
    tries.forget(*keys)
    response = RedirectResponse(desk, 303)
    lasts = int(SESSION_LENGTH.total_seconds())
    response.set_cookie(STAFF_COOKIE, token, max_age=lasts, httponly=True, samesite="lax")
    _remember(response, request, username)
    return response


def _begin(request: Request, username: str) -> tuple[str, ...]:
    """Count one try, before the password is looked at; gives the keys that it counts under.

    Raises `Refused`: `limit.too_many`, `limit.wait`. A browser that this account signed in from
    before has a count of its own, so that no stranger, on the same network either, can lock it out.
    """
    device_id, network = device_of(request.cookies), network_of(request)
    if is_desk_of(request.cookies, username):
        keys: tuple[str, ...] = (short_key(("desk", device_id, username)),)
    else:
        allow("sign_in", device_id, network)
        keys = short_key(("name", username, network)), short_key(("device", device_id))
    tries.begin(*keys)
    return keys


def _remember(response: Response, request: Request, username: str) -> None:
    """Let the browser keep that this account signed in from it."""
    device_id = device_of(request.cookies)
    if device_id is not None:
        token = desk_token(device_id, username)
        response.set_cookie(DESK_COOKIE, token, max_age=A_YEAR, httponly=True, samesite="lax")


def _sign_in(request: Request, username: str, password: str) -> tuple[str, str]:
    """The session's token, and the path of the account's desk."""
    token = sign_in(store(), username, password, device_of(request.cookies), known_now())
    staff = staff_of(store(), token, known_now())
    person = Person(staff_id=staff.staff_id, role=staff.role) if staff else NOBODY
    mine = [f"/{entry.path}" for entry in desks(open_to(person))]
    return token, next(iter(mine), "/")


async def logout(request: Request) -> Response:
    """End the session; a redirect to the home page."""
    response = RedirectResponse("/", 303)
    try:
        form = await read_form(request)
        require_csrf(request, form.get("csrf", ""))
    except Refused:
        return response
    token = request.cookies.get(STAFF_COOKIE, "")
    await run_in_threadpool(sign_out, store(), token, known_now())
    desk_files.sign_out(short_key(token))
    response.delete_cookie(STAFF_COOKIE)
    return response


def _form(request: Request, alert: str, status: int) -> Response:
    """The form; it also sets the browser's cookies, since it may be the first page visited."""
    language = _language(request)
    cookies, csrf = _cookies(request)

    def say(text: str) -> str:
        return html.escape(translate(text, language))

    page = Template((PAGES / "shell" / "staff.html").read_text("utf-8")).substitute(
        lang=HTML_LANGUAGE[language],
        title=say(N_("工作人员登录")),
        name=say(NAME),
        mark=asset_url("icons/mark.svg"),
        style=asset_url("style/style.css"),
        alert=f'<p class="alert" role="alert">{html.escape(alert)}</p>' if alert else "",
        csrf=csrf,
        username_label=say(N_("用户名")),
        password_label=say(N_("密码")),
        sign_in=say(N_("登录")),
        demo=_demo_form(csrf, say(N_("用演示核实员登录"))) if settings().is_demo else "",
        home=say(N_("回首页")),
    )
    response = HTMLResponse(page, status, {"Cache-Control": "no-store"})
    set_cookies(response, cookies)
    return response


def _cookies(request: Request) -> tuple[list[tuple[str, str, bool]], str]:
    device_id = device_of(request.cookies) or new_id()
    return cookies_for(device_id), csrf_token(device_id)


def _demo_form(csrf: str, words: str) -> str:
    return DEMO_FORM.format(csrf=csrf, username=DEMO_USERNAME, password=DEMO_PASSWORD, words=words)


def _language(request: Request) -> str:
    return chosen_language(request.cookies.get(LANGUAGE_COOKIE))


ROUTES = [
    Route("/staff/login", login_form, methods=["GET"]),
    Route("/staff/login", login, methods=["POST"]),
    Route("/staff/logout", logout, methods=["POST"]),
]
