"""The satisfaction board: a tab of /boards."""

from collections.abc import Sequence
from math import ceil, floor

import streamlit as st
from markupsafe import Markup

from observations.base.roles import may
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import RANKED
from observations.satisfaction.figures.board import Asked, Board, Change, DistrictRow, with_unsure
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate
from observations.satisfaction.figures.ranking import RANKED_FROM, RankRange
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.publications import last_of, margins_of, public_waves
from observations.satisfaction.wave_steps import open_version
from observations.satisfaction.waves import Wave, wave_of
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.url_choice import url_select
from pages.parts.wave_words import asked_in, asked_name, place_name, wave_name
from pages.parts.wording import _
from pages.visit.boards import heat, method, publication

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
    now = known_now()
    waves = public_waves(store(), now)
    if not waves:
        _invite()
    else:
        cards.show(publication.first_of(wave_of(now), now, waves))
        shown = last_of(store(), _wave(waves))
        board = shown.board(list(DISTRICTS), margins_of(store(), shown))
        cards.show(_ranking(board, shown, _home()))
        cards.show(heat.heat_map(board))
        _dimensions(board)
        cards.show(method.answers(shown), method.made_of(board))
    cards.show(method.reading(), method.publishing())
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
    """The message before the first publication: a link to the form, or the day when it opens."""
    if open_version(store(), known_now()) is None:
        text = _(
            "每季度开放一次，由工作人员打开。开放以后，住在杭州的人给自己的区打分，"
            "一个区有 30 个人证明了住在那里，就开始排名。"
        )
        cards.show(cards.empty("rate", _("第一次评分还没有开放"), text))
        return
    cards.show(
        cards.empty(
            "rate",
            _("这一季正在评，还没有公布"),
            _(
                "住在杭州，就可以给自己的区打分，约一分钟。"
                "一个区有 30 个人证明了住在那里，就开始排名。"
            ),
            publication.first_of(wave_of(known_now()), known_now(), []),
            Markup("<p>{}</p>").format(cards.button(_("去评分"), "/satisfaction")),
        )
    )


def _wave(waves: list[Wave]) -> Wave:
    """The wave of `?wave=2026Q4`, else the latest; a choice is kept in the address."""
    names = {wave.wave_id: wave_name(wave) for wave in waves}
    if len(waves) == 1:
        return waves[0]
    return Wave.named(url_select(_("季度"), names, "wave", waves[0].wave_id))


# The ranking


def _ranking(board: Board, shown: Publication, home: str) -> Markup:
    lines = Markup("").join(_too_few(row, board) for row in board.unranked if _is_shown(row))
    table = _table(board, home) if board.ranked else Markup("")
    when = publication.when(shown, known_now())
    return cards.card(
        _head(board), when, _undecided(board), table, lines, _withheld(board), _how_to_prove()
    )


def _undecided(board: Board) -> Markup:
    """The message where no two districts can be told apart."""
    if not board.is_undecided:
        return Markup("")
    words = _("这一季分不出高下：各区的差别，都在误差里。")
    return cards.note(Markup("<b>{}</b>").format(words), "g-after")


def _head(board: Board) -> Markup:
    city, everybody = board.city.get(RANKED), board.city_declared.get(RANKED)
    answers = _("{count}+ 份有居住证明").format(count=f"{city.n:,}") if city else _("证明还太少")
    marks = cards.demo_mark() if board.is_demo else Markup("")
    change = change_words(board.city_change)
    facts = [wave_name(board.wave), answers, *([change] if change else [])]
    words = Markup("<span>{}</span>").format(" · ".join(facts))
    unofficial = Markup('<span class="g-demo">{}</span>').format(_("非官方"))
    head = Markup('<div class="g-row g-wrap">{}{}{}</div>').format(marks, unofficial, words)
    notes = [_beside_city(everybody), _without(board), _compared(board.city_change)]
    return head + Markup("").join(cards.sub(note) for note in notes if note)


def _beside_city(everybody: Estimate | None) -> str:
    """The city's figure of all answers, which is never compared."""
    if everybody is None:
        return ""
    return _("全市，自己说的也算：{score}（{count}+ 份）。").format(
        score=f"{everybody.mean:.1f}", count=f"{everybody.n:,}"
    )


def _without(board: Board) -> str:
    """Which districts the city's figure is made without."""
    if RANKED not in board.city or not board.outside_city:
        return ""
    return _("全市的数不含{places}：证明还不到 {count} 份。").format(
        places=_places(board.outside_city), count=SHOWN_FROM
    )


def _compared(change: Change | None) -> str:
    """Which districts the city's change does not compare, and what its interval leaves out."""
    if change is None:
        return ""
    same = _("升降只比两季都有数的区；许多人两季都答，实际的误差比 ± 写的小。")
    if not change.left_out:
        return same
    return same + _("这次没有比{places}。").format(places=_places(change.left_out))


def _places(codes: Sequence[str]) -> str:
    return _("、").join(place_name(code) for code in codes)


