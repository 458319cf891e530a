"""Names of waves, places and questions in the visitor's language."""

from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import (
    NAMES,
    SUBTOTAL_NAMES,
    SUBTOTALS,
    Dimension,
    Subtotal,
)
from observations.satisfaction.figures.board import Asked, Board
from observations.satisfaction.official import PROVINCE
from observations.satisfaction.waves import Wave
from pages.parts.wording import _, language


def wave_name(wave: Wave) -> str:
    """The wave's name in the visitor's language."""
    return _("{year} 年第 {quarter} 季度").format(year=wave.year, quarter=wave.quarter)


def place_name(code: str) -> str:
    """The name of a district, of the city or of the province in the visitor's language."""
    if code in DISTRICTS:
        return DISTRICTS[code].name(language())
    return _("浙江省") if code == PROVINCE else _("全市")


def asked_name(question: Asked) -> str:
    """The name of a question, or of a subtotal of several."""
    return _(SUBTOTAL_NAMES[question] if isinstance(question, Subtotal) else NAMES[question])


def asked_in(board: Board) -> list[Asked]:
    """The figures that a board has: the whole first, then subtotals, then questions.

    A board without any figure gets every question.
    """
    questions = {
        question for row in board.rows for question in (*row.estimates, *row.declared)
    } | set(board.city)
    order: list[Asked] = [Dimension.OVERALL, *SUBTOTALS, *list(Dimension)[:-1]]
    return [question for question in order if question in questions] or list(Dimension)
