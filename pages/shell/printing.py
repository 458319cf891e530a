"""Pages for printing, for staff: codes of a programme or of residence, posters.

Plain HTML without a script; the codes are SVG in the page, so they print sharp at any size.
"""

import html
from string import Template
from uuid import UUID

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.base.roles import require
from observations.base.wording import HTML_LANGUAGE, N_, translate
from observations.places.districts import DISTRICTS
from observations.satisfaction.residence import sheet_of
from observations.satisfaction.wave_steps import RUN_WAVES
from pages.parts.answers import answered, who
from pages.parts.assets import asset_url
from pages.parts.runtime import settings, store
from pages.parts.session import Visitor
from pages.parts.site import PAGES

CARD = '<li><h2>{title}</h2>{picture}<p class="token">{token}</p><p>{hint}</p></li>'


@answered
async def codes(request: Request) -> Response:
    """The sheet of one batch."""
    batch_id = parse_id(request.path_params["batch"], "batch")
    return await run_in_threadpool(_codes, request, batch_id)


def _codes(request: Request, batch_id: UUID) -> Response:
    visitor = who(request)
    require(visitor.person, "make_codes")
    codes = store().actions.codes_of(batch_id)
    if not codes:
        raise Refused("code.unknown")
    hint = translate(N_("扫码，或在“行动”页输入这十个字符"), visitor.language)
    cards = [
        card(code.title, f"{address(request)}/action?code={code.token}", code.token, hint)
        for code in codes
    ]
    return sheet(visitor, codes[0].title, cards, is_poster=len(cards) == 1)


@answered
async def festival(request: Request) -> Response:
    """The poster of a festival."""
    festival_id = parse_id(request.path_params["festival"], "festival")
    return await run_in_threadpool(_festival, request, festival_id)


def _festival(request: Request, festival_id: UUID) -> Response:
    visitor = who(request)
    require(visitor.person, "run_festival")
    festival = store().festivals.festival(festival_id)
    if festival is None:
        raise Refused("festival.unknown_code")
    hint = translate(
        N_("扫码加入一个队，不用账号；或打开“观察节”，输入这六位数字"), visitor.language
    )
    spaced_code = f"{festival.code[:3]} {festival.code[3:]}"
    link = f"{address(request)}/festival?code={festival.code}"
    poster = card(festival.name, link, spaced_code, hint)
    return sheet(visitor, festival.name, [poster], is_poster=True)


@answered
async def residence(request: Request) -> Response:
    """A sheet of residence codes, to cut up and hand out; used ones are left out."""
    batch_id = parse_id(request.path_params["batch"], "batch")
    return await run_in_threadpool(_residence, request, batch_id)


def _residence(request: Request, batch_id: UUID) -> Response:
    visitor = who(request)
    codes = sheet_of(store(), settings().secret, visitor.person, batch_id)
    hint = translate(
        N_("扫码，给你住的区打分。一人一张，用一次就作废，别给别人看。"), visitor.language
    )
    title = translate(N_("{district}居住码"), visitor.language)
    cards = [
        card(
            title.format(district=DISTRICTS[code.district].name(visitor.language)),
            f"{address(request)}/satisfaction?code={letters}",
            f"{letters[:4]} {letters[4:]}",
            hint,
        )
        for code, letters in codes
    ]
    return sheet(visitor, translate(N_("居住码"), visitor.language), cards, is_poster=False)


@answered
async def rating(request: Request) -> Response:
    """A poster that opens the form of satisfaction; it proves nothing."""
    return await run_in_threadpool(_rating, request)


def _rating(request: Request) -> Response:
    visitor = who(request)
    require(visitor.person, RUN_WAVES)
    title = translate(N_("给你住的地方打个分"), visitor.language)
    hint = translate(
        N_("扫码就能评，约一分钟。想让你的回答算进名次，向社区要一张居住码。"), visitor.language
    )
    link = f"{address(request)}/satisfaction"
    shown = link.partition("://")[2]
    return sheet(visitor, title, [card(title, link, shown, hint)], is_poster=True)


def card(title: str, link: str, token: str, hint: str) -> str:
    """A card in HTML: title, `link` as a QR code, the code to type, and what to do with it."""
    return CARD.format(
        title=html.escape(title), picture=qr(link), token=token, hint=html.escape(hint)
    )


def qr(text: str) -> str:
    """`text` as a QR code in SVG; error correction M, so that a folded or dirty slip scans."""
    return str(segno.make(text, error="m", micro=False).svg_inline(scale=4, border=4))


def address(request: Request) -> str:
    """The address of this site for phones: the public URL, else the requested host."""
    return settings().public_url or str(request.base_url).rstrip("/")


def sheet(visitor: Visitor, title: str, cards: list[str], is_poster: bool) -> Response:
    """A page of cards."""
    page = Template((PAGES / "shell" / "sheet.html").read_text("utf-8")).substitute(
        lang=HTML_LANGUAGE[visitor.language],
        title=html.escape(title),
        style=asset_url("style/sheet.css"),
        kind="poster" if is_poster else "slips",
        cards="".join(cards),
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


ROUTES = [
    Route("/staff/codes/{batch}", codes, methods=["GET"]),
    Route("/staff/festivals/{festival}", festival, methods=["GET"]),
    Route("/staff/residence/{batch}", residence, methods=["GET"]),
    Route("/staff/rating", rating, methods=["GET"]),
]
