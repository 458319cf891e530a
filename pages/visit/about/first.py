"""The about page as markup: the operator, privacy, licences, sources."""

from markupsafe import Markup

from pages.parts import cards
from pages.parts.runtime import settings
from pages.parts.wording import _
from pages.visit.about.notices import SOURCES


def section(anchor: str, name: str, head: str, paragraphs: tuple[str, ...]) -> Markup:
    """One section with its anchor, to which the footer links."""
    lines = Markup("").join(Markup("<p>{}</p>").format(_(text)) for text in paragraphs)
    whole = '<section id="{}" class="g-prose"><h2 class="g-h">{}{}</h2>{}</section>'
    return Markup(whole).format(anchor, cards.icon(name), _(head), lines)


def sources() -> Markup:
    """Where data, drawings and programs come from, and under which licence."""
    approval = settings().map_approval or _("待市生态环境局报批后填写")
    rows = [(_(name), _(text)) for name, text in SOURCES] + [(_("审图号"), approval)]
    whole = '<section id="sources" class="g-prose"><h2 class="g-h">{}{}</h2>{}</section>'
    return Markup(whole).format(cards.icon("layers"), _("数据与来源"), cards.facts(rows))
