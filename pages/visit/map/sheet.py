"""The sheet over the map: the selected place, the legend, the filters, the list."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import streamlit as st
from markupsafe import Markup

from observations.base.wording import N_
from observations.map.exploring import (
    CERTAINTY_NAMES,
    PERIOD_NAMES,
    Certainty,
    Compared,
    Comparison,
    Contents,
    DistrictCount,
    Explored,
    Measure,
    Period,
)
from observations.map.spots import Cell, Square, district_code, known_place
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.districts import DISTRICTS
from observations.surveys.layer import Placed
from observations.surveys.new_record import NewRecord
from observations.taxa.taxon import Group
from pages.parts import cards, ways
from pages.parts.assets import ASSETS
from pages.parts.dates import month_name
from pages.parts.ground import credit
from pages.parts.map import cards as map_cards
from pages.parts.wording import _, language
from pages.visit.map import choice as map_choice
from pages.visit.map import first, tools
from pages.visit.map.choice import ALL, LAYERS, Choice

SQUARES = {
    1: N_("约 100 公里见方的范围"),
    2: N_("约 50 公里见方的范围"),
    10: N_("约 10 公里见方的范围"),
    100: N_("约 1 公里见方"),
    1000: N_("约 100 米见方"),
}


@contextmanager
def opened(choice: Choice) -> Iterator[None]:
    """The sheet: its grip, what the layer shows, and what is drawn inside."""
    with st.container(key="sheet", gap="small"):
        tools.grip(f"{choice.code} {choice.filters.taxon_id or ''}")
        cards.show(first.layer_help(choice.layer))
        yield


def layer_switch(choice: Choice) -> None:
    """What the map shows, and the way back out of what was chosen.

    With it the map's controls, and the page's heading and styles, where they take no room.
    """
    tools.controls()
    with st.container(key="layers", horizontal=True, gap="small"):
        st.selectbox(
            _("图层"),
            list(LAYERS),
            format_func=lambda layer: _(LAYERS[layer]),
            key=map_choice.key_of("layer"),
            label_visibility="collapsed",
            on_change=map_choice.deselect,
            persist_state="session",
        )
        _back(choice)
        st.html(ASSETS / "map" / "map.css")
        cards.show(Markup('<h1 class="g-sr">{}</h1>').format(_("地图")))


def _back(choice: Choice) -> None:
    """The link from a cell, a record or a species to the district or the city."""
    if choice.spot or choice.filters.taxon_id:
        words = _("看整个区") if choice.filters.district else _("看全城")
        does = map_choice.clear if choice.filters.taxon_id else map_choice.deselect
        st.button(words, key="map_back", on_click=does)


def place_name(choice: Choice) -> str:
    """The name of what was chosen: a park's surroundings, a district, the city."""
    spot = choice.spot
    code = choice.filters.district
    if isinstance(spot, Cell | Square):
        place = known_place(spot)
        if place:
            return _("{place}一带").format(place=place.name(language()))
        code = district_code(spot) or code
        if isinstance(spot, Square):
            where = DISTRICTS[code].name(language()) if code else ""
            return f"{where} {_(SQUARES[spot.grid])}".strip()
        if code:
            return _("{district}的一格").format(district=DISTRICTS[code].name(language()))
    return DISTRICTS[code].name(language()) if code else _("杭州全城")


def _subject(choice: Choice) -> str:
    """What a layer about some taxa is called, before the place."""
    return f"{_(LAYERS[choice.layer])} · " if choice.filters.subject else ""


def head(choice: Choice, contents: Contents) -> None:
    """Picture, name of the place, how many species and records, chips a group."""
    name = _subject(choice) + place_name(choice)
    if choice.filters.taxon_id and contents.listed:
        name = f"{map_cards.name_of(contents.listed[0])} · {name}"
    cards.show(first.head(name, contents))


CAPTIONS = {
    (Measure.RECORDS, False): N_("每格约 5 平方公里里的记录数"),
    (Measure.RECORDS, True): N_("每格约 36 平方公里里的记录数；放大了看得更细"),
    (Measure.SPECIES, False): N_("每格约 5 平方公里里的物种数"),
    (Measure.SPECIES, True): N_("每格约 36 平方公里里的物种数；放大了看得更细"),
}


