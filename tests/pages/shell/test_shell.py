"""The shell: safe headers, the Origin check, the language, our index, small files."""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket, WebSocketDisconnect

from observations.base.wording import N_
from pages.parts import runtime, site
from pages.parts.assets import ASSETS, asset_url
from pages.shell import assets, language, middleware
from pages.shell.precompressed import COMMENT, STREAMLIT_FILES, Compressor, content
from pages.shell.streamlit_words import WORDS, words

HOST = "luji.example"
PAGE = {"accept": "text/html", "accept-encoding": "gzip, br"}


class Answer:
    """What came back: status, headers (repeated ones joined by a line end), body."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status: int = messages[0]["status"]
        self.headers: dict[str, str] = {}
        for name, value in messages[0]["headers"]:
            said = self.headers.get(name.decode())
            self.headers[name.decode()] = f"{said}\n{value.decode()}" if said else value.decode()
        self.body = b"".join(message.get("body", b"") for message in messages[1:])

    @property
    def text(self) -> str:
        """The body, unpacked."""
        is_packed = self.headers.get("content-encoding") == "br"
        return (brotli.decompress(self.body) if is_packed else self.body).decode()


Ask = Callable[..., Answer]


async def _said(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.method} {request.url.path}")


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """`ask("/map", accept="text/html")`: a request through the whole shell."""
    monkeypatch.setenv("LUJI_HOME", str(tmp_path))
    runtime.close()
    rest = Route("/{path:path}", _said, methods=["GET", "POST", "PUT", "DELETE"])
    app = Starlette(
        routes=[*assets.ROUTES, *language.ROUTES, rest], middleware=middleware.middleware()
    )

    def asked(path: str, method: str = "GET", **headers: str) -> Answer:
        route, _, query = path.partition("?")
        named = {"host": HOST} | {name.replace("_", "-"): v for name, v in headers.items()}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": route,
            "raw_path": route.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in named.items()],
            "server": (HOST, 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
        }
        messages: list[dict[str, Any]] = []

        requests = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Any:
            return next(requests, None) or await asyncio.Event().wait()  # never hangs up

        async def send(message: Any) -> None:
            messages.append(message)

        asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
        return Answer(messages)

    yield asked
    runtime.close()


@pytest.mark.parametrize("path", ["/api/v1/taxa", "/assets/style/style.css", "/map", "/lang/en"])
def test_every_answer_carries_the_safe_headers(ask: Ask, path: str) -> None:
    answer = ask(path, **PAGE)

    for name, value in middleware.SAFE_HEADERS.items():
        assert answer.headers[name.lower()] == value


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "origin", [None, "null", "https://evil.example", f"http://{HOST}.evil.example"]
)
def test_a_foreign_write_is_refused(ask: Ask, method: str, origin: str | None) -> None:
    headers = {"origin": origin} if origin else {}

    answer = ask("/api/v1/records", method, **headers)

    assert answer.status == 403
    assert '"code":"origin.foreign"' in answer.text.replace(" ", "")


async def _talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("here")


@pytest.mark.usefixtures("ask")
@pytest.mark.parametrize("origin", [None, f"http://{HOST}"])
def test_our_own_page_and_programs_may_open_a_websocket(origin: str | None) -> None:
    with open_socket({"origin": origin} if origin else {}) as socket:
        assert socket.receive_text() == "here"


@pytest.mark.usefixtures("ask")
@pytest.mark.parametrize("origin", ["null", "https://evil.example", f"http://{HOST}:8080"])
def test_a_foreign_page_gets_no_websocket(origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), open_socket({"origin": origin}):
        pass


def open_socket(headers: dict[str, str]) -> WebSocketTestSession:
    """A websocket through the whole shell."""
    app = Starlette(routes=[WebSocketRoute("/stream", _talk)], middleware=middleware.middleware())
    client = TestClient(app, base_url=f"http://{HOST}")
    return client.websocket_connect(f"ws://{HOST}/stream", headers=headers)


def test_a_write_from_our_own_page_passes(ask: Ask) -> None:
    assert ask("/recover", "POST", origin=f"http://{HOST}").text == "POST /recover"


def test_a_public_url_is_the_only_origin_once_it_is_set(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUJI_PUBLIC_URL", "https://luji.gov.example")
    runtime.close()

    assert ask("/recover", "POST", origin="https://luji.gov.example").status == 200
    assert ask("/recover", "POST", origin=f"http://{HOST}").status == 403


def test_streamlit_checks_its_own_posts(ask: Ask) -> None:
    assert ask("/_stcore/upload_file/x", "PUT").status == 403


def test_the_language_is_remembered_and_the_visitor_goes_back(ask: Ask) -> None:
    answer = ask("/lang/en?next=/map%3Flayer%3Dbird")

    assert answer.status == 303
    assert answer.headers["location"] == "/map?layer=bird"
    assert "luji_lang=en" in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/%5Cevil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/%09/evil.example",
        "evil.example",
    ],
)
def test_the_language_leads_to_no_other_site(ask: Ask, target: str) -> None:
    assert ask(f"/lang/en?next={target}").headers["location"] == "/"


def test_a_language_nobody_speaks_here_is_not_found(ask: Ask) -> None:
    assert ask("/lang/fr").status == 404


@pytest.mark.parametrize(("cookie", "tag"), [("luji_lang=zh", "zh-CN"), ("luji_lang=en", "en")])
def test_the_index_speaks_the_visitors_language(ask: Ask, cookie: str, tag: str) -> None:
    page = ask("/about", cookie=cookie, **PAGE).text

    assert f'<html lang="{tag}">' in page
    assert not re.search(r"\$[a-z]", page), "a place in the template is left empty"


def test_the_index_brings_the_device_cookie_out_of_scripts_reach(ask: Ask) -> None:
    cookies = ask("/", **PAGE).headers["set-cookie"].split("\n")

    device = next(cookie for cookie in cookies if cookie.startswith("luji_device="))
    assert "HttpOnly" in device
    assert "samesite=lax" in device.lower()
    assert "Secure" not in device


def test_the_index_asks_for_nothing_that_is_not_there(ask: Ask) -> None:
    page = ask("/", **PAGE).text

    for address in re.findall(r'(?:src|href)="(/(?:static|assets)/[^"]+)"', page):
        assert ask(address).status in (200, 304), address
        if address.startswith("/static/"):
            assert (STREAMLIT_FILES / address[1:]).is_file()


def test_a_path_that_is_no_page_is_not_found_and_invites_home(ask: Ask) -> None:
    answer = ask("/no-such-page", **PAGE)

    assert answer.status == 404
    assert 'href="/"' in answer.text
    assert "/staff/login" not in answer.text


def test_a_staff_page_shows_a_stranger_only_where_to_sign_in(ask: Ask, monkeypatch: Any) -> None:
    entry = site.Entry("secret", "visit/home/page.py", N_("核实"), action="verify")
    monkeypatch.setattr(site, "ENTRIES", (*site.ENTRIES, entry))

    stranger = ask("/secret", **PAGE)

    assert stranger.status == 404
    assert "/staff/login" in stranger.text


@pytest.mark.parametrize(
    "path", ["/api/v1/taxa", "/healthz", "/photos/x/thumb.webp", "/staff/login"]
)
def test_what_is_no_page_goes_to_its_own_route(ask: Ask, path: str) -> None:
    assert ask(path, **PAGE).text == f"GET {path}"


def test_streamlits_files_arrive_compressed_and_for_good(ask: Ask) -> None:
    name = next((STREAMLIT_FILES / "static" / "css").glob("index.*.css")).name

    answer = ask(f"/static/css/{name}", accept_encoding="gzip, br")

    assert answer.headers["content-encoding"] == "br"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.text == (STREAMLIT_FILES / "static" / "css" / name).read_text("utf-8")


def test_a_browser_that_has_the_file_gets_no_second_copy(ask: Ask) -> None:
    first = ask("/assets/style/style.css", accept_encoding="gzip")

    again = ask(
        "/assets/style/style.css", accept_encoding="gzip", if_none_match=first.headers["etag"]
    )

    assert again.status == 304
    assert again.body == b""


def test_a_browser_that_takes_no_compression_gets_the_file_itself(ask: Ask) -> None:
    answer = ask("/assets/style/style.css")

    assert answer.body == (ASSETS / "style" / "style.css").read_bytes()
    assert answer.headers["cache-control"] == assets.ASK_EACH_TIME


def test_an_address_with_the_files_hash_may_be_kept_for_ever(ask: Ask) -> None:
    assert ask(asset_url("icons/mark.svg")).headers["cache-control"] == assets.FOR_EVER


def test_a_script_and_all_it_imports_may_be_kept_for_ever(ask: Ask) -> None:
    recorder = asset_url("recorder/recorder.js")

    for address in {recorder, urljoin(recorder, "./shelf.js"), urljoin(recorder, "recorder.css")}:
        for coding in ("", "br"):
            answer = ask(address, accept_encoding=coding)
            assert (answer.status, answer.headers["cache-control"]) == (200, assets.FOR_EVER)


def test_a_page_of_the_release_before_still_gets_its_scripts_but_keeps_none(ask: Ask) -> None:
    for coding in ("", "br"):
        answer = ask("/assets/~0123456789/recorder/map.js", accept_encoding=coding)
        assert (answer.status, answer.headers["cache-control"]) == (200, assets.ASK_EACH_TIME)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/~0123456789/../../app.py",
        "/assets/~0123456789/%2e%2e/%2e%2e/app.py",
        "/assets/~0123456789/translations/en/frame.po",
        "/assets/~0123456789/",
        "/assets/../app.py",
        "/assets/%2e%2e/app.py",
        "/assets/translations/en/frame.po",
        "/assets/recorder/types.d.ts",
        "/assets/",
        "/assets/style",
    ],
)
@pytest.mark.parametrize("coding", ["", "br"])
def test_nothing_but_assets_is_served_as_an_asset(ask: Ask, path: str, coding: str) -> None:
    assert ask(path, accept_encoding=coding).status == 404


@pytest.mark.parametrize(
    "font", ["MaterialSymbols-Rounded.x.woff2", "SourceSansVF-Upright.x.woff2"]
)
def test_streamlits_fonts_are_small(ask: Ask, font: str) -> None:
    answer = ask(f"/static/media/{font}")

    assert answer.headers["content-type"] == "font/woff2"
    assert answer.body.startswith(b"wOF2")
    assert len(answer.body) < 12_000


def test_the_best_copy_replaces_the_quick_one_and_is_kept(tmp_path: Path) -> None:
    source = ASSETS / "style" / "style.css"
    press = Compressor(tmp_path / "kept")

    quick = press.body(source, "br")
    press.wait()
    best = press.body(source, "br")

    assert len(best) < len(quick)
    assert [kept.read_bytes() for kept in (tmp_path / "kept").iterdir()] == [best]
    assert (
        brotli.decompress(Compressor(tmp_path / "kept").body(source, "br")) == source.read_bytes()
    )


def test_a_full_disk_does_not_stop_the_quick_copy(tmp_path: Path) -> None:
    source = tmp_path / "a.js"
    source.write_text("const answer = 42;\n")
    (tmp_path / "kept").write_text("a file where the folder should be")

    press = Compressor(tmp_path / "kept")
    press.body(source, "br")
    press.wait()

    assert brotli.decompress(press.body(source, "br")) == source.read_bytes()


SCRIPTS = [path for path in sorted(ASSETS.rglob("*.js")) if "vendor" not in path.parts]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_travels_without_its_comments_and_with_all_its_code(script: Path) -> None:
    written = script.read_text("utf-8").split("\n")
    sent = content(script).decode().split("\n")

    dropped = [old for old, new in zip(written, sent, strict=True) if old != new]
    assert [line for line in sent if line.lstrip().startswith(("//", "/**", "*"))] == []
    assert [line for line in dropped if not line.lstrip().startswith(("//", "/**", "*"))] == []


def test_a_type_within_a_line_of_code_takes_no_code_with_it() -> None:
    code = "  const a = /** @type {A} */ (b);\n  /** @type {A} */ (c).d();\n  /** e */\n  f();\n"

    assert COMMENT.sub("", code) == code.replace("  /** e */", "")


def test_what_others_wrote_travels_as_they_wrote_it() -> None:
    for path in (ASSETS / "vendor/maplibre-gl/maplibre-gl.js", ASSETS / "style/style.css"):
        assert content(path) == path.read_bytes()


def test_streamlits_words_are_said_in_chinese_and_left_alone_in_english() -> None:
    assert words("zh").keys() == WORDS.keys()
    assert all(english not in words("en") for english in ("Close", "Search", "Next page"))
