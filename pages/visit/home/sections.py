"""The sections of the home page: hero, what is new, the city's figures, stories."""

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from observations.campaigns.days import next_day
from observations.festivals.festival import Festival
from observations.occurrences.occurrence import PublicOccurrence
from observations.surveys.figures import SOURCE, figures
from pages.parts import cards, site
from pages.parts.dates import day_words, written
from pages.parts.map.cards import sighting_card
from pages.parts.wording import _, language

CALLS = (
    ("go_record", "visit/record/page.py", N_("记录一次遇见"), N_("拍一张照片，约 30 秒")),
    ("go_action", "visit/action/page.py", N_("记一件低碳小事"), N_("地铁、光盘、自带杯，都算")),
)
COUNTED = (
    ("new_to_science", N_("发现全球新物种"), N_("种")),
    ("new_for_china", N_("中国新记录物种"), N_("种")),
    ("water_quality", N_("市控以上断面水质优于Ⅲ类"), "%"),
    ("beautiful_zhejiang", N_("连续荣获美丽浙江考核优秀"), N_("年")),
)


def hero() -> None:
    """The lake, the question, the two calls to action."""
    with st.container(key="hero"):
        question = cards.phrases(*(_(part) for part in site.QUESTION))
        cards.show(cards.title(question), Markup("<p>{}</p>").format(_(site.MOTTO)))
    with st.container(key="go"):
        for key, script, call, hint in CALLS:
            with st.container(key=key):
                st.page_link(script, label=f"{_(call)} :small[{_(hint)}]", width="stretch")


def latest(found: Sequence[PublicOccurrence], today: date) -> None:
    """What was verified last, or how to be the first."""
    mark = cards.demo_mark() if any(sighting.is_demo for sighting in found) else ""
    head = cards.heading(_("新近核实"), mark)
    if not found:
        call = cards.button(_("记下第一次遇见"), "/record")
        text = _("去外面走走，拍下第一个遇见的生命。核实以后，它会出现在这里。")
        cards.show(head, cards.empty("footprint", _("还没有绿迹"), text, call))
        return
    row = [sighting_card(sighting, today) for sighting in found]
    cards.show(head, cards.rail(_("新近核实的遇见"), row))


def counted() -> None:
    """The city's figures, with their source."""
    rows = [(_(label), str(figures()[key].value), _(unit)) for key, label, unit in COUNTED]
    cards.show(cards.heading(_("这座城的自然账")), cards.stats(rows, _(SOURCE)))


def new_species() -> None:
    """The story of a fish that the survey gave a name."""
    with st.container(key="tap_story"):
        above = cards.badge(_("全球新物种 · 2023"), "new", "fish")
        text = _("苕溪鱲住在余杭的苕溪，2023 年才有了正式的名字。")
        picture = cards.drawing("tiaoxi-zacco")
        head = _("苕溪里，一条刚有名字的鱼")
        cards.show(cards.story(picture, _("苕溪鱲，手绘"), above, head, text, cards.seal("new")))
        st.page_link("visit/map/page.py", label=_("在地图上看新物种"), width="stretch")


def nature_day(today: date) -> None:
    """The nature day that comes next."""
    day, when = next_day(today)
    left = (when - today).days
    above = cards.badge(written(when, _("M 月 d 日")), "ok", "festival")
    text = _("还有 {days} 天。").format(days=left) if left else _("就是今天。")
    text += _("约上家里人，出门看看住在附近的生命，也做一件低碳小事。")
    cards.show(
        cards.story(cards.drawing("lotus"), _("荷花，手绘"), above, day.name(language()), text)
    )


def festival(current: Festival | None, today: date) -> None:
    """The festival that runs or comes next; nothing where there is none."""
    if current is None or current.last_day < today:
        return
    with st.container(key="tap_festival"):
        text = _("{first} 至 {last}，和队友一起找找身边的生命，不用账号。").format(
            first=day_words(current.first_day, today), last=day_words(current.last_day, today)
        )
        cards.show(cards.invitation("festival", current.name, text))
        st.page_link("visit/festival/page.py", label=_("去观察节"), width="stretch")


def other_ways() -> None:
    """What else there is to do."""
    with st.container(key="tap_rate"):
        text = _("空气、水、声音、绿地，十道题，一分钟多。")
        cards.show(cards.invitation("rate", _("你住的地方，环境怎么样？"), text))
        st.page_link("visit/satisfaction/page.py", label=_("给环境评分"), width="stretch")