def legend(explored: Explored, measure: Measure = Measure.RECORDS) -> None:
    """Five swatches with their counts under each; not where there is no cell."""
    if not explored.in_cells:
        return
    cards.show(_ramp(_(CAPTIONS[measure, explored.is_wide]), explored.class_starts))
    if measure is Measure.SPECIES and explored.contents.species:
        each = explored.contents.records / explored.contents.species
        words = _(
            "平均每种 {each} 条记录。记录多的地方找到的种也多：颜色浅，也可能只是还没有人去看。"
        )
        cards.show(Markup('<p class="g-src">{}</p>').format(words.format(each=f"{each:,.1f}")))


def _ramp(caption: str, starts: Sequence[int]) -> Markup:
    ends = [*(start - 1 for start in starts[1:]), None]
    swatch = Markup('<span><i style="background:var(--c{})"></i>{}</span>')
    swatches = [
        swatch.format(k, _range(start, end))
        for k, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]
    ramp = Markup('<div class="g-ramp g-num">{}</div>').format(Markup("").join(swatches))
    return cards.together(cards.sub(caption), ramp)


def _range(start: int, end: int | None) -> str:
    if end is None:
        return f"{start:,}+"
    return f"{start:,}" if start == end else f"{start:,}–{end:,}"


def small_print(is_rough: bool, approval: str, is_staff: bool) -> None:
    """What is obscured, and under which number the map may be shown."""
    obscured = _("只给大致位置的记录画成 10 公里的方块。") if is_rough else ""
    number = _("审图号：{number}").format(number=approval) if approval else ""
    words = _("珍稀物种的位置已模糊。{more}{number}").format(more=obscured, number=number)
    words = f"{words} {_('底图：{credit}').format(credit=credit(language()))}"
    cards.show(Markup('<p class="g-src">{}</p>').format(words), ways.look_around())
    if is_staff and not approval:
        cards.show(cards.note(_(map_cards.MISSING_APPROVAL), "warn", tag="p"))


COMPARED_NAMES = {
    Compared.BOTH: (N_("都有记录"), "var(--c5)"),
    Compared.SURVEY_ALONE: (N_("只有调查到过，等你去看"), "var(--gold)"),
    Compared.CITIZENS_ALONE: (N_("只有大家看到过，调查还没有"), "var(--c3)"),
}


def comparison(choice: Choice, counts: Comparison) -> None:
    """How many cells each saw alone, and both; nothing where no survey has been imported."""
    head = Markup('<div class="m-head"><h2>{}</h2></div>').format(
        _("调查和大家 · {place}").format(place=place_name(choice))
    )
    row = (
        '<li><i class="m-swatch" style="background:{}"></i><span class="g-grow">{}</span>'
        '<b class="g-num">{}</b></li>'
    )
    rows = [
        Markup(row).format(
            colour, _(words), _("{count} 格").format(count=f"{counts.cells[kind]:,}")
        )
        for kind, (words, colour) in COMPARED_NAMES.items()
    ]
    numbers = _(
        "大家 {citizens} 条，调查 {surveyed} 条；每格约 5 平方公里。没有颜色的格子，还没有人去过。"
    )
    note = numbers.format(citizens=f"{counts.citizens:,}", surveyed=f"{counts.surveyed:,}")
    if not counts.surveyed:
        note = _("还没有导入调查数据，现在看到的都是大家的记录。")
    cards.show(
        head,
        Markup('<ul class="m-compared">{}</ul>').format(Markup("").join(rows)),
        Markup('<p class="g-src">{}</p>').format(note),
    )


