"""About: who runs it, privacy, licences, accessibility, contact, sources."""

from pages.parts import cards
from pages.visit.about import first

cards.show(first.head())
cards.show(*first.body())
