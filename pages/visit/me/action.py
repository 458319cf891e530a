"""An action as its own observer sees it, and how to take it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry, EntryLine
from observations.actions.withdrawing import withdraw
from observations.base.clock import day_of
from pages.parts import cards, last_tap
from pages.parts.actions import form
from pages.parts.actions.tiles import GROUP_ICONS, plain
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language
from pages.visit.me.traces import Traces

CHOSEN = "me_action_back"


def name(action: Action | None) -> str:
    """The name of the action in the catalogue."""
    return action.name.of(language()) if action else _("低碳行动")


def amount(entry: ActionEntry, action: Action | None) -> str:
    """How much, with its unit: 2 趟."""
    unit = action.unit_name.of(language()) if action else entry.unit
    return f"{plain(entry.activity_data)} {unit}"


def facts(entry: ActionEntry, action: Action | None, now: datetime) -> list[str]:
    """How much, and what else was answered."""
    answers = [words for words, _icon in form.facts(entry, day_of(now))]
    return [amount(entry, action), *answers]


def icon(action: Action | None) -> Markup:
    """The action's own icon if the page's strip has it, else its group's."""
    wanted = (action.icon, GROUP_ICONS[action.group]) if action else ()
    return cards.icon(next((one for one in wanted if cards.has_icon(one)), "blossom"))


def take_back(traces: Traces, lines: Sequence[EntryLine], now: datetime) -> None:
    """Take back one of these, where any still counts; what the last tap did stands above."""
    last_tap.notice(CHOSEN)
    standing = {line.entry.action_entry_id: line.entry for line in lines if not line.is_withdrawn}
    if not standing:
        return
    with st.expander(_("记错了？撤回一件行动"), key="me_actions_back"):
        cards.show(Markup("<p>{}</p>").format(
            _("撤回后它不再计入，绿点和减碳量也退回。撤回以后不能再改。")
        ))  # fmt: skip
        selected_line = st.selectbox(
            _("撤回哪一件？"),
            [*standing],
            index=None,
            format_func=lambda entry_id: _line(standing[entry_id], traces, now),
            key=CHOSEN,
            placeholder=_("选一件行动"),
        )
        st.button(
            _("撤回它"),
            key="me_action_sure",
            width="stretch",
            disabled=selected_line is None,
            on_click=lambda: _withdraw(selected_line),
        )


def _line(entry: ActionEntry, traces: Traces, now: datetime) -> str:
    action = traces.action_of(entry)
    return " · ".join((name(action), *facts(entry, action, now)))


def _withdraw(action_entry_id: UUID | None) -> None:
    if action_entry_id is None:
        return

    def taken_back() -> str:
        withdraw(store(), action_entry_id, visitor().person, known_now())
        return _("已撤回。谢谢你说一声。")

    last_tap.do(taken_back, CHOSEN)
    st.session_state[CHOSEN] = None
