"""The home page's sections as markup: the question, what is new, the city's figures, stories."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from observations.base.clock import day_of
from observations.base.wording import N_
from observations.campaigns.days import next_day
from observations.festivals.festival import Festival
from observations.occurrences.occurrence import PublicOccurrence
from observations.surveys.figures import SOURCE, figures
from pages.parts import cards, site, ways
from pages.parts.cards import NOTHING
from pages.parts.dates import day_words, written
from pages.parts.first_screen import Query, Screen, columns, keyed, page_link, stack
from pages.parts.map.cards import sighting_card
from pages.parts.runtime import known_now, store
from pages.parts.wording import _, language

SHOWN = 8  # of the latest records
CALLS = (
    ("record", N_("记录一次遇见"), N_("拍一张照片，约 30 秒")),
    ("action", N_("记一件低碳小事"), N_("地铁、光盘、自带杯，都算")),
)
FISH = "zacco-tiaoxiensis"
MORE_NEW, MORE_FESTIVAL = N_("看它的故事"), N_("去观察节")
MORE_RATING = N_("给环境评分")
COUNTED = (
    ("new_to_science", N_("发现全球新物种"), N_("种")),
    ("new_for_china", N_("中国新记录物种"), N_("种")),
    ("water_quality", N_("市控以上断面水质优于Ⅲ类"), "%"),
    ("beautiful_zhejiang", N_("连续荣获美丽浙江考核优秀"), N_("年")),
)


def screen(_query: Query) -> Screen:
    """What stands on the home page for everybody."""
    today = day_of(known_now())
    coming = store().festivals.current(today)
    return Screen(
        stack(
            keyed("hero", question()),
            keyed("go", *(_call(*call) for call in CALLS)),
            newcomer(),
            ways.look_around(),
            latest(store().occurrences.latest_released(SHOWN), today),
            _festival(coming, today),
            counted(),
            columns(
                [_tap("story", new_species(), f"discoveries?code={FISH}", MORE_NEW)],
                [nature_day(today)],
            ),
            _tap("rate", satisfaction(), "satisfaction", MORE_RATING),
        )
    )


def _festival(coming: Festival | None, today: date) -> Markup:
    if coming is None or is_over(coming, today):
        return NOTHING
    return _tap("festival", festival(coming, today), "festival", MORE_FESTIVAL)


def _tap(key: str, part: Markup, path: str, label: str) -> Markup:
    """A part that leads on wherever it is tapped."""
    return keyed(f"tap_{key}", part, page_link(path, _(label)))


def _call(path: str, call: str, hint: str) -> Markup:
    words = Markup("{} <span>{}</span>").format(_(call), _(hint))
    return keyed(f"go_{path}", page_link(path, words))


def newcomer() -> Markup:
    """Three pictures of what happens here; the style sheet shows them until they are put away."""
    lotus = Markup('<img src="{}" alt="" width="84" height="84">').format(cards.drawing("lotus"))
    spot = Markup('<span class="g-spot">{}</span>').format
    steps = (
        (lotus, _("遇见一朵花、一只鸟，拍下来。认不出也没关系。")),
        (spot(cards.icon("pin")), _("照片会说出时间和地点。珍稀的，别人只看到大致位置。")),
        (spot(cards.seal("verified")), _("核实员看过，它就上了地图，你得绿点。")),
    )
    step = Markup("<li>{}<span>{}</span></li>")
    whole = Markup(
        '<section class="g-card g-three" aria-label="{}">{}<ol>{}</ol>'
        '<button class="g-btn quiet" type="button" data-remember="met">{}</button></section>'
    )
    head = _("第一次来？三步就会")
    return whole.format(
        head,
        cards.heading(head),
        NOTHING.join(step.format(picture, words) for picture, words in steps),
        _("知道了"),
    )


def is_over(current: Festival, today: date) -> bool:
    """Whether its last day has passed."""
    return current.last_day < today


def question() -> Markup:
    """What the city asks of whoever comes by."""
    asked = cards.phrases(*(_(part) for part in site.QUESTION))
    return cards.together(cards.title(asked), Markup("<p>{}</p>").format(_(site.MOTTO)))


def latest(sightings: Sequence[PublicOccurrence], today: date) -> Markup:
    """The latest verified records, or how to send the first."""
    mark = cards.demo_mark() if any(sighting.is_demo for sighting in sightings) else ""
    head = cards.heading(_("新近核实"), mark)
    if not sightings:
        call = cards.button(_("记下第一次遇见"), "/record")
        text = _("去外面走走，拍下第一个遇见的生命。核实以后，它会出现在这里。")
        return cards.together(head, cards.empty("footprint", _("还没有绿迹"), text, call))
    row = [sighting_card(sighting, today) for sighting in sightings]
    return cards.together(head, cards.rail(_("新近核实的遇见"), row))


def counted() -> Markup:
    """The city's figures, with their source."""
    rows = [(_(label), str(figures()[key].value), _(unit)) for key, label, unit in COUNTED]
    return cards.together(cards.heading(_("这座城的自然账")), cards.stats(rows, _(SOURCE)))


def nature_day(today: date) -> Markup:
    """The nature day that comes next."""
    day, when = next_day(today)
    left = (when - today).days
    above = cards.badge(written(when, _("M 月 d 日")), "ok", "festival")
    text = _("还有 {days} 天。").format(days=left) if left else _("就是今天。")
    text += _("约上家里人，出门看看住在附近的生命，也做一件低碳小事。")
    picture = cards.drawing("lotus")
    return cards.story(picture, _("荷花，手绘"), above, day.name(language()), text)


def new_species() -> Markup:
    """The story of a fish that the survey gave a name."""
    above = cards.badge(_("全球新物种 · 2023"), "new", "fish")
    text = _("苕溪鱲住在余杭的苕溪，2023 年才有了正式的名字。")
    picture = cards.drawing("tiaoxi-zacco")
    head = _("苕溪里，一条刚有名字的鱼")
    return cards.story(picture, _("苕溪鱲，手绘"), above, head, text, cards.seal("new"))


def festival(current: Festival, today: date) -> Markup:
    """The festival that runs or comes next."""
    text = _("{first} 至 {last}，和队友一起找找身边的生命，不用账号。").format(
        first=day_words(current.first_day, today), last=day_words(current.last_day, today)
    )
    return cards.invitation("festival", current.name, text)


def satisfaction() -> Markup:
    """The invitation to the satisfaction survey."""
    text = _("空气、水、声音、绿地，十道题，一分钟多。")
    return cards.invitation("rate", _("你住的地方，环境怎么样？"), text)
