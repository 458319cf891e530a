"""The receipt of an action, shown only after the action is stored."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from observations.actions.allowance import Allowance
from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.actions.odd_patterns import FLAG_WORDS
from observations.actions.recording import Logged
from observations.actions.streaks import streak_of
from pages.parts import bars, board_question, cards, recovery, site
from pages.parts.actions import form
from pages.parts.actions.form import carbon_line, entry_name, points_line, source_lines
from pages.parts.dates import day_words
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _
from pages.visit.action.sending import again

LEFT = Markup('<div class="g-row"><div class="g-grow"><p class="g-num">{}</p>{}</div></div>')


def draw(logged: Logged, catalogue: Sequence[Action], allowance: Allowance, today: date) -> None:
    """The seal, what the entry is made of, what happens next, and how to go on."""
    entry = logged.entry
    action = next((a for a in catalogue if a.code == entry.action_code), None)
    action = action or store().actions.current(entry.action_code, entry.done_on)
    if action is None:
        return  # the catalogue never loses an action
    made_of = _made_of(logged, action, allowance, today)
    cards.show(cards.receipt(_("已收到"), _opening(logged), made_of))
    board_question.ask_home()
    with st.container(key="big", gap="small"):
        words = _("再记一件")
        st.button(words, key="action_again", type="primary", width="stretch", on_click=again)
    recovery.offer()
    entries = site.open_to(visitor().person)
    bars.tabs(entries, next(entry for entry in entries if entry.path == "action"))


def _opening(logged: Logged) -> str:
    if not logged.is_new:
        return _("这件事早先就收到了，没有重复记。")
    if logged.entry.flags:
        return _("这件小事已经存好，先等工作人员看一眼，绿点看过再入账。")
    if logged.entry.code_id:
        return _("现场码对上了，绿点已经入账。")
    if logged.entry.has_photo:
        return _("照片和记录都存好了，等工作人员看过。")
    return _("这件小事已经存好，绿点也入账了。") if logged.entry.points else _("这件小事已经存好。")


def _made_of(logged: Logged, action: Action, allowance: Allowance, today: date) -> Markup:
    entry = logged.entry
    name = entry_name(action, entry.activity_data)
    facts = " · ".join(words for words, _icon in form.facts(entry, today))
    rows = [cards.row(name, facts, _points(entry))]
    if logged.count:
        lines = [points_line(logged.count), *source_lines(action)]
        small = Markup("").join(Markup('<p class="g-src">{}</p>').format(line) for line in lines)
        rows.append(LEFT.format(carbon_line(action, logged.count), small))
    for flag in entry.flags:
        words = _("为什么要等：{reason}。").format(reason=_(FLAG_WORDS[flag]))
        rows.append(cards.note(words, "warn", tag="p"))
    if days := streak_of(store(), entry.observer_id, known_now()):
        kept_going = _("这是你连着的第 {days} 个绿色的日子，中间歇一两天不算断。")
        rows.append(cards.sub(kept_going.format(days=days)))
    if entry.waits:
        rows.append(cards.steps([_("已收到"), _("核实"), _("绿点入账")], done=1))
    elif entry.code_id is None:
        left = _("{day}自己填报还能得 {left} 绿点。")
        rows.append(
            cards.sub(left.format(day=day_words(entry.done_on, today), left=allowance.left))
        )
    return Markup("").join(rows)


def _points(entry: ActionEntry) -> Markup:
    """The points that were earned, or that will be after verification."""
    if not entry.waits:
        return cards.points(entry.points)
    return cards.badge(_("核实后 {points}").format(points=f"+{entry.points}"), "g-num", "clock")
