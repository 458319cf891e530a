"""The page of a visitor who has sent nothing yet, as markup."""

from markupsafe import Markup

from pages.parts import cards
from pages.parts.wording import _


def first_day() -> Markup:
    """The page before the first contribution."""
    text = _("去外面走走，拍下第一个遇见的生命。")
    link = cards.button(_("记录一次遇见"), "/record")
    return cards.together(
        cards.title(_("我的")), cards.empty("footprint", _("还没有绿迹"), text, link)
    )
