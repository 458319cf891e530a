"""The rules of the desk: what each asks, what it did, its rehearsal; a form for more."""

from collections.abc import Callable
from functools import partial

import streamlit as st
from markupsafe import Markup

from observations.base.ids import new_id
from observations.desk.audit import FIRST, FIRST_SHARE, SHARE
from observations.desk.rehearsal import Rehearsal
from observations.desk.rule import ERROR_LIMIT, Rate, Rule, Tally
from observations.desk.rules import make_rule, rehearse_rule, switch_rule, undo_rule
from observations.desk.seen import HARMLESS
from observations.occurrences.report_checks import CHECK_WORDS
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.desk_rules import rate_words, taxon_with, words_of
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.runtime import known_now, store
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _, language

NOTHING_YET = Tally(0, 0, 0, Rate(0, 0))
REHEARSAL = "rehearsal_{}"


def rules() -> None:
    """The list, and the form below it."""
    text = _(
        "规则只采用容易的：检查都通过、有照片、这一区核实过的种，记录的人在这一类已有足够多条属实。"
        "头 {first} 条抽 {many}%，以后抽 {few}%，照常排进核实台，不说是抽查。"
        "出错超过上限，规则自己关掉。"
    )
    numbers = {"first": FIRST, "many": f"{FIRST_SHARE:.0%}"[:-1], "few": f"{SHARE:.0%}"[:-1]}
    cards.show(cards.sub(text.format(**numbers)))
    stored, tallies = store().desk.rules(), store().desk.tallies()
    if not stored:
        cards.show(cards.note(_("还没有规则，每一条都由核实员看。"), mark="shield"))
    for rule in stored:
        _rule(rule, tallies.get(rule.rule_id, NOTHING_YET))
    _form()


def _rule(rule: Rule, tally: Tally) -> None:
    with st.container(key=f"card_rule_{rule.rule_id}", gap="small"):
        title = Markup("{} {}").format(words_of(rule), _badge(rule))
        cards.show(cards.named(title, _asks(rule)), cards.facts(_figures(rule, tally)))
        if rule.ended_at:
            text = _("{moment}，抽查里出错超过上限，它自己关了。已采用的可以全部撤回。")
            words = text.format(moment=moment_words(rule.ended_at))
            cards.show(cards.note(words, "warn", mark="warn"))
        _rehearsal(rule)
        _buttons(rule, tally)


def _badge(rule: Rule) -> Markup:
    if rule.ended_at:
        return cards.badge(_("自己关了"), "bad", "warn")
    if rule.is_on:
        return cards.badge(_("正开着"), "ok", "ok")
    return cards.badge(_("关着"), "", "clock")


def _asks(rule: Rule) -> str:
    parts = [
        _("这一类至少 {count} 条属实").format(count=rule.least_accepted),
        _("少见的也收") if rule.rare_too else _("只收常见的"),
        _("出错上限 {share}").format(share=f"{rule.error_limit:.0%}"),
    ]
    if rule.may_flag:
        codes = sorted(rule.may_flag & HARMLESS)
        parts.append(_("不拦：") + "".join(_(CHECK_WORDS[code]) for code in codes))
    return " · ".join(parts)


def _figures(rule: Rule, tally: Tally) -> list[tuple[cards.Text, cards.Text]]:
    return [
        (_("自动采用"), str(tally.accepted)),
        (_("后来被改"), str(tally.overturned)),
        (_("抽给核实员"), str(tally.kept)),
        (_("抽查结果"), rate_words(tally.audit)),
    ]


def _rehearsal(rule: Rule) -> None:
    done: Rehearsal | None = st.session_state.get(REHEARSAL.format(rule.rule_id))
    if done is None:
        return
    text = _(
        "过去核实过的 {decided} 条里，它会采用 {accepted} 条，其中 {wrong} 条后来没有采用或改了名。"
    )
    words = text.format(decided=done.decided, accepted=done.accepted.of, wrong=done.accepted.wrong)
    rate = rate_words(done.accepted) if done.accepted.of else ""
    cards.show(cards.note(f"{words} {rate}", role="status", mark="clock"))


