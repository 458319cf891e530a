"""What was said of a record, in the order it was said: names, questions, answers, decisions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup

from observations.verification.decisions import REASON_NAMES, VERDICT_NAMES, Decision
from pages.parts import cards
from pages.parts.runtime import store
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
}
LINE = Markup('<li>{}<div class="g-grow"><b>{}</b> <span class="g-sub">{}</span>{}</div></li>')
Line = tuple[datetime, Markup]


def history(
    decisions: Sequence[Decision],
    names: Sequence[Any],
    now: datetime,
    staff: Mapping[UUID, str] | None = None,
) -> Markup:
    """The lines, oldest first; `staff` names who decided and is given to staff alone."""
    said = [_decided(decision, now, staff) for decision in decisions]
    lines = sorted([*_named(names, now), *said], key=lambda line: line[0])
    return Markup('<ul class="g-list">{}</ul>').format(Markup("").join(line for _at, line in lines))


def staff_names() -> dict[UUID, str]:
    """Everyone on the staff by id."""
    return {staff.staff_id: staff.username for staff in store().people.staff_list()}


def _decided(decision: Decision, now: datetime, staff: Mapping[UUID, str] | None) -> Line:
    who = _("记录的人")
    if decision.decided_by_staff:
        who = (staff or {}).get(decision.decided_by_staff, _("核实员"))
    when = record_words.moment(decision.decided_at, now)
    words = [_(REASON_NAMES[decision.reason])] if decision.reason else []
    if decision.message:
        words.append(_(decision.message))  # the desk's own questions are in both languages
    if decision.rules_out_sensitive:
        words.append(_("已排除敏感物种"))
    text = Markup("<p>{}</p>").format(" · ".join(words)) if words else Markup("")
    icon = cards.icon(ICONS[decision.verdict])
    return decision.decided_at, LINE.format(
        icon, _(VERDICT_NAMES[decision.verdict]), f"{who} · {when}", text
    )


def _named(names: Sequence[Any], now: datetime) -> Iterable[Line]:
    for vernacular, scientific, verbatim, is_staffs, named_at in names:
        listed = scientific if language() == "en" else vernacular
        name = listed or scientific or verbatim
        who = _("核实员") if is_staffs else _("记录的人")
        when = record_words.moment(named_at, now)
        title = _("名字：{name}").format(name=name) if name else _("没有写名字")
        yield named_at, LINE.format(cards.icon("knowledge"), title, f"{who} · {when}", "")
