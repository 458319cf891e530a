"""All districts by all questions: a table whose cells are coloured, every figure readable."""

from bisect import bisect_right

from markupsafe import Markup

from observations.satisfaction.figures.board import Asked, Board, DistrictRow, Figures
from observations.satisfaction.figures.estimates import SHOWN_FROM, Estimate
from pages.parts import cards
from pages.parts.wave_words import asked_in, asked_name, place_name
from pages.parts.wording import _

EDGES = (60, 67.5, 75, 82.5)
"""Points at which the next colour begins: the same in every wave, so that waves compare."""
CELL = Markup('<td class="g-heat c{}">{}</td>')
MARKED = Markup('<td class="g-heat">{}*</td>')
BLANK = Markup('<td class="g-heat"><span aria-label="{}">—</span></td>')
LEGEND = Markup('<span class="g-heat c{}" aria-hidden="true"></span><span>{}</span>')


def heat_map(board: Board) -> Markup:
    """The heat map of the wave; empty where no district has a figure."""
    rows = [row for row in board.rows if row.estimates or row.declared]
    if not rows:
        return Markup("")
    questions = asked_in(board)
    tops = Markup("").join(
        Markup('<th scope="col">{}</th>').format(asked_name(a)) for a in questions
    )
    lines = [
        _line(place_name(row.district), row.estimates, row.declared, questions)
        for row in _by_code(rows)
    ]
    city = _line(_("全市"), board.city, board.city_declared, questions)
    whole = (
        '<div class="g-wide" tabindex="0" role="region" aria-label="{}">'
        '<table class="g-board g-heats"><caption class="g-sr">{}</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table></div>'
    )
    table = Markup(whole).format(
        _("各区县市逐项得分，可以左右滑动"),
        _("各区县市逐项得分"),
        _("区县市"),
        tops,
        Markup("").join([city, *lines]),
    )
    return cards.card(
        cards.heading(_("一眼看全"), _("0 到 100 分")), table, _legend(), kind="g-after"
    )


def _by_code(rows: list[DistrictRow]) -> list[DistrictRow]:
    return sorted(rows, key=lambda row: row.district)


def _line(name: str, proven: Figures, declared: Figures, questions: list[Asked]) -> Markup:
    cells = Markup("").join(_cell(proven.get(a), declared.get(a)) for a in questions)
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(name, cells)


def _cell(shown: Estimate | None, declared: Estimate | None) -> Markup:
    """The proven figure in its colour; without one that of all answers, marked and uncoloured."""
    if shown is not None:
        return CELL.format(1 + bisect_right(EDGES, shown.mean), f"{shown.mean:.0f}")
    if declared is not None:
        return MARKED.format(f"{declared.mean:.0f}")
    return BLANK.format(_("不到 {count} 份").format(count=SHOWN_FROM))


def _legend() -> Markup:
    ends = [f"<{EDGES[0]:g}", *(f"{low:g}" for low in EDGES)]
    marks = Markup("").join(LEGEND.format(k, text) for k, text in enumerate(ends, 1))
    note = _("颜色从这个分数开始；* 自己说的也算，不比；— 是回答太少，不公布。")
    return Markup('<p class="g-src g-heat-legend">{}<span>{}</span></p>').format(marks, note)
