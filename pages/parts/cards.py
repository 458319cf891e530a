"""Small parts of a page as HTML for `st.html`, with one class each in style.css.

Text is escaped; only `Markup`, which these functions return, is used as it is.
"""

import re
from collections.abc import Sequence
from functools import cache

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from pages.parts.assets import ASSETS, asset_url
from pages.parts.wording import _, language

Text = str | Markup
NOTHING = Markup("")

GROUP_ICONS = {
    "bird": "bird",
    "plant": "plant",
    "insect": "insect",
    "fish": "fish",
    "reptile": "reptile",
    "mammal": "mammal",
    "fungus": "fungi",
    "amphibian": "amphibian",
    "other invertebrate": "invertebrate",
}
SEALS = {"received": N_("已收到"), "verified": N_("已核实"), "new": N_("新物种")}
STATES = {
    "unconfirmed": (N_("核实中"), "", "clock"),
    "plausible": (N_("可能是"), "ok", "ok"),
    "accepted_considered_correct": (N_("已核实"), "ok", "ok"),
    "accepted_correct": (N_("已复核"), "ok", "shield"),
    "queried": (N_("想请你补充"), "warn", "ask"),
    "answered": (N_("已回答，等核实"), "", "clock"),
    "not_accepted_unable_to_verify": (N_("未采用"), "bad", "no"),
    "not_accepted_incorrect": (N_("未采用"), "bad", "no"),
    "withheld": (N_("暂不公开"), "", "hidden"),
    "survey": (N_("调查记录"), "ok", "flag"),
}


def show(*parts: Text) -> None:
    """Draw `parts`, one below the other."""
    st.html(Markup('<div class="g">{}</div>').format(NOTHING.join(parts)))


def together(*parts: Text) -> Markup:
    """`parts` joined into one."""
    return NOTHING.join(parts)


def title(text: Text, note: Text = "") -> Markup:
    """The page's one first-level heading."""
    small = sub(note) if note else NOTHING
    return Markup("<h1>{}</h1>{}").format(text, small)


def sub(text: Text) -> Markup:
    """A paragraph in small print."""
    return Markup('<p class="g-sub">{}</p>').format(text)


def note(text: Text, kind: str = "", *, role: str = "", mark: str = "", tag: str = "div") -> Markup:
    """A box that stands out, in the colour of `kind` (`ok warn bad`), after the icon `mark`.

    With a `role` (`status`, `alert`) a screen reader speaks it as soon as it is on the page.
    """
    names = f"g-note {kind}".strip()
    spoken = Markup(' role="{}"').format(role) if role else NOTHING
    words = Markup("{} {}").format(icon(mark), text) if mark else text
    whole = '<{tag} class="{names}"{spoken}>{words}</{tag}>'
    return Markup(whole).format(tag=tag, names=names, spoken=spoken, words=words)


def said(text: Text, kind: str, role: str, name: object) -> Markup:
    """The box that says what a tap did; another `name` makes it another message."""
    whole = '<div class="g-note g-said {}" role="{}" data-said="{}">{} {}</div>'
    return Markup(whole).format(kind, role, name, icon(kind), text)


def heading(text: Text, note: Text = "") -> Markup:
    """A section's heading; `note` stands small beside it (the demo mark, a unit)."""
    small = Markup("<small>{}</small>").format(note) if note else NOTHING
    return Markup('<h2 class="g-h">{}{}</h2>').format(text, small)


def phrases(*texts: str) -> Markup:
    """A headline that breaks only between `texts`, never inside a Chinese name."""
    space = Markup(" " if language() == "en" else "")
    return space.join(Markup('<span class="g-ph">{}</span>').format(text) for text in texts)


def icon(name: str, label: str = "") -> Markup:
    """The icon `name` of assets/icons/strip.svg, in the text's colour; decorative without label."""
    row = _icon_rows()[name]
    if not label:
        return Markup('<span class="g-i" style="--k:{}" aria-hidden="true"></span>').format(row)
    spoken = '<span class="g-i" style="--k:{}" role="img" aria-label="{}"></span>'
    return Markup(spoken).format(row, label)


def has_icon(name: str) -> bool:
    """Whether the strip has an icon of that name."""
    return name in _icon_rows()


def group_icon(group: str) -> str:
    """The name of a checklist group's icon; footprints for an unknown group."""
    return GROUP_ICONS.get(group, "footprint")


def chip(text: Text, name: str = "", kind: str = "") -> Markup:
    """A fact in a rounded frame; it cannot be pressed."""
    mark = icon(name) if name else NOTHING
    return Markup('<span class="g-chip {}">{}<span>{}</span></span>').format(kind, mark, text)


def badge(text: Text, kind: str, name: str) -> Markup:
    """A status: an icon and words; the colour (`ok warn bad new pts`) only repeats them."""
    return Markup('<span class="g-badge {}">{}{}</span>').format(kind, icon(name), text)


