"""The boards of green points as markup: rank, name, bar, two numbers; how it is counted."""

from collections.abc import Sequence
from uuid import UUID

from markupsafe import Markup

from observations.people.observer import Observer
from observations.places.districts import DISTRICTS
from observations.points.boards import (
    DistrictRow,
    DistrictsBoard,
    ImprovedBoard,
    PeopleBoard,
    TeamsBoard,
)
from observations.points.periods import PERIOD_NAMES, Period
from observations.points.standings import Neighbour, Standing
from observations.points.teams import TEAM_KIND_NAMES, TeamKind
from pages.parts import cards
from pages.parts.wording import _, language

TABLE = Markup(
    '<table class="g-board"><caption class="g-sr">{}</caption><thead><tr><th scope="col">{}</th>'
    '<th scope="col"><span class="g-sr">{}</span></th><th scope="col">{}</th></tr></thead>'
    "<tbody>{}</tbody></table>"
)
ROW = Markup(
    '<tr{}><th scope="row"><span class="g-row"><span class="g-rank {}">{}</span>'
    "<span>{}<small>{}</small></span></span></th><td>{}</td>"
    '<td class="g-num"><b>{}</b><small>{}</small></td></tr>'
)
SOURCE = Markup('<p class="g-src">{}</p>')
MINE = Markup(' class="mine"')
NO_RANK = ("few", "—")
SMALLEST_RATE = 0.01


def by_district(board: DistrictsBoard, observer: Observer | None) -> Markup:
    """Every district, the highest for its size first."""
    top = max(max(row.per_thousand for row in board.rows), 0.0)
    home = observer.home_district if observer else None
    rows = [_district(row, top, row.district == home) for row in board.rows]
    head = cards.heading(_("各区每千人绿点"), _mark(board.is_demo))
    table = _table(_("各区县市每千人的绿点"), _("区县市"), _("每千人"), rows)
    source = _("按 2020 年第七次人口普查的常住人口折算，绿点记在每个人住的区。不住杭州的不计入。")
    return cards.card(head, table, SOURCE.format(source))


def _district(row: DistrictRow, top: float, is_mine: bool) -> Markup:
    name = DISTRICTS[row.district].name(language())
    people = _("{count} 人").format(count=f"{row.people:,}")
    bar = cards.bar(row.per_thousand / top if top else 0.0)
    rank = ("", row.rank) if row.rank else NO_RANK
    figures = _rate(row.per_thousand), waits(row.waiting)
    return ROW.format(MINE if is_mine else "", *rank, name, people, bar, *figures)


def _rate(per_thousand: float) -> str:
    if not per_thousand:
        return "0"
    if per_thousand < SMALLEST_RATE:
        return f"<{SMALLEST_RATE}"  # a nought would not tell it from nothing
    return f"{per_thousand:.1f}" if per_thousand >= 1 else f"{per_thousand:.2f}"


def by_person(board: PeopleBoard, observer: Observer | None) -> Markup:
    """The people who agreed to be named."""
    head = cards.heading(_("每个人的绿点"), _mark(board.is_demo))
    if not board.rows:
        none = _("还没有人愿意写上昵称。名次照样算，每个人看得到自己的。")
        return cards.card(head, cards.sub(none), kind="g-after")
    top = max(row.points for row in board.rows)
    own = observer.observer_id if observer else None
    rows = [
        _line(r.rank, r.nickname, r.points, top, waits(r.waiting), r.observer_id == own)
        for r in board.rows
    ]
    table = _table(_("愿意写上昵称的人和他们的绿点"), _("昵称"), _("已确认"), rows)
    note = _("只列愿意写上昵称的人，名次按所有人算；绿点一样多的同名次。")
    return cards.card(head, table, SOURCE.format(note), kind="g-after")


