"""`POST /api/v1/media`: one photo, uploaded separately, with an id made by the client."""

from pathlib import Path
from uuid import UUID

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.json_objects import JsonObject
from observations.base.wording import N_
from observations.media.decoders import WORKERS
from observations.occurrences.occurrence import Upload
from observations.occurrences.uploading import keep, known_upload
from pages.api.bodies import photo_file
from pages.api.operations import (
    PHOTO,
    READ_REFUSALS,
    WRITE_REFUSALS,
    Answer,
    Operation,
    json_answer,
    routes_of,
)
from pages.api.parameters import Parameter
from pages.api.pieces import BEGINS, WHOLE, came_of, photo_in_pieces, piece_of
from pages.parts.answers import Error, answered, require_csrf
from pages.parts.limits import allow, network_of
from pages.parts.runtime import decoders, known_now, photos, store
from pages.parts.session import device_of

_decoders = anyio.CapacityLimiter(WORKERS)  # others wait without occupying a thread


class Media(JsonObject, frozen=True):
    """A stored photo: its hash, and its size in pixels."""

    upload_id: UUID
    sha256: str
    width: int
    height: int
    thumb: str


class State(JsonObject, frozen=True):
    """The bytes of an upload that came before its connection broke."""

    offset: int


@answered
async def media(request: Request) -> Response:
    """201 with the photo's hash and size; 200 where this upload was stored before."""
    require_csrf(request)
    device_id = device_of(request.cookies)
    if device_id is None:
        raise Refused("csrf.missing")
    allow("media", device_id, network_of(request))
    upload_id = parse_id(request.headers.get(UPLOAD_ID.name), "photos")
    earlier = await run_in_threadpool(known_upload, store(), upload_id, device_id)
    if earlier:
        return json_answer(described(earlier), 200)
    piece = piece_of(request)
    coming = (
        photo_in_pieces(request, device_id, upload_id, piece)
        if piece
        else photo_file(request, device_id)
    )
    async with coming as path:
        upload = await anyio.to_thread.run_sync(
            _receive, upload_id, device_id, path, limiter=_decoders
        )
    return json_answer(described(upload), 201)


@answered
async def media_state(request: Request) -> Response:
    """How much of an upload of this browser's is here; nothing of another's."""
    device_id = device_of(request.cookies)
    upload_id = ASKED_ID.read(request.query_params)
    if device_id is None or upload_id is None:
        return json_answer(State(0))
    return json_answer(State(await run_in_threadpool(came_of, device_id, upload_id)))


def _receive(upload_id: UUID, device_id: UUID, path: Path) -> Upload:
    photo = decoders().decode(path)
    size = path.stat().st_size
    return keep(store(), photos(), upload_id, device_id, photo, size, known_now())


def described(upload: Upload) -> Media:
    """An upload as the phone sees it."""
    thumb = f"/photos/{upload.sha256}/thumb.webp"
    return Media(upload.upload_id, upload.sha256, upload.width, upload.height, thumb)


UPLOAD_ID = Parameter(
    "X-Upload-Id", UUID, N_("客户端自己生成的 UUIDv7。"), where="header", is_required=True
)
ASKED_ID = Parameter("upload_id", UUID, N_("上传时用的编号。"), "UUID")
OPERATIONS = (
    Operation(
        "get",
        "/api/v1/media",
        media_state,
        N_("一张照片传到了哪里，好接着传"),
        {200: Answer(N_("已经到了多少字节。"), (State,)), **READ_REFUSALS},
        (ASKED_ID,),
    ),
    Operation(
        "post",
        "/api/v1/media",
        media,
        N_("传一张照片，40 MB 以内；同一个编号再传一次不会多存"),
        {
            201: Answer(N_("收到了。"), (Media,)),
            200: Answer(N_("这一张已经收到过。"), (Media,)),
            413: Answer(N_("太大了。"), (Error,)),
            415: Answer(N_("不是能打开的照片。"), (Error,)),
            507: Answer(N_("暂时存不下了。"), (Error,)),
            **WRITE_REFUSALS,
        },
        (UPLOAD_ID, BEGINS, WHOLE),
        body_type=PHOTO,
    ),
)
ROUTES = routes_of(OPERATIONS)
