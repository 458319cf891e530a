"""`GET /api/v1/openapi.json`: the API described for programs, in the visitor's language."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.wording import N_, translate
from pages.api.open_data import compact_json, open_answer
from pages.api.openapi_paths import OPERATIONS, OTHERWISE, Answer, Operation, Parameter
from pages.api.openapi_schemas import SCHEMAS, ref
from pages.parts.runtime import settings
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

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


def document(language: str) -> dict[str, object]:
    """The description in "zh" or "en"."""
    paths: dict[str, dict[str, object]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, language)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": translate(TITLE, language),
            "version": VERSION,
            "description": translate(ABOUT, language),
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": settings().public_url or "/"}],
        "paths": paths,
        "components": {"schemas": _spoken(SCHEMAS, language), "securitySchemes": SECURITY},
    }


def _operation(operation: Operation, language: str) -> dict[str, object]:
    answers = {**operation.answers, "default": OTHERWISE}
    described: dict[str, object] = {
        "operationId": operation.method + re.sub("[^a-z]+", "_", operation.path[len(BASE) :]),
        "summary": translate(operation.summary, language),
        "responses": {str(k): _answer(a, language) for k, a in answers.items()},
    }
    if operation.parameters:
        described["parameters"] = [_parameter(p, language) for p in operation.parameters]
    if operation.is_write:
        needed = ["device"] if operation.is_form else list(SECURITY)
        described["security"] = [{name: [] for name in needed}]
        described["requestBody"] = _body(operation)
    return described


def _parameter(parameter: Parameter, language: str) -> dict[str, object]:
    return {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.is_required,
        "description": translate(parameter.about, language),
        "schema": _or_empty(parameter) if parameter.where == "query" else parameter.schema,
    }


def _or_empty(parameter: Parameter) -> dict[str, object]:
    """A filter left empty, as a form sends it, is a filter not given."""
    if parameter.is_required:
        return dict(parameter.schema)
    return {"anyOf": [parameter.schema, {"const": ""}]}


def _body(operation: Operation) -> dict[str, object]:
    schema = {"schema": ref(operation.body)} if operation.body else {}
    return {"required": True, "content": {operation.body_type: schema}}


def _answer(answer: Answer, language: str) -> dict[str, object]:
    described: dict[str, object] = {"description": translate(answer.about, language)}
    if answer.schema:
        described["content"] = {answer.media_type: {"schema": ref(answer.schema)}}
    elif answer.media_type != "application/json":
        described["content"] = {answer.media_type: {"schema": {"type": "string"}}}
    return described


def _spoken(value: object, language: str) -> object:
    """Schemas with their descriptions translated."""
    if isinstance(value, list):
        return [_spoken(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: translate(part, language)
        if name == "description" and isinstance(part, str)
        else _spoken(part, language)
        for name, part in value.items()
    }


ROUTES = [Route("/api/v1/openapi.json", openapi)]