def _how_to_prove() -> Markup:
    """How a person proves where they live: said wherever ranks are shown."""
    text = _(
        "名次只算证明了住在那里的人。到社区办公室、学校或节日的帐篷领一张居住码，一人一张，"
        "评分时填上；评过了也可以补。"
    )
    return cards.note(cards.named(_("怎样证明你住这里"), text), "g-after")


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
    body = [_ranked(row, count, board, (low, high), row.district == home) for row in board.ranked]
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
    row: DistrictRow, count: int, board: Board, axis: tuple[int, int], is_mine: bool
) -> Markup:
    whole = (
        '<tr{}><th scope="row"><span class="g-row">{}<span>{}</span></span></th>'
        '<td>{}</td><td class="g-num">{}</td></tr>'
    )
    shown = _overall(row)
    mine = Markup(' class="mine"') if is_mine else ""
    rank = RANK.format(rank_words(row.ranks, count)) if row.ranks else ""
    city = board.city[RANKED].mean
    band = cards.interval(shown.low, shown.mean, shown.high, city, *axis)
    name = Markup("{}<small>{}</small>").format(place_name(row.district), _proven(shown))
    if beside := _beside(row.declared.get(RANKED)):
        name += Markup("<small>{}</small>").format(beside)
    if change := change_words(row.change):
        name += Markup("<small>{}</small>").format(change)
    if since := publication.since(row, board):
        name += Markup("<small>{}</small>").format(since)
    if is_mine:
        name += Markup("<small>{}</small>").format(_("你住这里"))
    return Markup(whole).format(mine, rank, name, band, _score(shown))


def _is_shown(row: DistrictRow) -> bool:
    return bool(row.overall or row.declared.get(RANKED))


def _proven(shown: Estimate) -> str:
    return _("{count}+ 份有证明").format(count=f"{shown.n:,}")


def _beside(declared: Estimate | None) -> str:
    """The figure of all answers in words, "" where it is withheld."""
    if declared is None:
        return ""
    return _("自己说的也算：{score}（{count}+ 份）").format(
        score=f"{declared.mean:.1f}", count=f"{declared.n:,}"
    )


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


def _too_few(row: DistrictRow, board: Board) -> Markup:
    """A district without a rank: how many proofs it still takes, and the figures it has."""
    if row.overall:
        proofs = _("{count}+ 份有证明，最多再有 {missing} 份就能上榜。").format(
            count=row.overall.n, missing=row.missing
        )
        shown = row.overall
        proofs += _("得分 {score}（{low}–{high}）。").format(
            score=f"{shown.mean:.1f}", low=f"{shown.low:.1f}", high=f"{shown.high:.1f}"
        )
    else:
        proofs = _("有证明的不到 {count} 份，再有 {missing} 多份就能上榜。").format(
            count=SHOWN_FROM, missing=RANKED_FROM - SHOWN_FROM
        )
    beside = _beside(row.declared.get(RANKED))
    lines = [line for line in (proofs, beside, publication.since(row, board)) if line]
    words = Markup("<br>").join(lines)
    return TOO_FEW.format(cards.named(place_name(row.district), words))


def _withheld(board: Board) -> Markup:
    codes = [row.district for row in board.unranked if not _is_shown(row)]
    if not codes:
        return Markup("")
    words = _("回答不到 {count} 份，先不公布，免得猜出是谁答的。").format(count=SHOWN_FROM)
    return TOO_FEW.format(cards.named(_places(codes), words))


# One place, all questions


def _dimensions(board: Board) -> None:
    home = _home()
    places = [CITY, *([home] if home in DISTRICTS else []), *(d for d in DISTRICTS if d != home)]
    with st.container(key="card_dimensions"):
        cards.show(cards.heading(_("一个地方，逐项看")))
        names = {place: place_name(place) for place in places}
        code = url_select(_("看哪里"), names, "place", CITY)
        row = _row_of(board, code)
        shown = row.estimates if row else board.city
        declared = row.declared if row else board.city_declared
        rows = [
            _dimension(question, shown.get(question), declared.get(question), board, code == CITY)
            for question in asked_in(board)
        ]
        cards.show(_dimension_table(place_name(code), rows))


def _row_of(board: Board, place: str) -> DistrictRow | None:
    """The row of a district; None for the city."""
    return next((row for row in board.rows if row.district == place), None)


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


def _dimension(
    question: Asked,
    shown: Estimate | None,
    declared: Estimate | None,
    board: Board,
    is_city: bool,
) -> Markup:
    whole = '<tr><th scope="row">{}{}</th><td>{}</td><td class="g-num">{}</td></tr>'
    few = _("有证明的不到 {count} 份").format(count=SHOWN_FROM)
    unsure = _unsure(shown, board.unsure.get(question, 0)) if is_city else ""
    notes = [_proven(shown) if shown else few, _beside(declared), unsure]
    small = Markup("").join(Markup("<small>{}</small>").format(note) for note in notes if note)
    if shown is None:
        return Markup(whole).format(asked_name(question), small, "", "—")
    city = board.city[question].mean if question in board.city else shown.mean
    band = cards.interval(shown.low, shown.mean, shown.high, city)
    return Markup(whole).format(asked_name(question), small, band, _score(shown))


def _unsure(shown: Estimate | None, unsure: int) -> str:
    """How many gave no answer, and what they could do to the figure."""
    if shown is None or not unsure:
        return ""
    low, high = with_unsure(shown, unsure)
    return _("说不清的 {count} 份以上：都打 1 分就是 {low}，都打 5 分就是 {high}").format(
        count=unsure, low=f"{low:.1f}", high=f"{high:.1f}"
    )
