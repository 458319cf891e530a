"""The satisfaction board: a tab of /boards."""

from math import ceil, floor

import streamlit as st
from markupsafe import Markup

from observations.places.districts import DISTRICTS
from observations.satisfaction.asking import board_of
from observations.satisfaction.board import Board, DistrictRow
from observations.satisfaction.dimensions import NAMES, RANKED, Dimension
from observations.satisfaction.estimates import SHOWN_FROM, Estimate
from observations.satisfaction.official import DIMENSION_NAMES, PROVINCE, TOTAL, OfficialScore
from observations.satisfaction.ranking import RANKED_FROM, RankRange
from observations.satisfaction.waves import Wave
from pages.parts import cards
from pages.parts.runtime import store
from pages.parts.session import visitor
from pages.parts.wording import _, language

CITY = "330100"
AXIS_STEP = 5
RANK = Markup('<span class="g-rank">{}</span>')
CHINESE = Markup('<span lang="zh">{}</span>')
SCORE = Markup("<b>{}</b><small>{}</small>")
TOO_FEW = Markup(
    '<div class="g-row g-few"><span class="g-rank few" aria-hidden="true">—</span>'
    '<div class="g-grow"><b>{}</b><p class="g-sub">{}</p></div></div>'
)


def draw() -> None:
    """Draw the board of the wave that is chosen, the latest unless another is."""
    waves = store().satisfaction.waves()
    if not waves:
        _invite()
    else:
        wave = _chosen(waves)
        board = board_of(store(), wave, list(DISTRICTS))
        cards.show(_ranking(board, _home()))
        _dimensions(board)
    cards.show(_reading(), _official(store().satisfaction.official_scores()))


def wave_name(wave: Wave) -> str:
    """Return a wave in the visitor's words."""
    return _("{year} 年第 {quarter} 季度").format(year=wave.year, quarter=wave.quarter)


def place_name(code: str) -> str:
    """Return a district's name in the visitor's language; the whole city has one too."""
    return DISTRICTS[code].name(language()) if code in DISTRICTS else _("全市")


def _home() -> str:
    observer = visitor().observer
    return (observer.home_district or "") if observer else ""


def _invite() -> None:
    cards.show(
        cards.empty(
            "rate",
            _("这一季还没有人评分"),
            _("住在杭州，就可以给自己的区打分，约一分钟。满 30 份回答，就开始排名。"),
            Markup("<p>{}</p>").format(cards.button(_("去评分"), "/satisfaction")),
        )
    )


def _chosen(waves: list[Wave]) -> Wave:
    """Return the wave of ``?wave=2026Q4``, else the latest; a choice is kept in the address."""
    names = {wave.wave_id: wave_name(wave) for wave in waves}
    if len(waves) == 1:
        return waves[0]
    asked = st.query_params.get("wave")
    wave_id = st.selectbox(
        _("季度"),
        list(names),
        index=list(names).index(asked) if asked in names else 0,
        format_func=names.__getitem__,
        key="board_wave",
    )
    if wave_id != (asked or waves[0].wave_id):
        st.query_params["wave"] = wave_id
    return Wave.named(wave_id)


# The ranking


def _ranking(board: Board, home: str) -> Markup:
    lines = Markup("").join(_too_few(row) for row in board.unranked if row.overall)
    table = _table(board, home) if board.ranked else Markup("")
    return cards.card(_head(board), table, lines, _withheld(board))


def _head(board: Board) -> Markup:
    city = board.city.get(RANKED)
    answers = _("{count} 份回答").format(count=f"{city.n:,}") if city else _("回答还太少")
    marks = cards.demo_mark() if board.is_demo else Markup("")
    words = Markup("<span>{} · {}</span>").format(wave_name(board.wave), answers)
    unofficial = Markup('<span class="g-demo">{}</span>').format(_("非官方"))
    return Markup('<div class="g-row g-wrap">{}{}{}</div>').format(marks, unofficial, words)


