"""`GET /api/v1/openapi.json`: the description of the API, in the visitor's language."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.json_objects import JsonObject
from observations.base.wording import N_, translate
from pages.api import (
    boards,
    consent,
    downloading,
    dwca,
    erasing,
    festivals,
    identifications,
    me,
    media,
    occurrences,
    places,
    records,
    records_check,
    satisfaction,
    taxa,
    teams,
)
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import JSON, OTHERWISE, Answer, Operation
from pages.api.parameters import Parameter
from pages.parts.runtime import settings
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
BYTES: Schema = {"type": "string", "format": "binary"}
OPERATIONS: tuple[Operation, ...] = (
    *occurrences.OPERATIONS,
    *dwca.OPERATIONS,
    *taxa.OPERATIONS,
    *teams.OPERATIONS,
    *places.OPERATIONS,
    *boards.OPERATIONS,
    *festivals.OPERATIONS,
    *satisfaction.OPERATIONS,
    *consent.OPERATIONS,
    *media.OPERATIONS,
    *records.OPERATIONS,
    *records_check.OPERATIONS,
    *identifications.OPERATIONS,
    *me.OPERATIONS,
    *erasing.OPERATIONS,
    *downloading.OPERATIONS,
)
VERSION = "1"
BASE = "/api/v1"
TITLE = N_("绿迹杭州 · 开放接口")
ABOUT = N_(
    "公开的读接口谁都能用：核实并公开的记录以 CC BY 4.0 发布，用时注明“绿迹杭州”。"
    "坐标是 WGS-84；珍稀物种、隐藏地点和没有认到种的记录只给大致位置和月份。"
    "写接口给本站的页面用：先打开任意一页，拿到 luji_device 和 luji_csrf 两个 cookie，"
    "每次写入都把 luji_csrf 的值放进 X-CSRF-Token。标着 isDemo 或 is_demo 的是演示数据。"
)
SECURITY = {
    "device": {"type": "apiKey", "in": "cookie", "name": "luji_device"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
}


async def openapi(request: Request) -> Response:
    """The whole description, OpenAPI 3.1."""
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    return open_answer(request, compact_json(document(language)), "application/json")


def document(language: str) -> dict[str, Any]:
    """The description in "zh" or "en"."""
    schemas = _Schemas()
    paths: dict[str, dict[str, object]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, schemas)
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": VERSION,
            "description": ABOUT,
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": settings().public_url or "/"}],
        "paths": paths,
        "components": {"schemas": schemas.components, "securitySchemes": SECURITY},
    }
    spoken: dict[str, Any] = _spoken(whole, language)
    return spoken


class _Schemas:
    """JSON Schema (2020-12) of every type of a request, an answer or a parameter."""

    def __init__(self) -> None:
        kinds = list(dict.fromkeys(_kinds()))
        schemas, self.components = msgspec.json.schema_components(
            kinds, ref_template="#/components/schemas/{name}"
        )
        self._of = dict(zip(kinds, schemas, strict=True))
        about = {kind.__name__: kind.about for kind in _descendants(JsonObject)}
        for name, schema in self.components.items():
            schema.pop("description", None)  # docstrings are for readers of the code
            if about.get(name):
                schema["description"] = about[name]

    def of(self, *kinds: Any) -> Schema:
        """The schema of a type, or of a choice of several."""
        schemas = [self._of[kind] for kind in kinds]
        return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _kinds() -> Iterator[Any]:
    for operation in OPERATIONS:
        yield from (parameter.kind for parameter in operation.parameters)
        for answer in (*operation.answers.values(), OTHERWISE):
            yield from answer.kinds
        if operation.body:
            yield operation.body


def _descendants(kind: type[JsonObject]) -> Iterator[type[JsonObject]]:
    for heir in kind.__subclasses__():
        yield heir
        yield from _descendants(heir)


def _operation(operation: Operation, schemas: _Schemas) -> Schema:
    answers = [*operation.answers.items(), ("default", OTHERWISE)]
    described: Schema = {
        "operationId": operation.method + re.sub("[^a-z]+", "_", operation.path[len(BASE) :]),
        "summary": operation.summary,
        "responses": {str(k): _answer(answer, schemas) for k, answer in answers},
    }
    if operation.parameters:
        described["parameters"] = [_parameter(one, schemas) for one in operation.parameters]
    if operation.is_write:
        needed: list[str] = ["device"] if operation.is_form else list(SECURITY)
        described["security"] = [{name: [] for name in needed}]
        body = schemas.of(operation.body) if operation.body else BYTES
        described["requestBody"] = {
            "required": True,
            "content": {operation.body_type: {"schema": body}},
        }
    return described


def _parameter(parameter: Parameter, schemas: _Schemas) -> Schema:
    schema = schemas.of(parameter.kind)
    if not parameter.is_required and parameter.where == "query":
        # an empty filter, as a form sends it, counts as missing
        schema = {"anyOf": [schema, {"const": ""}]}
        if parameter.usual:
            schema["default"] = parameter.usual
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.is_required,
        "description": parameter.about,
        "schema": schema,
    }


def _answer(answer: Answer, schemas: _Schemas) -> Schema:
    described: Schema = {"description": answer.about}
    if answer.kinds:
        described["content"] = {answer.media_type: {"schema": schemas.of(*answer.kinds)}}
    elif answer.media_type != JSON:
        schema = TEXT if answer.media_type.startswith("text/") else BYTES
        described["content"] = {answer.media_type: {"schema": schema}}
    return described


def _spoken(value: Any, language: str) -> Any:
    """The document with its texts translated."""
    if isinstance(value, list):
        return [_spoken(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: translate(part, language)
        if name in WORDS and isinstance(part, str)
        else _spoken(part, language)
        for name, part in value.items()
    }


WORDS = ("title", "summary", "description")
ROUTES = [Route("/api/v1/openapi.json", openapi)]
