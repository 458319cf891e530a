"""The moment that a camera wrote, in the many ways cameras write it: as the phone reads it."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone, tzinfo

from observations.base.clock import HANGZHOU

EARLIEST_YEAR = 1900
# am and pm, and what phones write that are set to Chinese, Japanese and Korean
BEFORE_NOON = r"a\.?m\.?|\u4e0a\u5348|\u5348\u524d|\uc624\uc804"
AFTER_NOON = r"p\.?m\.?|\u4e0b\u5348|\u5348\u5f8c|\uc624\ud6c4"
OFFSET = r"(?:UTC|GMT)?(?P<sign>[+\-\u2212])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?"
WRITTEN = re.compile(
    r"(?P<year>\d{4})[:\-/.\u5e74] ?(?P<month>\d{1,2})[:\-/.\u6708] ?(?P<day>\d{1,2})\u65e5?"
    rf"[ T_.,:\-]+(?P<half>{BEFORE_NOON}|{AFTER_NOON})? ?"
    r"(?P<hour>\d{1,2})[:.\-](?P<minute>\d{1,2})(?:[:.\-](?P<second>\d{1,2})(?:[.,]\d*)?)?"
    rf" ?(?P<later_half>{BEFORE_NOON}|{AFTER_NOON})? ?(?P<offset>Z|{OFFSET})?",
    re.IGNORECASE | re.ASCII,
)


def moment_of(text: object, offsets: Sequence[object]) -> datetime | None:
    """The moment (aware); None where it is none.

    `offsets` may say how far the clock is from UTC, the best first; a clock without one goes as
    Hangzhou's does.
    """
    parts = WRITTEN.fullmatch(str(text).strip())
    if parts is None:
        return None
    hour = _hour(int(parts["hour"]), parts["half"] or parts["later_half"])
    year, month, day, minute, second = (
        int(parts[name] or 0) for name in ("year", "month", "day", "minute", "second")
    )
    if hour is None or year < EARLIEST_YEAR:
        return None
    zones = (_zone(offset) for offset in (parts["offset"], *offsets))
    try:
        zone = next((zone for zone in zones if zone), HANGZHOU)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int | None:
    is_before = half is not None and re.fullmatch(BEFORE_NOON, half, re.IGNORECASE) is not None
    if hour > 12 and is_before:
        return None
    if half is None or hour > 12:
        return hour
    return hour % 12 + (0 if is_before else 12)


def _zone(text: object) -> tzinfo | None:
    written = str(text or "").strip()
    if written.upper() == "Z":
        return timezone(timedelta())
    parts = re.fullmatch(OFFSET, written, re.IGNORECASE)
    if parts is None or int(parts["hours"]) > 14 or int(parts["minutes"] or 0) > 59:
        return None
    apart = timedelta(hours=int(parts["hours"]), minutes=int(parts["minutes"] or 0))
    return timezone(apart if parts["sign"] == "+" else -apart)
