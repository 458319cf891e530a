"""Keeping order: appeals, flagged records, one sender, who is suspended, what was set aside."""

import streamlit as st

from pages.desk.moderation import sender, waiting
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.last_tap import notice
from pages.parts.runtime import known_now
from pages.parts.wording import _

staff = staff_only("keep_order")
with st.container(key="narrow"):
    why = _("谁的话都听一听：申诉先看，被指出问题的再看。停错了、放错了，都能原样放回。")
    cards.show(cards.title(_("秩序"), why))
    notice()
    now = known_now()
    waiting.appeals()
    waiting.flagged(now)
    sender.find(staff.person, now)
    waiting.suspensions(now)
    waiting.sets_aside()
