"""`POST /api/v1/records`: one sighting, stored once, however often the phone sends it."""

from typing import Any, Literal
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_, translate
from observations.occurrences import recording
from observations.occurrences.report import Record, read_report
from observations.occurrences.report_checks import CHECK_WORDS
from pages.api.bodies import read_json
from pages.api.operations import (
    WRITE_REFUSALS,
    Answer,
    Operation,
    json_answer,
    routes_of,
)
from pages.parts.answers import Error, answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.logs import event
from pages.parts.runtime import known_now, known_time, store
from pages.parts.session import device_of
from pages.parts.taxa.checklist import taxon_named
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language


class Flag(JsonObject, frozen=True):
    """Advice on a record, which refuses nothing."""

    code: str
    message: str


class Receipt(JsonObject, frozen=True):
    """What the phone learns of a stored record."""

    about = N_("sighting 是自己看的地址；share 是给别人的地址，核实并公开以后才打得开。")

    status: Literal["received", "already"]
    id: UUID
    number: str
    flags: list[Flag]
    needs_home_district: bool
    nickname: str
    sighting: str
    share: str


@answered
async def records(request: Request) -> Response:
    """201 with the receipt; 200 where this record was stored before."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("records", device_id, network_of(request))
    payload = await read_json(request)
    receipt = await run_in_threadpool(_submit, payload, device_id)
    event("occurrence.received", is_new=receipt.is_new, flags=len(receipt.flags))
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    return json_answer(described(receipt, language), 201 if receipt.is_new else 200)


def _submit(payload: dict[str, Any], device_id: UUID) -> recording.Receipt:
    now = known_now()
    report = read_report(payload, known_time.latest())
    return recording.submit(store(), report, device_id, now, taxon_named)


def described(receipt: recording.Receipt, language: str) -> Receipt:
    """The receipt as the phone shows it."""
    return Receipt(
        status="received" if receipt.is_new else "already",
        id=receipt.occurrence_id,
        number=receipt.number,
        flags=[
            Flag(flag.code, translate(CHECK_WORDS[flag.code], language)) for flag in receipt.flags
        ],
        needs_home_district=receipt.observer.home_district is None,
        nickname=receipt.observer.nickname,
        sighting=f"/sighting?id={receipt.occurrence_id}",
        share=f"/sighting?id={receipt.public_id}",
    )


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/records",
        records,
        N_("交一次遇见；同一个编号再交一次只存一条"),
        {
            201: Answer(N_("收到了。"), (Receipt,)),
            200: Answer(N_("这一条已经收到过。"), (Receipt,)),
            409: Answer(N_("这个编号是别人的。"), (Error,)),
            **WRITE_REFUSALS,
        },
        body=Record,
    ),
)
ROUTES = routes_of(OPERATIONS)
