"""The recorder as a finger finds it, for every test that records."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Request, expect

from tests.support import photographs

STORED = ".thumb[data-state=stored]"


class Recorder:
    """The recorder as a finger finds it."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.posted: list[Request] = []
        page.on("request", lambda request: request.method == "POST" and self.note(request))

    def note(self, request: Request) -> None:
        if "/api/v1/" in request.url:
            self.posted.append(request)

    def open(self) -> "Recorder":
        self.page.goto("/record")
        expect(self.page.locator(".shot, .offer")).to_be_visible(timeout=60_000)
        return self

    def album(self, *photos: bytes, name: str = "photo.jpg") -> None:
        """Choose photographs from the album, as the first or as more."""
        paths = [
            photographs.write(self.folder, f"{at}-{name}", photo) for at, photo in enumerate(photos)
        ]
        opened = "full" if self.page.locator(".shot[data-state=full]").count() else "empty"
        row = {"full": ".strip", "empty": ".choose"}[opened]
        self.page.locator(f"{row} input[type=file]").nth(1).set_input_files(paths)

    def agree(self, *, place: bool = True) -> None:
        sheet = self.page.get_by_role("dialog")
        if place:
            sheet.get_by_role("checkbox").check()
        sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
        expect(sheet).to_be_hidden()

    def ready(self, photos: int = 1) -> None:
        """Wait until the photographs are with the server."""
        expect(self.page.locator(STORED)).to_have_count(photos, timeout=60_000)

    def send(self) -> None:
        self.page.get_by_role("button", name="交上这次遇见").tap()

    def receipt(self) -> None:
        expect(self.page.get_by_role("heading", name="已收到")).to_be_visible()

    def is_at(self, words: str) -> None:
        """Wait until the place that is shown says so."""
        expect(self.page.locator(".fact").first).to_contain_text(words)

    def sent(self) -> dict[str, Any]:
        """What was posted as a record, last."""
        bodies = [each.post_data_json for each in self.posted if each.url.endswith("/records")]
        return dict(bodies[-1])
