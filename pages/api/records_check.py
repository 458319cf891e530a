"""`POST /api/v1/records/check`: checks of a sighting before it is saved. Nothing is stored."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.occurrences import before_saving, draft_advice, duplicates
from observations.occurrences.draft import RecordSoFar, read_draft
from observations.occurrences.occurrence import receipt_number
from pages.api.bodies import read_json
from pages.api.operations import WRITE_REFUSALS, Answer, Operation, json_answer, routes_of
from pages.parts.answers import answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import known_now, store
from pages.parts.session import device_of
from pages.parts.taxa.checklist import taxon_named
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language


class Duplicate(JsonObject, frozen=True):
    """The same observer's own record of the same taxon, near in time and place."""

    about = N_("自己的另一条记录：同一种，前后 30 分钟、100 米以内；minutes_ago 为负是在它之后。")

    id: UUID
    number: str
    minutes_ago: int | None
    metres_away: int
    thumb: str | None
    sighting: str
    message: str


class SuggestedPlace(JsonObject, frozen=True):
    """A WGS-84 place that was probably meant."""

    latitude: float
    longitude: float


class Advice(JsonObject, frozen=True):
    """Advice on one field."""

    about = N_("只是提醒，都可以照样交。code 大写的是 GBIF 的；suggestion 是可能更对的地点。")

    code: str
    field: str
    message: str
    suggestion: SuggestedPlace | None


class Advised(JsonObject, frozen=True):
    """Duplicates and advice, for a second look before sending."""

    duplicates: list[Duplicate]
    advice: list[Advice]


@answered
async def records_check(request: Request) -> Response:
    """200 with the observer's similar records and with advice; 403 without consent."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("check", device_id, network_of(request))
    payload = await read_json(request)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    findings = await run_in_threadpool(_look, payload, device_id, language)
    return json_answer(described(findings, language))


def _look(payload: dict[str, Any], device_id: UUID, language: str) -> before_saving.Findings:
    draft = read_draft(payload)
    if draft.taxon_id is None and (taxon := taxon_named(draft.verbatim_name)):
        draft = replace(draft, taxon_id=taxon.taxon_id)
    return before_saving.check_before_saving(store(), draft, device_id, language, known_now())


def described(findings: before_saving.Findings, language: str) -> Advised:
    """The answer as the recorder shows it."""
    return Advised(
        [_duplicate(one, language) for one in findings.duplicates],
        [_advice(one, language) for one in findings.advice],
    )


def _duplicate(duplicate: duplicates.Duplicate, language: str) -> Duplicate:
    record = duplicate.record
    photo = record.photo_sha256
    return Duplicate(
        id=record.occurrence_id,
        number=receipt_number(record.occurrence_id),
        minutes_ago=duplicate.minutes_ago,
        metres_away=duplicate.metres_away,
        thumb=f"/photos/{photo}/thumb.webp" if photo else None,
        sighting=f"/sighting?id={record.occurrence_id}",
        message=duplicate.sentence(language),
    )


def _advice(word: draft_advice.Advice, language: str) -> Advice:
    place = SuggestedPlace(*word.suggestion) if word.suggestion else None
    return Advice(word.code, word.field, word.sentence(language), place)


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/records/check",
        records_check,
        N_("交之前看一眼：自己记过同一种吗，有什么不寻常；什么都不存"),
        {200: Answer(N_("重复的和提醒；没有就是空的。"), (Advised,)), **WRITE_REFUSALS},
        body=RecordSoFar,
    ),
)
ROUTES = routes_of(OPERATIONS)
