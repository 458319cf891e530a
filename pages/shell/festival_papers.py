"""A festival's poster, certificates and report as PDF, for staff."""

from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.roles import require
from observations.festivals.result import result
from pages.parts.answers import answered, who
from pages.parts.festivals.papers import certificates, poster, report
from pages.parts.runtime import known_now, store
from pages.shell.printing import address

PAPERS = {"certificates": certificates, "report": report}


@answered
async def paper(request: Request) -> Response:
    """One of the papers; unknown ones are refused like an unknown festival."""
    festival_id = parse_id(request.path_params["festival"], "festival")
    return await run_in_threadpool(_paper, request, festival_id)


def _paper(request: Request, festival_id: UUID) -> Response:
    visitor = who(request)
    require(visitor.person, "run_festival")
    festival, name = store().festivals.festival(festival_id), request.path_params["paper"]
    if festival is None or name not in (*PAPERS, "poster"):
        raise Refused("festival.unknown_code")
    if name == "poster":
        pdf = poster(festival, address(request), visitor.language)
    else:
        pdf = PAPERS[name](result(store(), festival, known_now()), visitor.language)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'inline; filename="{name}-{festival.first_day}.pdf"',
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


ROUTES = [Route("/staff/festivals/{festival}/{paper}.pdf", paper, methods=["GET"])]
