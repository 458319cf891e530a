"""A festival as an entry of a calendar (RFC 5545)."""

from datetime import UTC, datetime, timedelta

from observations.festivals.festival import Festival

LINE_BYTES = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_of(festival: Festival, address: str, place: str, now: datetime) -> str:
    """The calendar file: whole days, the place in words, the page's address, and that it is off."""
    days = festival.first_day, festival.last_day + timedelta(days=1)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Green Traces Hangzhou//festival//ZH",
        "BEGIN:VEVENT",
        f"UID:{festival.festival_id}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
        f"DTEND;VALUE=DATE:{days[1]:%Y%m%d}",
        f"SUMMARY:{festival.name.translate(ESCAPED)}",
        f"LOCATION:{place.translate(ESCAPED)}",
        f"DESCRIPTION:{festival.rules.translate(ESCAPED)}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if festival.is_cancelled else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, none of which cuts a character."""
    pieces: list[str] = []
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE_BYTES - bool(pieces):
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
