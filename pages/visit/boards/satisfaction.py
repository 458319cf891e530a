"""The satisfaction board: a tab of /boards."""

from math import ceil, floor

import streamlit as st
from markupsafe import Markup

from observations.base.roles import may
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import RANKED
from observations.satisfaction.figures.board import Asked, Board, Change, DistrictRow
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate
from observations.satisfaction.figures.ranking import RankRange
from observations.satisfaction.wave_board import board_of
from observations.satisfaction.wave_steps import open_version
from observations.satisfaction.waves import Wave
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wave_words import asked_in, asked_name, place_name, wave_name
from pages.parts.wording import _
from pages.visit.boards import heat, method

CITY = "330100"
AXIS_STEP = 5
RANK = Markup('<span class="g-rank">{}</span>')
SCORE = Markup("<b>{}</b><small>{}</small>")
TOO_FEW = Markup(
    '<div class="g-row g-few"><span class="g-rank few" aria-hidden="true">—</span>'
    '<div class="g-grow">{}</div></div>'
)


def draw() -> None:
    """Draw the board of the wave that is chosen, the latest unless another is."""
    waves = store().satisfaction.waves()
    if not waves:
        _invite()
    else:
        wave = _wave(waves)
        board = board_of(store(), wave, list(DISTRICTS), known_now())
        cards.show(_ranking(board, _home()))
        cards.show(heat.heat_map(board))
        _dimensions(board)
        cards.show(method.answers(wave.wave_id), method.made_of(board))
    cards.show(method.reading())
    cards.show(method.official(store().satisfaction.official_scores()))
    _for_staff()


def _for_staff() -> None:
    person = visitor().person
    if may(person, "answer_concerns"):
        st.page_link("desk/themes/page.py", label=_("看看不满意的，答复他们"), width="stretch")
    if may(person, "run_waves"):
        st.page_link("desk/waves/page.py", label=_("开放或关上评分季"), width="stretch")


def _home() -> str:
    observer = visitor().observer
    return (observer.home_district or "") if observer else ""


def _invite() -> None:
    """The message before the first answer: a link to the form, or the day when it opens."""
    if open_version(store(), known_now()) is None:
        text = _(
            "每季度开放一次，由工作人员打开。开放以后，住在杭州的人给自己的区打分，"
            "满 30 份回答，这里就开始排名。"
        )
        cards.show(cards.empty("rate", _("第一次评分还没有开放"), text))
        return
    cards.show(
        cards.empty(
            "rate",
            _("这一季还没有人评分"),
            _("住在杭州，就可以给自己的区打分，约一分钟。满 30 份回答，就开始排名。"),
            Markup("<p>{}</p>").format(cards.button(_("去评分"), "/satisfaction")),
        )
    )


def _wave(waves: list[Wave]) -> Wave:
    """The wave of `?wave=2026Q4`, else the latest; a choice is kept in the address."""
    names = {wave.wave_id: wave_name(wave) for wave in waves}
    if len(waves) == 1:
        return waves[0]
    from_address = st.query_params.get("wave")
    wave_id = st.selectbox(
        _("季度"),
        list(names),
        index=list(names).index(from_address) if from_address in names else 0,
        format_func=names.__getitem__,
        key="board_wave",
    )
    if wave_id != (from_address or waves[0].wave_id):
        st.query_params["wave"] = wave_id
    return Wave.named(wave_id)


# The ranking


def _ranking(board: Board, home: str) -> Markup:
    lines = Markup("").join(_too_few(row) for row in board.unranked if row.overall)
    table = _table(board, home) if board.ranked else Markup("")
    return cards.card(_head(board), _undecided(board), table, lines, _withheld(board))


def _undecided(board: Board) -> Markup:
    """The message where no two districts can be told apart."""
    if not board.is_undecided:
        return Markup("")
    words = _("这一季分不出高下：各区的差别，都在误差里。")
    return cards.note(Markup("<b>{}</b>").format(words), "g-after")


def _head(board: Board) -> Markup:
    city = board.city.get(RANKED)
    answers = _("{count} 份回答").format(count=f"{city.n:,}") if city else _("回答还太少")
    marks = cards.demo_mark() if board.is_demo else Markup("")
    change = change_words(board.city_change)
    facts = [wave_name(board.wave), answers, *([change] if change else [])]
    words = Markup("<span>{}</span>").format(" · ".join(facts))
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
    count = 0 if board.is_undecided else len(board.ranked)  # then the head says it, once for all
    body = [_ranked(row, count, city, (low, high), row.district == home) for row in board.ranked]
    return Markup(whole).format(caption, _table_head(low, city, high), Markup("").join(body))