def _table(board: Board, home: str) -> Markup:
    whole = (
        '<table class="g-board g-ivs"><caption class="g-sr">{}</caption>{}<tbody>{}</tbody></table>'
    )
    low, high = _axis(board)
    caption = _("{wave}各区县市总体满意度：可能的名次、95% 区间、得分").format(
        wave=wave_name(board.wave)
    )
    city = board.city[RANKED].mean
    body = [_ranked(row, city, (low, high), row.district == home) for row in board.ranked]
    return Markup(whole).format(caption, _table_head(low, city, high), Markup("").join(body))


def _axis(board: Board) -> tuple[int, int]:
    """Return the ends of the axis that all intervals of the board lie on, multiples of five."""
    shown = [row.overall for row in board.ranked if row.overall]
    low = floor(min(e.low for e in shown) / AXIS_STEP) * AXIS_STEP
    high = ceil(max(e.high for e in shown) / AXIS_STEP) * AXIS_STEP
    return low, max(high, low + AXIS_STEP)


def _table_head(low: int, city: float, high: int) -> Markup:
    whole = (
        '<thead><tr><th scope="col">{}</th>'
        '<th scope="col"><span class="g-axis"><span>{}</span><span>{}</span><span>{}</span></span>'
        '</th><th scope="col">{}</th></tr></thead>'
    )
    middle = _("全市 {score}").format(score=f"{city:.1f}")
    return Markup(whole).format(_("可能的名次"), low, middle, high, _("得分"))


def _ranked(row: DistrictRow, city: float, axis: tuple[int, int], is_mine: bool) -> Markup:
    whole = (
        '<tr{}><th scope="row"><span class="g-row">{}<span>{}</span></span></th>'
        '<td>{}</td><td class="g-num">{}</td></tr>'
    )
    shown = _overall(row)
    mine = Markup(' class="mine"') if is_mine else ""
    rank = RANK.format(_rank(row.ranks)) if row.ranks else ""
    band = cards.interval(shown.low, shown.mean, shown.high, city, *axis)
    name = Markup("{}<small>{}</small>").format(place_name(row.district), _people(shown))
    if is_mine:
        name += Markup("<small>{}</small>").format(_("你住这里"))
    return Markup(whole).format(mine, rank, name, band, _score(shown))


def _people(shown: Estimate) -> str:
    return _("{count} 份").format(count=f"{shown.n:,}")


def _score(shown: Estimate) -> Markup:
    return SCORE.format(f"{shown.mean:.1f}", f"{shown.low:.1f}–{shown.high:.1f}")


def _overall(row: DistrictRow) -> Estimate:
    return row.estimates[RANKED]


def _rank(ranks: RankRange) -> str:
    return str(ranks.best) if ranks.best == ranks.worst else f"{ranks.best}–{ranks.worst}"


def _too_few(row: DistrictRow) -> Markup:
    shown = _overall(row)
    text = _(
        "只有 {count} 份回答，不够排名。再有 {missing} 份就能上榜。得分 {score}（{low}–{high}）。"
    )
    words = text.format(
        count=shown.n,
        missing=row.missing,
        score=f"{shown.mean:.1f}",
        low=f"{shown.low:.1f}",
        high=f"{shown.high:.1f}",
    )
    return TOO_FEW.format(place_name(row.district), words)


def _withheld(board: Board) -> Markup:
    names = [place_name(row.district) for row in board.unranked if not row.overall]
    if not names:
        return Markup("")
    words = _("回答不到 {count} 份，先不公布，免得猜出是谁答的。").format(count=SHOWN_FROM)
    return TOO_FEW.format(_("、").join(names), words)


# One place, all seven dimensions


