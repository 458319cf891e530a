"""What the API offers: one `Operation` a route and method."""

from dataclasses import dataclass

from observations.base.wording import N_
from observations.occurrences.likely import MOST as MOST_LIKELY
from observations.occurrences.likely import USUAL as USUAL_LIKELY
from observations.places.finding import QUERY_LENGTH as PLACE_QUERY
from observations.points.periods import Period
from observations.taxa.search import QUERY_LENGTH
from observations.verification.statuses import VerificationStatus
from pages.api import occurrences, places, taxa
from pages.api.open_data import BBOX, WRITTEN_NUMBER
from pages.api.openapi_schemas import DAY, DISTRICT, GROUP, NUMBER, TEXT, UUID, WAVE, WHOLE, Schema

JSON = "application/json"
GEOJSON = "application/geo+json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query, a path or a header."""

    name: str
    schema: Schema
    about: str
    where: str = "query"
    is_required: bool = False


@dataclass(frozen=True)
class Answer:
    """What comes back with one status; `schema` names one of `SCHEMAS`, "" is no body."""

    about: str
    schema: str = ""
    media_type: str = JSON


@dataclass(frozen=True)
class Operation:
    """One thing a program can ask for; a write needs the browser's cookie and token."""

    method: str
    path: str
    summary: str
    answers: dict[int, Answer]
    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    body_type: str = JSON

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return self.method == "post"

    @property
    def is_form(self) -> bool:
        """Whether it is a form of a page, with the token in a field and a page as its answer."""
        return self.body_type == FORM


_ANY_STATUS = "|".join(VerificationStatus)
STATUSES = TEXT | {"pattern": f"^({_ANY_STATUS})(,({_ANY_STATUS}))*$"}
CORNERS = TEXT | {"pattern": f"^({WRITTEN_NUMBER},){{3}}{WRITTEN_NUMBER}$"}
LATITUDE = NUMBER | {"minimum": -90, "maximum": 90}
LONGITUDE = NUMBER | {"minimum": -180, "maximum": 180}
WHICH = (
    Parameter("group", GROUP, N_("只要这一类。")),
    Parameter("taxon_id", UUID, N_("只要这个物种。")),
    Parameter("district", DISTRICT, N_("只要这个区县（行政区划代码）。")),
    Parameter("from", DAY, N_("从这一天起（北京时间）。")),
    Parameter("to", DAY, N_("到这一天止（北京时间）。")),
    Parameter("status", STATUSES, " , ".join(VerificationStatus)),
    Parameter("bbox", CORNERS, BBOX),
    Parameter("after", UUID, N_("上一页最后一条的编号；照着 next 走就不用自己填。")),
    Parameter(
        "limit",
        WHOLE | {"minimum": 1, "maximum": occurrences.MOST, "default": occurrences.USUAL},
        N_("一页多少条。"),
    ),
)
HERE_AND_NOW = (
    Parameter("lat", LATITUDE, N_("纬度（WGS-84），到 0.1 度就够；和 lon 一起写，不写就是全市。")),
    Parameter("lon", LONGITUDE, N_("经度（WGS-84），到 0.1 度就够。")),
    Parameter("on", DAY, N_("哪一天的季节：这个月和前后各一个月；不写就是今天。")),
)
OTHERWISE = Answer(N_("别的错误，同样的样子。"), "Error")
MALFORMED = Answer(N_("参数没有读懂；message 说应该怎么写。"), "Error")
UNCHANGED = Answer(N_("和你已有的（If-None-Match）一样。"))
REFUSED = Answer(N_("没有读懂，或规则不许。"), "Error")
TOO_MANY = Answer(N_("太快了，歇一会儿。"), "Error")
NOT_ALLOWED = Answer(N_("缺校验码（X-CSRF-Token），或还没有同意说明。"), "Error")
WRITE_REFUSALS = {403: NOT_ALLOWED, 422: REFUSED, 429: TOO_MANY}

