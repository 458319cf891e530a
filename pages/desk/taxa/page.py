"""The checklist's desk: a larger list, tried first, then taken in one go."""

from pages.desk.taxa import trial
from pages.parts import cards
from pages.parts.guard import staff_only
from pages.parts.wording import _

who = staff_only("manage_taxa")
note = _("达尔文核心（Darwin Core Taxon）的名单，先试运行，看过再收。")
cards.show(cards.title(_("物种名录"), note))
trial.outcome()
trial.size()
file = trial.chosen_file()
if file:
    trial.trial(who.person, file.name, file.getvalue())
else:
    trial.how_to()
