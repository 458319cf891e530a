"""The field for a file on a page of staff: `st.file_uploader`, and leave to send one."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.parts.desk_files import desk_files
from pages.parts.limits import short_key
from pages.parts.session import STAFF_COOKIE


def file_field(
    label: str, *, types: list[str], key: str, megabytes: int, about: str | None = None
) -> UploadedFile | None:
    """The file that was sent, or None."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        owner = short_key(st.context.cookies.get(STAFF_COOKIE))
        desk_files.ask(context.session_id, context.page_script_hash, owner)
    return st.file_uploader(label, type=types, key=key, max_upload_size=megabytes, help=about)


def turn_to_this_page() -> None:
    """What another page of this session asked for is forgotten."""
    context = get_script_run_ctx(suppress_warning=True)
    if context:
        desk_files.turn(context.session_id, context.page_script_hash)
