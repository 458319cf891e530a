"""The checklist's desk: a larger list, tried first, then taken in one go."""

from pages.parts import cards, taxon_list
from pages.parts.guard import staff_only
from pages.parts.wording import _

who = staff_only("manage_taxa")
note = _("达尔文核心（Darwin Core Taxon）的名单，先试运行，看过再收。")
cards.show(cards.title(_("物种名录"), note))
taxon_list.outcome()
taxon_list.held()
file = taxon_list.chosen_file()
if file:
    taxon_list.trial(who.person, file.name, file.getvalue())
else:
    taxon_list.how_to()