def state(status: str) -> Markup:
    """The badge of a verification status, or of `withheld`."""
    word, kind, name = STATES[status]
    return badge(_(word), kind, name)


def seal(kind: str) -> Markup:
    """The cinnabar seal: `received`, `verified` or `new`."""
    mark = icon(f"seal-{kind}")
    label = _(SEALS[kind])
    return Markup('<span class="g-seal" role="img" aria-label="{}">{}</span>').format(label, mark)


def demo_mark() -> Markup:
    """The words that mark generated data."""
    return Markup('<span class="g-demo">{}</span>').format(_("演示数据"))


def drawn_mark() -> Markup:
    """The word that marks a drawing, so that nobody takes it for evidence."""
    return Markup('<span class="g-drawn">{}</span>').format(_("手绘"))


def points(number: int, worded: bool = True) -> Markup:
    """A number of green points with its sign."""
    text = _("{number} 绿点") if worded else "{number}"
    return badge(text.format(number=f"{number:+d}"), "pts g-num", "blossom")


def latin(name: str | None) -> Markup:
    """A scientific name in italics, or the words that the city still has to confirm it."""
    if name:
        return Markup('<i class="g-la" lang="la">{}</i>').format(name)
    return Markup('<span class="g-sub">{}</span>').format(_("学名待核"))


def picture(source: str | None, alt: str, group: str = "", small: bool = False) -> Markup:
    """A picture by its address; without one, the icon of the group on a coloured ground."""
    kind = "g-thumb" if small else "g-pic"
    if source:
        image = '<img class="{}" src="{}" alt="{}" loading="lazy" width="640" height="480">'
        return Markup(image).format(kind, source, alt)
    blank = '<div class="{} g-nopic">{}</div>'
    return Markup(blank).format(kind, icon(group_icon(group), alt))


def zoomable(source: str | None, alt: str, group: str = "", small: bool = False) -> Markup:
    """A picture that a tap opens large, among the page's others (`assets/app/viewer.js`)."""
    if source is None:
        return picture(None, alt, group, small)
    words = "|".join((_("关上"), _("上一张"), _("下一张"), _("放大")))
    link = '<a class="g-zoom" href="{}" title="{}" data-words="{}">{}</a>'
    shown = source.replace("/large.", "/thumb.") if small else source
    return Markup(link).format(source, _("打开大图"), words, picture(shown, alt, small=small))


def drawing(name: str) -> str:
    """The address of a drawing in assets/art."""
    return asset_url(f"art/{name}.webp")


def photo(sha256: str | None, size: str = "thumb") -> str | None:
    """The address of a stored photo, `thumb` or `large`; None when there is none."""
    return f"/photos/{sha256}/{size}.webp" if sha256 else None


def sighting(
    name: str,
    scientific_name: str | None,
    facts: Sequence[str],
    *,
    source: str | None = None,
    group: str = "",
    href: str = "",
    mark: Text = NOTHING,
) -> Markup:
    """One sighting: picture, seal or badge (`mark`), name, Latin, facts (place, day)."""
    tag, link = ("a", Markup(' href="{}"').format(href)) if href else ("article", NOTHING)
    whole = (
        '<{tag} class="g-sight"{link}><figure>{picture}{mark}</figure><div><b>{name}</b><br>'
        "{latin}{facts}</div></{tag}>"
    )
    return Markup(whole).format(
        tag=tag,
        link=link,
        picture=picture(source, name, group),
        mark=mark,
        name=name,
        latin=latin(scientific_name),
        facts=sub(" · ".join(fact for fact in facts if fact)),
    )


def rail(label: str, cards: Sequence[Markup]) -> Markup:
    """Cards side by side, scrolled sideways by finger or by arrow keys."""
    row = '<div class="g-rail" tabindex="0" role="region" aria-label="{}">{}</div>'
    return Markup(row).format(label, NOTHING.join(cards))


def grid(cards: Sequence[Markup]) -> Markup:
    """Cards in as many columns as fit."""
    return Markup('<div class="g-grid">{}</div>').format(NOTHING.join(cards))


def card(*parts: Text, kind: str = "") -> Markup:
    """A sheet of paper for `parts`."""
    return Markup('<div class="g-card {}">{}</div>').format(kind, NOTHING.join(parts))


def story(
    source: str, alt: str, above: Text, head: Text, text: Text, mark: Text = NOTHING
) -> Markup:
    """A drawing, marked as one, with a story under it."""
    whole = (
        '<article class="g-story"><figure>{}{}{}</figure><div>{}'
        '<h2 class="g-h">{}</h2><p>{}</p></div></article>'
    )
    return Markup(whole).format(picture(source, alt), drawn_mark(), mark, above, head, text)


