"""What can be wrong with a page that nobody clicked on yet: read in the browser, by script."""

import csv
import functools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from observations.people.observer import nicknames
from tests.browser.tour import NOWHERE
from tests.support.architecture import ROOT

DEMO = ROOT / "observations" / "demo"
TYPED = ("sites.csv", "phrases.csv")  # what the demo's observers wrote: places and notes
# Streamlit finds its base path by asking below the page's own path first (streamlit.md, 4).
FINDING_ITS_BASE = re.compile(r"^/[^/]+/_stcore/(health|host-config)$")
# Streamlit's own English, which must not stand on a Chinese page.
STREAMLIT_ENGLISH = re.compile(
    r"Press Enter to|Choose an option|Choose options|Browse files|Drag and drop|Connection error|"
    r"\(required\)|Page not found|Select all|No results|Loading\.\.\.|Please wait"
)
# Text and labels that a person meets, with shadow roots; what says its own language is spared.
WORDS = """() => {
    const found = [];
    const seen = (element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== 'hidden';
    };
    const labels = ['aria-label', 'placeholder', 'title', 'alt'];
    const walk = (root, inChinese) => {
        for (const element of root.children) {
            if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(element.tagName)) continue;
            const said = element.getAttribute('lang');
            const chinese = said ? said.startsWith('zh') : inChinese;
            if (!chinese && seen(element)) {
                for (const node of element.childNodes)
                    if (node.nodeType === 3 && node.data.trim()) found.push(node.data.trim());
                for (const label of labels)
                    if (element.getAttribute(label)) found.push(element.getAttribute(label));
            }
            if (element.shadowRoot) walk(element.shadowRoot, chinese);
            walk(element, chinese);
        }
    };
    walk(document.body, false);
    return [document.title, ...found];
}"""
# Elements that reach past the right edge, unless something around them scrolls or cuts them off.
OVERFLOWING = """(width) => {
    const found = [];
    const cut = (element) => {
        for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
            if (getComputedStyle(at).overflowX !== 'visible'
                && !at.matches('.stApp, .stMain, [data-testid=stAppViewContainer]')) return true;
        return false;
    };
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            const box = element.getBoundingClientRect();
            if (box.width && box.height && box.right > width + 1 && box.left < 5000
                && getComputedStyle(element).visibility !== 'hidden' && !cut(element))
                found.push(element.tagName.toLowerCase() + '.' + element.className
                    + ' reaches ' + Math.round(box.right));
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document.body);
    const boxes = [document.documentElement, ...document.querySelectorAll('.stMain')];
    const scrolls = boxes.some(box => box.scrollWidth > width + 1);
    return scrolls ? (found.length ? found : ['the page scrolls sideways']) : [];
}"""
BROKEN_PICTURES = """() => {
    const found = [];
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.tagName === 'IMG' && element.complete && !element.naturalWidth
                && element.getBoundingClientRect().width)
                found.push(element.currentSrc || element.src || 'an img without src');
            if (element.shadowRoot) walk(element.shadowRoot);
        }
    };
    walk(document.body);
    return found;
}"""
CHINESE = re.compile(r"[\u3400-\u9fff]")


class Watch:
    """Collects what goes wrong in a context's pages while they are used."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self._host = host
        self._found: list[str] = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self._found.append(f"error: {error.error}"))
        context.on("request", self._request)

    def taken(self) -> list[str]:
        """What was found since the last call."""
        found, self._found = self._found, []
        return found

    def _console(self, message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        path = urlsplit(url).path
        is_expected = FINDING_ITS_BASE.match(path) or path == NOWHERE
        if message.type == "error" and not is_expected:
            self._found.append(f"console: {message.text} ({url})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self._found.append(f"asks another host: {request.url}")


def overflow(page: Page, width: int) -> list[str]:
    """What makes the page scroll sideways at `width` CSS pixels; the first few."""
    found: list[Any] = page.evaluate(OVERFLOWING, width)
    return [f"overflow at {width}: {what}" for what in found[:4]]


def untranslated(page: Page, language: str) -> Iterator[str]:
    """Chinese on an English page outside lang=zh; Streamlit's English on a Chinese one.

    What stays Chinese (a species without an English name, the language switch, a seal) says so by
    `lang="zh"`, which a screen reader needs too; names of people and places need not (WCAG 3.1.2).
    """
    foreign = CHINESE if language == "en" else STREAMLIT_ENGLISH
    for text in dict.fromkeys(page.evaluate(WORDS)):
        if foreign.search(without_names(text)):
            yield f"untranslated: {text[:60]!r}"


def without_names(text: str) -> str:
    """The text without nicknames and without what the demo's observers typed.

    Those are shown as people wrote them, in whatever language.
    """
    return _names().sub("", text)


@functools.cache
def _names() -> re.Pattern[str]:
    typed = {
        cell
        for table in TYPED
        for row in csv.reader((DEMO / table).read_text("utf-8").splitlines())
        for cell in row
        if CHINESE.search(cell)
    }
    longest_first = sorted({*nicknames(), *typed}, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in longest_first))


def broken_pictures(page: Page) -> list[str]:
    """Images that did not load."""
    return [f"broken image: {source[:120]}" for source in page.evaluate(BROKEN_PICTURES)]
