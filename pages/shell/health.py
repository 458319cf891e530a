"""`/healthz`: whether this process can answer."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from observations.base.errors import StorageError
from pages.parts.runtime import store


async def healthz(_request: Request) -> Response:
    """200 when the store answers, else 503."""
    try:
        waiting = await run_in_threadpool(lambda: store().verification.count_waiting())
    except StorageError:
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok", "engine": store().engine_name, "waiting": waiting})


ROUTES = [Route("/healthz", healthz)]
