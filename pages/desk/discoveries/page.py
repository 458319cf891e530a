"""Cases of what may be new: open one, describe it, judge it blind, announce it."""

from observations.surveys.case_steps import cases_for
from pages.desk.discoveries import cases
from pages.parts import cards, last_tap
from pages.parts.guard import staff_only
from pages.parts.runtime import store
from pages.parts.wording import _

who = staff_only("judge_case")
note = _("结案以前，它的照片、地点和名字哪里都不出现；两位核实员各自判断，互相看不到。")
cards.show(cards.title(_("新发现"), note))
last_tap.notice()
all_cases = cases_for(store(), who.person)
staff = {one.staff_id: one.username for one in store().people.staff_list()} if all_cases else {}
for whole in all_cases:
    cases.one(whole, who.person, staff)
if not all_cases:
    cards.show(cards.empty("shield", _("还没有案卷"), _("核实时遇到可能是新物种的，在下面立案。")))
cases.opening(who.person)
