"""The page that starts the app: our index.html instead of Streamlit's.

It has the visitor's language, the page's title, the theme's colours, and text to read while
Streamlit loads. A path that is no page answers 404 with a link home.
"""

import html
import json
import posixpath
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from string import Template

import brotli
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from observations.base.roles import VISIT
from observations.base.wording import HTML_LANGUAGE, LANGUAGES, N_, translate
from pages.parts import site
from pages.parts.assets import ASSETS, asset_url
from pages.parts.first_screen import Screen, json_element
from pages.parts.runtime import settings
from pages.parts.session import STAFF_COOKIE, device_cookies
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language
from pages.shell.first_screens import MOST_HELD, FirstScreens
from pages.shell.language import A_YEAR
from pages.shell.precompressed import QUICK, STREAMLIT_FILES, accepted
from pages.shell.streamlit_words import words

HERE = site.PAGES / "shell"
LANGUAGE = "lang"  # of an address
CONFIG = site.PAGES.parent / ".streamlit" / "config.toml"
CARD = "icons/icon-512.png"  # the picture of a shared page that has none of its own
DESCRIPTION = N_("在杭州遇见一种生命，拍下来，留下一道绿迹。看看身边的自然，记一件低碳小事。")


def page_at_once(request: Request, screens: FirstScreens) -> Response | None:
    """The index for a page whose first screen is held; None where it has to be drawn."""
    entry = site.find(request.url.path)
    if entry is None or entry.action != VISIT:
        return None
    language = language_of(request)
    screen = screens.at_once(entry, language, request.query_params)
    return _answer(request, entry, language, screen) if screen else None


def page(request: Request, screens: FirstScreens) -> Response:
    """The index for a page, or 404 for a path that is none (to others also for staff pages).

    It takes statements: not for the event loop.
    """
    entry = site.find(request.url.path)
    language = language_of(request)
    is_hidden = entry is not None and entry.action != VISIT and STAFF_COOKIE not in request.cookies
    if entry is None or is_hidden:
        return HTMLResponse(missing(language, is_hidden), 404, {"Cache-Control": "no-store"})
    screen = screens.screen(entry, language, request.query_params)
    return _answer(request, entry, language, screen)


def _answer(request: Request, entry: site.Entry, language: str, screen: Screen) -> Response:
    asked = request.query_params.get(LANGUAGE) == language
    response = compressed(index(language, entry.path, screen, asked), request)
    response.status_code = 404 if screen.is_missing else 200
    set_cookies(response, device_cookies(request.cookies))
    if asked:
        set_cookies(response, [(LANGUAGE_COOKIE, language, False)])
    return response


def language_of(request: Request) -> str:
    """The language that the address asks for (`?lang=`), else the visitor's."""
    asked = request.query_params.get(LANGUAGE)
    return chosen_language(asked if asked in LANGUAGES else request.cookies.get(LANGUAGE_COOKIE))


def compressed(text: str, request: Request) -> Response:
    """`text` as HTML, compressed where the browser accepts brotli; requested anew on each visit."""
    headers = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Encoding"}
    if accepted(request.headers.get("accept-encoding", "")) != "br":
        return HTMLResponse(text, headers=headers)
    headers["Content-Encoding"] = "br"
    return HTMLResponse(_brotli(text), headers=headers)


def set_cookies(response: Response, cookies: Iterable[tuple[str, str, bool]]) -> None:
    """Set (name, value, httponly) cookies for a year, for this site only."""
    for name, value, is_http_only in cookies:
        response.set_cookie(name, value, max_age=A_YEAR, httponly=is_http_only, samesite="lax")


@lru_cache(MOST_HELD)
def index(language: str, path: str, screen: Screen, is_asked: bool = False) -> str:
    """The index for one page in one language, which the address may have asked for."""
    name = html.escape(translate(site.NAME, language))
    here = settings().public_url
    picture = screen.picture or asset_url(CARD)
    return _shell(language).safe_substitute(
        title=f"{html.escape(screen.title)} · {name}",
        shared=html.escape(screen.title),
        description=html.escape(screen.description or translate(DESCRIPTION, language)),
        picture=html.escape(f"{here}{picture}"),
        address=html.escape(here + (_in(language, screen) if is_asked else screen.address)),
        usual=html.escape(f"{here}{screen.address}"),
        alternates="\n".join(
            f'<link rel="alternate" hreflang="{HTML_LANGUAGE[each]}"'
            f' href="{html.escape(here + _in(each, screen))}">'
            for each in LANGUAGES
        ),
        page=path or "home",
        style=_asset(screen.style) if screen.style else "",
        scripts=_scripts(screen.script),
        screen=screen.body,
    )


def _in(language: str, screen: Screen) -> str:
    """The address of a screen in one language: what a search engine without cookies is given."""
    return f"{screen.address}{'&' if '?' in screen.address else '?'}{LANGUAGE}={language}"


