"""A name with what can be done to it, and a change that can be undone."""

import streamlit as st

from observations.moderation.public_name import KIND_NAMES, LENGTHS, NameChange, PublicName
from observations.moderation.renaming import hide, rename, undo
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.wording import _


def name(named: PublicName) -> None:
    """One name: a field for another, a button that hides it."""
    key = f"{named.kind}_{named.subject_id}"
    with st.container(key=f"card_{key}", gap="small"):
        cards.show(cards.named(named.name, _(KIND_NAMES[named.kind])))
        st.text_input(_("换成"), key=f"new_{key}", max_chars=LENGTHS[named.kind])
        with st.container(horizontal=True, gap="small"):
            st.button(
                _("换名字"), key=f"rename_{key}", on_click=lambda: do(lambda: _rename(named, key))
            )
            st.button(_("隐去"), key=f"hide_{key}", on_click=lambda: do(lambda: _hide(named)))


def change(made: NameChange) -> None:
    """One change, and the button that undoes it."""
    with st.container(key=f"card_{made.name_change_id}", gap="small"):
        words = _("“{before}”换成了“{after}”").format(
            before=made.name_before, after=made.name_after
        )
        where = " · ".join((_(KIND_NAMES[made.kind]), moment_words(made.changed_at)))
        cards.show(cards.named(words, f"{where} · {made.staff_name or ''}".rstrip(" ·")))
        if made.can_undo:
            key = f"undo_{made.name_change_id}"
            st.button(_("换回来"), key=key, on_click=lambda: do(lambda: _undo(made)))


def _rename(named: PublicName, key: str) -> str:
    person, text = staff_only("keep_names").person, st.session_state[f"new_{key}"]
    chosen = rename(store(), person, named.kind, named.subject_id, text, known_now())
    return _("换成“{name}”了。").format(name=chosen)


def _hide(named: PublicName) -> str:
    person = staff_only("keep_names").person
    neutral = hide(store(), person, named.kind, named.subject_id, known_now())
    return _("隐去了，现在叫“{name}”。").format(name=neutral)


def _undo(made: NameChange) -> str:
    person = staff_only("keep_names").person
    name = undo(store(), person, made.name_change_id, known_now())
    return _("换回“{name}”了。").format(name=name)
