"""`openapi.json` is true: schemathesis asks every operation what its description allows and what it does
not allow, and finds no violation. Bounded, and the same questions in every run."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from limits import parse
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from starlette.applications import Starlette

from observations.people.joining import choose_boards
from observations.taxa.taxon import taxon_id_of
from observations.verification.decisions import Verdict
from pages.api.openapi_paths import OPERATIONS, Operation
from pages.api.routes import routes
from pages.parts import limits, runtime
from pages.parts.session import CSRF_COOKIE, DEVICE_COOKIE, cookies_for
from tests.sightings import NOW, phone, record, said
from tests.site import Site

EXAMPLES = 20
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
READS = [operation for operation in OPERATIONS if not operation.is_write]
# Erasing oneself is a form that answers with a page: `tests/pages/api/test_erasing.py`.
WRITES = [operation for operation in OPERATIONS if operation.is_write and not operation.is_form]


@pytest.fixture
def schema(site: Site, monkeypatch: pytest.MonkeyPatch) -> BaseSchema:
    """The description as served, over a store with a bird, a secret one and one nobody named."""
    wide = parse("1000000/minute")
    for name in limits.LIMITS:
        monkeypatch.setitem(limits.LIMITS, name, (wide, wide))
    store = runtime.store()
    device_id = phone(store)
    for changes in ({}, {"taxon_id": str(taxon_id_of("Syrmaticus ellioti"))}, {"taxon_id": None}):
        said(store, record(store, device_id, **changes), Verdict.ACCEPT)
    choose_boards(store, device_id, True, NOW)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", Starlette(routes=routes()))


@pytest.fixture
def signed() -> Iterator[dict[str, dict[str, str]]]:
    """Cookies and token of a browser whose user has consented."""
    made = {name: value for name, value, _ in cookies_for(phone(runtime.store()))}
    yield {
        "cookies": {DEVICE_COOKIE: made[DEVICE_COOKIE]},
        "headers": {"X-CSRF-Token": made[CSRF_COOKIE]},
    }


def ask(schema: BaseSchema, operation: Operation, mode: GenerationMode, **given: Any) -> None:
    """Ask an operation `EXAMPLES` times; fails with the request that its answer does not fit."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(schema[operation.path][operation.method].as_strategy(mode))
    def once(case: schemathesis.Case) -> None:
        case.call_and_validate(**given)

    once()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", READS, ids=lambda operation: operation.path)
def test_what_is_read_answers_as_described(
    schema: BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    if mode is GenerationMode.NEGATIVE and not operation.parameters:
        return  # there is nothing in it that could be written wrongly
    ask(schema, operation, mode)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.path)
def test_what_is_written_answers_as_described(
    schema: BaseSchema, signed: dict[str, Any], operation: Operation, mode: GenerationMode
) -> None:
    ask(schema, operation, mode, **signed)
