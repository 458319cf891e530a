"""The map's first screen: a picture of the city, and the head of the sheet over it."""

from urllib.parse import urlencode

from markupsafe import Markup

from observations.map.exploring import Contents, Filters, contents
from observations.taxa.taxon import group_of
from pages.parts import cards
from pages.parts.first_screen import Query, Screen, block, keyed
from pages.parts.runtime import store
from pages.parts.wording import _
from pages.visit.map.choice import LAYER_HELP, SIGHTINGS

STYLE = "map/map.css"
LISTED = 20
FILTERS = ("group", "district", "taxon")  # of the address, which the picture can follow
NARROWING = (*FILTERS, "layer", "period", "status", "spot", "months")
PICTURE = Markup('<div class="s-picture"><img src="/tiles/city.svg{}" alt="{}"></div>')


def screen(query: Query) -> Screen:
    """The whole city; where the address narrows the map, its picture without figures."""
    filters = {key: query[key] for key in FILTERS if query.get(key, "all") != "all"}
    if "taxon" in filters:
        filters["taxon_id"] = filters.pop("taxon")
    alt = _("杭州地图：各处有多少观察记录。")
    picture = PICTURE.format(f"?{urlencode(filters)}" if filters else "", alt)
    heading = Markup('<h1 class="g-sr">{}</h1>').format(_("地图"))
    is_narrowed = any(key in query for key in NARROWING)
    here = cards.NOTHING if is_narrowed else _city()
    sheet = keyed("sheet", here) if here else cards.NOTHING
    whole = Markup('<div class="s-map st-key-map">{}{}{}</div>')
    return Screen(whole.format(picture, block(heading), sheet), style=STYLE)


def _city() -> Markup:
    everything = contents(store(), Filters(), LISTED)
    if not everything.records:
        return cards.NOTHING
    return block(layer_help(SIGHTINGS)) + head(_("杭州全城"), everything)


def layer_help(layer: str) -> Markup:
    """What a layer shows, in a line."""
    return Markup('<p class="m-help">{}</p>').format(_(LAYER_HELP[layer]))


def head(name: str, contents: Contents) -> Markup:
    """Picture, name of the place, how many species and records, chips a group."""
    with_photo = next((record for record in contents.listed if record.photo_sha256), None)
    group = contents.groups[0].group_code or "" if contents.groups else ""
    photo = cards.photo(with_photo.photo_sha256) if with_photo else None
    picture = cards.picture(photo, "", group, small=True)
    count = _("{species} 种 · {records} 条记录").format(
        species=f"{contents.species:,}", records=f"{contents.records:,}"
    )
    whole = (
        '<div class="g-row m-head">{}<div class="g-grow"><h2>{}</h2> {}'
        '<p class="g-sub g-num">{}</p></div></div>'
    )
    mark = cards.demo_mark() if contents.is_demo else ""
    chips = Markup('<div class="g-chips m-chips">{}</div>').format(
        Markup("").join(_chips(contents))
    )
    return cards.together(Markup(whole).format(picture, name, mark, count), chips)


def _chips(contents: Contents) -> list[Markup]:
    chips = []
    for counted in contents.groups:
        group = group_of(counted.group_code)
        if group and counted.species:
            text = f"{_(group.word)} {counted.species:,}"
            chips.append(cards.chip(text, cards.group_icon(str(group))))
    return chips
