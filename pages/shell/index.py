"""The page that starts the app: our index.html instead of Streamlit's.

It has the visitor's language, the page's title, the theme's colours, and text to read while
Streamlit loads. A path that is no page answers 404 with a link home.
"""

import html
import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from string import Template

import brotli
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from observations.base.roles import VISIT
from observations.base.wording import HTML_LANGUAGE, N_, translate
from pages.parts import site
from pages.parts.assets import ASSETS, asset_url
from pages.parts.session import STAFF_COOKIE, device_cookies
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language
from pages.shell.language import A_YEAR
from pages.shell.precompressed import STREAMLIT_FILES, accepted
from pages.shell.streamlit_words import words

HERE = site.PAGES / "shell"
CONFIG = site.PAGES.parent / ".streamlit" / "config.toml"
PLAIN = {
    "wordmark": "/assets/icons/wordmark.svg",
    "day": "/assets/art/lake-day.svg",
    "night": "/assets/art/lake-night.svg",
}  # the style sheet has the same addresses, so that each is loaded once
DESCRIPTION = N_("在杭州遇见一种生命，拍下来，留下一道绿迹。看看身边的自然，记一件低碳小事。")


def page(request: Request) -> Response:
    """The index for a page, or 404 for a path that is none (to others also for staff pages)."""
    entry = site.find(request.url.path)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    is_hidden = entry is not None and entry.action != VISIT and STAFF_COOKIE not in request.cookies
    if entry is None or is_hidden:
        return HTMLResponse(missing(language, is_hidden), 404, {"Cache-Control": "no-store"})
    response = compressed(index(language, entry), request)
    set_cookies(response, device_cookies(request.cookies))
    return response


def compressed(text: str, request: Request) -> Response:
    """`text` as HTML, compressed where the browser accepts brotli; requested anew on each visit."""
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}
    if accepted(request.headers.get("accept-encoding", "")) != "br":
        return HTMLResponse(text, headers=headers)
    headers["Content-Encoding"] = "br"
    return HTMLResponse(_brotli(text), headers=headers)


def set_cookies(response: Response, cookies: Iterable[tuple[str, str, bool]]) -> None:
    """Set (name, value, httponly) cookies for a year, for this site only."""
    for name, value, is_http_only in cookies:
        response.set_cookie(name, value, max_age=A_YEAR, httponly=is_http_only, samesite="lax")


@cache
def index(language: str, entry: site.Entry) -> str:
    """The index for one page in one language."""

    def say(text: str) -> str:
        return html.escape(translate(text, language))

    name = say(site.NAME)
    is_home = not entry.path
    space = " " if language == "en" else ""
    question = space.join(f"<span>{say(part)}</span>" for part in site.QUESTION)
    return Template((HERE / "index.html").read_text("utf-8")).substitute(
        _addresses() | PLAIN,
        lang=HTML_LANGUAGE[language],
        title=f"{say(entry.title)} · {name}",
        description=say(DESCRIPTION),
        paper_light=tokens()["light"]["paper"],
        paper_dark=tokens()["dark"]["paper"],
        tokens=token_css(),
        themes=json.dumps(themes()),
        streamlit=_streamlit_tags(),
        name=name,
        kind="home" if is_home else "",
        head=question if is_home else say(entry.title),
        motto=say(site.MOTTO) if is_home else "",
        opening=say(N_("正在打开")),
        noscript=say(N_("这里需要 JavaScript 才能打开。")),
        words=_in_script(words(language)),
    )


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
def token_css() -> str:
    """Section 1 of the style sheet: the tokens, which the first paint needs."""
    style = (ASSETS / "style" / "style.css").read_text("utf-8")
    return style.split("/* 2 ")[0]


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


@cache
def _brotli(text: str) -> bytes:
    compressed: bytes = brotli.compress(text.encode(), quality=9)
    return compressed


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9A-Fa-f]{6});", css))


def _addresses() -> dict[str, str]:
    names = {
        "mark": "icons/mark.svg",
        "icon192": "icons/icon-192.png",
        "style": "style/style.css",
        "shell": "app/shell.js",
    }
    return {key: asset_url(name) for key, name in names.items()}


def _streamlit_tags() -> str:
    """Streamlit's own scripts and style sheet, at absolute addresses, without its font preload."""
    page_html = (STREAMLIT_FILES / "index.html").read_text("utf-8")
    tags = re.findall(
        r"<script [^>]*></script>|<link rel=\"(?:modulepreload|stylesheet)\"[^>]*>", page_html
    )
    return "\n".join(tag.replace('"./static/', '"/static/') for tag in tags)


def _in_script(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
