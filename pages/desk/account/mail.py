"""Whether one wants to be written to about the desk, and where."""

import streamlit as st

from observations.base.roles import Person, may
from observations.people.mail import ACTION, ADDRESS_LENGTH, choose_mail
from observations.people.staff import Staff
from pages.parts import cards
from pages.parts.guard import signed_in
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, settings, store
from pages.parts.wording import _


def section(staff: Staff) -> None:
    """The address and what to write of; nothing where the server sends no letters."""
    if settings().mail is None or not may(Person(role=staff.role), ACTION):
        return
    wish = store().people.mail_wish(staff.staff_id)
    with st.container(key="card_mail", gap="small"):
        note = _("信里只有几条在等、是什么物种，没有谁、在哪里。停用账号时邮箱一起删掉。")
        cards.show(cards.heading(_("写信给我")), cards.sub(note))
        address, label = wish.address if wish else "", _("邮箱，空着就不写")
        st.text_input(label, address, key="mail_address", max_chars=ADDRESS_LENGTH)
        digest, alerts = _("每天早上一封：等着的有多少"), _("受保护或入侵的物种一到就写")
        st.checkbox(digest, not wish or wish.wants_digest, key="mail_digest")
        st.checkbox(alerts, not wish or wish.wants_alerts, key="mail_alerts")
        st.button(_("就这样"), key="choose_mail", on_click=lambda: do(_choose))


def _choose() -> str:
    fields = st.session_state
    wish = choose_mail(
        store(),
        signed_in().person,
        fields["mail_address"] or "",
        bool(fields["mail_digest"]),
        bool(fields["mail_alerts"]),
        known_now(),
    )
    return _("记下了，写到 {address}。").format(address=wish.address) if wish else _("不再写信。")
