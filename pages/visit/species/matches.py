"""The search of the species page as markup: its field, and what a name finds."""

from markupsafe import Markup

from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.taxa.checklist import find_taxa
from pages.parts.taxa.species_link import picture_of, species_link
from pages.parts.wording import _, language

MOST, LONGEST = 8, 80


def search_field(typed: str) -> Markup:
    """The field of a page that Streamlit does not draw yet; sent as a form where it never does."""
    whole = (
        '<form action="/species" class="s-search st-key-species_search"><label for="species-q">{}'
        '</label><input id="species-q" name="q" type="search" value="{}" placeholder="{}"'
        ' maxlength="80" autocomplete="off"></form>'
    )
    label, hint = _("名字、拼音、拉丁名或英文名"), _("比如：夜鹭、yelu、Nycticorax")
    return Markup('<div class="s-stack">{}</div>').format(Markup(whole).format(label, typed, hint))


def matches(typed: str) -> Markup:
    """The species of such a name, as the recorder finds them, each a link to its page."""
    taxa = [match.taxon for match in find_taxa(typed[:LONGEST], limit=MOST)]
    if not taxa:
        words = _("没有叫“{name}”的。换个名字，或按类群找。").format(name=typed)
        return Markup('<p role="status">{}</p>').format(words)
    return Markup('<div class="s-lines">{}</div>').format(Markup("").join(map(_match, taxa)))


def _match(taxon: Taxon) -> Markup:
    whole = (
        '<a class="s-item" href="{}">{}<span class="g-grow"><b>{}</b><br>{}</span>'
        '<span class="g-sub">{}</span></a>'
    )
    picture = cards.picture(picture_of(taxon), "", str(taxon.group), small=True)
    names = taxon.name(language()), cards.latin(taxon.scientific_name)
    return Markup(whole).format(species_link(taxon), picture, *names, _(taxon.group.word))
