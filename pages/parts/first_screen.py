"""The first screen of a page: markup that the server sends before Streamlit has started.

The layout has the measures of Streamlit's own, and the parts are those that the page draws, so that
Streamlit's page stands in the same place when it takes over.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from pages.parts.cards import NOTHING, Text, title

Query = Mapping[str, str]
LAID_OUT = ('<div class="s-', '<div class="g"', '<div class="stPageLink"')


@dataclass(frozen=True)
class Screen:
    """The markup of a first screen.

    `title` names what it shows where that is more than a page; `style` is a file of `assets/`;
    `script` one that starts before Streamlit's own are loaded. `description` and `picture` (an
    address on this site) stand on a card where the page is shared. One `is_missing` where there
    is nothing for everybody. Its `address` is set when it is framed.
    """

    body: Markup
    title: str = ""
    style: str = ""
    script: str = ""
    description: str = ""
    picture: str = ""
    is_missing: bool = False
    address: str = ""


FirstScreen = Callable[[Query], Screen]
"""From an address's query to what everybody may see there, in the language of the block."""


def stack(*parts: Text) -> Markup:
    """`parts` one below the other, each as one `cards.show` draws it; empty ones are left out."""
    return NOTHING.join(part if _is_laid_out(part) else block(part) for part in parts if part)


def block(*parts: Text) -> Markup:
    """What one `cards.show` draws."""
    return Markup('<div class="g">{}</div>').format(NOTHING.join(parts))


def columns(left: Sequence[Text], right: Sequence[Text], first_wider: bool = False) -> Markup:
    """Two columns, on a phone one below the other."""
    kind = "s-columns wider" if first_wider else "s-columns"
    whole = '<div class="{}"><div class="s-stack">{}</div><div class="s-stack">{}</div></div>'
    return Markup(whole).format(kind, stack(*left), stack(*right))


def keyed(key: str, *parts: Text) -> Markup:
    """`parts` in the container of this key, which the style sheet knows."""
    return Markup('<div class="s-stack st-key-{}">{}</div>').format(key, stack(*parts))


def page_link(path: str, label: Text) -> Markup:
    """What `st.page_link` draws."""
    whole = '<div class="stPageLink"><a href="/{}"><p>{}</p></a></div>'
    return Markup(whole).format(path, label)


def choices(path: str, query: Query, key: str, names: Mapping[str, str], usual: str) -> Markup:
    """What `url_choice` draws: one choice of a few, each a link that keeps the rest of `query`."""
    chosen = query.get(key) if query.get(key) in names else usual
    link = Markup('<a href="/{}?{}"{}>{}</a>').format
    here = Markup(' aria-current="true"')
    links = [
        link(path, urlencode({**query, key: code}), here if code == chosen else "", word)
        for code, word in names.items()
    ]
    return Markup('<div class="s-choices">{}</div>').format(NOTHING.join(links))


def json_element(name: str, value: object) -> Markup:
    """`value` for a script, in an element with the id `name`."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
    return Markup('<script type="application/json" id="{}">{}</script>').format(name, Markup(text))


def heading_alone(text: str) -> Screen:
    """The screen of an address with nothing for everybody: a heading."""
    return Screen(block(title(text)))


def _is_laid_out(part: Text) -> bool:
    return part.startswith(LAID_OUT)
