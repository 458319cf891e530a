"""A festival in a calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from observations.festivals.calendar import calendar_of
from observations.festivals.festival import Festival

NOW = datetime(2026, 5, 1, tzinfo=UTC)
DAYS = date(2026, 5, 30), date(2026, 5, 31)
FESTIVAL = Festival(
    UUID(int=7),
    "西溪；观察, 节",
    "123456",
    date(2026, 5, 30),
    date(2026, 5, 31),
    (),
    UUID(int=1),
    NOW,
)


def test_the_entry_has_whole_days_the_place_and_the_page() -> None:
    text = calendar_of(FESTIVAL, "https://example.org/festival", "西湖区", NOW)
    lines = text.split("\r\n")
    assert "DTSTART;VALUE=DATE:20260530" in lines and "DTEND;VALUE=DATE:20260601" in lines
    assert "SUMMARY:西溪；观察\\, 节" in lines and "LOCATION:西湖区" in lines
    assert "URL:https://example.org/festival" in lines and "STATUS:CONFIRMED" in lines


def test_long_rules_are_folded_without_cutting_a_character() -> None:
    rules = "不惊扰，不采摘；" * 30 + "\n拍了就走"
    text = calendar_of(replace(FESTIVAL, rules=rules, is_cancelled=True), "", "", NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert rules.replace("\n", "\\n") in whole.replace("\\,", ",").replace("\\;", ";")
    assert "STATUS:CANCELLED" in whole
