"""What leads on from a page: links to look around, the way back, the button that shares."""

from markupsafe import Markup

from observations.base.wording import N_
from pages.parts import cards
from pages.parts.wording import _

PLACES = (
    ("species", N_("物种"), "blossom"),
    ("places", N_("去哪里看"), "pin"),
    ("discoveries", N_("新物种"), "fish"),
)


def look_around() -> Markup:
    """Links to the species, to places to visit and to new species: a phone has no bar of them."""
    link = Markup('<a href="/{}">{}<span>{}</span></a>').format
    links = [link(path, cards.icon(icon), _(word)) for path, word, icon in PLACES]
    whole = Markup('<nav class="g-ways" aria-label="{}">{}</nav>')
    return whole.format(_("到处看看"), cards.NOTHING.join(links))


def back(path: str, words: str) -> Markup:
    """The way back: to where one came from within the site, else to `path`."""
    return Markup('<p><a href="{}" data-back>{}</a></p>').format(path, words)


def share(address: str, title: str, text: str = "") -> Markup:
    """A button that hands an address of this site to the phone's own list of apps, or copies it.

    It stands only where everybody may open the address.
    """
    whole = (
        '<button class="g-btn quiet" type="button" data-share="{}" data-title="{}" data-text="{}"'
        ' data-done="{}" data-failed="{}">{}</button>'
        '<span class="g-sub g-said" role="status"></span>'
    )
    done, failed = _("链接复制好了，贴到哪里都行。"), _("没能复制，链接在地址栏里。")
    return Markup(whole).format(address, title, text, done, failed, _("分享"))


def row(*parts: cards.Text) -> Markup:
    """Buttons beside each other."""
    return Markup('<p class="g-row g-wrap">{}</p>').format(cards.NOTHING.join(parts))
