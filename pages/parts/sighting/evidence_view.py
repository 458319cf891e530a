"""The evidence on one screen: photo and strip, name, facts, checks, map, history."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.actions.odd_patterns import FLAG_WORDS
from observations.base.clock import day_of
from observations.occurrences.occurrence import (
    Check,
    Occurrence,
    Photograph,
    TrackRecord,
    receipt_number,
)
from observations.occurrences.report_checks import CHECK_PASSED, CHECK_WORDS, other_records
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS, Taxon
from observations.verification.decisions import Review
from pages.parts import cards
from pages.parts.actions import form
from pages.parts.sighting import words as record_words
from pages.parts.sighting.evidence import Evidence, Subjects
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _, language

CHIPS = Markup('<div class="g-chips">{}</div>')


def photo(evidence: Evidence, now: datetime) -> None:
    """The photo, whole, with where and when under it; several are leafed through by number."""
    shown = _photograph(evidence)
    source = cards.photo(shown.sha256, "large") if shown else None
    picture = cards.picture(source, title_of(evidence), _group(evidence))
    if source:
        whole = '<a class="g-zoom" href="{}" target="_blank" title="{}">{}</a>'
        picture = Markup(whole).format(source, _("打开大图"), picture)
    caption = CHIPS.format(Markup("").join(_photo_chips(evidence, shown, now)))
    figure = '<figure class="g-card g-shot">{}<figcaption>{}</figcaption></figure>'
    cards.show(Markup(figure).format(picture, caption))
    if len(evidence.photos) > 1:
        _leaf(evidence)


def _photograph(evidence: Evidence) -> Photograph | None:
    number = st.session_state.get(_leaf_key(evidence)) or 0
    return evidence.photos[min(number, len(evidence.photos) - 1)] if evidence.photos else None


def _leaf(evidence: Evidence) -> None:
    st.segmented_control(
        _("第几张照片"),
        range(len(evidence.photos)),
        format_func=lambda number: _("照片 {number}").format(number=number + 1),
        default=0,
        key=_leaf_key(evidence),
        label_visibility="collapsed",
    )


def _leaf_key(evidence: Evidence) -> str:
    return f"photo_{evidence.subject_id}"


def _photo_chips(evidence: Evidence, shown: Photograph | None, now: datetime) -> Sequence[Markup]:
    chips = []
    sighting, entry = evidence.sighting, evidence.entry
    if sighting:
        when = record_words.moment(sighting.event_date, now, sighting.is_time_known)
        chips = [
            cards.chip(record_words.exact_place(sighting), "pin"),
            cards.chip(when, "clock"),
            cards.chip(record_words.source_of_place(sighting), "map"),
            cards.chip(record_words.coordinates(sighting), "globe"),
        ]
    elif entry:
        chips = [cards.chip(words, icon) for words, icon in form.facts(entry, day_of(now))]
    if shown and shown.pixels:
        size = _("{width}×{height} 原图").format(width=shown.pixels[0], height=shown.pixels[1])
        chips.append(cards.chip(size, "photos"))
    return chips


def strip(reviews: Sequence[Review], subjects: Subjects) -> None:
    """The thumbnails: the subject on the screen, and the next ones."""
    pictures = [_next(review, subjects, number == 0) for number, review in enumerate(reviews)]
    row = '<ol class="g-strip" aria-label="{}">{}</ol>'
    cards.show(Markup(row).format(_("接下来的记录"), Markup("").join(pictures)))


def _next(review: Review, subjects: Subjects, is_here: bool) -> Markup:
    sighting = subjects.sighting(review.subject_id)
    if sighting:
        name, sha256, group = (
            record_words.name_of(sighting),
            sighting.photo_sha256,
            sighting.group_code,
        )
    else:
        entry = subjects.entries.get(review.subject_id)
        name, sha256, group = _("低碳行动"), entry.photo_sha256 if entry else None, None
    picture = cards.picture(cards.photo(sha256), name, group or "", small=True)
    current = Markup(' aria-current="true"') if is_here else ""
    return Markup('<li title="{}"{}>{}</li>').format(name, current, picture)


def facts(evidence: Evidence, now: datetime) -> None:
    """Name, who sent it, what the checks found, the map."""
    with st.container(key="card_facts", gap="small"):
        sighting, entry, action = evidence.sighting, evidence.entry, evidence.action
        if sighting:
            cards.show(*_named(sighting, evidence.taxon), _more(evidence), checks(evidence.checks))
            spot = Spot(
                sighting.decimal_latitude,
                sighting.decimal_longitude,
                sighting.coordinate_uncertainty_in_meters,
            )
            place = record_words.exact_place(sighting)
            small_map(spot, _("地点：{place}").format(place=place), "desk_map")
        elif entry and action:
            cards.show(*_done(entry, action), _odd(entry), _track(evidence.track))


def _odd(entry: ActionEntry) -> Markup:
    """The flags of an action: why its points wait, or that its photo was sent before."""
    line = '<li><span class="g-mark warn">{}</span><span class="g-grow">{}</span></li>'
    lines = [Markup(line).format(cards.icon("warn"), _(FLAG_WORDS[flag])) for flag in entry.flags]
    return Markup('<ul class="g-list g-checks">{}</ul>').format(Markup("").join(lines))


def title_of(evidence: Evidence) -> str:
    """The title of the subject."""
    if evidence.sighting:
        return record_words.name_of(evidence.sighting)
    return evidence.action.name.of(language()) if evidence.action else _("低碳行动")


def _group(evidence: Evidence) -> str:
    return (evidence.sighting.group_code or "") if evidence.sighting else ""


def _named(sighting: Occurrence, taxon: Taxon | None) -> Sequence[Markup]:
    above = cards.sub(_("记录的名字"))
    head = Markup('<h2 class="g-name">{}</h2>').format(record_words.name_of(sighting))
    if taxon is None:
        typed = _("不在名录里，按原话写下") if sighting.verbatim_name else _("没有写名字")
        return above, head, cards.sub(typed)
    common = _("常见") if taxon.tier == 1 else _("少见")
    line = '<p>{} <span class="g-sub">{} · {}</span></p>'
    return (
        above,
        head,
        Markup(line).format(cards.latin(taxon.scientific_name), taxon.family, common),
    )


def _more(evidence: Evidence) -> Markup:
    """Chips about the record and the person."""
    sighting, taxon = evidence.sighting, evidence.taxon
    chips = [_track_chip(evidence.track)] if evidence.track else []
    if sighting and sighting.individual_count:
        count = _("{count} 只（株）").format(count=sighting.individual_count)
        chips.append(cards.chip(count, "footprint"))
    if sighting and sighting.establishment_means:
        chips.append(
            cards.chip(_(record_words.ESTABLISHMENT[sighting.establishment_means]), "plant")
        )
    if taxon and taxon.national_protection:
        chips.append(cards.chip(_(PROTECTION_WORDS[taxon.national_protection]), "shield"))
    if taxon and taxon.is_invasive:
        chips.append(cards.chip(_(INVASIVE_WORD), "flag"))
    if sighting and sighting.hides_exact_place:
        chips.append(cards.chip(_("本人要求隐藏位置"), "hidden"))
    return CHIPS.format(Markup("").join(chips))


def _track_chip(track: TrackRecord) -> Markup:
    words = _("{nickname} · {sent} 条，{accepted} 条属实")
    return cards.chip(words.format(**track.__dict__), "me")


def _track(track: TrackRecord | None) -> Markup:
    return CHIPS.format(_track_chip(track)) if track else Markup("")


def checks(results: Sequence[Check]) -> Markup:
    """The results of the automatic checks: an icon and words; the colour only repeats them."""
    line = '<li><span class="g-mark {}">{}</span><span class="g-grow">{}</span></li>'
    lines = []
    for check in results:
        words = CHECK_WORDS if check.is_flag else CHECK_PASSED
        if check.code in words:
            kind = "warn" if check.is_flag else "ok"
            text = Markup("{} {}").format(_(words[check.code]), _elsewhere(check))
            lines.append(Markup(line).format(kind, cards.icon(kind), text))
    return Markup('<ul class="g-list g-checks">{}</ul>').format(Markup("").join(lines))


def _elsewhere(check: Check) -> Markup:
    """Links to the other records that a finding names."""
    link = '<a href="/sighting?id={}" target="_self">{}</a>'
    others = [(record, receipt_number(record)) for record in other_records(check)]
    return Markup(" ").join(Markup(link).format(record, number) for record, number in others)


def _done(entry: ActionEntry, action: Action) -> Sequence[Markup]:
    above = cards.sub(_("低碳行动"))
    head = Markup('<h2 class="g-name">{}</h2>').format(action.name.of(language()))
    unit = action.unit_name.of(language())
    pairs = [(_("数量"), f"{entry.activity_data.normalize():f} {unit}")]
    if action.factor and entry.avoided_kg_co2e is not None:
        each = _("{saving} 千克二氧化碳 / {unit}")
        pairs += [
            (_("系数"), each.format(saving=f"{action.factor.saving.normalize():f}", unit=unit)),
            (_("来源"), action.factor.source.of(language())),
            (_("少排"), _("{kilograms} 千克").format(kilograms=f"{entry.avoided_kg_co2e:.2f}")),
        ]
    else:
        pairs.append((_("系数"), _("不计碳量")))
    pairs.append((_("绿点"), cards.points(entry.points, worded=False)))
    return above, head, cards.facts(pairs)


def note(evidence: Evidence) -> None:
    """What the observer wrote, for staff only."""
    record = evidence.sighting or evidence.entry
    if record and record.note:
        quote = Markup('<span class="g-sub">{}</span><br>{}')
        cards.show(cards.note(quote.format(_("留言，只有工作人员看得到"), record.note)))
