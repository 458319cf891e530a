"""What a festival is, and how its numbers are counted."""

from datetime import date

from markupsafe import Markup

from observations.festivals.festival import Festival
from observations.places.districts import DISTRICTS
from pages.parts import cards, ways
from pages.parts.dates import written
from pages.parts.wording import _, language


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
    calendar = cards.button(
        _("加到日历"), f"/api/v1/festivals/calendar.ics?id={festival.festival_id}", quiet=True
    )
    shared = ways.share("/festival", festival.name, days)
    return cards.together(title, ways.row(shared, calendar))


def days_words(festival: Festival) -> str:
    """Its days and districts: 5 月 16 日 至 5 月 17 日，西湖区、滨江区."""
    pattern = _("M 月 d 日")
    first, last = written(festival.first_day, pattern), written(festival.last_day, pattern)
    days = first if first == last else _("{first} 至 {last}").format(first=first, last=last)
    return _("{days}，{where}").format(days=days, where=where_words(festival))


def where_words(festival: Festival) -> str:
    """Its districts, or that it has an area of its own."""
    names = [DISTRICTS[code].name(language()) for code in festival.districts]
    drawn = _("画好的一块地方") if festival.area else _("全市")
    return _("、").join(names) or drawn


def state_words(festival: Festival, today: date) -> str:
    """Whether the festival is cancelled, to come, running or over."""
    if festival.is_cancelled:
        return _("取消了")
    if festival.runs_on(today):
        return _("正在进行")
    return _("已经结束") if festival.last_day < today else _("还没开始")


def nothing() -> None:
    """The page without a festival: what a festival is, and what a visitor can do meanwhile."""
    text = _("工作人员办起来以后，凭六位数字就能加入，各队的数字也在这里。在那以前，一个人先去找。")
    button = Markup("<p>{}</p>").format(cards.button(_("去记录"), "/record"))
    cards.show(cards.empty("festival", _("还没有观察节"), text, button))


def reading(festival: Festival | None = None) -> Markup:
    """How the numbers are counted, and until when."""
    text = _(
        "看到的时间落在这几天（北京时间）、地点落在这里、没有撤回也没有不采用的遇见才算；"
        "同一个人一小时内、一百米内记的同一种算一次。种数照叶子规则：亚种算它的种，"
        "只到属的，属里有了种就不再算。“预计核实后”照每个人、每一类以往核实的情况推算，"
        "一百次里有九十五次落在这个区间。"
        "只给大致位置的（珍稀物种、想隐藏地点的、还没认出种的）和没有公开的，公开前后都不算在这里："
        "数字一动，别人就可能猜到它在哪里。它们照样是你的遇见，绿点也照给。"
        "信号不好也不要紧：没交上来的留在手机里，回到有网的地方，打开页面就自己交。"
    )
    if festival is None:
        return cards.card(cards.named(_("怎么算"), text), kind="g-after")
    own = [cards.named(_("这一次的规则"), festival.rules)] if festival.rules else []
    bounds = cards.sub(bounds_words(festival))
    return cards.card(*own, cards.named(_("怎么算"), text), bounds, kind="g-after")


def bounds_words(festival: Festival) -> str:
    """Until when sightings are taken in, and when the result is known."""
    pattern = _("M 月 d 日")
    frozen = festival.freezes_at.date()
    return _("{upload} 24 点以前交上来的才算；核实到 {frozen} 0 点，结果就定了。").format(
        upload=written(festival.last_upload, pattern), frozen=written(frozen, pattern)
    )
