"""`openapi.json` is true: schemathesis finds no violation in any operation.

It sends what the description allows and what it does not; bounded, and the same in every run.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from limits import parse
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi import checks
from starlette.applications import Starlette

from observations.people.joining import choose_boards
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api.openapi import OPERATIONS
from pages.api.operations import Operation
from pages.parts import limits, runtime
from pages.parts.session import CSRF_COOKIE, DEVICE_COOKIE, cookies_for
from pages.shell.routes import routes
from tests.support.sightings import NOW, phone, record, said
from tests.support.site import Site

EXAMPLES = 20
PRODUCED, BROKEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
READS = [operation for operation in OPERATIONS if not operation.is_write]
# Erasing oneself is a form that answers with a page: `tests/pages/api/test_erasing.py`.
WRITES = [operation for operation in OPERATIONS if operation.is_write and not operation.is_form]
# What a read may refuse though it is written as described: rules that no schema can tell.
RULES = {
    "/api/v1/occurrences": {("filter.malformed", "bbox"), ("filter.malformed", "to")},
    "/api/v1/occurrences.csv": {("filter.malformed", "bbox"), ("filter.malformed", "to")},
    "/api/v1/taxa": {("filter.malformed", "lat, lon")},
    "/api/v1/taxa/likely": {("filter.malformed", "lat, lon")},
    "/api/v1/festivals/calendar.ics": {("festival.unknown_code", "id")},
    "/api/v1/festivals/wall": {("festival.unknown_code", "id")},
    "/api/v1/festivals/result.csv": {("festival.unknown_code", "id")},
    "/api/v1/festivals/result.zip": {
        ("festival.unknown_code", "id"),
        ("festival.not_frozen", "id"),
    },
    "/api/v1/teams": {("festival.unknown_code", "code")},
    "/api/v1/boards/satisfaction": {("satisfaction.no_such_wave", "wave")},
}
REFUSALS = (400, 415, 422)
# It leaves out what it cannot read, and says so in its description.
LENIENT = "/api/v1/records/check"


@pytest.fixture(scope="module")
def schema(duckdb_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    """The description as served, over a store with a bird, a secret one and one nobody named."""
    home = tmp_path_factory.mktemp("fuzzing") / "home"
    home.mkdir()
    shutil.copyfile(duckdb_template, home / "luji.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LUJI_HOME", str(home))
        patch.setenv("LUJI_DEMO", "1")
        patch.delenv("LUJI_DATABASE_URL", raising=False)
        wide = parse("1000000/minute")
        for name in limits.LIMITS:
            patch.setitem(limits.LIMITS, name, (wide, wide))
        site = Site(home, patch)
        _fill()
        app = Starlette(routes=routes())
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
        site.close()


def _fill() -> None:
    store = runtime.store()
    device_id = phone(store)
    secret = {"taxon_id": str(taxon_id_of("Syrmaticus ellioti"))}
    for changes in ({}, secret, {"taxon_id": None, "name": "小鸟", "group": "bird"}):
        said(store, record(store, device_id, **changes), Verdict.ACCEPT)
    choose_boards(store, device_id, True, NOW)


def ask(schema: BaseSchema, operation: Operation, mode: GenerationMode, **given: Any) -> None:
    """Ask an operation `EXAMPLES` times; fails with the request that its answer does not fit."""
    excluded: list[Any] = [checks.positive_data_acceptance]
    if operation.path == LENIENT:
        excluded.append(checks.negative_data_rejection)

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(schema[operation.path][operation.method].as_strategy(mode, **given))
    def once(case: Any) -> None:
        answer = case.call_and_validate(excluded_checks=excluded)
        if mode is PRODUCED and answer.status_code in REFUSALS:
            error = answer.json()["error"]
            told = (error["code"], error["field"])
            assert operation.is_write or told in RULES.get(operation.path, ()), told

    once()


@pytest.mark.parametrize("mode", [PRODUCED, BROKEN], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.path)
def test_what_is_read_answers_as_described(
    schema: BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    if mode is PRODUCED or operation.parameters:  # else nothing in it can be written wrongly
        ask(schema, operation, mode)


@pytest.mark.parametrize("mode", [PRODUCED, BROKEN], ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.path)
def test_what_is_written_answers_as_described(
    schema: BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    """By a browser whose user has consented; where the rules refuse, they refuse as described."""
    own_cookies = {name: value for name, value, _ in cookies_for(phone(runtime.store()))}
    cookies = {DEVICE_COOKIE: own_cookies[DEVICE_COOKIE]}
    headers = {"X-CSRF-Token": own_cookies[CSRF_COOKIE]}
    ask(schema, operation, mode, cookies=cookies, headers=headers)
