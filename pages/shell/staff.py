"""`/staff/login` and `/staff/logout`: a plain form, a session row, an HttpOnly cookie."""

import html
from collections.abc import Callable, Mapping
from string import Template
from urllib.parse import parse_qsl, urlencode

import anyio
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id
from observations.base.roles import NOBODY, Person
from observations.base.wording import HTML_LANGUAGE, N_, translate
from observations.people.demo_sign_in import DEMO_PASSWORD, DEMO_USERNAME
from observations.people.signing_in import (
    SecondStep,
    hash_token,
    right_account,
    sign_in,
    sign_in_with_code,
    sign_out,
    staff_of,
)
from observations.people.staff import Staff
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
    lasting,
)
from pages.parts.site import NAME, PAGES, address, desks, find, open_to
from pages.parts.tries import Tries
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language, sentence
from pages.shell.index import set_cookies
from pages.shell.language import A_YEAR

DEMO_FORM = (
    '<form class="demo" method="post" action="/staff/login">'
    '<input type="hidden" name="csrf" value="{csrf}">'
    '<input type="hidden" name="next" value="{way_back}">'
    '<input type="hidden" name="username" value="{username}">'
    '<input type="hidden" name="password" value="{password}"><button>{words}</button></form>'
)

PASSWORD_FIELDS = (
    '<label>{username} <input name="username" autocomplete="username" required autofocus></label>'
    '<label>{password} <input name="password" type="password" autocomplete="current-password"'
    " required></label>"
)
CODE_FIELDS = (
    '<input type="hidden" name="ticket" value="{ticket}"><p>{hint}</p>'
    '<label>{label} <input name="code" autocomplete="one-time-code" maxlength="40" required'
    " autofocus></label>"
)
PROVIDER = '<p><a class="g-btn quiet" href="{href}">{words}</a></p>'

TICKET_S = 300  # from the password to the code
LONGEST_WAY = 500  # characters of an address to go back to
HASHES_AT_ONCE = 2  # argon2id takes 64 MB each
tries = Tries()
_hashing = anyio.CapacityLimiter(HASHES_AT_ONCE)


async def login_form(request: Request) -> Response:
    """The empty form."""
    return sign_in_form(request, "", 200, way_back=request.query_params.get("next", ""))


async def login(request: Request) -> Response:
    """A redirect to where one was, or to the account's desk, with a session cookie.

    Where the account has a second step, first the form for its code; the form again with the error.
    """
    ticket, way_back, refused = "", "", None
    try:
        form = await read_form(request)
        way_back, ticket = form.get("next", ""), form.get("ticket", "")
        require_csrf(request, form.get("csrf", ""))
        step = _second if ticket else _first
        token, name = await step(request, form)
    except Refused as error:
        refused = error
    except StorageError:
        refused = Refused("storage.unavailable")
    if isinstance(refused, CodeNeeded):
        return sign_in_form(request, "", 200, way_back=way_back, ticket=refused.ticket)
    if refused:
        if refused.code == "staff.ticket_over":
            ticket = ""
        words = sentence(refused, _language(request))
        return sign_in_form(request, words, _status(refused), way_back=way_back, ticket=ticket)
    event("staff.signed_in")
    return await run_in_threadpool(signed_in, request, token, name, way_back)


class CodeNeeded(Refused):
    """The password was right; `ticket` proves it to the form of the second step."""

    def __init__(self, ticket: str) -> None:
        super().__init__("staff.code_needed")
        self.ticket = ticket


def _status(refused: Refused) -> int:
    unauthorised = ("staff.wrong_password", "staff.wrong_code", "staff.ticket_over")
    if refused.code in unauthorised:
        return 401
    return 503 if refused.code == "storage.unavailable" else STATUS.get(refused.code, UNPROCESSABLE)


