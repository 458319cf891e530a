"""`GET /api/v1/taxa`: the checklist by any name while it is typed; `/likely`: near and now.

`/likely` are the taxa recorded most near a place in a season.
"""

from typing import Literal
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from observations.base.clock import day_of
from observations.base.json_objects import JsonObject
from observations.base.wording import N_, translate
from observations.occurrences import likely as likely_taxa
from observations.taxa.current import FoundTaxon
from observations.taxa.name_list import ListedTaxon
from observations.taxa.search import QUERY_LENGTH, Fit
from observations.taxa.taxon import Group
from pages.api.costly import costly
from pages.api.open_data import compact_json, open_answer
from pages.api.operations import JSON, READ_REFUSALS, Answer, Operation, routes_of
from pages.api.parameters import (
    HERE_AND_NOW,
    ON,
    ONE_GROUP,
    Parameter,
    limit_of,
    question,
    read_place,
)
from pages.parts.answers import answered
from pages.parts.cards import drawing, photo
from pages.parts.runtime import known_now
from pages.parts.taxa.checklist import find_taxa, names_for_phones, recorded_here
from pages.parts.wording import LANGUAGE_COOKIE, chosen_language

HOW_MANY = N_("最多多少个。")
GROUP = Parameter("group", Group, ONE_GROUP, refusal="choice.unknown")
QUESTION = question(QUERY_LENGTH, N_("名字或拼音。"))
FITS: dict[Fit, Literal["name", "everyday", "class_word", "near"]] = {
    Fit.WHOLE: "name",
    Fit.EVERYDAY: "everyday",
    Fit.CLASS_WORD: "class_word",
}
LIMIT = limit_of(8, 50, HOW_MANY)
LIMIT_LIKELY = limit_of(likely_taxa.USUAL, likely_taxa.MOST, HOW_MANY)


class Taxon(JsonObject, frozen=True):
    """A taxon for programs and the recorder; `group_name` is in the visitor's language."""

    about = N_(
        "other_name 是输入对上的异名或俗名；对上的就是显示的名字时是 null。"
        "fit 说对得多准：name 是名字，everyday 是只用来搜的俗名，"
        "class_word 差一个“树”“鸟”这样的字，near 只是相近。"
    )

    taxon_id: UUID
    scientific_name: str
    vernacular_name: str
    english_name: str
    other_name: str | None
    group: Group
    group_name: str
    picture: str | None
    fit: Literal["name", "everyday", "class_word", "near"]


class Taxa(JsonObject, frozen=True):
    """The likeliest first."""

    taxa: list[Taxon]


class NamedTaxon(JsonObject, frozen=True):
    """A taxon with all its names, as a phone keeps it."""

    about = N_("other_names 是异名和俗名；everyday_names 只用来搜；spelling 是中文名的拼音。")

    taxon_id: UUID
    scientific_name: str
    vernacular_name: str
    english_name: str
    group: Group
    other_names: list[str]
    everyday_names: list[str]
    spelling: str


class TaxonNames(JsonObject, frozen=True):
    """The checklist's order, what people meet first."""

    taxa: list[NamedTaxon]


class LikelyTaxon(JsonObject, frozen=True):
    """A taxon that is recorded near a place in a season."""

    about = N_("count 是公开、位置准确的记录数，至少 3 条；不含敏感物种。没有公开照片就是手绘。")

    taxon_id: UUID
    chinese_name: str
    scientific_name: str
    english_name: str
    group: Group
    count: int
    photo: str | None
    is_drawing: bool


class Likely(JsonObject, frozen=True):
    """The most recorded first."""

    about = N_("scope 说数的是哪里、什么时候：附近太少就放宽到全市，再到全年。")

    scope: likely_taxa.Scope
    is_demo: bool
    taxa: list[LikelyTaxon]


