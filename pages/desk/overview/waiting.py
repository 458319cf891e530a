"""What waits in the rooms of the staff, each with a link."""

from markupsafe import Markup

from observations.base.roles import Person
from observations.satisfaction.themes import themes_for
from observations.satisfaction.waves import wave_of
from observations.surveys.case_steps import cases_for
from pages.parts import cards
from pages.parts.runtime import known_now, store
from pages.parts.wording import _

MOST = 99  # of a kind, counted here
LINE = Markup('<li>{}<span class="g-grow"><a href="{}">{}</a></span><b class="g-num">{}</b></li>')


def lines(person: Person) -> Markup:
    """A line a room."""
    wave = wave_of(known_now()).wave_id
    concerns = sum(len(theme.waiting) for theme in themes_for(store(), person, wave))
    cases = sum(whole.closing is None for whole in cases_for(store(), person))
    rooms = (
        ("desk", "/verify", _("等核实的"), store().verification.count_waiting()),
        ("flag", "/verify", _("保护或入侵物种，先看"), len(store().verification.alerts(MOST))),
        ("ask", "/admin-moderation", _("没回的申诉"), len(store().order.open_appeals())),
        ("shield", "/admin-discoveries", _("没有结案的新发现"), cases),
        ("noise", "/admin-themes", _("这一季等答复的不满意"), concerns),
        ("key", "/admin-log", _("还没封的记录"), store().log.count_unsealed()),
    )
    rows = (LINE.format(cards.icon(icon), href, words, count) for icon, href, words, count in rooms)
    return Markup('<ul class="g-list">{}</ul>').format(Markup("").join(rows))
