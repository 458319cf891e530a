"""The evidence on one screen: photo and strip, name, facts, checks, map, history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from observations.actions.catalogue import Action
from observations.actions.entries import ActionEntry
from observations.actions.odd_patterns import FLAG_WORDS
from observations.base.clock import day_of
from observations.occurrences.occurrence import (
    Check,
    Occurrence,
    TrackRecord,
    receipt_number,
)
from observations.occurrences.report_checks import CHECK_PASSED, CHECK_WORDS, other_records
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS, Group, Taxon, group_of
from observations.verification.decisions import Review
from pages.parts import cards
from pages.parts.actions import form
from pages.parts.sighting import words as record_words
from pages.parts.sighting.evidence import Evidence, Subjects
from pages.parts.small_map import Spot, small_map
from pages.parts.wording import _, language

CHIPS = Markup('<div class="g-chips">{}</div>')


def photo(evidence: Evidence, now: datetime) -> Markup:
    """The photo, whole, with where and when under it; it and the others open large on a tap."""
    name = title_of(evidence)
    large = [cards.photo(one.sha256, "large") for one in evidence.photos] or [None]
    picture = cards.zoomable(large[0], name, _group(evidence))
    small = [cards.zoomable(other, name, small=True) for other in large[1:]]
    more = Markup('<div class="g-more">{}</div>').format(Markup("").join(small)) if small else ""
    caption = CHIPS.format(Markup("").join(_photo_chips(evidence, now)))
    figure = '<figure class="g-card g-shot">{}{}<figcaption>{}</figcaption></figure>'
    return Markup(figure).format(picture, more, caption)


def _photo_chips(evidence: Evidence, now: datetime) -> Sequence[Markup]:
    sighting, entry = evidence.sighting, evidence.entry
    if sighting:
        when = record_words.moment(sighting.event_date, now, sighting.is_time_known)
        return [
            cards.chip(record_words.exact_place(sighting), "pin"),
            cards.chip(when, "clock"),
        ]
    facts = form.facts(entry, day_of(now)) if entry else ()
    return [*(cards.chip(words, icon) for words, icon in facts), *_size(evidence)]


def _size(evidence: Evidence) -> Sequence[Markup]:
    """The size of the photo as it was received."""
    pixels = evidence.photos[0].pixels if evidence.photos else None
    if pixels is None:
        return ()
    size = _("{width}×{height} 原图").format(width=pixels[0], height=pixels[1])
    return (cards.chip(size, "photos"),)


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


def facts(evidence: Evidence) -> Markup:
    """Name, what the checks found, who sent it, what they wrote."""
    sighting, entry, action = evidence.sighting, evidence.entry, evidence.action
    parts: Sequence[Markup] = ()
    if sighting:
        named = _named(sighting, evidence.taxon)
        parts = (*named, checks(evidence.checks), _more(evidence), note(evidence))
    elif entry and action:
        parts = (*_done(entry, action), _odd(entry), _track(evidence.track), note(evidence))
    return cards.card(*parts, kind="g-evidence")


def ahead(later: Sequence[Evidence], now: datetime) -> None:
    """The next subjects, unseen: `assets/desk/ahead.js` shows them before they are asked for."""
    one = '<div class="g-ahead" data-subject="{}" hidden>{}{}</div>'
    blocks = [Markup(one).format(each.subject_id, photo(each, now), facts(each)) for each in later]
    with st.container(key="desk_ahead"):
        cards.show(*blocks)


def place(evidence: Evidence) -> None:
    """The place of a sighting with its uncertainty on the map."""
    sighting = evidence.sighting
    if sighting is None:
        return
    with st.container(key="card_place"):
        spot = Spot(
            sighting.decimal_latitude,
            sighting.decimal_longitude,
            sighting.coordinate_uncertainty_in_meters,
        )
        words = record_words.exact_place(sighting)
        small_map(spot, _("地点：{place}").format(place=words), "desk_map")


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
    head = Markup('<h2 class="g-name">{}</h2>').format(record_words.name_of(sighting))
    if taxon is None:
        typed = _("不在名录里，按原话写下") if sighting.verbatim_name else _("没有写名字")
        return head, cards.sub(typed)
    common = _("常见") if taxon.tier == 1 else _("少见")
    line = '<p>{} <span class="g-sub">{} · {}</span></p>'
    return head, Markup(line).format(cards.latin(taxon.scientific_name), taxon.family, common)


def _more(evidence: Evidence) -> Markup:
    """Chips about the record and the person."""
    sighting, taxon = evidence.sighting, evidence.taxon
    chips = [_track_chip(evidence.track)] if evidence.track else []
    if chips and sighting and sighting.observer_id:
        query = {"observer": str(sighting.observer_id), "group": sighting.group_code or ""}
        link = Markup('<a class="g-chiplink" href="/verify?{}" title="{}">{}</a>')
        words = _("这个人这一类里在等的")
        chips = [link.format(urlencode({k: v for k, v in query.items() if v}), words, chips[0])]
        chips += _of_group(evidence.track, group_of(sighting.group_code))
    if sighting:
        chips.append(cards.chip(record_words.source_of_place(sighting), "map"))
        chips.append(cards.chip(record_words.coordinates(sighting), "globe"))
    chips += _size(evidence)
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
    facts = {"nickname": track.nickname, "sent": track.sent, "accepted": track.accepted}
    return cards.chip(words.format(**facts), "me")


def _of_group(track: TrackRecord | None, group: Group | None) -> Sequence[Markup]:
    """How verifiers decided on this person's sightings of the group."""
    if track is None or group is None:
        return ()
    sent = track.of_group(group)
    if not sent.accepted and not sent.rejected:
        return (cards.chip(_("{group}：还没有核实过的").format(group=_(group.word)), group.icon),)
    words = _("{group}：{accepted} 条属实，{rejected} 条没采用").format(
        group=_(group.word), accepted=sent.accepted, rejected=sent.rejected
    )
    return (cards.chip(words, group.icon),)


