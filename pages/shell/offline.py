"""What makes the site installable and of use without network: manifest, worker, offline page.

The worker (`assets/app/service_worker.js`) holds the files of the shell alone: the page for when
there is no network, which knows nobody and has no content, and what it and the recorder are made
of. Nothing else that the server answers is ever held by it.
"""

import hashlib
import html
import json
from functools import cache
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from observations.base.wording import HTML_LANGUAGE, LANGUAGES, N_, translate
from observations.people.consent import CONSENT_VERSION
from pages.parts import site
from pages.parts.assets import ASSETS, asset_url, release
from pages.parts.first_screen import json_element
from pages.parts.recorder.field_words import FIELD_WORDS
from pages.parts.recorder.recorder import DRAWINGS, public_data
from pages.parts.recorder.recorder_words import recorder_words
from pages.parts.wording import speaking
from pages.shell import field
from pages.shell.bundle import bundle
from pages.shell.index import DESCRIPTION, HERE, modules_of
from pages.shell.manifest import ASK_EACH_TIME, app, route
from pages.shell.precompressed import content

PAGE, WORKER = "/offline", "app/service_worker.js"
RECORDER, SCRIPT, SHEET = "recorder/recorder.js", "app/offline.js", "style/style.css"
BESIDE_MODULES = ("recorder/recorder.css", "icons/symbols.svg")
PLAIN = ("boundaries/districts.geojson", "icons/strip.svg", "icons/wordmark.svg")
SENTENCES = {
    "head": N_("这会儿没有网络"),
    "text": N_("还能记录一次遇见：照片、时间和名字都存在这部手机里，连上网自己交。"),
    "record": N_("打开记录"),
    "rest": N_("地图、榜单、行动和评分要等网络。"),
    "again": N_("再试一次"),
    "note": N_("没有网络，照样可以记。存在这部手机里，连上网自己交。"),
    "back": N_("网络回来了，存着的会自己交。"),
    "home": N_("回首页"),
}


def manifest_of(language: str) -> dict[str, Any]:
    """The manifest: name, icons, colours, and the recorder as a shortcut."""

    def say(text: str) -> str:
        return translate(text, language)

    return app("/", language) | {
        "name": say(site.NAME),
        "short_name": say(N_("绿迹")),
        "description": say(DESCRIPTION),
        "shortcuts": [
            {"name": say(N_("记录一次遇见")), "url": "/record"},
            {"name": say(FIELD_WORDS["field_title"]), "url": field.PAGE},
        ],
    }


async def worker(_request: Request) -> Response:
    """The service worker, with the list of files that it holds; asked for again each time."""
    return Response(worker_text(), headers=ASK_EACH_TIME, media_type="text/javascript")


@cache
def worker_text() -> str:
    """Its text, which differs with every release that changes one of the files."""
    text = bundle(WORKER)
    shell = {
        "page": PAGE,
        "field": field.PAGE,
        "files": list(files()),
        "consent": CONSENT_VERSION,
    }
    pages = offline_page() + field.field_page()
    whole = hashlib.sha256((text + json.dumps(shell) + pages).encode())
    for name in (*_versioned(), *BESIDE_MODULES, *PLAIN):
        whole.update(content(ASSETS / name))
    shell["cache"] = f"shell-{whole.hexdigest()[:12]}"
    return f"self.SHELL = {json.dumps(shell)};\n{text}"


async def offline(_request: Request) -> HTMLResponse:
    """The page for when there is no network. It sets no cookie."""
    headers = {**ASK_EACH_TIME, "X-Robots-Tag": "noindex"}
    return HTMLResponse(offline_page(), headers=headers)


@cache
def offline_page() -> str:
    """The page in both languages; its script shows the one that was chosen."""
    first = LANGUAGES[0]
    return Template((HERE / "offline.html").read_text("utf-8")).substitute(
        lang=HTML_LANGUAGE[first],
        name=html.escape(translate(site.NAME, first)),
        mark=asset_url("icons/mark.svg"),
        sheet=asset_url(SHEET),
        script=asset_url(SCRIPT),
        data=json_element("offline", {language: _said(language) for language in LANGUAGES}),
    )


def _said(language: str) -> dict[str, Any]:
    with speaking(language):
        recorder = {"words": recorder_words(language), "data": public_data({})}
    sentences = {key: translate(text, language) for key, text in SENTENCES.items()}
    return {
        "lang": HTML_LANGUAGE[language],
        "sentences": {**sentences, "name": translate(site.NAME, language)},
        "script": asset_url(RECORDER),
        "recorder": recorder,
    }


@cache
def files() -> tuple[str, ...]:
    """The addresses that the worker holds besides the page: as the pages ask for them.

    What a module or the style sheet asks for is named beside it: by the release, or without one.
    """
    beside = (f"/assets/~{release()}/{name}" for name in BESIDE_MODULES)
    plain = (f"/assets/{name}" for name in PLAIN)
    return (*map(asset_url, _versioned()), *beside, *plain, field.script_url())


def _versioned() -> list[str]:
    drawings = [f"art/{name}.webp" for name in DRAWINGS.values()]
    return [SHEET, SCRIPT, "icons/mark.svg", *drawings, *modules_of(RECORDER)]


ROUTES = [
    route("/manifest", manifest_of),
    Route("/sw.js", worker),
    Route(PAGE, offline),
]