def _axis(board: Board) -> tuple[int, int]:
    """The ends of the axis that all intervals of the board share, multiples of five."""
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


def _ranked(
    row: DistrictRow, count: int, city: float, axis: tuple[int, int], is_mine: bool
) -> Markup:
    whole = (
        '<tr{}><th scope="row"><span class="g-row">{}<span>{}</span></span></th>'
        '<td>{}</td><td class="g-num">{}</td></tr>'
    )
    shown = _overall(row)
    mine = Markup(' class="mine"') if is_mine else ""
    rank = RANK.format(rank_words(row.ranks, count)) if row.ranks else ""
    band = cards.interval(shown.low, shown.mean, shown.high, city, *axis)
    name = Markup("{}<small>{}</small>").format(place_name(row.district), _people(shown))
    if change := change_words(row.change):
        name += Markup("<small>{}</small>").format(change)
    if is_mine:
        name += Markup("<small>{}</small>").format(_("你住这里"))
    return Markup(whole).format(mine, rank, name, band, _score(shown))


def _people(shown: Estimate) -> str:
    return _("{count} 份").format(count=f"{shown.n:,}")


def _score(shown: Estimate) -> Markup:
    return SCORE.format(f"{shown.mean:.1f}", f"{shown.low:.1f}–{shown.high:.1f}")


def _overall(row: DistrictRow) -> Estimate:
    return row.estimates[RANKED]


def rank_words(ranks: RankRange, count: int) -> str:
    """A rank in words: 第 3 位, 第 3 至 7 位, or that it is unknown."""
    if ranks.is_open(count):
        return _("分不出高下")
    if ranks.best == ranks.worst:
        return _("第 {best} 位").format(best=ranks.best)
    return _("第 {best} 至 {worst} 位").format(best=ranks.best, worst=ranks.worst)


def change_words(change: Change | None) -> str:
    """How far a mean has moved since the last wave, and half its interval; "" without one."""
    if change is None:
        return ""
    text = _("比上季 {points} ± {margin}")
    half = (change.high - change.low) / 2
    points = round(change.points, 1) + 0.0  # no minus before a nought
    return text.format(points=f"{points:+.1f}", margin=f"{half:.1f}")


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
    return TOO_FEW.format(cards.named(place_name(row.district), words))


def _withheld(board: Board) -> Markup:
    names = [place_name(row.district) for row in board.unranked if not row.overall]
    if not names:
        return Markup("")
    words = _("回答不到 {count} 份，先不公布，免得猜出是谁答的。").format(count=SHOWN_FROM)
    return TOO_FEW.format(cards.named(_("、").join(names), words))


# One place, all questions


def _dimensions(board: Board) -> None:
    home = _home()
    places = [CITY, *([home] if home in DISTRICTS else []), *(d for d in DISTRICTS if d != home)]
    with st.container(key="card_dimensions"):
        cards.show(cards.heading(_("一个地方，逐项看")))
        code = st.selectbox(_("看哪里"), places, format_func=place_name, key="place")
        shown = board.city if code == CITY else _row_of(board, code).estimates
        rows = [_dimension(question, shown.get(question), board) for question in asked_in(board)]
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
    caption = _("{place}逐项的得分和 95% 区间").format(place=place)
    note = _("虚线是全市。")
    body = Markup("").join(rows)
    return Markup(whole).format(caption, _("方面"), _("得分"), body, note)


def _dimension(question: Asked, shown: Estimate | None, board: Board) -> Markup:
    whole = '<tr><th scope="row">{}<small>{}</small></th><td>{}</td><td class="g-num">{}</td></tr>'
    name = asked_name(question)
    if shown is None:
        few = _("不到 {count} 份").format(count=SHOWN_FROM)
        return Markup(whole).format(name, few, "", "—")
    city = board.city[question].mean if question in board.city else shown.mean
    band = cards.interval(shown.low, shown.mean, shown.high, city)
    return Markup(whole).format(name, _people(shown), band, _score(shown))