def named(name: Text, text: Text) -> Markup:
    """A name in bold over small print."""
    return Markup("<b>{}</b>{}").format(name, sub(text))


def row(name: Text, text: Text, *parts: Text) -> Markup:
    """A name over small print, and `parts` beside them."""
    whole = '<div class="g-row"><div class="g-grow">{}</div>{}</div>'
    return Markup(whole).format(named(name, text), NOTHING.join(parts))


def stats(figures: Sequence[tuple[str, str, str]], source: Text) -> Markup:
    """Figures as (label, value, unit), with their source right under them."""
    cell = '<div><dt>{}</dt><dd class="g-num">{}<small>{}</small></dd></div>'
    cells = NOTHING.join(Markup(cell).format(*figure) for figure in figures)
    return Markup('<dl class="g-stats">{}</dl><p class="g-src">{}</p>').format(cells, source)


def facts(pairs: Sequence[tuple[Text, Text]]) -> Markup:
    """Names and values in two columns."""
    rows = NOTHING.join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs)
    return Markup('<dl class="g-facts">{}</dl>').format(rows)


def bullets(items: Sequence[tuple[str, Text]]) -> Markup:
    """Lines with an icon each, as (icon, text)."""
    line = '<li>{}<span class="g-grow">{}</span></li>'
    rows = NOTHING.join(Markup(line).format(icon(name), text) for name, text in items)
    return Markup('<ul class="g-list">{}</ul>').format(rows)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Markup:
    """A table; on a phone each row is a block of lines, each with its heading."""
    head = NOTHING.join(Markup('<th scope="col">{}</th>').format(word) for word in heads)
    cell = Markup('<td data-head="{}">{}</td>').format
    lines = [NOTHING.join(map(cell, heads, row)) for row in rows]
    body = NOTHING.join(Markup("<tr>{}</tr>").format(line) for line in lines)
    whole = '<table class="g-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
    return Markup(whole).format(head, body)


def bar(share: float) -> Markup:
    """A bar of points, `share` from 0 to 1; the value stands beside it as text."""
    return Markup('<span class="g-bar"><i style="width:{}"></i></span>').format(f"{share:.0%}")


def interval(
    low: float, middle: float, high: float, city: float, floor: float = 0, top: float = 100
) -> Markup:
    """A 95 % interval as a band with a dot, on an axis from `floor` to `top`; dotted: the city."""

    def at(value: float) -> str:
        return f"{min(max((value - floor) / (top - floor), 0), 1):.1%}"

    width = f"{max(high - low, 0) / (top - floor):.1%}"
    spoken = f"{middle:.1f} ({low:.1f}–{high:.1f})"
    whole = (
        '<span class="g-iv" role="img" aria-label="{}"><u style="left:{}"></u>'
        '<i style="left:{};width:{}"></i><b style="left:{}"></b></span>'
    )
    return Markup(whole).format(spoken, at(city), at(low), width, at(middle))


def steps(names: Sequence[str], done: int) -> Markup:
    """The steps of a process; the first `done` of them are over."""
    line = '<li class="{}">{}</li>'
    rows = [Markup(line).format("on" if i < done else "", name) for i, name in enumerate(names)]
    return Markup('<ol class="g-steps">{}</ol>').format(NOTHING.join(rows))


def receipt(head: str, text: str, *parts: Text) -> Markup:
    """The confirmation after the row is stored: the seal, what happened, what happens next."""
    whole = '<div class="g-card g-receipt" role="status">{}<h2>{}</h2><p>{}</p>{}</div>'
    return Markup(whole).format(seal("received"), head, text, NOTHING.join(parts))


def empty(name: str, head: Text, text: Text, *parts: Text) -> Markup:
    """The message of an empty list: an icon, a line, and how to add the first entry."""
    whole = '<div class="g-card g-empty">{}<h2>{}</h2><p>{}</p>{}</div>'
    return Markup(whole).format(icon(name), head, text, NOTHING.join(parts))


def invitation(name: str, head: str, text: str) -> Markup:
    """A link as a whole line: an icon, its destination, an arrow."""
    whole = (
        '<div class="g-card g-row"><span class="g-spot">{}</span>'
        '<div class="g-grow"><h2 class="g-h3">{}</h2>{}</div>{}</div>'
    )
    return Markup(whole).format(icon(name), head, sub(text), icon("next"))


def button(text: str, href: str, quiet: bool = False) -> Markup:
    """A link that looks like a button."""
    kind = "g-btn quiet" if quiet else "g-btn"
    return Markup('<a class="{}" href="{}">{}</a>').format(kind, href, text)


@cache
def _icon_rows() -> dict[str, int]:
    symbols = (ASSETS / "icons" / "symbols.svg").read_text("utf-8")
    return {name: row for row, name in enumerate(re.findall(r'<symbol id="([\w-]+)"', symbols))}
