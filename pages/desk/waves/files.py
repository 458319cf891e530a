"""The staff's files of satisfaction: margins to rake to, and the official survey's scores."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup, escape

from observations.satisfaction.margins import COLUMNS as MARGIN_COLUMNS
from observations.satisfaction.margins import census, write_margins
from observations.satisfaction.staff_files import COLUMNS, import_margins, import_scores
from pages.desk.waves.wave import attempt
from pages.parts import cards
from pages.parts.file_field import file_field
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import _

MEGABYTES = 1


def margins(now: datetime) -> None:
    """Download the margins in force, or bring a new file."""
    rows = store().satisfaction.margins(now) or census()
    with st.container(key="card_margins", gap="small"):
        text = _(
            "回答按这张表配权：各区县市人口必须有，年龄和性别有出处才写。写了年龄、性别，评分时才会问。"
            "关上的评分季用它关上时的表。"
        )
        cards.show(cards.heading(_("人口表")), cards.sub(text), _columns(MARGIN_COLUMNS))
        st.download_button(
            _("下载现在用的表"),
            write_margins(rows),
            "margins.csv",
            "text/csv",
            key="margins_download",
            width="stretch",
        )
        _upload("margins", _("换一张人口表（CSV）"))


def official(now: datetime) -> None:
    """Bring published scores of the official survey."""
    with st.container(key="card_official", gap="small"):
        text = _("公布过的才导入，每行都要写出处。它只放在我们的旁边，从不混在一起算。")
        cards.show(cards.heading(_("官方年度调查的得分")), cards.sub(text), _columns(COLUMNS))
        _upload("official", _("导入得分（CSV）"))


def _upload(name: str, label: str) -> None:
    file_field(label, types=["csv", "tsv", "txt", "xlsx"], key=f"{name}_file", megabytes=MEGABYTES)
    is_there = st.session_state.get(f"{name}_file") is not None
    st.button(
        _("导入"),
        key=f"{name}_import",
        width="stretch",
        disabled=not is_there,
        on_click=_importing,
        args=(name,),
    )


def _importing(name: str) -> None:
    file = st.session_state.get(f"{name}_file")
    act = {"margins": import_margins, "official": import_scores}[name]
    if file is not None:
        attempt(_("导入好了。"), act, store(), visitor().person, file.getvalue(), known_now())


def _columns(columns: tuple[str, ...]) -> Markup:
    """The header a file must have; a phone breaks it at its commas."""
    header = Markup("<code>{}</code>").format(Markup(",<wbr>").join(columns))
    return cards.sub(Markup(escape(_("第一行是：{columns}"))).format(columns=header))