@answered
async def taxa(request: Request) -> Response:
    """At most `limit` (1 to 50, usually 8) taxa, the likeliest first; `q` of 80 characters at most.

    `group` is one of the checklist's nine codes; `lat`, `lon` and `on` rank by the records near
    there at that time. Answers 422 `text.too_long`, `choice.unknown`, 400 `filter.malformed`.
    """
    query = request.query_params
    names, group, limit = QUESTION.read(query), GROUP.read(query), LIMIT.read(query)
    place, on = read_place(query), ON.read(query)
    matches = await run_in_threadpool(find_taxa, names, group, limit, place, on)
    language = chosen_language(request.cookies.get(LANGUAGE_COOKIE))
    body = Taxa([described(one, language) for one in matches])
    return open_answer(request, compact_json(body), JSON)


@costly
def names(request: Request) -> Response:
    """All names, for a phone to keep; of a list of more than 2,000 taxa, those of the commonest."""
    body = TaxonNames([_with_names(one) for one in names_for_phones()])
    return open_answer(request, compact_json(body), JSON)


@costly
def likely(request: Request) -> Response:
    """The taxa recorded most near `lat`, `lon` in the season of `on` (usually today), for a group.

    Why this reveals no one's place: `observations/occurrences/likely.py`. Answers 422
    `choice.unknown`, 400 `filter.malformed`.
    """
    query = request.query_params
    group, limit = GROUP.read(query), LIMIT_LIKELY.read(query)
    place, on = read_place(query), ON.read(query) or day_of(known_now())
    taxa = recorded_here().likely(group, place, on, limit)
    body = Likely(taxa.scope, taxa.is_demo, [_likely(one) for one in taxa.taxa])
    return open_answer(request, compact_json(body), JSON)


def described(match: FoundTaxon, language: str) -> Taxon:
    """A taxon, with its group's name in that language."""
    taxon = match.taxon
    return Taxon(
        taxon_id=taxon.taxon_id,
        scientific_name=taxon.scientific_name,
        vernacular_name=taxon.vernacular_name,
        english_name=taxon.english_name,
        other_name=match.other_name,
        group=taxon.group,
        group_name=translate(taxon.group.word, language),
        picture=f"/assets/art/{taxon.picture}" if taxon.picture else None,
        fit=FITS.get(match.fit, "near"),
    )


def _with_names(listed: ListedTaxon) -> NamedTaxon:
    taxon = listed.taxon
    return NamedTaxon(
        taxon_id=taxon.taxon_id,
        scientific_name=taxon.scientific_name,
        vernacular_name=taxon.vernacular_name,
        english_name=taxon.english_name,
        group=taxon.group,
        other_names=list(listed.others),
        everyday_names=list(listed.everyday),
        spelling=listed.spelling,
    )


def _likely(candidate: likely_taxa.LikelyTaxon) -> LikelyTaxon:
    taxon = candidate.taxon
    own = f"/assets/art/{taxon.picture}" if taxon.picture else None
    group = drawing(f"group-{taxon.group.replace(' ', '-')}")
    return LikelyTaxon(
        taxon_id=taxon.taxon_id,
        chinese_name=taxon.vernacular_name,
        scientific_name=taxon.scientific_name,
        english_name=taxon.english_name,
        group=taxon.group,
        count=candidate.count,
        photo=photo(candidate.photo_sha256) or own or group,
        is_drawing=candidate.photo_sha256 is None,
    )


OPERATIONS = (
    Operation(
        "get",
        "/api/v1/taxa",
        taxa,
        N_("按名字找物种：中文、拼音、首字母、学名、英文名、异名和俗名"),
        {200: Answer(N_("最像的排在前面。"), (Taxa,)), **READ_REFUSALS},
        (QUESTION, GROUP, LIMIT, *HERE_AND_NOW),
    ),
    Operation(
        "get",
        "/api/v1/taxa/names",
        names,
        N_("名录的所有名字，给手机留着，没有网络也认得"),
        {200: Answer(N_("常见的在前，最多 2000 个物种。"), (TaxonNames,))},
    ),
    Operation(
        "get",
        "/api/v1/taxa/likely",
        likely,
        N_("可能是：这一带、这个季节记录最多的物种，只从公开的数据数出来"),
        {200: Answer(N_("记录多的排在前面。"), (Likely,)), **READ_REFUSALS},
        (GROUP, *HERE_AND_NOW, LIMIT_LIKELY),
    ),
)
ROUTES = routes_of(OPERATIONS)
