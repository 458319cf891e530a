"""The about page as markup: the operator, privacy, licences, sources."""

from markupsafe import Markup

from pages.parts import cards
from pages.parts.first_screen import Query, Screen, block, stack
from pages.parts.runtime import settings
from pages.parts.site import MOTTO, NAME
from pages.parts.wording import _
from pages.visit.about.notices import KEPT, SECTIONS, SOURCES


def screen(_query: Query) -> Screen:
    """The whole page."""
    return Screen(stack(head(), block(*body())))


def head() -> Markup:
    """The name and the motto."""
    return cards.title(_(NAME), _(MOTTO))


def body() -> list[Markup]:
    """Every section."""
    return [*(section(*entry) for entry in SECTIONS[:-1]), sources(), section(*SECTIONS[-1])]


def section(anchor: str, name: str, head: str, paragraphs: tuple[str, ...]) -> Markup:
    """One section with its anchor, to which the footer links."""
    lines = Markup("").join(Markup("<p>{}</p>").format(_(text)) for text in paragraphs)
    if anchor == "privacy":
        lines += what_is_kept()
    whole = '<section id="{}" class="g-prose"><h2 class="g-h">{}{}</h2>{}</section>'
    return Markup(whole).format(anchor, cards.icon(name), _(head), lines)


def what_is_kept() -> Markup:
    """What is kept of somebody, what for, and how long."""
    rows = [[_(cell) for cell in row] for row in KEPT]
    return cards.table([_("记什么"), _("为什么"), _("留多久")], rows)


def sources() -> Markup:
    """Where data, drawings and programs come from, and under which licence."""
    rows = [(_(name), _(text)) for name, text in SOURCES]
    if approval := settings().map_approval:
        rows.append((_("审图号"), approval))
    whole = '<section id="sources" class="g-prose"><h2 class="g-h">{}{}</h2>{}</section>'
    return Markup(whole).format(cards.icon("layers"), _("数据与来源"), cards.facts(rows))
