"""How new a record is: "new" alone says nothing without the area it is new to."""

from enum import StrEnum

from observations.base.wording import N_


class Level(StrEnum):
    """The area a species is new to, the widest first."""

    SCIENCE = "new_to_science"
    CHINA = "new_to_china"
    PROVINCE = "new_to_province"
    CITY = "new_to_city"
    DISTRICT = "new_to_district"


LEVEL_NAMES = {
    Level.SCIENCE: N_("全球新物种"),
    Level.CHINA: N_("中国新记录"),
    Level.PROVINCE: N_("浙江新记录"),
    Level.CITY: N_("杭州新记录"),
    Level.DISTRICT: N_("区县新记录"),
}


class Evidence(StrEnum):
    """What a record rests on."""

    DESCRIBED = "described"
    SURVEY = "survey"
    LITERATURE = "literature"
    JUDGED = "judged"


EVIDENCE_NAMES = {
    Evidence.DESCRIBED: N_("原始发表"),
    Evidence.SURVEY: N_("生物多样性调查"),
    Evidence.LITERATURE: N_("文献"),
    Evidence.JUDGED: N_("两位核实员各自判断"),
}


class Confidence(StrEnum):
    """How sure the row is, after the sources seen."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CONFIDENCE_NAMES = {
    Confidence.HIGH: N_("来源可靠"),
    Confidence.MEDIUM: N_("部分待核"),
    Confidence.LOW: N_("待核"),
}


class TypeOrigin(StrEnum):
    """Whether the specimen that a name is tied to comes from Hangzhou."""

    HANGZHOU = "yes"
    ELSEWHERE = "no"
    UNKNOWN = "unknown"


TYPE_NAMES = {
    TypeOrigin.HANGZHOU: N_("模式标本采自杭州"),
    TypeOrigin.ELSEWHERE: N_("模式标本不是采自杭州"),
    TypeOrigin.UNKNOWN: N_("模式标本的产地没有查到"),
}