def by_team(board: TeamsBoard, own: UUID | None) -> Markup:
    """Teams, each with its kind and its number of members."""
    top = max(row.points for row in board.rows)
    rows = []
    for row in board.rows:
        kind = _(TEAM_KIND_NAMES[TeamKind(row.kind)])
        small = _("{kind} · {count} 人").format(kind=kind, count=f"{row.people:,}")
        mine, bar = MINE if row.team_id == own else "", cards.bar(row.points / top)
        figures = f"{row.points:,}", waits(row.waiting)
        rows.append(ROW.format(mine, "", row.rank, row.name, small, bar, *figures))
    head = cards.heading(_("队伍的绿点"), _mark(board.is_demo))
    table = _table(_("各队的绿点"), _("队伍"), _("已确认"), rows)
    note = _("队员在队时得到的绿点算给队里；离队以后，以前的仍留在队里。")
    return cards.card(head, table, SOURCE.format(note))


def by_gain(board: ImprovedBoard, observer: Observer | None) -> Markup:
    """Those who gained most in the last whole period."""
    top = max(row.gain for row in board.rows)
    own = observer.observer_id if observer else None
    rows = []
    for r in board.rows:
        small = _("{points} 绿点").format(points=f"{r.points:,}")
        mine, bar = MINE if r.observer_id == own else "", cards.bar(r.gain / top)
        rows.append(ROW.format(mine, "", r.rank, r.nickname, small, bar, f"+{r.gain:,}", ""))
    days = _("{first} 至 {last}").format(first=board.span.first, last=board.span.last)
    head = cards.heading(_("进步最大"), _mark(board.is_demo))
    table = _table(_("比前一段时间多得的绿点"), _("昵称"), _("多了"), rows)
    note = _("{days}，和再前面同样一段相比。还没过完的时间不比。").format(days=days)
    return cards.card(head, table, SOURCE.format(note))


def by_neighbour(near: Sequence[Neighbour], observer: Observer) -> Markup:
    """The visitor's own line with the lines directly above and below."""
    top, own = max(row.points for row in near), observer.observer_id
    rows = [
        _line(r.rank, _near_name(r, observer), r.points, top, "", r.observer_id == own)
        for r in near
    ]
    table = _table(_("你和前后几位的绿点"), _("昵称"), _("已确认"), rows)
    return cards.card(cards.heading(_("你的前后")), table)


def _near_name(row: Neighbour, observer: Observer) -> str:
    if row.observer_id == observer.observer_id:
        return observer.nickname
    return row.nickname or _("一位同行的人")


def waits(points: int) -> str:
    """The second number: points that wait for verification."""
    return _("待核 {points}").format(points=f"{points:,}")


def _line(rank: int, name: str, points: int, top: int, small: str, is_mine: bool) -> Markup:
    you = _("你") if is_mine else ""
    mine, bar = MINE if is_mine else "", cards.bar(points / top)
    return ROW.format(mine, "", rank, name, you, bar, f"{points:,}", small)


def _table(caption: str, first: str, last: str, rows: Sequence[Markup]) -> Markup:
    return TABLE.format(caption, first, _("比较"), last, Markup("").join(rows))


def _mark(is_demo: bool) -> Markup:
    return cards.demo_mark() if is_demo else cards.NOTHING


def own_place(own: Standing, observer: Observer, period: Period) -> Markup:
    """The visitor's place, also if the board does not name them."""
    name = _(PERIOD_NAMES[period])
    waits = _("另有 {points} 绿点在等核实。").format(points=own.waiting) if own.waiting else ""
    if own.rank is None:
        head = _("{period}还没有绿点").format(period=name)
        text = waits or _("记一次遇见或一件小事，就有了。")
        return cards.card(cards.row(head, text))
    head = _("你在{period}排第 {rank} 位").format(period=name, rank=own.rank)
    among = _("共 {count} 人有绿点。").format(count=f"{own.people:,}")
    hidden = "" if observer.on_boards else _("榜上没有写你的昵称，只有你看得到这一行。")
    badge = cards.points(own.points, worded=False)
    return cards.card(cards.row(head, " ".join(filter(None, (among, waits, hidden))), badge))


def reading() -> Markup:
    """How green points are counted."""
    text = _(
        "一次核实过的遇见 5 绿点，附照片并核实过的行动得全额，"
        "自己填报的行动得一半，每天每月有上限。"
        "“已确认”是账上的绿点，名次只按它排；“待核”在等工作人员看，采用了才算。都记在交来的那一天。"
        "决定被撤回，绿点也撤回。一周从星期一算起，按北京时间。"
    )
    return cards.card(cards.named(_("绿点怎么算"), text), kind="g-after")
