"""The history of a record in its order: names, questions, answers, decisions."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from observations.verification.decisions import (
    OBSERVER_VERDICTS,
    REASON_NAMES,
    VERDICT_NAMES,
    Verdict,
)
from observations.verification.history import HistoryLine
from pages.parts import cards
from pages.parts.sighting import words as record_words
from pages.parts.wording import _, language

ICONS = {
    "accept": "ok",
    "plausible": "ok",
    "reject": "no",
    "withhold": "hidden",
    "query": "ask",
    "answer": "ask",
    "correct": "edit",
    "withdraw": "trash",
    "undo": "back",
    "recall": "flag",
    "lapse": "clock",
}
LINE = Markup('<li>{}<div class="g-grow"><b>{}</b> <span class="g-sub">{}</span>{}</div></li>')


def history(lines: Sequence[HistoryLine], now: datetime, *, names_staff: bool = False) -> Markup:
    """The lines of the history; `names_staff` shows who decided, which only staff may see."""
    rows = [
        _decision(line, line.verdict, now, names_staff) if line.verdict else _name(line, now)
        for line in lines
    ]
    return Markup('<ul class="g-list">{}</ul>').format(Markup("").join(rows))


def _decision(line: HistoryLine, verdict: Verdict, now: datetime, names_staff: bool) -> Markup:
    who = _("记录的人") if verdict in OBSERVER_VERDICTS else _("自动")
    if verdict is Verdict.RECALL:
        who = _("大家")
    if line.is_by_staff:
        who = (line.username if names_staff else None) or _("核实员")
    when = record_words.moment(line.said_at, now)
    words = [_(REASON_NAMES[line.reason])] if line.reason else []
    if line.message:
        words.append(_(line.message))  # the desk's own questions are in both languages
    if line.rules_out_sensitive:
        words.append(_("已排除敏感物种"))
    text = Markup("<p>{}</p>").format(" · ".join(words)) if words else Markup("")
    return LINE.format(
        cards.icon(ICONS[verdict]), _(VERDICT_NAMES[verdict]), f"{who} · {when}", text
    )


def _name(line: HistoryLine, now: datetime) -> Markup:
    listed = line.scientific_name if language() == "en" else line.vernacular_name
    name = listed or line.scientific_name or line.verbatim_name
    who = _("核实员") if line.is_by_staff else _("记录的人")
    when = record_words.moment(line.said_at, now)
    title = _("名字：{name}").format(name=name) if name else _("没有写名字")
    return LINE.format(cards.icon("knowledge"), title, f"{who} · {when}", "")
