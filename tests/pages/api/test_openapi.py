"""`GET /api/v1/openapi.json` describes what is there, and what is described is there."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from observations.base.text import NOTE_LENGTH
from observations.festivals.freezing import freeze
from pages.api.openapi import OPERATIONS, document
from pages.parts import runtime
from pages.shell.routes import routes
from tests.support.festival_days import made
from tests.support.site import Site

OWN = "/api/v1/openapi.json"


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes())) as opened:
        yield opened


def served() -> set[tuple[str, str]]:
    operations = set()
    for route in routes():
        if isinstance(route, Route) and route.path.startswith("/api/v1/") and route.path != OWN:
            operations |= {(m.lower(), route.path) for m in route.methods or set() if m != "HEAD"}
    return operations


def described(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(OWN).json()
    return found


def test_every_route_is_described_and_every_description_has_its_route() -> None:
    assert {(operation.method, operation.path) for operation in OPERATIONS} == served()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_valid(site: Site, language: str) -> None:
    validate(document(language), cls=OpenAPIV31SpecValidator)


def test_everything_is_said_of_a_record_its_note_too(site: Site) -> None:
    record = document("en")["components"]["schemas"]["Record"]
    assert record["properties"]["note"]["maxLength"] == NOTE_LENGTH
    assert record["required"] == ["id", "event_date", "place"]


def test_operation_ids_are_unique(site: Site) -> None:
    operations = [o for path in document("zh")["paths"].values() for o in path.values()]
    assert len({o["operationId"] for o in operations}) == len(operations)


def test_writes_need_the_cookie_and_the_token(client: TestClient) -> None:
    for operation in OPERATIONS:
        told = described(client)["paths"][operation.path][operation.method]
        assert ("security" in told) == operation.is_write
        if operation.is_form:
            answer = client.post(operation.path, data={}, follow_redirects=False)
            assert answer.headers["location"].endswith("csrf.missing")
        elif operation.is_write:
            answer = client.post(operation.path, json={})
            assert answer.status_code == 403
            assert answer.json()["error"]["code"] == "csrf.missing"


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if not o.is_write], ids=lambda operation: operation.path
)
def test_what_is_read_looks_as_described(client: TestClient, operation: Any) -> None:
    festival = made(runtime.store())
    freeze(runtime.store(), festival, runtime.settings().secret, festival.freezes_at)
    answer = client.get(operation.path)
    assert answer.status_code == 200
    told = operation.answers[200]
    assert answer.headers["content-type"].split(";")[0] == told.media_type
    if told.kinds:
        whole = described(client)
        told_answer = whole["paths"][operation.path]["get"]["responses"]["200"]
        schema = told_answer["content"][told.media_type]["schema"]
        jsonschema.Draft202012Validator(schema | whole).validate(answer.json())


def test_an_error_looks_as_described(client: TestClient) -> None:
    error = client.get("/api/v1/boards/satisfaction?wave=x").json()
    components = described(client)["components"]
    schema = {"$ref": "#/components/schemas/Error", "components": components}
    jsonschema.Draft202012Validator(schema).validate(error)


def test_it_speaks_both_languages(client: TestClient) -> None:
    assert described(client)["info"]["title"] == "绿迹杭州 · 开放接口"
    client.cookies.set("luji_lang", "en")
    assert described(client)["info"]["title"] == "Green Traces Hangzhou · open API"
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in client.get(OWN).text)
