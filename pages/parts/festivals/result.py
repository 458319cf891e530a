"""The teams of a festival, with two numbers each."""

from datetime import date

from markupsafe import Markup

from observations.festivals.festival import Festival, Membership, TeamLine
from observations.festivals.result import result
from observations.places.districts import DISTRICTS
from pages.parts import cards, ways
from pages.parts.dates import written
from pages.parts.runtime import store
from pages.parts.url_choice import url_choice
from pages.parts.wording import _, language

TABLE = Markup(
    '<table class="g-board"><caption class="g-sr">{}</caption><thead><tr><th scope="col">{}</th>'
    '<th scope="col" class="g-num">{}</th><th scope="col">{}</th></tr></thead>'
    "<tbody>{}</tbody></table>"
)
ROW = Markup(
    '<tr{}><th scope="row">{}<small>{}</small></th><td class="g-num">{}</td>'
    '<td class="g-num"><b>{}</b></td></tr>'
)
MINE = Markup(' class="mine"')


def opening(festival: Festival | None, today: date) -> None:
    """The name, days and districts of the festival."""
    if festival is None:
        cards.show(cards.title(_("观察节"), _("和队友一起，在一段时间里找找身边的生命。")))
        return
    cards.show(head(festival, today))


def head(festival: Festival, today: date) -> Markup:
    """Its name over its days, its districts and whether it runs."""
    demo = cards.demo_mark() if festival.is_demo else cards.NOTHING
    name = Markup("{} {}").format(festival.name, demo)
    days = days_words(festival)
    title = cards.title(name, " · ".join((days, state_words(festival, today))))
    return cards.together(title, ways.row(ways.share("/festival", festival.name, days)))


def days_words(festival: Festival) -> str:
    """Its days and districts: 5 月 16 日 至 5 月 17 日，西湖区、滨江区."""
    pattern = _("M 月 d 日")
    first, last = written(festival.first_day, pattern), written(festival.last_day, pattern)
    days = first if first == last else _("{first} 至 {last}").format(first=first, last=last)
    names = [DISTRICTS[code].name(language()) for code in festival.districts]
    return _("{days}，{where}").format(days=days, where=_("、").join(names) or _("全市"))


def state_words(festival: Festival, today: date) -> str:
    """Whether the festival is cancelled, to come, running or over."""
    if festival.is_cancelled:
        return _("取消了")
    if festival.runs_on(today):
        return _("正在进行")
    return _("已经结束") if festival.last_day < today else _("还没开始")


def board(festival: Festival, mine: Membership | None) -> None:
    """The teams with their two numbers, sorted by name unless another order is chosen."""
    names = {"name": _("按队名"), "number": _("按已确认")}
    order = url_choice(_("怎么排"), names, "order", "name")
    totals = result(store(), festival, by_number=order == "number")
    if not totals.rows:
        text = _("第一个加入的人给队起个名字，队友用同样的名字加入。")
        cards.show(cards.empty("festival", _("还没有队伍加入"), text))
        return
    own = mine.team.team_id if mine else None
    rows = [_row(row, row.team_id == own) for row in totals.rows]
    rows.append(ROW.format("", _("合计"), "", f"{totals.so_far:,}", f"{totals.confirmed:,}"))
    table = TABLE.format(
        _("各队的遇见"), _("队伍"), _("到现在"), _("已确认"), Markup("").join(rows)
    )
    cards.show(cards.card(cards.heading(_("各队的遇见")), table))


def _row(row: TeamLine, is_mine: bool) -> Markup:
    small = _("{people} 人 · 公开的 {species} 种").format(people=row.people, species=row.species)
    figures = f"{row.so_far:,}", f"{row.confirmed:,}"
    return ROW.format(MINE if is_mine else "", row.name, small, *figures)


def nothing() -> None:
    """The page without a festival: what a festival is, and what a visitor can do meanwhile."""
    text = _("工作人员办起来以后，凭六位数字就能加入，各队的数字也在这里。在那以前，一个人先去找。")
    button = Markup("<p>{}</p>").format(cards.button(_("去记录"), "/record"))
    cards.show(cards.empty("festival", _("还没有观察节"), text, button))


def reading() -> Markup:
    """How the numbers are counted."""
    text = _(
        "“到现在”是看到的时间落在这几天、地点落在这些区、没有撤回也没有不采用的遇见；"
        "“已确认”是其中工作人员看过采用的。按看到的时间算，不按交上来的时间，北京时间。"
        "只给大致位置的（珍稀物种、想隐藏地点的、还没认出种的）和没有公开的，公开前后都不算在这里："
        "数字一动，别人就可能猜到它在哪里。它们照样是你的遇见，绿点也照给。"
        "信号不好也不要紧：没交上来的留在手机里，回到有网的地方，打开页面就自己交。"
    )
    return cards.card(cards.named(_("怎么算"), text), kind="g-after")
