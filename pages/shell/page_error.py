"""What a visitor sees when a page fails: one sentence, with the number of the error in the log."""

import secrets

from observations.base.errors import StorageError
from pages.parts.cards import button, empty, show
from pages.parts.logs import event
from pages.parts.wording import _


def show_error_line(error: Exception) -> bool:
    """Show the sentence instead of a traceback. Streamlit has logged the error."""
    number = secrets.token_hex(4)
    event("page.failed", number=number, kind=type(error).__name__)
    if isinstance(error, StorageError):
        text = _("存储这会儿没有应答，你填的还在。过一会儿再试一次。")
    else:
        text = _("不是你的问题，我们已经记下来了。编号 {number}。").format(number=number)
    home = button(_("回首页"), "/", quiet=True)
    show(empty("cloud", _("这一页没有打开"), text, home))
    return True
