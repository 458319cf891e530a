"""Survey datasets: look at a file first, import it in one go, take a dataset back whole."""

from pages.parts import cards, dataset_desk
from pages.parts.guard import staff_only
from pages.parts.wording import _

who = staff_only("manage_datasets")
note = _("达尔文核心档案或 CSV：先试读，看过再导入，随时可以整个撤下。")
cards.show(cards.title(_("调查数据集"), note))
dataset_desk.outcome()
file = dataset_desk.chosen_file()
if file:
    dataset_desk.trial(file, who.person)
else:
    dataset_desk.how_to()
dataset_desk.kept(who.person)
