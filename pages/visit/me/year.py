"""My year, to look at and to share, and my map; both of my own sightings alone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.occurrences import own_records
from observations.occurrences.own_records import Glance, Year
from observations.taxa.leaves import species_count
from observations.taxa.taxon import Taxon
from pages.parts import cards, ways
from pages.parts.dates import written
from pages.parts.small_map import Spot, small_map
from pages.parts.taxa.checklist import all_taxa
from pages.parts.wording import _, language

FIRSTS_SHOWN, FIRSTS_SHARED = 6, 3
MOST_SPOTS = 2000


def my_year(own: Sequence[Glance], wanted: int | None) -> None:
    """What a year brought: of the year chosen, else of the latest with sightings."""
    year = own_records.year_in(own, wanted or own_records.years(own)[0])
    if year.sightings:
        taxa = {taxon.taxon_id: taxon for taxon in all_taxa()}
        cards.show(_card(year, taxa))


def _card(year: Year, taxa: Mapping[UUID, Taxon]) -> Markup:
    head = _("{year}，我的绿迹").format(year=year.year)
    species = species_count(taxa[one] for one in year.taxa if one in taxa)
    figures = (
        (_("遇见"), year.sightings, _("次")),
        (_("认识"), species, _("种")),
        (_("出门"), year.days, _("天")),
    )
    cell = Markup('<div><dt>{}</dt><dd class="g-num">{}<small>{}</small></dd></div>')
    firsts = [(taxa[one], day) for one, day in year.firsts if one in taxa]
    chips = [
        cards.chip(f"{taxon.name(language())} · {written(day, _('M 月 d 日'))}")
        for taxon, day in firsts[-FIRSTS_SHOWN:]
    ]
    met = _("第一次遇见的") if chips else ""
    whole = Markup(
        '<section class="g-card g-year" aria-label="{}"><h3 class="g-h3">{}</h3>'
        '<dl class="g-stats">{}</dl>{}<div class="g-chips">{}</div>{}</section>'
    )
    return whole.format(
        head,
        head,
        cards.NOTHING.join(cell.format(*figure) for figure in figures),
        cards.sub(met) if met else "",
        cards.NOTHING.join(chips),
        ways.row(ways.share("/", head, _shared(year, species, [one for one, _day in firsts]))),
    )


def _shared(year: Year, species: int, firsts: Sequence[Taxon]) -> str:
    """The words that go to friends: numbers and names, no place and no day."""
    text = _("我在杭州遇见 {sightings} 次，认识了 {species} 种。").format(
        sightings=year.sightings, species=species
    )
    names = [taxon.name(language()) for taxon in firsts if not taxon.is_sensitive]
    if not names:
        return text
    first = _("第一次遇见：{names}。").format(names=_("、").join(names[-FIRSTS_SHARED:]))
    return f"{text}{'' if language() == 'zh' else ' '}{first}"


def my_map(records: Sequence[Glance]) -> None:
    """Where my sightings were, exactly: sent over this session alone, and kept by nobody."""
    if not records:
        return
    with st.expander(_("我的地图"), key="me_map", on_change="rerun") as part:
        if not part.open:
            return
        spots = [
            Spot(record.decimal_latitude, record.decimal_longitude, None)
            for record in records[:MOST_SPOTS]
        ]
        small_map(spots, _("我的遇见在地图上"), "my_map")
        cards.show(cards.sub(_("准确的地点，只有你看得到。")))