OPERATIONS = (
    Operation(
        "get",
        "/api/v1/occurrences",
        N_("核实并公开的遇见，GeoJSON，每页一段"),
        {200: Answer(N_("一页记录。"), "Occurrences", GEOJSON), 304: UNCHANGED, 400: MALFORMED},
        WHICH,
    ),
    Operation(
        "get",
        "/api/v1/occurrences.csv",
        N_("同样的记录，CSV，列名是达尔文核心的词"),
        {200: Answer(N_("一页记录。"), "", "text/csv"), 304: UNCHANGED, 400: MALFORMED},
        WHICH,
    ),
    Operation(
        "get",
        "/api/v1/dwca.zip",
        N_("全部公开的遇见，达尔文核心档案：记录、照片、鉴定、EML 元数据"),
        {200: Answer(N_("一个 zip。"), "", "application/zip"), 304: UNCHANGED},
    ),
    Operation(
        "get",
        "/api/v1/taxa",
        N_("按名字找物种：中文、拼音、首字母、学名、英文名、异名和俗名"),
        {
            200: Answer(N_("最像的排在前面。"), "Taxa"),
            304: UNCHANGED,
            400: MALFORMED,
            422: REFUSED,
        },
        (
            Parameter("q", TEXT | {"maxLength": QUERY_LENGTH}, N_("名字或拼音。")),
            Parameter("group", GROUP, N_("只要这一类。")),
            Parameter(
                "limit",
                WHOLE | {"minimum": 1, "maximum": taxa.MOST, "default": taxa.USUAL},
                N_("最多多少个。"),
            ),
            *HERE_AND_NOW,
        ),
    ),
    Operation(
        "get",
        "/api/v1/taxa/likely",
        N_("可能是：这一带、这个季节记录最多的物种，只从公开的数据数出来"),
        {
            200: Answer(N_("记录多的排在前面。"), "Likely"),
            304: UNCHANGED,
            400: MALFORMED,
            422: REFUSED,
        },
        (
            Parameter("group", GROUP, N_("只要这一类。")),
            *HERE_AND_NOW,
            Parameter(
                "limit",
                WHOLE | {"minimum": 1, "maximum": MOST_LIKELY, "default": USUAL_LIKELY},
                N_("最多多少个。"),
            ),
        ),
    ),
    Operation(
        "get",
        "/api/v1/places",
        N_("按名字找地点：区县、大家知道的地方、工作人员加的；中文、拼音、首字母、英文名"),
        {200: Answer(N_("最像的排在前面。"), "Places"), 400: MALFORMED, 422: REFUSED},
        (
            Parameter("q", TEXT | {"maxLength": PLACE_QUERY}, N_("名字或拼音；不写就是区县在前。")),
            Parameter(
                "limit",
                WHOLE | {"minimum": 1, "maximum": places.MOST, "default": places.USUAL},
                N_("最多多少个。"),
            ),
        ),
    ),
    Operation(
        "get",
        "/api/v1/boards/points",
        N_("绿点榜：按区县每千人、愿意留名的人、队伍，或进步"),
        {200: Answer(N_("一张榜。"), "PointsBoard"), 422: REFUSED},
        (
            Parameter(
                "period",
                TEXT | {"enum": [str(period) for period in Period], "default": str(Period.MONTH)},
                N_("哪一段时间。"),
            ),
            Parameter(
                "by",
                TEXT | {"enum": ["district", "person", "team", "improved"], "default": "district"},
                N_("按什么排。"),
            ),
        ),
    ),
    Operation(
        "get",
        "/api/v1/boards/satisfaction",
        N_("满意度榜：本应用自己的季度问卷，非官方"),
        {200: Answer(N_("一个季度。"), "SatisfactionBoard"), 304: UNCHANGED, 422: REFUSED},
        (Parameter("wave", WAVE, N_("季度，如 2026Q4；不写就是最近有回答的一季。")),),
    ),
    Operation(
        "post",
        "/api/v1/consent",
        N_("同意说明；在别的写入之前"),
        {204: Answer(N_("记下了。")), **WRITE_REFUSALS},
        body="Consent",
    ),
    Operation(
        "post",
        "/api/v1/media",
        N_("传一张照片，40 MB 以内；同一个编号再传一次不会多存"),
        {
            201: Answer(N_("收到了。"), "Media"),
            200: Answer(N_("这一张已经收到过。"), "Media"),
            413: Answer(N_("太大了。"), "Error"),
            415: Answer(N_("不是能打开的照片。"), "Error"),
            507: Answer(N_("暂时存不下了。"), "Error"),
            **WRITE_REFUSALS,
        },
        (Parameter("X-Upload-Id", UUID, N_("客户端自己生成的 UUIDv7。"), "header", True),),
        body_type="image/*",
    ),
    Operation(
        "post",
        "/api/v1/records",
        N_("交一次遇见；同一个编号再交一次只存一条"),
        {
            201: Answer(N_("收到了。"), "Receipt"),
            200: Answer(N_("这一条已经收到过。"), "Receipt"),
            409: Answer(N_("这个编号是别人的。"), "Error"),
            **WRITE_REFUSALS,
        },
        body="Record",
    ),
    Operation(
        "post",
        "/api/v1/records/check",
        N_("交之前看一眼：自己记过同一种吗，有什么不寻常；什么都不存"),
        {200: Answer(N_("重复的和提醒；没有就是空的。"), "Advised"), **WRITE_REFUSALS},
        body="Draft",
    ),
    Operation(
        "post",
        "/api/v1/me",
        N_("选住在哪个区"),
        {204: Answer(N_("记下了。")), 404: Answer(N_("还没有记录过。"), "Error"), **WRITE_REFUSALS},
        body="Me",
    ),
    Operation(
        "post",
        "/api/v1/erase",
        N_("抹去自己：没公开的整条删掉，公开了的去掉你和照片"),
        {303: Answer(N_("回到 /me，那里说结果。"))},
        body="Erase",
        body_type=FORM,
    ),
)