def _buttons(rule: Rule, tally: Tally) -> None:
    with st.container(horizontal=True, gap="small"):
        _button(_("拿过去的试一遍"), "rehearse", rule, _rehearsed)
        if rule.is_on:
            _button(_("关掉这条"), "off", rule, partial(_switched, is_on=False))
        elif not rule.ended_at:
            _button(_("打开这条"), "on", rule, partial(_switched, is_on=True))
        if tally.accepted:
            _button(_("关掉，撤回它采用的"), "undo", rule, _undone)


def _button(label: str, name: str, rule: Rule, act: Callable[[Rule], str]) -> None:
    st.button(label, key=f"{name}_{rule.rule_id}", on_click=lambda: do(lambda: act(rule)))


def _rehearsed(rule: Rule) -> str:
    done = rehearse_rule(store(), staff_only("keep_rules").person, rule.rule_id)
    st.session_state[REHEARSAL.format(rule.rule_id)] = done
    return _("试好了，结果写在规则下面。")


def _switched(rule: Rule, is_on: bool) -> str:
    switch_rule(store(), staff_only("keep_rules").person, rule.rule_id, is_on, known_now())
    return _("打开了，一分钟内开始看。") if is_on else _("关上了。")


def _undone(rule: Rule) -> str:
    count = undo_rule(store(), staff_only("keep_rules").person, rule.rule_id, known_now())
    return _("撤回了 {count} 条，它们又在核实台等。").format(count=count)


def _form() -> None:
    cards.show(cards.heading(_("写一条规则"), _("写好是关着的")))
    groups = {str(group): _(group.word) for group in Group}
    districts = {"": _("全市")} | {code: one.name(language()) for code, one in DISTRICTS.items()}
    with st.container(key="card_rule_form", gap="small"):
        _select(_("哪一类"), "rule_group", groups)
        taxa = {"": _("这一类都算")}
        search = taxon_search("rule_species", _("只给一种？写它的名字"))
        taxa |= {str(taxon.taxon_id): label_of(taxon) for taxon in search.taxa}
        if len(taxa) > 1:
            _select(_("哪个物种"), "rule_taxon", taxa)
        _select(_("哪里"), "rule_district", districts)
        text = _("记录的人在这一类至少有几条属实")
        st.number_input(text, 0, 1000, 20, key="rule_least")
        text = _("抽查里出错超过百分之几就自己关掉")
        st.number_input(text, 1, 20, round(ERROR_LIMIT * 100), key="rule_limit")
        st.checkbox(_("少见或难认的种也收"), key="rule_rare")
        codes = sorted(HARMLESS)
        label = _("哪几项检查有话也不拦")
        words = {code: _(CHECK_WORDS[code]) for code in codes}
        st.multiselect(label, codes, format_func=lambda code: words[code], key="rule_may_flag")
        st.button(_("存下"), key="rule_make", type="primary", on_click=lambda: do(_made))


def _select(label: str, key: str, names: dict[str, str]) -> None:
    st.selectbox(label, list(names), format_func=lambda code: names.get(code, code), key=key)


def _made() -> str:
    person, now, state = staff_only("keep_rules").person, known_now(), st.session_state
    chosen = taxon_with(state.get("rule_taxon", ""))
    rule = Rule(
        rule_id=new_id(now),
        group_code=str(chosen.group) if chosen else state["rule_group"],
        taxon_id=chosen.taxon_id if chosen else None,
        district=state["rule_district"] or None,
        least_accepted=state["rule_least"],
        rare_too=state["rule_rare"],
        may_flag=frozenset(state["rule_may_flag"]),
        error_limit=state["rule_limit"] / 100,
    )
    made = make_rule(store(), person, rule, now)
    done = rehearse_rule(store(), person, made.rule_id)
    state[REHEARSAL.format(made.rule_id)] = done
    return _("存好了，还关着。先看看它会怎样，再打开。")
