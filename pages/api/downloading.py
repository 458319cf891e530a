"""`POST /api/v1/download`: a form on /me answers with everything of the person, photos included."""

import os
import tempfile
from pathlib import Path

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from observations.base.errors import Refused
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.people.observer import Observer
from observations.privacy.downloading import write_everything
from pages.api.bodies import incoming, read_form
from pages.api.operations import FORM, Answer, Operation, routes_of
from pages.parts.answers import require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.logs import event
from pages.parts.runtime import photos, settings, store
from pages.parts.session import device_of

ZIP = "application/zip"


class Download(JsonObject, frozen=True):
    """The page's token."""

    csrf: str


async def download(request: Request) -> Response:
    """The zip, streamed from a file that goes with the answer; a redirect to /me says why not."""
    try:
        form = await read_form(request)
        path, observer = await run_in_threadpool(_made, request, form.get("csrf", ""))
    except Refused as refused:
        return RedirectResponse(f"/me?refused={refused.code}", 303)
    event("observer.downloaded", bytes=path.stat().st_size)
    mark = "-demo" if observer.is_demo else ""
    return FileResponse(
        path,
        headers={"Cache-Control": "no-store"},
        media_type=ZIP,
        filename=f"green-traces-my-data{mark}.zip",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _made(request: Request, csrf: str) -> tuple[Path, Observer]:
    require_csrf(request, csrf)
    device_id = device_of(request.cookies)
    observer = store().people.observer_of_device(device_id) if device_id else None
    allow("download", device_id, network_of(request))
    if observer is None:
        raise Refused("observer.unknown")
    handle, name = tempfile.mkstemp(dir=incoming())
    path = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            write_everything(store(), photos(), settings().secret, observer.observer_id, file)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, observer


OPERATIONS = (
    Operation(
        "post",
        "/api/v1/download",
        download,
        N_("带走自己的一切：JSON、表格和照片"),
        {200: Answer(N_("一个 zip。"), media_type=ZIP), 303: Answer(N_("回到 /me，那里说结果。"))},
        body=Download,
        body_type=FORM,
    ),
)
ROUTES = routes_of(OPERATIONS)
