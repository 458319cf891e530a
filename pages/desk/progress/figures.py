"""The figures of the desk: what waits, who decided how much, how the rules err."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from observations.base.clock import day_of
from observations.desk.progress import ACTIONS, DAYS, Sum, a_day, by_district, by_group, by_verifier
from observations.desk.rule import Rate
from observations.taxa.taxon import group_of
from pages.parts import cards
from pages.parts.dates import day_words
from pages.parts.desk_rules import rate_words, words_of
from pages.parts.runtime import known_now, store
from pages.parts.sighting import words as record_words
from pages.parts.wording import _


def waiting() -> None:
    """What waits, by district and by group."""
    now, rows = known_now(), store().desk.waiting()
    if not rows:
        cards.show(cards.empty("ok", _("没有在等的"), _("新的记录一到，就会排在这里。")))
        return
    oldest = min(one.oldest for one in rows)
    figures = [
        (_("在等"), str(sum(one.count for one in rows)), _("条")),
        (_("最早的等了"), record_words.waited(oldest, now), ""),
    ]
    cards.show(cards.stats(figures, ""))
    districts = {record_words.district_name(key): one for key, one in by_district(rows).items()}
    _list(_("按区县"), districts, now)
    _list(_("按类群"), {_group(key): one for key, one in by_group(rows).items()}, now)


def _group(code: str | None) -> str:
    group = group_of(code)
    return _(group.word) if group else _("行动") if code == ACTIONS else _("没有名字")


def _list(head: str, sums: Mapping[str, Sum], now: datetime) -> None:
    words = _("{count} 条，最早的等了 {time}")
    rows = [
        (name, words.format(count=one.count, time=record_words.waited(one.oldest, now)))
        for name, one in sums.items()
    ]
    if rows:
        cards.show(cards.heading(head), cards.card(cards.facts(rows)))


def work() -> None:
    """Decisions a day and by verifier, and those that another verifier overturned."""
    now = known_now()
    today = day_of(now)
    done = store().desk.work(now - timedelta(days=DAYS))
    cards.show(cards.heading(_("近 {days} 天的决定").format(days=DAYS)))
    if not done:
        cards.show(cards.sub(_("这几天还没有人做决定。")))
        return
    heads = (_("核实员"), _("今天的"), _("{days} 天").format(days=DAYS), _("被别人改的"))
    rows = [(name, *map(str, counts)) for name, *counts in by_verifier(done, today)]
    cards.show(cards.card(cards.table(heads, rows)))
    days = [(day_words(day, today), str(count)) for day, count in a_day(done, today)]
    cards.show(cards.card(cards.facts(days)))


def audit() -> None:
    """The error rate of each rule, with its interval."""
    rules, tallies = store().desk.rules(), store().desk.tallies()
    if not rules:
        return
    cards.show(cards.heading(_("自动核实的抽查")))
    states = {True: _("正开着"), False: _("关着")}
    rows = [
        (
            words_of(rule),
            _("自己关了") if rule.ended_at else states[rule.is_on],
            str(tallies[rule.rule_id].accepted),
            rate_words(tallies[rule.rule_id].audit if rule.rule_id in tallies else Rate(0, 0)),
        )
        for rule in rules
    ]
    heads = (_("规则"), _("状态"), _("自动采用"), _("抽查结果"))
    cards.show(cards.card(cards.table(heads, rows)))
