"""A rule of the desk and its errors in words."""

from observations.desk.rule import Rate, Rule
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Taxon, group_of
from pages.parts.taxa.checklist import all_taxa
from pages.parts.wording import _, language

WHOLE = 0.999  # an interval this wide says nothing yet


def words_of(rule: Rule) -> str:
    """What a rule is about: group, species, district."""
    group, taxon = group_of(rule.group_code), taxon_with(str(rule.taxon_id))
    about = taxon.name(language()) if taxon else _(group.word) if group else rule.group_code
    where = DISTRICTS[rule.district].name(language()) if rule.district else _("全市")
    return f"{about} · {where}"


def taxon_with(taxon_id: str) -> Taxon | None:
    """The taxon of the checklist with this id, as text."""
    return next((one for one in all_taxa() if str(one.taxon_id) == taxon_id), None)


def rate_words(rate: Rate) -> str:
    """A share of errors with its interval."""
    low, high = rate.interval
    if high - low > WHOLE:
        return _("还没有抽查的结果")
    text = _("{wrong}/{of} 出错，{share}（95% 区间 {low} 到 {high}）")
    shares = {"share": rate.share, "low": low, "high": high}
    percent = {name: f"{share:.1%}" for name, share in shares.items()}
    return text.format(wrong=rate.wrong, of=rate.of, **percent)
