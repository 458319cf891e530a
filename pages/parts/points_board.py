"""The boards of green points: a tab of /boards."""

from datetime import date

from markupsafe import Markup

from observations.log.clock import day_of, now_utc
from observations.people.observer import Observer
from observations.places.districts import DISTRICTS
from observations.points.boards import (
    DistrictRow,
    DistrictsBoard,
    PeopleBoard,
    districts_board,
    people_board,
    standing_of,
)
from observations.points.periods import PERIOD_NAMES, Period
from observations.points.standings import PersonRow, Standing
from pages.parts import board_question, cards
from pages.parts.runtime import store
from pages.parts.session import visitor
from pages.parts.url_choice import url_choice
from pages.parts.wording import _, language

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}
TABLE = Markup(
    '<table class="g-board"><caption class="g-sr">{}</caption><thead><tr><th scope="col">{}</th>'
    '<th scope="col">{}</th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
)
ROW = Markup(
    '<tr{}><th scope="row"><span class="g-row"><span class="g-rank {}">{}</span>'
    '<span>{}<small>{}</small></span></span></th><td>{}</td><td class="g-num"><b>{}</b></td></tr>'
)
MINE = Markup(' class="mine"')
NO_RANK = ("few", "—")


def draw() -> None:
    """Draw both boards of the period that is chosen, and the visitor's own place."""
    period, today = _chosen(), day_of(now_utc())
    districts = districts_board(store(), period, today, RESIDENTS)
    people = people_board(store(), period, today)
    observer = visitor().observer
    is_quiet = districts.is_empty and not people.rows
    if observer:
        is_quiet &= not _own_place(observer, period, today)
    if is_quiet:
        _invite(period)
    else:
        cards.show(_by_district(districts, observer), _by_person(people, observer))
    cards.show(_reading())


def _chosen() -> Period:
    names = {period.value: _(PERIOD_NAMES[period]) for period in Period}
    return Period(url_choice(_("时间段"), names, "period", Period.MONTH.value))


# The visitor's own place


def _own_place(observer: Observer, period: Period, today: date) -> bool:
    """Draw it; whether the visitor has any points."""
    own = standing_of(store(), observer.observer_id, period, today)
    cards.show(_place(own, observer, period))
    if observer.on_boards is None and store().points.balance_of(observer.observer_id) > 0:
        board_question.ask_name(observer)
    return own.rank is not None


def _place(own: Standing, observer: Observer, period: Period) -> Markup:
    whole = '<div class="g-row"><div class="g-grow"><b>{}</b><p class="g-sub">{}</p></div>{}</div>'
    name = _(PERIOD_NAMES[period])
    if own.rank is None:
        head = _("{period}还没有绿点").format(period=name)
        return cards.card(Markup(whole).format(head, _("记一次遇见或一件小事，就有了。"), ""))
    head = _("你在{period}排第 {rank} 位").format(period=name, rank=own.rank)
    among = _("共 {count} 人有绿点。").format(count=f"{own.people:,}")
    hidden = "" if observer.on_boards else _("榜上没有写你的昵称，只有你看得到这一行。")
    badge = cards.points(own.points, worded=False)
    return cards.card(Markup(whole).format(head, among + hidden, badge))


# The two boards


def _by_district(board: DistrictsBoard, observer: Observer | None) -> Markup:
    top = max(max(row.per_thousand for row in board.rows), 0.0)
    home = observer.home_district if observer else None
    rows = [_district(row, top, row.district == home) for row in board.rows]
    caption = _("各区县市每千人的绿点")
    head = cards.heading(_("各区每千人绿点"), cards.demo_mark() if board.is_demo else "")
    table = TABLE.format(caption, _("区县市"), _("绿点"), _("每千人"), Markup("").join(rows))
    source = _("按 2020 年第七次人口普查的常住人口折算，绿点记在每个人住的区。不住杭州的不计入。")
    return cards.card(head, table, Markup('<p class="g-src">{}</p>').format(source))


def _district(row: DistrictRow, top: float, is_mine: bool) -> Markup:
    name = DISTRICTS[row.district].name(language())
    people = _("{count} 人").format(count=f"{row.people:,}")
    bar = cards.bar(row.per_thousand / top if top else 0.0)
    rank = ("", row.rank) if row.rank else NO_RANK
    return ROW.format(MINE if is_mine else "", *rank, name, people, bar, _rate(row.per_thousand))


def _rate(per_thousand: float) -> str:
    if not per_thousand:
        return "0"
    return f"{per_thousand:.1f}" if per_thousand >= 1 else f"{per_thousand:.2f}"


def _by_person(board: PeopleBoard, observer: Observer | None) -> Markup:
    mark = cards.demo_mark() if board.is_demo else ""
    head = cards.heading(_("每个人的绿点"), mark)
    if not board.rows:
        none = _("还没有人愿意写上昵称。名次照样算，每个人看得到自己的。")
        text = Markup('<p class="g-sub">{}</p>').format(none)
        return cards.card(head, text, kind="g-after")
    top = max(row.points for row in board.rows)
    own = observer.observer_id if observer else None
    rows = [_person(row, top, row.observer_id == own) for row in board.rows]
    caption = _("愿意写上昵称的人和他们的绿点")
    table = TABLE.format(caption, _("昵称"), _("绿点"), _("合计"), Markup("").join(rows))
    note = _("只列愿意写上昵称的人，名次按所有人算；绿点一样多的同名次。")
    return cards.card(head, table, Markup('<p class="g-src">{}</p>').format(note), kind="g-after")


def _person(row: PersonRow, top: int, is_mine: bool) -> Markup:
    you = _("你") if is_mine else ""
    mine, bar = MINE if is_mine else "", cards.bar(row.points / top)
    return ROW.format(mine, "", row.rank, row.nickname, you, bar, f"{row.points:,}")


# Nobody yet, and how it is counted


def _invite(period: Period) -> None:
    text = _("记下第一次遇见，或者一件小事，这里就有了第一行。")
    buttons = Markup("<p>{}&ensp;{}</p>").format(
        cards.button(_("去记录"), "/record"), cards.button(_("记一件小事"), "/action", quiet=True)
    )
    head = _("{period}的榜还空着").format(period=_(PERIOD_NAMES[period]))
    cards.show(cards.empty("blossom", head, text, buttons))


def _reading() -> Markup:
    text = _(
        "一次核实过的遇见 5 绿点，附照片并核实过的行动得全额，自己填报的行动得一半，一天有上限。"
        "决定被撤回，绿点也撤回。一周从星期一算起，按北京时间。"
    )
    whole = Markup('<b>{}</b><p class="g-sub">{}</p>')
    return cards.card(whole.format(_("绿点怎么算"), text), kind="g-after")