@cache
def _shell(language: str) -> Template:
    """The index of every page in one language, without what differs by page."""

    def say(text: str) -> str:
        return html.escape(translate(text, language))

    whole = Template((HERE / "index.html").read_text("utf-8")).safe_substitute(
        _addresses(),
        code=language,
        lang=HTML_LANGUAGE[language],
        name=say(site.NAME),
        paper_light=tokens()["light"]["paper"],
        paper_dark=tokens()["dark"]["paper"],
        css=_asset("style/style.css"),
        themes=json.dumps(themes()),
        noscript=say(N_("没有 JavaScript，这里只能看；要记录，请打开它。")),
        words=json_element("words", words(language)),
    )
    return Template(whole)


@cache
def missing(language: str, is_for_staff: bool) -> str:
    """The page for a path that is none; for a staff page it also has the link to sign in."""

    def say(text: str) -> str:
        return html.escape(translate(text, language))

    sign_in = say(N_("工作人员请先登录"))
    text = N_("也许地址少了一截，也许它已经搬走。从首页重新出发吧。")
    link = f'<p><a href="/staff/login">{sign_in}</a></p>' if is_for_staff else ""
    return _still_page(language, N_("没有这一页"), text, link)


@cache
def unavailable(language: str) -> str:
    """The page shown while the store or the disk fails."""
    text = N_("存储这会儿没有应答，你填的还在。过一会儿再试一次。")
    return _still_page(language, N_("这一页没有打开"), text)


def _still_page(language: str, head: str, text: str, link: str = "") -> str:
    """A page with one text and a link home, served without Streamlit."""

    def say(text: str) -> str:
        return html.escape(translate(text, language))

    return Template((HERE / "missing.html").read_text("utf-8")).substitute(
        _addresses(),
        lang=HTML_LANGUAGE[language],
        title=f"{say(head)} · {say(site.NAME)}",
        head=say(head),
        text=say(text),
        home=say(N_("回首页")),
        staff=link,
    )


@cache
def _scripts(first: str) -> str:
    """Streamlit's scripts, or the modules of the page's own `first` script.

    Streamlit's then wait in a template, until that script has started.
    """
    if not first:
        return _streamlit_tags()
    own = "\n".join(
        f'<link rel="modulepreload" href="{asset_url(name)}">' for name in modules_of(first)
    )
    return f'{own}\n<template id="streamlit">{_streamlit_tags()}</template>'


def modules_of(first: str) -> list[str]:
    """A script of `assets/` and all that it imports at once, each after who names it first."""
    names = [first]
    for name in names:
        folder = Path(name).parent
        imports = re.findall(r"^(?:import|export)\b[^;]*?\bfrom \"(\.[^\"]+)\"", _asset(name), re.M)
        paths = [posixpath.normpath(folder / each) for each in imports]
        names += [path for path in dict.fromkeys(paths) if path not in names]
    return names


@cache
def _asset(name: str) -> str:
    """The text of `assets/<name>`."""
    return (ASSETS / name).read_text("utf-8")


@cache
def token_css() -> str:
    """Section 1 of the style sheet: the tokens, which the first paint needs."""
    return _asset("style/style.css").split("/* 2 ")[0]


@cache
def tokens() -> dict[str, dict[str, str]]:
    """The theme's colours, `light` and `dark`, by token name without its dashes."""
    light, dark = token_css().split("@media", 1)
    by_theme = {"light": _colours(light)}
    return by_theme | {"dark": by_theme["light"] | _colours(dark)}


@cache
def themes() -> dict[str, dict[str, object]]:
    """The themes that Streamlit's front end uses until the server's arrive, to avoid a flash."""
    theme = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
    common = {"bodyFont": theme["font"], "headingFont": theme["headingFont"]}
    return {
        "LIGHT_THEME": theme["light"] | common,
        "DARK_THEME": theme["dark"] | common,
    }


@lru_cache(MOST_HELD)
def _brotli(text: str) -> bytes:
    compressed: bytes = brotli.compress(text.encode(), quality=QUICK)
    return compressed


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9A-Fa-f]{6});", css))


def _addresses() -> dict[str, str]:
    names = {
        "mark": "icons/mark.svg",
        "icon192": "icons/icon-192.png",
        "sheet": "style/style.css",
        "shell": "app/shell.js",
        "first": "app/first_screen.js",
    }
    return {key: asset_url(name) for key, name in names.items()}


def _streamlit_tags() -> str:
    """Streamlit's own scripts and style sheet, at absolute addresses, without its font preload."""
    page_html = (STREAMLIT_FILES / "index.html").read_text("utf-8")
    tags = re.findall(
        r"<script [^>]*></script>|<link rel=\"(?:modulepreload|stylesheet)\"[^>]*>", page_html
    )
    return "\n".join(tag.replace('"./static/', '"/static/') for tag in tags)
