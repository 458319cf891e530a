"""Dates in the spellings of others, as days of Asia/Shanghai."""

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from observations.base.clock import HANGZHOU
from observations.exchange.survey_file.problems import RowProblem

REMEMBERED = 20_000
EARLIEST_YEAR = 1600  # GBIF flags older ones
# \u5e74 \u6708 \u65e5 \u53f7 are the Chinese year, month, day; the others are parts of a time.
_DAY = r"(\d{4})(?:[-/.\u5e74](\d{1,2})(?:[-/.\u6708](\d{1,2})[\u65e5\u53f7]?)?\u6708?)?\u5e74?"
_ZONE = r"(?: ?(?:Z|UTC|GMT|CST|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?"
_CLOCK = (
    r"(?:\u4e0a\u5348|\u4e0b\u5348|\u65e9\u4e0a|\u665a\u4e0a)? ?(?:[01]?\d|2[0-4])[:\u65f6\u70b9]"
    r"(?:[0-5]?\d(?:[:\u5206](?:[0-5]?\d(?:[.,]\d{1,9})?\u79d2?)?)?)?"
    rf"(?: ?[AaPp]\.?[Mm]\.?)?{_ZONE}"
)
_PARTS = re.compile(rf"^{_DAY}(?:[T ]+({_CLOCK}|\d{{2}}(?:\d{{2}}(?:\d{{2}})?)?{_ZONE}))?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_ORDINAL = re.compile(r"^(\d{4})-(\d{3})$")
_YEARS = re.compile(r"^\d{4}/\d{4}$")
_TIME = re.compile(rf"^{_CLOCK}$")
Span = tuple[date, date]


@lru_cache(REMEMBERED)
def days_of(text: str, today: date) -> Span:
    """First and last day of a date: a day, a month, a year, or a span `2023-05-01/2023-05-07`.

    A time with an offset is converted to Asia/Shanghai first. Raises `RowProblem`:
    `date_unreadable` (also for `05/06/2023`, whose month is not certain, and where anything but a
    time follows a date), `date_in_the_future`.
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    first_text, slash, last_text = text.partition("/")
    if slash and (len(first_text) > 4 or _YEARS.match(text)):
        last_text = _completed(first_text.strip(), last_text.strip())
        first, last = _span(first_text.strip(), text)[0], _span(last_text, text)[1]
    else:
        first, last = _span(text.strip(), text)
    if first > last or first.year < EARLIEST_YEAR:
        raise RowProblem("date_unreadable", value=text)
    if first > today:
        raise RowProblem("date_in_the_future", value=text)
    return first, min(last, today)


def days_of_parts(year: str, month: str, day: str, today: date) -> Span:
    """The same for a year, and perhaps month and day, in separate columns."""
    parts = [part.strip() for part in (year, month, day)]
    given = parts[: next((k for k, part in enumerate(parts) if not part), 3)]
    return days_of("-".join(part.zfill(2) for part in given), today)


def _completed(first: str, last: str) -> str:
    """The end of a span in full: ISO 8601 lets it leave out what the start has (2023-05-01/07)."""
    day = first.split("T")[0]
    if _TIME.match(last):
        return day
    return day[: len(day) - len(last)] + last if len(last) in (2, 5) else last


def _span(part: str, whole: str) -> Span:
    if ordinal := _ORDINAL.match(part):
        return _of_ordinal(int(ordinal[1]), int(ordinal[2]), whole)
    match = _COMPACT.match(part) or _PARTS.match(part)
    if not match:
        raise RowProblem("date_unreadable", value=whole)
    if match.lastindex == 4 and (moment := _moment(part)):
        return moment, moment
    year, month, day = (int(match[k]) if match[k] else 0 for k in (1, 2, 3))
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        raise RowProblem("date_unreadable", value=whole) from None


def _of_ordinal(year: int, number: int, whole: str) -> Span:
    """The day of that number in a year (2024-122)."""
    if not (year >= EARLIEST_YEAR and 1 <= number <= 365 + calendar.isleap(year)):
        raise RowProblem("date_unreadable", value=whole)
    day = date(year, 1, 1) + timedelta(days=number - 1)
    return day, day


def _moment(part: str) -> date | None:
    """The day in Asia/Shanghai of a time with an offset; None for a text without one."""
    plain = re.sub(r" ?(?:UTC|GMT)?(?=[+-]\d{1,2}(?::?\d{2})?$)", "", part[10:])
    plain = part[:10] + re.sub(r" ?(?:Z|UTC|GMT)$", "+00:00", plain)
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return moment.astimezone(HANGZHOU).date() if moment.tzinfo else None
