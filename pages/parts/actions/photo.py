"""The field for one photo as evidence.

The phone sends the photo to `/api/v1/media`; the page gets its upload id.
"""

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from pages.parts.assets import ASSETS, asset_url
from pages.parts.wording import _

SCRIPT = """
const photo = await import(new URL("{address}", location.origin).href);
export default ({{ data, parentElement, setStateValue }}) =>
  photo.draw(parentElement, data, setStateValue);
"""

_photo = st.components.v2.component(
    "action_photo",
    html='<div class="photo"></div>\n',
    css=(ASSETS / "actions" / "photo.css").read_text("utf-8"),
    js=SCRIPT.format(address=asset_url("actions/photo.js")),
)


@dataclass(frozen=True)
class Evidence:
    """The state of the field: a stored photo, one that is being sent, or none."""

    upload_id: UUID | None = None
    is_sending: bool = False


def ask(key: str, allows_place: bool) -> Evidence:
    """Draw the field; a new `key` starts with an empty one.

    A photo whose metadata the phone cannot drop stays there unless the visitor `allows_place`.
    """
    words = {
        "label": _("有照片吗？"),
        "camera": _("拍一张"),
        "album": _("选一张"),
        "sending": _("照片还在路上…"),
        "sent": _("照片已收到"),
        "again": _("再试一次"),
        "remove": _("不要了"),
        "failed": _("没有连上，过一会儿再试。"),
        "holds_place": _(
            "这张照片里可能有精确地点，这部手机去不掉它，所以没有传。换成 JPEG 的照片。"
        ),
        "picture": _("你附上的照片"),
    }
    field = _photo(
        key=key,
        data={"words": words, "allows_place": allows_place},
        on_upload_id_change=lambda: None,
        on_is_sending_change=lambda: None,
    )
    upload_id = UUID(field.upload_id) if field.upload_id else None
    return Evidence(upload_id, bool(field.is_sending))
