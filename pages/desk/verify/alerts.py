"""Protected and invasive species that wait: one line, which renews itself twice a minute."""

import streamlit as st
from markupsafe import Markup

from observations.base.roles import Person, may
from observations.people.signing_in import hash_token
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS
from observations.verification.alerts import Alert
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import STAFF_COOKIE
from pages.parts.wording import _, language

SHOWN = 3
EVERY_S = 30
LET_IN = "alerts_let_in"


def above() -> None:
    """The line, for whoever the page has let in."""
    st.session_state[LET_IN] = True
    line()


@st.fragment(run_every=EVERY_S)
def line() -> None:
    """The latest of them, each a link that opens it; nothing where none waits.

    It runs by itself: it neither keeps a sign-in from ending for idleness, nor outlasts it.
    """
    if not st.session_state.pop(LET_IN, False) and not _is_still_let_in():
        return
    waiting = store().verification.alerts(SHOWN + 1)
    if waiting:
        links = _("、").join(_link(one) for one in waiting[:SHOWN])
        more = _("，还有别的") if len(waiting) > SHOWN else ""
        words = Markup(_("先看：{links}{more}"))
        cards.show(cards.note(words.format(links=Markup(links), more=more), "warn", mark="flag"))


def _is_still_let_in() -> bool:
    token = st.context.cookies.get(STAFF_COOKIE, "")
    staff = store().people.staff_of_session(hash_token(token), known_now())
    return staff is not None and may(Person(staff_id=staff.staff_id, role=staff.role), "verify")


def _link(one: Alert) -> str:
    why = _(PROTECTION_WORDS[one.national_protection]) if one.national_protection else ""
    why = why or _(INVASIVE_WORD)
    words = _("{name}（{why}）").format(name=one.name(language()), why=why)
    return str(Markup('<a href="/verify?id={}">{}</a>').format(one.subject_id, words))
