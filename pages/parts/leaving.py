"""Downloading and erasing the visitor's own data."""

from datetime import UTC, datetime

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from observations.privacy.compacting import LATEST, has_left_the_files
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.runtime import store
from pages.parts.session import CSRF_COOKIE
from pages.parts.wording import _

SECONDS_LENGTH = 10  # digits of a moment, from 2001 to 2286
CONFIRMATIONS = (N_("删除"), "erase")
ERASED = (
    N_("还没公开的记录、行动、照片、绿点、昵称、找回码：全部删掉，文件里的旧字节最迟一天内清掉。"),
    N_("已经公开的记录：留给科学，但不再有你——没有名字、没有照片、没有留言。"),
    N_("环境评分：分数留在统计里，它只认一个单向的代号，指不回你；写过的理由删掉。"),
    N_("这件事不能反悔，找回码也找不回来。"),
)


def is_confirmed(text: str) -> bool:
    """Whether the text is the word that confirms an erasure, in either language."""
    return text.strip().strip("“”\"'").lower() in CONFIRMATIONS


def download() -> None:
    """A form that posts to `/api/v1/download`, which answers with the visitor's data."""
    cards.show(cards.heading(_("带走我的数据")))
    text = _("记录、照片、行动、绿点和评分，打成一个压缩包：JSON 给程序，CSV 给表格。")
    whole = (
        '<form class="g-form" method="post" action="/api/v1/download">'
        '<input type="hidden" name="csrf" value="{csrf}">'
        '<button class="g-btn">{send}</button></form>'
    )
    csrf = st.context.cookies.get(CSRF_COOKIE, "")
    cards.show(
        Markup("<p>{}</p>").format(text),
        Markup(whole).format(csrf=csrf, send=_("下载我的全部数据")),
    )


def erase_form() -> None:
    """What erasing does, and a form that posts to `/api/v1/erase`."""
    whole = (
        '<form class="g-form" method="post" action="/api/v1/erase">'
        '<input type="hidden" name="csrf" value="{csrf}">'
        '<label>{label}<input name="confirm" required maxlength="20" autocomplete="off"></label>'
        '<button class="g-btn danger">{send}</button></form>'
    )
    with st.expander(_("删除我"), key="me_erase"):
        lines = Markup("").join(Markup("<li>{}</li>").format(_(line)) for line in ERASED)
        cards.show(Markup('<ul class="g-plainlist">{}</ul>').format(lines))
        cards.show(
            Markup(whole).format(
                csrf=st.context.cookies.get(CSRF_COOKIE, ""),
                label=_("写下“{word}”两个字来确认").format(word=_(CONFIRMATIONS[0])),
                send=_("删除我的一切"),
            )
        )


def gone(erased_at: str) -> None:
    """The message after an erasure at `erased_at` (seconds of the epoch).

    It says what was erased, and whether the old bytes have been removed from the files.
    """
    text = _("你在这里的一切都删掉了。已经公开的记录还在，但不再和你有关。谢谢你来过。")
    cards.show(cards.empty("smile", _("已经删除"), text))
    if erased_at.isdecimal() and len(erased_at) == SECONDS_LENGTH:
        moment = datetime.fromtimestamp(int(erased_at), UTC)
        cards.show(cards.note(_bytes_words(moment), "ok", role="status"))


def _bytes_words(erased_at: datetime) -> str:
    if has_left_the_files(store().privacy, erased_at):
        return _("存储文件里的旧字节也清掉了。")
    words = _("存储文件里的旧字节最迟 {moment} 清掉；那以后再打开这个网址，这里会说清没清。")
    return words.format(moment=moment_words(erased_at + LATEST))
