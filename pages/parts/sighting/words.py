"""The parts of a record in words: name, place, accuracy, time, history."""

from datetime import datetime

from observations.base.clock import HANGZHOU, day_of
from observations.base.wording import N_
from observations.occurrences.occurrence import Occurrence, PublicOccurrence
from observations.occurrences.report import EstablishmentMeans, PlaceSource
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import group_of
from pages.parts.dates import day_words
from pages.parts.wording import _, language

PLACE_SOURCES = {
    PlaceSource.EXIF: N_("照片里的位置"),
    PlaceSource.DEVICE: N_("手机定位"),
    PlaceSource.MAP: N_("在地图上点的"),
    PlaceSource.NAMED: N_("按地名选的"),
}
ESTABLISHMENT: dict[str, str] = {
    EstablishmentMeans.WILD: N_("野生的"),
    EstablishmentMeans.PLANTED_OR_CAPTIVE: N_("栽种或饲养的"),
}
GRIDS = {
    10: N_("约 11 公里的方格"),
    100: N_("约 1 公里的方格"),
    1000: N_("约 100 米的方格"),
}


def name_of(record: Occurrence | PublicOccurrence) -> str:
    """The name to show, in the visitor's language; the group where there is no name."""
    english = language() == "en"
    listed = (record.english_name or record.scientific_name) if english else record.vernacular_name
    typed = record.verbatim_name if isinstance(record, Occurrence) else ""
    return listed or record.scientific_name or typed or unnamed(record.group_code)


def unnamed(group_code: str | None) -> str:
    """The name of a record that has not been identified yet."""
    group = group_of(group_code)
    return _("还没认出来的{group}").format(group=_(group.word)) if group else _("还没认出来")


def district_name(code: str | None) -> str:
    """A district in the visitor's language."""
    return DISTRICTS[code].name(language()) if code in DISTRICTS else _("区县不明")


def distance(metres: float | None) -> str:
    """An uncertainty: `±8 米`, `±1.2 公里`."""
    if metres is None:
        return _("误差不明")
    if metres < 1000:
        return _("±{metres} 米").format(metres=round(metres))
    return _("±{kilometres} 公里").format(kilometres=f"{metres / 1000:.3g}")


def exact_place(record: Occurrence) -> str:
    """Where, with its uncertainty, for those who may know."""
    where = record.place_name or district_name(record.district)
    return f"{where} · {distance(record.coordinate_uncertainty_in_meters)}"


def source_of_place(record: Occurrence) -> str:
    """Where the coordinates come from."""
    sources = {str(source): words for source, words in PLACE_SOURCES.items()}
    return _(sources[record.place_source]) if record.place_source in sources else _("来源不明")


def coordinates(record: Occurrence | PublicOccurrence) -> str:
    """WGS-84 decimal degrees, latitude first."""
    return f"{record.decimal_latitude:.5f}, {record.decimal_longitude:.5f}"


def moment(when: datetime, now: datetime, is_time_known: bool = True) -> str:
    """A day and a time of day in Hangzhou; the day alone where the time is not known."""
    day = day_words(day_of(when), day_of(now))
    return f"{day} {when.astimezone(HANGZHOU):%H:%M}" if is_time_known else day


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, in the largest whole unit."""
    hours = int((now - since).total_seconds() // 3600)
    if hours < 1:
        return _("不到 1 小时")
    if hours < 48:
        return _("{hours} 小时").format(hours=hours)
    return _("{days} 天").format(days=hours // 24)
