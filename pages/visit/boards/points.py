"""The boards of green points: a tab of /boards."""

from datetime import date

from markupsafe import Markup

from observations.base.clock import day_of
from observations.people.observer import Observer
from observations.points.boards import (
    confirmation_of,
    districts_board,
    improved_board,
    neighbours_of,
    people_board,
    standing_of,
    teams_board,
)
from observations.points.periods import PERIOD_NAMES, Period
from observations.points.standings import Neighbour, Standing
from pages.parts import board_question, cards
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.url_choice import url_choice
from pages.parts.wording import _
from pages.visit.boards import first, team


def draw() -> None:
    """Draw the board that is chosen, and the visitor's own place."""
    side = url_choice(
        _("看哪一个榜"), {code: _(name) for code, name in first.SIDES.items()}, "by", "district"
    )
    period, today = _period(side), day_of(known_now())
    observer = visitor().observer
    is_empty = DRAWN[side](period, today, observer)
    if is_empty:
        _invite(period)
    if observer and side != "improved":
        cards.show(first.own_place(_own(observer, period, today), observer, period))
    if observer:
        board_question.ask_name(observer)
    cards.show(first.reading())


def _period(side: str) -> Period:
    names = {period.value: _(word) for period, word in first.PERIODS.items()}
    if side == "improved":
        del names[Period.ALL.value]
    return Period(url_choice(_("时间段"), names, "period", Period.MONTH.value))


# One board each; gives whether it is empty


def _districts(period: Period, today: date, observer: Observer | None) -> bool:
    board = districts_board(store(), period, today, first.RESIDENTS)
    if not board.is_empty:
        cards.show(first.by_district(board, observer))
    if observer and store().points.balance_of(observer.observer_id) > 0:
        confirmation = confirmation_of(store(), observer.observer_id)
        if not confirmation.is_confirmed:
            cards.show(first.not_yet_counted(confirmation))
    return board.is_empty


def _people(period: Period, today: date, observer: Observer | None) -> bool:
    board = people_board(store(), period, today)
    near = neighbours_of(store(), observer.observer_id, period, today) if observer else []
    if observer and near:
        cards.show(_near(near, observer))
    if not board.rows and not near:
        return True
    cards.show(first.by_person(board, observer))
    return False


def _teams(period: Period, today: date, observer: Observer | None) -> bool:
    kind = team.kind_of_team()
    board = teams_board(store(), period, today, kind)
    own = store().points.team_of(observer.observer_id) if observer else None
    if board.rows:
        cards.show(first.by_team(board, own))
    else:
        text = _("和家人、同学、同事或邻居组一队，绿点算在一起。")
        cards.show(
            cards.empty(
                "blossom", _("{period}还没有队伍上榜").format(period=_(PERIOD_NAMES[period])), text
            )
        )
    team.draw(observer)
    return False


def _improved(period: Period, today: date, observer: Observer | None) -> bool:
    board = improved_board(store(), period, today)
    if board is None or not board.rows:
        text = _("有过两段绿点以后，从第三段起才比得出进步。")
        cards.show(cards.empty("blossom", _("还比不出来"), text))
    else:
        cards.show(first.by_gain(board, observer))
    return False


DRAWN = {"district": _districts, "person": _people, "team": _teams, "improved": _improved}


# The visitor's own place


def _own(observer: Observer, period: Period, today: date) -> Standing:
    return standing_of(store(), observer.observer_id, period, today)


def _near(near: list[Neighbour], observer: Observer) -> Markup:
    if len(near) == 1:
        return cards.NOTHING
    return first.by_neighbour(near, observer)


# Nobody yet, and how it is counted


def _invite(period: Period) -> None:
    text = _("记下第一次遇见，或者一件小事，这里就有了第一行。")
    buttons = Markup("<p>{}&ensp;{}</p>").format(
        cards.button(_("去记录"), "/record"), cards.button(_("记一件小事"), "/action", quiet=True)
    )
    head = _("{period}的榜还空着").format(period=_(PERIOD_NAMES[period]))
    cards.show(cards.empty("blossom", head, text, buttons))