def _track(track: TrackRecord | None) -> Markup:
    return CHIPS.format(_track_chip(track)) if track else Markup("")


def checks(results: Sequence[Check]) -> Markup:
    """What the automatic checks ask to look at, in words; what they passed one tap further.

    The colour only repeats what icon and words say.
    """
    flags = [_check(one, CHECK_WORDS, "warn") for one in results if one.is_flag]
    passed = [_check(one, CHECK_PASSED, "ok") for one in results if not one.is_flag]
    flags, passed = [one for one in flags if one], [one for one in passed if one]
    more = Markup("")
    if passed:
        words = _("{count} 项检查没有发现问题").format(count=len(passed))
        head = Markup("<summary>{} {}</summary>").format(cards.icon("ok"), words)
        whole = '<li><details class="g-passed">{}<ul class="g-list">{}</ul></details></li>'
        more = Markup(whole).format(head, Markup("").join(passed))
    return Markup('<ul class="g-list g-checks">{}{}</ul>').format(Markup("").join(flags), more)


def _check(check: Check, words: Mapping[str, str], kind: str) -> Markup:
    if check.code not in words:
        return Markup("")
    line = '<li><span class="g-mark {}">{}</span><span class="g-grow">{}</span></li>'
    text = Markup("{} {}").format(_(words[check.code]), _elsewhere(check))
    return Markup(line).format(kind, cards.icon(kind), text)


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
            (
                _("系数"),
                each.format(
                    saving=f"{(entry.saving_factor or action.factor.saving).normalize():f}",
                    unit=unit,
                ),
            ),
            (_("来源"), action.factor.source.of(language())),
            (_("少排"), _("{kilograms} 千克").format(kilograms=f"{entry.avoided_kg_co2e:.2f}")),
        ]
    else:
        pairs.append((_("系数"), _("不计碳量")))
    pairs.append((_("绿点"), cards.points(entry.points, worded=False)))
    return above, head, cards.facts(pairs)


def note(evidence: Evidence) -> Markup:
    """What the observer wrote, for staff only."""
    record = evidence.sighting or evidence.entry
    if record is None or not record.note:
        return Markup("")
    quote = Markup('<span class="g-sub">{}</span><br>{}')
    return cards.note(quote.format(_("留言，只有工作人员看得到"), record.note))
