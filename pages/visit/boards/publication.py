"""When the figures of a wave were published, and when they are next."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from observations.base.clock import day_of
from observations.satisfaction.figures.board import Board, DistrictRow
from observations.satisfaction.publication.public import Publication
from observations.satisfaction.publication.publications import times_of
from observations.satisfaction.publication.times import Kind
from observations.satisfaction.wave_steps import open_version
from observations.satisfaction.waves import Wave
from pages.parts import cards
from pages.parts.dates import day_words, written
from pages.parts.runtime import store
from pages.parts.wave_words import wave_name
from pages.parts.wording import _


def when(shown: Publication, now: datetime) -> Markup:
    """The time of the figures in plain words; of an open wave also the next."""
    today = day_of(now)
    day = day_words(day_of(shown.due.at), today)
    _past, following = times_of(store(), shown.wave, now)
    if following is None or following.kind is Kind.AFTER:
        return cards.sub(_("这一季已经关上，这是最后的数。"))
    text = _("{day}零点的数，每星期一公布一次；下一次是{next}。不满 10 份新回答的区，数字先不动。")
    return cards.sub(text.format(day=day, next=day_words(day_of(following.at), today)))


def since(row: DistrictRow, board: Board) -> str:
    """Since when the figure of a district stands, where it was not renewed; else ""."""
    if row.as_of is None or row.as_of == board.published_at:
        return ""
    return _("{day}起没有变").format(day=written(day_of(row.as_of), _("M 月 d 日")))


def first_of(wave: Wave, now: datetime, published: Sequence[Wave]) -> Markup:
    """Of an open wave of which nothing is public yet: when its first figures come."""
    if wave in published:
        return Markup("")
    _past, following = times_of(store(), wave, now)
    if following is None or open_version(store(), now) is None:
        return Markup("")
    day = day_words(day_of(following.at), day_of(now))
    text = _("{wave}正在评。第一次公布是{day}零点，以后每星期一一次。")
    return cards.note(Markup("{}").format(text.format(wave=wave_name(wave), day=day)), "g-after")
