"""What is nothing says so in the form asked for; what is a page is ours, whoever asks."""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.shell.middleware import middleware
from pages.shell.precompressed import STREAMLIT_FILES
from pages.shell.routes import routes
from tests.support.site import Site

STREAMLITS_PAGE = "<!doctype html><title>Streamlit</title>"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PROGRAMS = ({"accept": "*/*"}, {"accept": "application/json"})


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """The whole site without Streamlit, whose page stands at every address that is left."""

    async def fallback(_request: object) -> HTMLResponse:
        return HTMLResponse(STREAMLITS_PAGE)

    rest = Route("/{path:path}", fallback, methods=["GET", "HEAD", "POST"])
    app = Starlette(routes=[*routes(), rest], middleware=middleware())
    yield TestClient(app, raise_server_exceptions=False, follow_redirects=False)


NOTHING = (
    "/docs",
    "/redoc",
    "/index.html",
    "/nope",
    "/map/nope",
    "/map//",
    "/Map",
    "/%6dap%2fx",
    "/.env",
    "/wp-login.php",
    "/我的",
    "/api",
    "/api/v1",
    "/api/v1/",
    "/api/v1/nope",
    "/api/v2/occurrences",
    "/api/v1/occurrences/",
    "/photos//x/thumb.webp",
    "/photos/x",
    "/tiles/a/b/c.json",
    "/tiles/99/1/1.json",
    "/assets/nope.js",
    "/lang/xx",
    "/tiles/1/2/3.json/4",
    "/tiles/-1/2/3.json",
    "/metrics",
    "/static/js/nope.js",
    "/static/../app.py",
    "/static",
    "/_stcore/nope",
    "/component/x/index.html",
    "/media/nope",
    "/staff",
    "/healthz/x",
)


@pytest.mark.parametrize("path", NOTHING)
def test_a_path_that_is_nothing_is_404_in_the_form_asked_for(client: TestClient, path: str) -> None:
    page = client.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这一页" in page.text and 'href="/"' in page.text
    answer = client.get(path, headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "address.unknown"
    assert client.get(path).status_code == 404
    assert STREAMLITS_PAGE not in client.get(path).text


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/records", "/api/v1/identifications"])
def test_what_is_only_for_sending_is_nothing_to_read(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "address.unknown"


@pytest.mark.parametrize("path", ["/", "/map", "/species?taxon=x", "/me/", "/festival?code=1"])
@pytest.mark.parametrize("headers", [*PROGRAMS, {"accept": "image/webp"}, {"accept": ""}, BROWSER])
def test_a_page_is_ours_in_chinese_whoever_asks(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    assert '<html lang="zh-CN"' in answer.text and "绿迹杭州</title>" in answer.text
    english = client.get(path, headers=headers | {"cookie": "luji_lang=en"})
    assert "<title>Streamlit" not in english.text
    assert client.head(path, headers=headers).status_code == 200


def test_what_is_there_is_still_there(client: TestClient) -> None:
    script = next((STREAMLIT_FILES / "static" / "js").glob("index.*.js")).name
    answer = client.get(f"/static/js/{script}", headers={"accept-encoding": "br"})
    assert answer.status_code == 200
    assert client.get("/api/v1/taxa?q=夜鹭").status_code == 200
    assert client.get("/api/v1/openapi.json", headers=BROWSER).json()["openapi"]
    assert client.get("/tiles/7/106/52.json").status_code == 200
    assert client.get("/healthz").status_code == 200


MANY = "9" * 5000
LONG = (
    f"/tiles/{MANY}/1/1.json",
    f"/tiles/1/{'0' * 5000}/1.json",
    f"/basemap/{MANY}/1/1",
    f"/tiles/7/106/52.json?classes={MANY},1,2,3,4",
    f"/tiles/7/106/52.json?months={MANY}",
    f"/api/v1/occurrences?limit={MANY}",
    f"/api/v1/occurrences?bbox={MANY},1,2,3",
    f"/api/v1/occurrences?limit={'%39' * 2000}",
    f"/api/v1/taxa/likely?lat={MANY}&lon=1",
    f"/api/v1/taxa?q={MANY}",
    f"/api/v1/boards/points?period={MANY}",
    f"/photos/{MANY}/thumb.webp",
    f"/map?months={MANY}",
    f"/me?erased={MANY}",
    f"/sighting?id={MANY}",
    f"/{'٣' * 5000}",
    f"/api/v1/occurrences?limit={'1_' * 3000}1",
    f"/map?{'a' * 9000}",
)


@pytest.mark.parametrize("path", LONG, ids=range(len(LONG)))
def test_a_number_of_thousands_of_digits_is_refused(client: TestClient, path: str) -> None:
    for headers in (BROWSER, {"accept": "application/json"}):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 400, answer.text[:200]
        assert json.loads(answer.content)["error"]["code"] == "address.unreadable"


@pytest.mark.parametrize("digits", [19, 20, 60, 69])
def test_a_number_that_fits_nowhere_is_no_fault_of_ours(client: TestClient, digits: int) -> None:
    number = "9" * digits
    for path in (
        f"/tiles/{number}/1/1.json",
        f"/tiles/7/{number}/52.json",
        f"/basemap/7/{number}/1",
        f"/tiles/7/106/52.json?classes=1,2,3,4,{number}",
        f"/api/v1/occurrences?limit={number}",
        f"/api/v1/occurrences?bbox={number},1,2,3",
        f"/api/v1/taxa/likely?lat={number}&lon=1&on=2025-05-01",
        f"/api/v1/occurrences?from={number}",
    ):
        assert client.get(path).status_code < 500, path


def test_a_header_with_a_long_number_is_no_fault_of_ours(client: TestClient) -> None:
    headers = {"range": f"bytes=0-{MANY}"}
    assert client.get("/api/v1/dwca.zip", headers=headers).status_code < 500
    assert client.get("/assets/style/style.css", headers=headers).status_code < 500
