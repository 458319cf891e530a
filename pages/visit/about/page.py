"""About: who runs it, privacy, licences, accessibility, contact, sources."""

from pages.parts import cards
from pages.parts.site import MOTTO, NAME
from pages.parts.wording import _
from pages.visit.about import first
from pages.visit.about.notices import SECTIONS

cards.show(cards.title(_(NAME), _(MOTTO)))
cards.show(
    *(first.section(*entry) for entry in SECTIONS[:-1]),
    first.sources(),
    first.section(*SECTIONS[-1]),
)
