"""The boards of green points as markup: rank, name, bar, two numbers; how it is counted."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from markupsafe import Markup

from observations.actions.counting import SELF_REPORT_KG_A_DAY, SELF_REPORT_POINTS_A_DAY
from observations.base.clock import day_of
from observations.base.wording import N_
from observations.occurrences.sighting_points import SIGHTING_POINTS, STEPS
from observations.people.observer import Observer
from observations.places.districts import DISTRICTS
from observations.points.boards import (
    DistrictRow,
    DistrictsBoard,
    ImprovedBoard,
    PeopleBoard,
    TeamsBoard,
    districts_board,
)
from observations.points.confirmation import DAYS, RANKED_FROM, Confirmation
from observations.points.periods import PERIOD_NAMES, Period
from observations.points.standings import Neighbour, Standing
from observations.points.teams import TEAM_KIND_NAMES, TeamKind
from pages.parts import cards
from pages.parts.first_screen import Query, Screen, choices, keyed
from pages.parts.runtime import known_now, store
from pages.parts.wording import _, language

RESIDENTS = {code: district.population_2020 for code, district in DISTRICTS.items()}
BOARDS = {"points": N_("绿点"), "satisfaction": N_("满意度")}
SIDES = {
    "district": N_("区县"),
    "person": N_("个人"),
    "team": N_("队伍"),
    "improved": N_("进步"),
}
PERIODS = {
    Period.WEEK: N_("周榜"),
    Period.MONTH: N_("月榜"),
    Period.QUARTER: N_("季榜"),
    Period.YEAR: N_("年榜"),
    Period.ALL: N_("总榜"),
}
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


def screen(query: Query) -> Screen:
    """The board of districts of a period; of the other boards their place in the choices."""
    choice = {key: value for key, value in query.items() if key in ("board", "by", "period")}
    parts = [cards.title(_("榜单")), _choices(choice, "board", BOARDS, "points")]
    if choice.get("board", "points") == "points":
        periods = {period.value: word for period, word in PERIODS.items()}
        parts += [
            _choices(choice, "by", SIDES, "district"),
            _choices(choice, "period", periods, Period.MONTH.value),
        ]
        if choice.get("by", "district") == "district":
            parts += _districts(choice.get("period", ""))
    return Screen(keyed("narrow", *parts))


def _choices(query: Query, key: str, names: Mapping[str, str], usual: str) -> Markup:
    return choices("boards", query, key, {code: _(name) for code, name in names.items()}, usual)


def _districts(code: str) -> list[Markup]:
    period = Period(code) if code in set(Period) else Period.MONTH
    board = districts_board(store(), period, day_of(known_now()), RESIDENTS)
    return [reading()] if board.is_empty else [by_district(board, None), reading()]


def by_district(board: DistrictsBoard, observer: Observer | None) -> Markup:
    """Every district, the highest for its size first."""
    top = max(max(row.per_thousand for row in board.rows), 0.0)
    home = observer.home_district if observer else None
    rows = [_district(row, top, row.district == home) for row in board.rows]
    head = cards.heading(_("各区每千人绿点"), _mark(board.is_demo))
    table = _table(_("各区县市每千人的绿点"), _("区县市"), _("每千人"), rows)
    source = _("按 2020 年第七次人口普查的常住人口折算。不住杭州的不计入。")
    whose = _(
        "只算确认过的人：有一次核实过的遇见或照片，用过现场码，或者在 {days} 个日子里有绿点。"
        "确认之前得到的也一起算。不到 {people} 人的区县不排名。"
        "绿点记给得到它那时住的区县；搬了家，往后的记给新的地方，过去的榜不变。"
    ).format(days=DAYS, people=RANKED_FROM)
    return cards.card(head, table, SOURCE.format(source), SOURCE.format(whose))


def _district(row: DistrictRow, top: float, is_mine: bool) -> Markup:
    name = DISTRICTS[row.district].name(language())
    people = _("{count} 人").format(count=f"{row.people:,}")
    if row.people and row.lacks:
        people = _("{people}，再有 {lacks} 人就排名").format(people=people, lacks=row.lacks)
    bar = cards.bar(row.per_thousand / top if top else 0.0)
    rank = ("", row.rank) if row.rank else NO_RANK
    figures = _rate(row.per_thousand), waits(row.waiting)
    return ROW.format(MINE if is_mine else "", *rank, name, people, bar, *figures)


def not_yet_counted(confirmation: Confirmation) -> Markup:
    """To a visitor whom the board of districts does not count yet: what would confirm them."""
    text = _(
        "你的绿点都在账上，只是区县榜还没有算进去：有一次核实过的遇见、一张核实过的照片，"
        "用一个现场码，或者再有 {days} 个有绿点的日子，就算，以前的也一起算。"
    )
    return cards.note(text.format(days=DAYS - confirmation.days), tag="p")


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
    table = _table(_("比自己过去最好的一段多得的绿点"), _("昵称"), _("多了"), rows)
    note = _(
        "{days}，和自己过去一年里最好的同样一段比（按年看，是过去四年）；最多按翻一番算。"
        "前面有过两段绿点，从第三段起才比；还没过完的时间不比。"
        "名次按所有人算：空着的名次，是不写昵称的人。"
    ).format(days=days)
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
        "一次核实过的遇见 {points} 绿点，附照片并核实过的行动得全额，"
        "自己填报的行动得一半，每天每月有上限。"
        "“已确认”是账上的绿点，名次只按它排；“待核”在等工作人员看，采用了才算。都记在交来的那一天。"
        "决定被撤回，绿点也撤回。一周从星期一算起，按北京时间。"
    )
    head = cards.named(_("绿点怎么算"), text.format(points=SIGHTING_POINTS))
    return cards.card(head, cards.sub(_by_word()), cards.sub(_by_day()), kind="g-after")


def _by_word() -> str:
    text = _(
        "自己填报的按做的那一天算，一天合起来最多 {points} 绿点、{kilograms} 千克，补记也一样。"
    )
    return text.format(points=SELF_REPORT_POINTS_A_DAY, kilograms=SELF_REPORT_KG_A_DAY)


def _by_day() -> str:
    (whole, points), (fewer, less), (last, least) = STEPS
    text = _(
        "遇见也按天算：前 {whole} 次每次 {points}，再 {fewer} 次每次 {less}，"
        "再 {last} 次每次 {least}，更多的照样收下，不再加绿点。"
        "哪一天，看照片里的时间；时间是手填的，看交来的那一天。"
        "加入了观察节或一次自然走读，在它的日子和地方遇见、时间和地点由手机记下的，"
        "每一种的第一次都记全。"
    )
    return text.format(whole=whole, points=points, fewer=fewer, less=less, last=last, least=least)