async def _first(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """The token of a session, and the account's name. Raises `CodeNeeded` for a second step."""
    username = form.get("username", "")
    keys = _begin(request, username)
    token = await anyio.to_thread.run_sync(
        _by_password, request, username, form.get("password", ""), limiter=_hashing
    )
    tries.forget(*keys)
    return token, username


def _by_password(request: Request, username: str, password: str) -> str:
    staff = right_account(store(), username, password)
    if staff.has_second_step:
        raise CodeNeeded(str(_tickets().dumps([staff.username, _mark(staff)])))
    device_id = device_of(request.cookies)
    return sign_in(store(), username, password, device_id, known_now(), lasting())


async def _second(request: Request, form: Mapping[str, str]) -> tuple[str, str]:
    """The same by the code of somebody whose password was right a moment ago.

    Raises `Refused`: `staff.ticket_over`, `staff.wrong_code`, `limit.too_many`, `limit.wait`.
    """
    try:
        username, mark = _tickets().loads(form.get("ticket", ""), max_age=TICKET_S)
    except BadSignature:
        raise Refused("staff.ticket_over") from None
    allow("sign_in", device_of(request.cookies), network_of(request))
    key = short_key(("code", username))
    tries.begin(key)
    code = form.get("code", "")
    token = await run_in_threadpool(_by_code, request, username, mark, code)
    tries.forget(key)
    return token, username


def _by_code(request: Request, username: str, mark: str, code: str) -> str:
    staff = store().people.staff_named(username)
    if staff is None or staff.is_disabled or _mark(staff) != mark:
        raise Refused("staff.ticket_over")
    second, device_id = SecondStep(settings().secret, code), device_of(request.cookies)
    return sign_in_with_code(store(), staff, second, device_id, known_now(), lasting())


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret, salt="second step")


def _mark(staff: Staff) -> str:
    """What changes with the password."""
    return hash_token(staff.password_hash)[:16]


def signed_in(request: Request, token: str, username: str, way_back: str) -> Response:
    """A redirect to where one was, with the cookie of the session."""
    response = RedirectResponse(_destination(token, way_back), 303)
    lasts = int(settings().session_length.total_seconds())
    response.set_cookie(STAFF_COOKIE, token, max_age=lasts, httponly=True, samesite="lax")
    if username:
        _remember(response, request, username)
    return response


def _destination(token: str, way_back: str) -> str:
    """Where one was, if it is a page that the account may open; else the account's desk."""
    staff = staff_of(store(), token, known_now())
    is_asked = settings().requires_second_step and staff and staff.password_hash
    if is_asked and staff and not staff.has_second_step:
        return "/account"
    person = Person(staff_id=staff.staff_id, role=staff.role) if staff else NOBODY
    path, _mark, query = way_back.partition("?")
    entry = find(path) if path.startswith("/") and not path.startswith("//") else None
    if entry and entry in open_to(person) and len(way_back) <= LONGEST_WAY:
        return address(entry, dict(parse_qsl(query)))
    mine = [f"/{entry.path}" for entry in desks(open_to(person))]
    return next(iter(mine), "/")


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


def sign_in_form(
    request: Request, alert: str, status: int, *, way_back: str = "", ticket: str = ""
) -> Response:
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
        way_back=html.escape(way_back[:LONGEST_WAY]),
        fields=_code_fields(ticket, say) if ticket else _password_fields(say),
        sign_in=say(N_("登录")),
        others="" if ticket else _other_ways(way_back, csrf, say),
        home=say(N_("回首页")),
    )
    response = HTMLResponse(page, status, {"Cache-Control": "no-store"})
    set_cookies(response, cookies)
    return response


def _other_ways(way_back: str, csrf: str, say: Callable[[str], str]) -> str:
    """At the bureau's provider, where one is set; as the demo's verifier, in a demo."""
    ways = ""
    if settings().provider:
        href = f"/staff/oidc?{urlencode({'next': way_back[:LONGEST_WAY]})}"
        ways += PROVIDER.format(href=html.escape(href), words=say(N_("用单位的账号登录")))
    if settings().is_demo:
        ways += _demo_form(csrf, way_back, say(N_("用演示核实员登录")))
    return ways


def _password_fields(say: Callable[[str], str]) -> str:
    return PASSWORD_FIELDS.format(username=say(N_("用户名")), password=say(N_("密码")))


def _code_fields(ticket: str, say: Callable[[str], str]) -> str:
    hint = say(N_("打开手机上的验证器，抄下六位数字；手机不在身边，就用一个备用码。"))
    return CODE_FIELDS.format(
        ticket=html.escape(ticket), label=say(N_("六位数字，或备用码")), hint=hint
    )


def _cookies(request: Request) -> tuple[list[tuple[str, str, bool]], str]:
    device_id = device_of(request.cookies) or new_id()
    return cookies_for(device_id), csrf_token(device_id)


def _demo_form(csrf: str, way_back: str, words: str) -> str:
    return DEMO_FORM.format(
        csrf=csrf,
        way_back=html.escape(way_back[:LONGEST_WAY]),
        username=DEMO_USERNAME,
        password=DEMO_PASSWORD,
        words=words,
    )


def _language(request: Request) -> str:
    return chosen_language(request.cookies.get(LANGUAGE_COOKIE))


ROUTES = [
    Route("/staff/login", login_form, methods=["GET"]),
    Route("/staff/login", login, methods=["POST"]),
    Route("/staff/logout", logout, methods=["POST"]),
]
