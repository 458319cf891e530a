"""What the community says of a sighting, as markup."""

from collections.abc import Sequence
from uuid import UUID

from markupsafe import Markup

from observations.occurrences.community.agreement import Agreement
from observations.occurrences.community.voices import RANK_WORDS, Certainty, Said, agreement
from observations.occurrences.community.voices import rank_of as latin_of
from observations.taxa.rank_names import chinese_rank
from observations.taxa.taxon import Taxon
from pages.parts import cards
from pages.parts.wording import _, language

SHOWN = 6
Spoken = tuple[UUID, Certainty]


def summary(voices: Sequence[Said]) -> Markup:
    """The name that the community agrees on, who says what, and how it is counted."""
    rows = Markup("").join(_row(one) for one in _by_name(voices)[:SHOWN])
    whole = Markup('<p>{}</p><ul class="g-list">{}</ul><p class="g-src">{}</p>')
    counted = _(
        "大家的看法和核实员的结论分开写，不改名字。在这一类认对过几种，说话就重几分，最重抵三个人。"
    )
    return whole.format(_agreed(agreement(voices), voices), rows, counted)


def _agreed(common: Agreement | None, voices: Sequence[Said]) -> Markup:
    name = _name_in(common.name, voices) if common else None
    if common is None or name is None:
        return Markup(_("还没有两个人以上说到一处。"))
    words = _("大家的看法：{name}。{people} 人这样认，{others} 人不这样认，占 {share}。")
    return Markup(words).format(
        name=Markup("<b>{}</b>").format(name),
        people=common.people,
        others=common.others,
        share=f"{common.score:.0%}",
    )


def _name_in(name: str, voices: Sequence[Said]) -> str | None:
    """A Latin name as people say it; None above the classes, where it says nothing."""
    for one in voices:
        if one.taxon.scientific_name == name:
            return name_of(one.taxon)
    for one in voices:
        for rank in RANK_WORDS:
            if latin_of(one.taxon, rank) == name:
                return rank_words(one.taxon, rank)
    return None


def name_of(taxon: Taxon) -> str:
    """A taxon's name in the visitor's language."""
    return taxon.name(language())


def rank_words(taxon: Taxon, rank: Certainty) -> str:
    """A taxon's genus, family, order or class by name: 鹭科 Ardeidae, Egretta 属."""
    latin = latin_of(taxon, rank)
    chinese = chinese_rank(latin) if language() == "zh" else ""
    if chinese:
        return f"{chinese} {latin}"
    return _(RANK_WORDS[rank]).format(latin=latin)


def spoken_words(taxon: Taxon, certainty: Certainty) -> str:
    """What somebody said: the taxon, or only a rank above it."""
    if certainty is Certainty.TAXON:
        return name_of(taxon)
    words = _("不是{name}，只认到这一级：{rank}")
    return words.format(name=name_of(taxon), rank=rank_words(taxon, certainty))


def _by_name(voices: Sequence[Said]) -> list[list[Said]]:
    """The voices that say the same together, the most first."""
    groups: dict[Spoken, list[Said]] = {}
    for one in voices:
        groups.setdefault((one.taxon.taxon_id, one.certainty), []).append(one)
    return sorted(groups.values(), key=len, reverse=True)


def _row(same: Sequence[Said]) -> Markup:
    one = same[0]
    parts = [_("{count} 人").format(count=len(same))]
    if any(voice.is_observers for voice in same):
        parts.append(_("一位是记录的人"))
    parts += _proofs(same)
    latin = cards.latin(one.taxon.scientific_name) if one.certainty is Certainty.TAXON else ""
    badge = cards.badge(_("敏感物种，别人看不到"), "warn", "hidden") if _is_kept(one) else ""
    whole = '<li>{}<div class="g-grow"><b>{}</b> {} {}{}</div></li>'
    return Markup(whole).format(
        cards.icon("knowledge"),
        spoken_words(one.taxon, one.certainty),
        latin,
        badge,
        cards.sub(" · ".join(parts)),
    )


def _is_kept(one: Said) -> bool:
    return one.taxon.is_sensitive


def _proofs(same: Sequence[Said]) -> list[str]:
    """What those who say it proved to know of the group, the most first."""
    proved = sorted((one.proved for one in same if one.proved), reverse=True)
    if not proved:
        return []
    numbers = _("、").join(str(number) for number in proved[:3])
    group = _(same[0].taxon.group.word)
    return [_("{group}认对过 {numbers} 种").format(group=group, numbers=numbers)]
