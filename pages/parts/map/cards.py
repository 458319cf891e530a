"""The list beside the map: a closed card has one line, an open one everything.

Both work with the keyboard.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from observations.base.wording import N_
from observations.occurrences.occurrence import PublicOccurrence
from observations.places.districts import DISTRICTS
from observations.surveys.layer import Placed, properties
from observations.surveys.new_record import NewRecord
from observations.taxa.taxon import group_of
from observations.verification.statuses import VerificationStatus
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.wording import _, language

Line = Markup | str
MISSING_APPROVAL = N_(
    "还没有审图号：正式公开这张地图之前，要先送审，再填进设置 LUJI_MAP_APPROVAL。"
)
SURVEY = "survey"
ACCEPTED = (VerificationStatus.ACCEPTED_CONSIDERED_CORRECT, VerificationStatus.ACCEPTED_CORRECT)
CARD = Markup(
    '<details class="m-card"{opened}><summary>{picture}<span class="g-grow"><b>{name}</b>'
    '<span class="g-sub">{line}</span></span></summary><div>{body}</div></details>'
)


def sightings(records: Sequence[PublicOccurrence], today: date) -> Markup:
    """Public sightings, one card each."""
    return _list([_sighting(record, today) for record in records])


def single(record: PublicOccurrence, today: date) -> Markup:
    """One public sighting, open."""
    name, when = name_of(record), _when(record, today)
    whole = '<div class="m-single"><div class="m-head"><h2>{}</h2></div>{}</div>'
    return Markup(whole).format(name, _sighting_body(record, name, when))


def sighting_card(sighting: PublicOccurrence, today: date) -> Markup:
    """One released sighting, as everyone may see it."""
    seal = cards.seal("verified") if sighting.verification_status in ACCEPTED else ""
    drawn = cards.drawn_mark() if sighting.is_demo and sighting.photo_sha256 else ""
    return cards.sighting(
        name_of(sighting),
        sighting.scientific_name,
        (place_of(sighting), day_words(sighting.event_day, today, sighting.is_month_only)),
        source=cards.photo(sighting.photo_sha256),
        group=sighting.group_code or "",
        href=f"/sighting?id={sighting.public_id}",
        mark=cards.together(drawn, seal),
    )


def _sighting(record: PublicOccurrence, today: date) -> Markup:
    name, when = name_of(record), _when(record, today)
    line = " · ".join(part for part in (place_of(record), when) if part)
    picture = cards.picture(
        cards.photo(record.photo_sha256), "", record.group_code or "", small=True
    )
    return _card(name, line, picture, _sighting_body(record, name, when), opens=False)


def _when(record: PublicOccurrence, today: date) -> str:
    return day_words(record.event_day, today, record.is_month_only)


def new_species(records: Sequence[NewRecord], placed: Sequence[Placed], code: str) -> Markup:
    """New species, one card each; the chosen one is open."""
    places = {place.record.code: place for place in placed}
    return _list([_new_species(record, places.get(record.code), code) for record in records])


def name_of(record: PublicOccurrence) -> str:
    """The name in the visitor's language; a group, or nothing yet, where it has none."""
    english = record.english_name or record.scientific_name
    name = english if language() == "en" else record.vernacular_name
    if name:
        return name
    group = group_of(record.group_code)
    word = _(group.word) if group else _("还不知道是谁")
    return _("{group}（还没认出种）").format(group=word) if group else word


def place_of(record: PublicOccurrence) -> str:
    """The district of the public place."""
    district = DISTRICTS.get(record.district or "")
    return district.name(language()) if district else ""


def _list(entries: Sequence[Markup]) -> Markup:
    return Markup('<div class="m-cards">{}</div>').format(Markup("").join(entries))


def _card(name: str, line: Line, picture: Markup, body: Markup, opens: bool) -> Markup:
    opened = Markup(" open") if opens else ""
    return CARD.format(opened=opened, picture=picture, name=name, line=line, body=body)


