"""A phone with the field recorder installed: cut off, closed without a word, opened again."""

import contextlib
import os
import re
import signal
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from playwright.sync_api import Error as BrowserError

from tests.browser.devices import PHONE, launch_options
from tests.support import photographs

# The SHA-256 of each photograph that waits on the phone, by the id of its record.
WAITING = """async () => {
    const database = await new Promise((done, failed) => {
        const request = indexedDB.open("luji");
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const all = (name) => new Promise((done) => {
        const request = database.transaction(name).objectStore(name).getAll();
        request.onsuccess = () => done(request.result);
    });
    const photos = new Map((await all("photos")).map((row) => [row.upload_id, row.blob]));
    const rows = await all("outbox");
    database.close();
    const hash = async (id) => {
        const sum = await crypto.subtle.digest("SHA-256", await photos.get(id).arrayBuffer());
        return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    return Object.fromEntries(await Promise.all(rows.map(async (row) =>
        [row.id, await Promise.all(row.photos.map(({ upload_id: id }) => hash(id)))])));
}"""


class FieldPhone:
    """One person's phone; what it holds lies in `folder` and outlives its browser."""

    def __init__(self, kind: BrowserType, folder: Path, url: str, **more: Any) -> None:
        self._kind, self._folder, self._url, self._more = kind, folder, url, more
        self._context: BrowserContext | None = None
        self._has_agreed = False
        self.hashes: dict[str, list[str]] = {}

    @property
    def context(self) -> BrowserContext:
        """Its browser, which has to be open."""
        assert self._context is not None
        return self._context

    @property
    def page(self) -> Page:
        """The recorder's page."""
        return self.context.pages[0]

    def open(self, path: str = "/field/") -> "FieldPhone":
        """Start the browser, and the page."""
        self._context = self._kind.launch_persistent_context(
            self._folder,
            **launch_options(),
            **{**PHONE, "service_workers": "allow", **self._more},
            base_url=self._url,
        )
        self.page.goto(path)
        expect(self.page.locator(".shot, .offer, .receipt")).to_be_visible(timeout=60_000)
        return self

    def installed(self) -> "FieldPhone":
        """Wait until it would open without a network."""
        expect(self.page.get_by_text("没信号也能打开")).to_be_visible(timeout=60_000)
        return self

    def vanish(self) -> None:
        """The browser is killed, as when the phone runs out of power."""
        for process in _of_folder(self._folder):
            os.kill(process, signal.SIGKILL)
        self.close()

    def close(self) -> None:
        """Close the browser."""
        with contextlib.suppress(BrowserError):  # it may be gone
            if self._context:
                self._context.close()
        self._context = None

    def begin(self) -> None:
        """An empty form, whatever is on the screen."""
        again = self.page.get_by_role("button", name="再记一次")
        form = self.page.locator(".shot[data-state=empty]")
        expect(again.or_(form)).to_be_visible()
        if again.is_visible():
            again.tap()
        expect(form).to_be_visible()

    def record(self, initials: str, name: str, photos: list[Path], count: int = 1) -> None:
        """A sighting with photographs that know their place: named by initials, handed in."""
        page = self.page
        self.begin()
        page.locator(".choose input[type=file]").nth(1).set_input_files(photos)
        self.agree()
        expect(page.locator(".thumb img")).to_have_count(len(photos))
        page.get_by_role("combobox", name="它是谁？").fill(initials)
        page.get_by_role("option", name=re.compile(f"^{name}")).first.tap()
        expect(page.locator(".chosen")).to_contain_text(name)
        for _ in range(count):
            page.get_by_role("button", name="多一只").tap()
        page.get_by_role("button", name="交上这次遇见").tap()
        done = page.get_by_role("heading", name=re.compile("存在手机里了|已收到"))
        expect(done).to_be_visible()

    def agree(self) -> None:
        """Agree, with the first photograph."""
        if self._has_agreed:
            return
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_role("checkbox").check()
        sheet.get_by_role("button", name="我已满 14 岁，同意").tap()
        expect(sheet).to_be_hidden()
        self._has_agreed = True

    def note(self) -> None:
        """Remember what waits on the phone: the hashes of each record's photographs."""
        self.hashes |= self.page.evaluate(WAITING)

    def rows(self, state: str) -> Any:
        """The records in one state: phone, sending, received, mend."""
        return self.page.locator(f".record[data-state={state}]")


def photo(folder: Path, name: str, seed: int, taken: datetime) -> Path:
    """A photograph unlike any other, taken so far from others that nobody asks for a duplicate."""
    picture = photographs.drawn((900 + seed % 97, 640 + seed % 89))
    picture.putpixel((seed % 500, seed // 500), (seed % 255, 7, 99))
    place = (30.10 + 0.002 * (seed % 100), 120.00 + 0.0001 * (seed // 100))
    exif = photographs.exif_of(place, taken)
    return photographs.write(folder, name, photographs.as_jpeg(picture, exif))


def _of_folder(folder: Path) -> list[int]:
    """The processes of the browser that keeps its things in `folder`."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                arguments = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={folder}".encode() in arguments:
                found.append(int(entry.name))
    return found
