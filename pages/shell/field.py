"""The field recorder: a page of its own that opens without a network, and what it is made of.

It knows nobody and is the same for everybody; what is recorded lies on the phone. Its script is one
file (`bundle.py`), so that on a weak signal it is there after two answers.
"""

import gzip
import hashlib
import html
from functools import cache
from string import Template
from typing import Any

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from observations.base.wording import HTML_LANGUAGE, LANGUAGES, N_, translate
from pages.parts import site
from pages.parts.assets import ASSETS, asset_url, release
from pages.parts.first_screen import json_element
from pages.parts.recorder.field_words import FIELD_WORDS
from pages.parts.recorder.recorder import public_data
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.session import device_cookies
from pages.parts.wording import speaking
from pages.shell.assets import FOR_EVER
from pages.shell.bundle import bundle
from pages.shell.index import HERE, compressed, set_cookies, token_css, tokens
from pages.shell.manifest import ASK_EACH_TIME, app, route
from pages.shell.precompressed import accepted

PAGE, SCRIPT = "/field/", "field/field.js"
SHEET, LOOK = "recorder/recorder.css", "field/field.css"
# A page of ours that nothing can be put into: no script but ours, no address but this site's.
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
ABOUT = N_("没有信号也能记：照片、地点、名字和只数都先存在手机里，连上网自己交。")


async def page(request: Request) -> Response:
    """The page, with the browser's cookies; the worker's copy is asked for without them."""
    answer = compressed(await run_in_threadpool(field_page), request)
    answer.headers["Content-Security-Policy"] = POLICY
    set_cookies(answer, device_cookies(request.cookies))
    return answer


async def without_slash(request: Request) -> RedirectResponse:
    """`/field` leads to the page, with the digits of a festival."""
    query = request.url.query
    return RedirectResponse(f"{PAGE}?{query}" if query else PAGE, 308)


async def script(request: Request) -> Response:
    """The page's script; its address changes with it."""
    headers = {"Vary": "Accept-Encoding", **ASK_EACH_TIME}
    if request.url.query == script_url().partition("?")[2]:
        headers["Cache-Control"] = FOR_EVER
    coding = accepted(request.headers.get("accept-encoding", ""))
    if coding is None:
        return Response(bundle(SCRIPT), media_type="text/javascript", headers=headers)
    headers["Content-Encoding"] = coding
    packed = await run_in_threadpool(_packed, coding)
    return Response(packed, media_type="text/javascript", headers=headers)


def manifest_of(language: str) -> dict[str, Any]:
    """The manifest with which `/field/` is installed, an app of its own beside the site."""
    title = translate(FIELD_WORDS["field_title"], language)
    return app(PAGE, language) | {
        "name": f"{title} · {translate(site.NAME, language)}",
        "short_name": title,
        "description": translate(ABOUT, language),
    }


@cache
def field_page() -> str:
    """The page in both languages; its script shows the one that was chosen."""
    first = LANGUAGES[0]

    def say(text: str) -> str:
        return html.escape(translate(text, first))

    return Template((HERE / "field.html").read_text("utf-8")).substitute(
        code=first,
        lang=HTML_LANGUAGE[first],
        title=f"{say(FIELD_WORDS['field_title'])} · {say(site.NAME)}",
        head=say(FIELD_WORDS["field_title"]),
        name=say(site.NAME),
        opening=say(N_("正在打开")),
        noscript=say(N_("没有 JavaScript，这里只能看；要记录，请打开它。")),
        paper_light=tokens()["light"]["paper"],
        paper_dark=tokens()["dark"]["paper"],
        mark=asset_url("icons/mark.svg"),
        icon192=asset_url("icons/icon-192.png"),
        css=f"{token_css()}{(ASSETS / LOOK).read_text('utf-8')}",
        recorder_sheet=f"/assets/~{release()}/{SHEET}",
        script=script_url(),
        data=json_element("field", {language: _said(language) for language in LANGUAGES}),
    )


def _said(language: str) -> dict[str, Any]:
    own = {key: translate(sentence, language) for key, sentence in FIELD_WORDS.items()}
    with speaking(language):
        data = public_data({})
    return {
        "lang": HTML_LANGUAGE[language],
        "words": {**recorder_words(language), **own},
        "data": data,
    }


@cache
def script_url() -> str:
    """The address of the script."""
    digest = hashlib.sha256(bundle(SCRIPT).encode()).hexdigest()[:10]
    return f"/field/field.js?v={digest}"


@cache
def _packed(coding: str) -> bytes:
    raw = bundle(SCRIPT).encode()
    packed: bytes = gzip.compress(raw, 9, mtime=0) if coding == "gzip" else brotli.compress(raw)
    return packed


ROUTES = [
    Route("/field", without_slash),
    Route(PAGE, page),
    Route("/field/field.js", script),
    route("/field/manifest", manifest_of),
]