def _sighting_body(record: PublicOccurrence, name: str, when: str) -> Markup:
    """Photo, name, when, by whom, how sure, how exact and why."""
    pairs: list[tuple[str, Line]] = [(_("时间"), when), (_("地点"), _exactness(record))]
    if record.verbatim_name:
        pairs.append((_("原来写的名字"), record.verbatim_name))
    if record.individual_count:
        pairs.append((_("数量"), str(record.individual_count)))
    if record.recorded_by and not record.grid:
        pairs.append((_("记录的人"), record.recorded_by))
    photo = cards.photo(record.photo_sha256, "large")
    shown = cards.picture(photo, name, record.group_code or "") if photo else ""
    mark = cards.demo_mark() if record.is_demo else ""
    head = Markup('<p class="g-row g-wrap">{}{}{}</p>').format(
        cards.state(record.verification_status), cards.latin(record.scientific_name), mark
    )
    links = []
    if record.verification_status != SURVEY:  # a survey row has no page of its own
        address = f"/sighting?id={record.public_id}"
        links.append(cards.button(_("看这次遇见"), address, quiet=True))
    if record.taxon_id:
        links.append(cards.button(_("它是谁"), f"/species?taxon={record.taxon_id}", quiet=True))
    link = Markup('<p class="g-row g-wrap">{}</p>').format(Markup("").join(links))
    return Markup("").join([shown, head, cards.facts(pairs), link])


def _exactness(record: PublicOccurrence) -> str:
    if record.grid:
        return _rough_place(record)
    place, metres = place_of(record), record.coordinate_uncertainty_in_meters
    if metres is None:
        return place
    if record.square:
        words = _("{place}，只知道在约 {kilometres} 公里的范围里")
        where = place or _("杭州一带")
        return words.format(place=where, kilometres=f"{metres / 1000:,.0f}")
    return _("{place}，精确到约 {metres} 米").format(place=place, metres=f"{metres:,.0f}")


def _rough_place(record: PublicOccurrence) -> str:
    """How rough the place is, and why."""
    size = {10: _("10 公里"), 100: _("1 公里"), 1000: _("100 米")}[record.grid or 10]
    if record.taxon_id is None:
        words = _("{place}，大致位置（约 {size}见方）：还没认到种，先不公开准确的地点和日子。")
    elif record.verification_status == SURVEY:
        words = _("{place}，大致位置（约 {size}见方）：珍稀物种，或数据的来源只公开大致的地点。")
    else:
        words = _(
            "{place}，大致位置（约 {size}见方）：珍稀物种，或记录的人不想公开准确的地点和日子。"
        )
    return words.format(place=place_of(record), size=size)


def _new_species(record: NewRecord, place: Placed | None, code: str) -> Markup:
    details = properties(place or Placed(record, 0.0, 0.0, 0.0), language())
    line = " · ".join(
        str(details[key]) for key in ("level_name", "year", "district_name") if details[key]
    )
    source = cards.drawing(record.picture.removesuffix(".webp")) if record.picture else None
    picture = cards.picture(source, "", record.group, small=True)
    name = record.scientific_name if language() == "en" else ""
    opens = record.code == code
    return _card(name or record.name, line, picture, _new_species_body(details, place), opens)


def _new_species_body(details: dict[str, object], place: Placed | None) -> Markup:
    """Level, place, evidence, and the source below."""
    where = str(details["locality"] or details["district_name"])
    if place:
        where = _("{place}（地图上只画大致位置）").format(place=where)
    pairs = [
        (_("学名"), _full_name(details)),
        (_("地点"), where or _("没有公开的地点，不画在地图上")),
        (_("依据"), f"{details['evidence']} · {details['confidence']}"),
        (_("模式标本"), str(details["type_origin"])),
    ]
    head = Markup('<p class="g-row g-wrap">{}</p><p>{}</p>').format(
        cards.badge(str(details["level_name"]), "new", cards.group_icon(str(details["group"]))),
        details["about"],
    )
    source = Markup('<p class="g-src">{}</p>').format(
        _("来源：{source}").format(source=details["source"])
    )
    link = Markup("<p>{}</p>").format(
        cards.button(_("看它的故事"), f"/discoveries?code={details['code']}", quiet=True)
    )
    return head + cards.facts(pairs) + source + link


def _full_name(details: dict[str, object]) -> Markup:
    return Markup("{} {}").format(
        cards.latin(str(details["scientific_name"]) or None), details["authorship"]
    )
