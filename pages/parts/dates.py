"""Days in words: 今天, 昨天, 5 月 22 日. Days and hours are of Asia/Shanghai."""

from datetime import date, datetime, timedelta

from babel.dates import format_date

from observations.base.clock import HANGZHOU
from pages.parts.wording import _, language


def day_words(day: date, today: date, is_month_only: bool = False) -> str:
    """`day` in everyday words; the month alone where the day is not public."""
    if is_month_only:
        return written(day, _("y 年 M 月"))
    if day == today:
        return _("今天")
    if day == today - timedelta(days=1):
        return _("昨天")
    return written(day, _("M 月 d 日") if day.year == today.year else _("y 年 M 月 d 日"))


def written(day: date, pattern: str) -> str:
    """`day` by a CLDR pattern, in the visitor's language."""
    return format_date(day, pattern, locale="en" if language() == "en" else "zh_Hans_CN")


def moment_words(moment: datetime) -> str:
    """Day and hour of `moment` (aware): 5 月 9 日 09:42."""
    local = moment.astimezone(HANGZHOU)
    return f"{written(local.date(), _('M 月 d 日'))} {local:%H:%M}"


def month_name(month: int) -> str:
    """The short name of a month, 1 to 12: 4月, Apr."""
    return written(date(2024, month, 1), "LLL")
