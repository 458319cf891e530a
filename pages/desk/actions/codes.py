"""Codes of programmes for staff: make a batch, print it, end it."""

from datetime import date, datetime, time
from decimal import Decimal

import streamlit as st

from observations.actions.codes import (
    CODE_KIND_NAMES,
    MOST_USES,
    TITLE_LENGTH,
    Batch,
    CodeKind,
)
from observations.actions.programmes import MOST_POINTS, Programme, cancel_codes, make_codes
from observations.base.clock import HANGZHOU, day_of
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.last_tap import do, notice
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _, language


def draw() -> None:
    """The form, then every batch."""
    notice()
    _form()
    batches = store().actions.batches()
    if batches:
        cards.show(cards.heading(_("做过的码")))
    for batch in batches:
        _batch(batch)
    if not batches:
        text = _("办活动时做一批：纸条一张用一次，海报一人用一次，扫了就得绿点。")
        cards.show(cards.empty("blossom", _("还没有做过现场码"), text))


def _form() -> None:
    catalogue = store().actions.catalogue(day_of(known_now()))
    names = {action.code: action.name.of(language()) for action in catalogue}
    today = day_of(known_now())
    with st.container(key="card_codes", gap="small"):
        cards.show(cards.heading(_("做一批码")))
        st.text_input(_("活动的名字"), key="codes_title", max_chars=TITLE_LENGTH)
        st.segmented_control(
            _("哪一种"),
            list(CodeKind),
            default=CodeKind.SLIP,
            format_func=lambda kind: _(CODE_KIND_NAMES[kind]),
            key="codes_kind",
            width="stretch",
            required=True,
        )
        _what_it_pays(names, today)
        st.button(
            _("做好这批码"),
            key="codes_make",
            type="primary",
            width="stretch",
            on_click=lambda: do(_make),
        )


def _what_it_pays(names: dict[str, str], today: date) -> None:
    """The fields of a batch: action, points, number of uses, day and hours."""
    codes = list(names)
    usual = codes.index("NAT-VOL") if "NAT-VOL" in codes else 0
    st.selectbox(_("记成哪件行动"), codes, usual, format_func=names.__getitem__, key="codes_action")
    st.number_input(_("一次给多少绿点"), 1, MOST_POINTS, 10, key="codes_points")
    st.number_input(_("纸条几张，或海报可用几次"), 1, MOST_USES, 30, key="codes_count")
    st.date_input(_("哪一天"), today, min_value=today, key="codes_day", format="YYYY-MM-DD")
    st.time_input(_("几点开始"), time(8), key="codes_opens")
    st.time_input(_("几点结束"), time(18), key="codes_closes")


def _batch(batch: Batch) -> None:
    with st.container(key=f"card_batch_{batch.batch_id}", gap="small"):
        hours = _("{first} 到 {last} 有效").format(
            first=moment_words(batch.opens_at), last=moment_words(batch.closes_at)
        )
        facts = (
            _(CODE_KIND_NAMES[batch.kind]),
            hours,
            _("{codes} 个码，用了 {uses} 次").format(codes=batch.codes, uses=batch.uses),
            _("已停用") if batch.is_cancelled else "",
        )
        words = " · ".join(fact for fact in facts if fact)
        cards.show(cards.row(batch.title, words, cards.points(batch.points, False)))
        if batch.is_cancelled:
            return
        with st.container(horizontal=True, gap="small"):
            st.link_button(_("打印"), f"/staff/codes/{batch.batch_id}", width="stretch")
            st.button(
                _("停用"),
                key=f"codes_stop_{batch.batch_id}",
                width="stretch",
                on_click=lambda: do(lambda: _stop(batch)),
            )


def _make() -> str:
    fields = st.session_state
    codes = make_codes(
        store(),
        visitor().person,
        Programme(
            title=fields["codes_title"],
            kind=CodeKind(fields["codes_kind"]),
            action_code=fields["codes_action"],
            quantity=Decimal(1),
            points=int(fields["codes_points"]),
            opens_at=_moment(fields["codes_day"], fields["codes_opens"]),
            closes_at=_moment(fields["codes_day"], fields["codes_closes"]),
            count=int(fields["codes_count"]),
        ),
        known_now(),
    )
    return _("做好了 {count} 个码，下面可以打印。").format(count=len(codes))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, HANGZHOU)


def _stop(batch: Batch) -> str:
    cancel_codes(store(), visitor().person, batch.batch_id, known_now())
    return _("“{title}”这批码停用了，已经得的绿点还在。").format(title=batch.title)
