"""Survey datasets: look at a file first, import it in one go, take a dataset back whole."""

from pages.desk.datasets import trial
from pages.parts import cards, last_tap
from pages.parts.guard import staff_only
from pages.parts.wording import _

who = staff_only("manage_datasets")
note = _("达尔文核心档案或 CSV：先试读，看过再导入，随时可以整个撤下。")
cards.show(cards.title(_("调查数据集"), note))
last_tap.notice()
file = trial.chosen_file()
if file:
    trial.trial(file, who.person)
else:
    trial.how_to()
trial.datasets(who.person)
