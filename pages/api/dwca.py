"""`/api/v1/dwca.zip`: everything public as a Darwin Core Archive, made again when it changed."""

import functools
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from observations.base.wording import N_
from observations.exchange.archive.archive_file import current_archive, require_address
from pages.api.costly import costly
from pages.api.open_data import ANY_SITE, ASK_EACH_TIME, is_unchanged
from pages.api.operations import UNCHANGED, Answer, Operation, routes_of
from pages.parts.runtime import EXPORTS, known_now, settings, store

FILE = "green-traces-hangzhou"
FOLDER = EXPORTS
ZIP = "application/zip"


@functools.partial(costly, is_long=True)
def dwca(request: Request) -> Response:
    """The file, streamed from disk; 304 where the client has this version."""
    path, mark = _kept()
    tag = f'"{mark}"'
    headers = {**ANY_SITE, "ETag": tag, "Cache-Control": ASK_EACH_TIME}
    if is_unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    demo = "-demo" if settings().is_demo else ""
    response = FileResponse(
        path,
        headers=headers,
        media_type=ZIP,
        filename=f"{FILE}{demo}-dwca.zip",
        stat_result=path.stat(),
    )
    del response.headers["last-modified"]  # the time of writing; the tag identifies the content
    return response


def _kept() -> tuple[Path, str]:
    given = settings()
    require_address(given.public_url, given.is_demo)
    return current_archive(store(), given.home / EXPORTS, given.public_url, known_now())


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/dwca.zip",
        dwca,
        N_("全部公开的遇见，达尔文核心档案：记录、照片、鉴定、EML 元数据"),
        {
            200: Answer(N_("一个 zip。"), media_type=ZIP),
            304: UNCHANGED,
            503: Answer(N_("正式站点还没有设对外的地址。")),
        },
    ),
)
ROUTES = routes_of(OPERATIONS)