def districts(counted: Sequence[DistrictCount], starts: Sequence[int], current: str | None) -> None:
    """The districts as a table, the richest first."""
    row = '<tr class="{}"><td>{}</td><td class="g-num">{}</td><td class="g-num">{}</td></tr>'
    rows = [
        Markup(row).format(
            "mine" if district.district == current else "",
            Markup('<a href="/map?district={}">{}</a>').format(
                district.district, DISTRICTS[district.district].name(language())
            ),
            f"{district.species:,}",
            f"{district.records / district.species:,.1f}" if district.species else "–",
        )
        for district in counted
    ]
    head = Markup('<div class="m-head"><h2>{}</h2></div>').format(_("各区县记录到的物种"))
    table = (
        '<table class="g-board"><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead>'
        "<tbody>{}</tbody></table>"
    )
    names = (_("区县"), _("物种"), _("每种记录数"))
    whole = Markup(table).format(*names, Markup("").join(rows)) if rows else Markup("")
    note = Markup('<p class="g-src">{}</p>').format(_("区县有大小，去看的人有多少：种数不是名次。"))
    cards.show(head, _ramp(_("每个区县的物种数"), starts), whole, note)


def months() -> None:
    """The months of any year; none chosen asks for all."""
    st.pills(
        _("哪几个月"),
        range(1, 13),
        selection_mode="multi",
        format_func=month_name,
        key=map_choice.key_of(map_choice.MONTHS),
        on_change=map_choice.deselect,
        persist_state="session",
    )


def filters(names: Sequence[str]) -> None:
    """The select boxes; the district is also how a place is chosen by keyboard."""
    with st.container(key="map_filters"):
        for name in names:
            label, options = _FILTERS[name]
            st.selectbox(
                _(label),
                map_choice.OPTIONS[name],
                format_func=options,
                key=map_choice.key_of(name),
                on_change=map_choice.deselect,
                persist_state="session",
            )


def single(record: PublicOccurrence, today: date) -> None:
    """The selected record, whole."""
    cards.show(map_cards.single(record, today))


def listing(contents: Contents, today: date) -> None:
    """The records, and a button for more."""
    head_words = Markup('<h2 class="g-h">{}</h2>').format(_("这里的记录"))
    cards.show(head_words, map_cards.sightings(contents.listed, today))
    if contents.has_more:
        st.button(
            _("再看 {count} 条").format(count=map_choice.STEP),
            key="map_more",
            on_click=map_choice.show_more,
            width="stretch",
        )


def nothing(choice: Choice) -> None:
    """The message where nothing is found: an invitation, or a link to a wider choice."""
    if choice.layer == map_choice.SURVEY and not (choice.is_narrowed or choice.spot):
        text = _("调查的数据导入以后，会在这里一格一格亮起来。")
        cards.show(cards.empty("layers", _("还没有公开的调查记录"), text))
        return
    if choice.is_narrowed or choice.spot:
        text = _("换一个区、一段时间，或看看所有类群。也可以去那里，做第一个记录的人。")
        cards.show(cards.empty("footprint", _("这里还没有公开的记录"), text))
        st.button(_("看全城所有记录"), key="map_clear", on_click=map_choice.clear, width="stretch")
        return
    call = cards.button(_("记下第一次遇见"), "/record")
    text = _("你拍下的第一次遇见，核实以后会在这里亮起第一格。")
    cards.show(cards.empty("map", _("地图还在等第一道绿迹"), text, call))


def new_species_head(count: int) -> None:
    """The number of species in the survey's layer."""
    line = _("{count} 种。点是大致位置，要保护的植物不画。").format(count=count)
    words = '<div class="m-head"><h2>{}</h2>{}</div>'
    cards.show(Markup(words).format(_("新物种和新记录"), cards.sub(line)))


def new_species(records: Sequence[NewRecord], places: Sequence[Placed], code: str) -> None:
    """Each with its level, evidence and source."""
    cards.show(map_cards.new_species(records, places, code))


def _district(code: str) -> str:
    return _("全城") if code == ALL else DISTRICTS[code].name(language())


def _group(code: str) -> str:
    return _("所有类群") if code == ALL else _(Group(code).word)


def _period(code: str) -> str:
    return _(PERIOD_NAMES[Period(code)])


def _status(code: str) -> str:
    return _(CERTAINTY_NAMES[Certainty(code)])


_FILTERS: dict[str, tuple[str, Callable[[str], str]]] = {
    "district": (N_("哪个区"), _district),
    "group": (N_("哪一类"), _group),
    "period": (N_("哪段时间"), _period),
    "status": (N_("多确定"), _status),
}
