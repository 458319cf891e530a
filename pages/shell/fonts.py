"""Smaller fonts for Streamlit: its icons reduced to those in use, its text font to nothing.

The theme uses the system's fonts, but Streamlit requests Source Sans before the theme arrives. It
gets a font without letters, so that the browser uses the system's at once.
"""

from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.parts.assets import ASSETS
from pages.shell.assets import FOR_EVER

FONTS = {
    "/static/media/MaterialSymbols-Rounded": ASSETS / "fonts" / "material-symbols.woff2",
    "/static/media/SourceSans": ASSETS / "fonts" / "blank.woff2",
}


class SmallFonts:
    """Answers requests for Streamlit's large fonts with `assets/fonts`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            for start, file in FONTS.items():
                if scope["path"].startswith(start):
                    headers = {"Cache-Control": FOR_EVER}
                    answer = FileResponse(file, media_type="font/woff2", headers=headers)
        await answer(scope, receive, send)
