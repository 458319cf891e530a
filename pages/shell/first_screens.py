"""The first screens of pages, each with the bars round it, held for seconds.

A body is the same for everybody. It is held under the known part of an address, and dropped as soon
as public data change, by the stamp that the map's counts follow.
"""

import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Lock

from markupsafe import Markup

from observations.base.errors import Refused
from observations.base.roles import Person
from pages.parts import bars, site
from pages.parts.cards import NOTHING
from pages.parts.first_screen import FirstScreen, Query, Screen, heading_alone, page_link
from pages.parts.runtime import settings, store
from pages.parts.wording import _, speaking

HELD_S = 5
MOST_HELD = 256
# The keys of an address by which a screen may differ; what else stands there is left out.
FILTERS = frozenset(
    ("board", "by", "code", "district", "group", "id")
    + ("layer", "months", "period", "q", "spot", "status", "taxon", "wave")
)
LONGEST = 80  # characters of a value
AGREE_S = 0.1  # so long the screens of one process may lag behind what another has published
Filters = tuple[tuple[str, str], ...]
Key = tuple[site.Entry, str, Filters, int, int]


class FirstScreens:
    """The first screens by path, and their bodies of the last seconds."""

    def __init__(self, screens: Mapping[str, FirstScreen]) -> None:
        self._screens = screens
        self._held: OrderedDict[Key, Screen] = OrderedDict()
        self._lock = Lock()  # of what is held; never during drawing
        self._stamp, self._stamped_at, self._changes = -1, -AGREE_S, -1

    def at_once(self, entry: site.Entry, language: str, query: Query) -> Screen | None:
        """The body that is held for an address, without a statement; None where none is."""
        if not self._is_stamped():
            return None
        with self._lock:
            return self._held.get(self._key(entry, language, query))

    def screen(self, entry: site.Entry, language: str, query: Query) -> Screen:
        """The body for an address, in `language`.

        It takes statements: not for the event loop. Without a table of screens it is a heading.
        """
        if not self._screens:
            return self._drawn(entry, language, {})
        changes, now = store().changes, time.monotonic()
        self._stamp = store().map.stamp()
        self._changes, self._stamped_at = changes, now
        key = self._key(entry, language, query)
        with self._lock:
            screen = self._held.get(key)
        if screen is None:
            screen = self._drawn(entry, language, dict(key[2]))
            with self._lock:
                self._held[key] = screen
                while len(self._held) > MOST_HELD:
                    self._held.popitem(last=False)
        return screen

    def _is_stamped(self) -> bool:
        """Whether nothing was published since the stamp was read.

        DuckDB has one process, which counts its own transactions; a server of PostgreSQL may have
        neighbours.
        """
        is_alone = store().engine_name == "duckdb"
        is_fresh = is_alone or time.monotonic() - self._stamped_at < AGREE_S
        return is_fresh and store().changes == self._changes

    def _key(self, entry: site.Entry, language: str, query: Query) -> Key:
        filters = sorted((k, v) for k, v in query.items() if k in FILTERS and len(v) <= LONGEST)
        return entry, language, tuple(filters), self._stamp, int(time.monotonic() // HELD_S)

    def _drawn(self, entry: site.Entry, language: str, query: Query) -> Screen:
        draw = self._screens.get(entry.path)
        with speaking(language):
            try:
                screen = draw(query) if draw else heading_alone(_(entry.title))
            except Refused:
                screen = heading_alone(_(entry.title))
            title = screen.title or _(entry.title)
            body = framed(screen.body, entry, query)
            return replace(screen, body=body, title=title, address=site.address(entry, query))


def framed(body: Markup, here: site.Entry, query: Query) -> Markup:
    """`body` with the bars that stand round a page for whoever has no account."""
    entries = site.open_to(Person())
    whole = '<div class="s-scroll">{}<main class="s-main s-stack">{}{}{}</main></div>{}'
    has_footer = not (here.is_task or here.is_full)
    return Markup(whole).format(
        _top_bar(entries, here, query),
        _links("modes", [(one, one.mode) for one in entries if one.mode], here)
        if here.mode
        else NOTHING,
        body,
        Markup('<div class="g">{}</div>').format(bars.footer(entries)) if has_footer else NOTHING,
        NOTHING
        if here.is_task
        else _links("tabs", [(one, one.title) for one in entries if one.tab], here),
    )


def _top_bar(entries: tuple[site.Entry, ...], here: site.Entry, query: Query) -> Markup:
    whole = '<header class="s-bar st-key-topbar">{}{}{}</header>'
    return Markup(whole).format(
        bars.brand(here),
        _links("topnav", [(one, one.title) for one in entries if one.nav], here),
        bars.tools(site.address(here, query), settings().is_demo),
    )


def _links(key: str, named: Sequence[tuple[site.Entry, str]], here: site.Entry) -> Markup:
    """The links of a bar, each with its word; the page we are on is bold."""
    links = []
    for entry, word in named:
        bold = Markup("<strong>{}</strong>").format(_(word)) if entry is here else _(word)
        links.append(Markup("<div>{}</div>").format(page_link(entry.path, bold)))
    return Markup('<nav class="s-links st-key-{}">{}</nav>').format(key, NOTHING.join(links))
