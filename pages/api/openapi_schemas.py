"""What the API's bodies look like: JSON Schema (2020-12), with the domain's own lists of words."""

from observations.base.text import NOTE_LENGTH
from observations.base.wording import N_
from observations.occurrences.darwin_core import TERMS
from observations.occurrences.likely import Scope
from observations.occurrences.report import (
    MOST_INDIVIDUALS,
    MOST_PHOTOS,
    NAME_LENGTH,
    UNSURE,
    EstablishmentMeans,
    PlaceSource,
)
from observations.people.consent import CONSENT_VERSION, PhotoLicence
from observations.people.observer import ELSEWHERE
from observations.places.datum import Datum
from observations.places.districts import DISTRICTS
from observations.points.periods import Period
from observations.points.teams import TeamKind
from observations.satisfaction.dimensions import Dimension, Subtotal
from observations.satisfaction.figures.manipulation import Reason
from observations.satisfaction.tiers import Tier
from observations.taxa.taxon import Group

Schema = dict[str, object]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
UUID: Schema = {"type": "string", "format": "uuid"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
WAVE: Schema = {"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"}
DISTRICT: Schema = {"type": "string", "enum": list(DISTRICTS)}
DATUM: Schema = {"type": "string", "enum": [str(datum) for datum in Datum]}
GROUP: Schema = {"type": "string", "enum": [str(group) for group in Group]}


def ref(name: str) -> Schema:
    """A schema of `SCHEMAS`, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(optional: tuple[str, ...] = (), note: str = "", **fields: Schema) -> Schema:
    """An object with these fields, all required but the optional ones."""
    needed = [name for name in fields if name not in optional]
    about: Schema = {"description": note} if note else {}
    return {"type": "object", "properties": fields, "required": needed} | about


def rows(item: Schema) -> Schema:
    """A list of `item`."""
    return {"type": "array", "items": item}


def or_null(schema: Schema) -> Schema:
    """`schema`, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


BOARD_ROWS = ("DistrictPoints", "PersonPoints", "TeamPoints", "Improved")
SCHEMAS: dict[str, Schema] = {
    "Error": record(
        error=record(
            ("missing",), code=TEXT, message=TEXT, field=or_null(TEXT), missing=rows(UUID)
        ),
        note=N_("每个错误都是这个样子；message 是用访客的语言说的一句话。"),
    ),
    "Taxon": record(
        taxon_id=UUID,
        scientific_name=TEXT,
        vernacular_name=TEXT,
        english_name=TEXT,
        other_name=or_null(TEXT),
        group=GROUP,
        group_name=TEXT,
        picture=or_null(TEXT),
        note=N_("other_name 是输入对上的异名或俗名；对上的就是显示的名字时是 null。"),
    ),
    "Taxa": record(taxa=rows(ref("Taxon"))),
    "LikelyTaxon": record(
        taxon_id=UUID,
        chinese_name=TEXT,
        scientific_name=TEXT,
        english_name=TEXT,
        group=GROUP,
        count=WHOLE,
        photo=or_null(TEXT),
        is_drawing=TRUTH,
        note=N_("count 是公开、位置准确的记录数，至少 3 条；不含敏感物种。没有公开照片就是手绘。"),
    ),
    "Likely": record(
        scope={"type": "string", "enum": [str(scope) for scope in Scope]},
        is_demo=TRUTH,
        taxa=rows(ref("LikelyTaxon")),
        note=N_("scope 说数的是哪里、什么时候：附近太少就放宽到全市，再到全年。"),
    ),
    "Occurrence": record(
        type={"const": "Feature"},
        id=UUID,
        geometry=record(type={"const": "Point"}, coordinates=rows(NUMBER)),
        properties={
            "type": "object",
            "properties": {term: {} for term in TERMS},
            "required": ["occurrenceID", "basisOfRecord", "license", "isDemo"],
            "description": N_("达尔文核心的词；不知道的不写。大致位置的记录只有格子中心和月份。"),
        },
    ),
    "Occurrences": record(
        type={"const": "FeatureCollection"},
        title=TEXT,
        isDemo=TRUTH,
        next=or_null(TEXT),
        features=rows(ref("Occurrence")),
        note=N_("WGS-84，经度在前。下一页的地址在 next 里，没有就是 null。"),
    ),
    "DistrictPoints": record(
        rank=or_null(WHOLE),
        district=DISTRICT,
        name=TEXT,
        name_en=TEXT,
        points=WHOLE,
        waiting=WHOLE,
        people=WHOLE,
        residents_2020=WHOLE,
        points_per_1000_residents=NUMBER,
    ),
    "PersonPoints": record(
        rank=or_null(WHOLE),
        nickname=TEXT,
        points=WHOLE,
        waiting=WHOLE,
        is_demo=TRUTH,
        note=N_("只有愿意写上昵称的人。"),
    ),
    "TeamPoints": record(
        rank=WHOLE,
        team=TEXT,
        kind={"type": "string", "enum": [str(kind) for kind in TeamKind]},
        points=WHOLE,
        waiting=WHOLE,
        people=WHOLE,
        is_demo=TRUTH,
    ),
    "Improved": record(
        rank=WHOLE,
        nickname=TEXT,
        points=WHOLE,
        gain=WHOLE,
        is_demo=TRUTH,
        note=N_("上一段完整的时间，比再前面一段多得的绿点。"),
    ),
    "PointsBoard": record(
        period={"type": "string", "enum": [str(period) for period in Period]},
        by={"type": "string", "enum": ["district", "person", "team", "improved"]},
        first_day=or_null(DAY),
        last_day=or_null(DAY),
        is_demo=TRUTH,
        rows=rows({"anyOf": [ref(name) for name in BOARD_ROWS]}),
    ),
    "Estimate": record(
        n=WHOLE,
        mean=NUMBER,
        low=NUMBER,
        high=NUMBER,
        note=N_("0 到 100 分的加权平均，一位小数；low 到 high 是 95% 区间。"),
    ),
    "Estimates": {
        "type": "object",
        "properties": {str(asked): or_null(ref("Estimate")) for asked in (*Dimension, *Subtotal)},
        "required": [str(asked) for asked in (*Dimension, *Subtotal)],
        "description": N_("不到 10 份回答的方面是 null。"),
    },
    "Change": record(
        points=NUMBER,
        low=NUMBER,
        high=NUMBER,
        note=N_("比上一季变了多少分，和它的 95% 区间。"),
    ),
    "DistrictSatisfaction": record(
        district=DISTRICT,
        name_zh=TEXT,
        name_en=TEXT,
        ranks=or_null(record(best=WHOLE, worst=WHOLE)),
        missing=or_null(WHOLE),
        change=or_null(ref("Change")),
        estimates=ref("Estimates"),
        note=N_("名次是范围；不到 30 份回答没有名次，missing 是还差几份。"),
    ),
    "SatisfactionBoard": record(
        wave=WAVE,
        first_day=DAY,
        last_day=DAY,
        is_official={"const": False},
        is_demo=TRUTH,
        scale=rows(WHOLE),
        ranked_dimension=TEXT,
        confidence=NUMBER,
        ranked_from=WHOLE,
        shown_from=WHOLE,
        waves=rows(WAVE),
        city=ref("Estimates"),
        city_change=or_null(ref("Change")),
        tiers={
            "type": "object",
            "properties": {str(tier): or_null(ref("Estimate")) for tier in Tier},
            "description": N_("按居住的把握分三档；会推算出别人的是 null。"),
        },
        set_apart={
            "type": "object",
            "properties": {
                str(reason): record(count=or_null(WHOLE), reason=TEXT) for reason in Reason
            },
            "description": N_("放在一边、不计入的回答，按原因；1 到 9 份写 null。"),
        },
        weights=record(
            people=or_null(WHOLE),
            smallest=NUMBER,
            largest=NUMBER,
            cap=NUMBER,
            trimmed=or_null(WHOLE),
            trust={
                "type": "object",
                "properties": {str(tier): NUMBER for tier in Tier},
            },
        ),
        margins=rows(
            record(
                scope=TEXT,
                variable=TEXT,
                category=TEXT,
                people=NUMBER,
                source=TEXT,
                source_year=WHOLE,
            )
        ),
        undecided=TRUTH,
        districts=rows(ref("DistrictSatisfaction")),
    ),
    "Consent": record(
        version=TEXT | {"const": CONSENT_VERSION},
        place=TRUTH,
        photo_licence={"type": "string", "enum": [str(licence) for licence in PhotoLicence]},
    ),
    "Media": record(upload_id=UUID, sha256=TEXT, width=WHOLE, height=WHOLE, thumb=TEXT),
    "Place": record(
        ("uncertainty_m", "name", "datum"),
        latitude=NUMBER,
        longitude=NUMBER,
        uncertainty_m=or_null(NUMBER),
        source={"type": "string", "enum": [str(source) for source in PlaceSource]},
        name=or_null(TEXT),
        datum=DATUM,
    ),
    "GivenPlace": record(
        ("uncertainty_m", "datum", "source", "name"),
        latitude=NUMBER,
        longitude=NUMBER,
        uncertainty_m=or_null(NUMBER),
        source=or_null(TEXT),
        name=or_null(TEXT),
        datum=DATUM,
    ),
    "NamedPlace": record(
        place_id=UUID,
        name=TEXT,
        name_zh=TEXT,
        name_en=TEXT,
        kind=TEXT,
        district=or_null(DISTRICT),
        district_name=or_null(TEXT),
        latitude=NUMBER,
        longitude=NUMBER,
        uncertainty_m=NUMBER,
        note=N_("WGS-84；uncertainty_m 是盖住它的圆的半径（米），交记录时照抄，source 写 named。"),
    ),
    "Places": record(places=rows(ref("NamedPlace"))),
    "Draft": record(
        (
            "id",
            "event_date",
            "time_known",
            "place",
            "photo_place",
            "device_place",
            "taxon_id",
            "name",
            "group",
            "count",
        ),
        id=or_null(UUID),
        event_date=or_null(MOMENT),
        time_known=TRUTH,
        place=or_null(ref("GivenPlace")),
        photo_place=or_null(ref("GivenPlace")),
        device_place=or_null(ref("GivenPlace")),
        taxon_id=or_null(UUID),
        name=or_null(TEXT),
        group=or_null(GROUP),
        count=or_null(WHOLE),
        note=N_("写到一半的记录，字段都可以不写；photo_place 是照片里的，device_place 是手机的。"),
    ),
    "Duplicate": record(
        id=UUID,
        number=TEXT,
        minutes_ago=or_null(WHOLE),
        metres_away=WHOLE,
        thumb=or_null(TEXT),
        sighting=TEXT,
        message=TEXT,
        note=N_("自己的另一条记录：同一种，前后 30 分钟、100 米以内；minutes_ago 为负是在它之后。"),
    ),
    "Advice": record(
        code=TEXT,
        field=TEXT,
        message=TEXT,
        suggestion=or_null(record(latitude=NUMBER, longitude=NUMBER)),
        note=N_("只是提醒，都可以照样交。code 大写的是 GBIF 的；suggestion 是可能更对的地点。"),
    ),
    "Advised": record(duplicates=rows(ref("Duplicate")), advice=rows(ref("Advice"))),
    "Record": record(
        (
            "photos",
            "time_known",
            "taxon_id",
            "name",
            "group",
            "count",
            "establishment_means",
            "note",
            "hide_exact_place",
        ),
        id=UUID,
        photos=rows(UUID) | {"maxItems": MOST_PHOTOS},
        event_date=MOMENT,
        time_known=TRUTH,
        place=ref("Place"),
        taxon_id=or_null(UUID),
        name=or_null(TEXT | {"maxLength": NAME_LENGTH}),
        group=or_null(GROUP),
        count=or_null(WHOLE | {"minimum": 1, "maximum": MOST_INDIVIDUALS}),
        establishment_means=or_null(
            {"type": "string", "enum": [*map(str, EstablishmentMeans), UNSURE]}
        ),
        note=TEXT | {"maxLength": NOTE_LENGTH},
        hide_exact_place=TRUTH,
    ),
    "Receipt": record(
        status={"type": "string", "enum": ["received", "already"]},
        id=UUID,
        number=TEXT,
        flags=rows(record(code=TEXT, message=TEXT)),
        needs_home_district=TRUTH,
        nickname=TEXT,
        sighting=TEXT,
    ),
    "Me": record(home_district={"type": "string", "enum": [*DISTRICTS, ELSEWHERE]}),
    "Erase": record(csrf=TEXT, confirm=TEXT),
}