def _dimensions(board: Board) -> None:
    home = _home()
    places = [CITY, *([home] if home in DISTRICTS else []), *(d for d in DISTRICTS if d != home)]
    with st.container(key="card_dimensions"):
        cards.show(cards.heading(_("七个方面")))
        code = st.selectbox(_("看哪里"), places, format_func=place_name, key="place")
        shown = board.city if code == CITY else _row_of(board, code).estimates
        rows = [_dimension(dimension, shown.get(dimension), board) for dimension in Dimension]
        cards.show(_dimension_table(place_name(code), rows))


def _row_of(board: Board, district: str) -> DistrictRow:
    return next(row for row in board.rows if row.district == district)


def _dimension_table(place: str, rows: list[Markup]) -> Markup:
    whole = (
        '<table class="g-board g-ivs"><caption class="g-sr">{}</caption><thead><tr>'
        '<th scope="col">{}</th><th scope="col"><span class="g-axis"><span>0</span>'
        '<span>100</span></span></th><th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>'
        '<p class="g-src">{}</p>'
    )
    caption = _("{place}七个方面的得分和 95% 区间").format(place=place)
    note = _("虚线是全市。每人一份，每份一样重。")
    body = Markup("").join(rows)
    return Markup(whole).format(caption, _("方面"), _("得分"), body, note)


def _dimension(dimension: Dimension, shown: Estimate | None, board: Board) -> Markup:
    whole = '<tr><th scope="row">{}<small>{}</small></th><td>{}</td><td class="g-num">{}</td></tr>'
    name = _(NAMES[dimension])
    if shown is None:
        few = _("不到 {count} 份").format(count=SHOWN_FROM)
        return Markup(whole).format(name, few, "", "—")
    city = board.city[dimension].mean if dimension in board.city else shown.mean
    band = cards.interval(shown.low, shown.mean, shown.high, city)
    return Markup(whole).format(name, _people(shown), band, _score(shown))


# What the figures mean, and the official survey beside them


def _reading() -> Markup:
    text = _(
        "圆点是得分，色带是 95% 区间。两区的色带重叠，就分不出高下，所以名次写成范围。"
        "1 到 5 的回答换算成 0 到 100 分再取平均；排名只看“总体”一题，因为七个方面各该占多少，"
        "没有公开的依据，让每个人自己掂量最公道。少于 {ranked} 份不排名，少于 {shown} 份不公布。"
    ).format(ranked=RANKED_FROM, shown=SHOWN_FROM)
    caution = _("这是本应用自己的季度问卷，愿意答的人答，不是随机抽样，也不是省里的年度调查。")
    whole = Markup('<b>{}</b><p class="g-sub">{}</p><p class="g-sub">{}</p>')
    return cards.card(whole.format(_("怎么看这张榜"), text, caution), kind="g-after")


def _official(scores: list[OfficialScore]) -> Markup:
    if not scores:
        return Markup("")
    year = scores[0].year
    latest = [score for score in scores if score.year == year]
    latest.sort(key=lambda score: (score.scope, score.dimension != TOTAL))
    lines = [_published(score) for score in latest]
    method = _(
        "全省的年度调查另算：每年秋天一次，随机电话访问，由省统计局民生民意调查中心完成。"
        "题目和算法与这里不同，两边的分数不能放在一起比。杭州全市的得分没有查到公开数字。"
    )
    head = _("省里的年度调查（{year} 年）").format(year=year)
    whole = Markup('<b>{}</b><ul class="g-list">{}</ul><p class="g-sub">{}</p>')
    return cards.card(whole.format(head, Markup("").join(lines), method), kind="g-after")


def _published(score: OfficialScore) -> Markup:
    whole = (
        '<li><span class="g-grow">{} · {}<br><span class="g-sub">{}</span></span>'
        '<b class="g-num">{}</b></li>'
    )
    place = _("浙江省") if score.scope == PROVINCE else place_name(score.scope)
    source = Markup(_("来源：{source}")).format(source=CHINESE.format(score.source))
    return Markup(whole).format(place, _(DIMENSION_NAMES[score.dimension]), source, score.score)
