"""The desk's keys: one decision a press.

The keys carry the subject and the state they were drawn for, so that a second, hasty press can
never fall on the next record.
"""

from collections.abc import Callable
from functools import partial

import streamlit as st

from observations.base.wording import N_
from observations.occurrences.deciding import NewName
from observations.taxa.taxon import Taxon
from observations.verification.decisions import REASON_NAMES, Decision, Kind, Reason, Verdict
from pages.desk.verify.desk import choose_name, decide, desk, keys_are_on, open_panel, skip, undo
from pages.parts import cards
from pages.parts.assets import asset_url
from pages.parts.sighting.evidence import Evidence
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _

QUESTIONS = (
    N_("当时它在什么样的地方？水边、林子里，还是路边？"),
    N_("它有多大？和麻雀比，或者和手掌比都行。"),
    N_("它是野生的，还是有人种的、养的？"),
    N_("地图上的点，是你看见它的地方吗？"),
    N_("你是从哪里认出它的？叫声、叶子、花，都可以说说。"),
)
PANEL_KEYS = asset_url("desk/panel_keys.js")
SCRIPT = """
const { watch } = await import(new URL("{address}", location.origin).href);
export default () => watch();
"""
SECOND_ROW = (
    ("rename", N_("改名"), "N"),
    ("query", N_("问一句"), "Q"),
    ("reject", N_("不采用"), "X"),
)


_panel_keys = st.components.v2.component(
    "panel_keys", html="<i hidden></i>", js=SCRIPT.replace("{address}", PANEL_KEYS)
)


def decide_bar(evidence: Evidence) -> None:
    """The keys for the subject on the screen; on a phone they stay at the bottom edge."""
    panels: dict[str, Callable[[Evidence], None]] = {
        "reject": _reasons,
        "query": _questions,
        "rename": _names,
    }
    with st.container(key="decide", gap="small"):
        panels.get(desk().panel, _keys)(evidence)
    if keys_are_on():
        _panel_keys(key="panel_keys")


def quiet_keys(evidence: Evidence, last: Decision | None) -> None:
    """The two keys that are used less often."""
    with st.container(horizontal=True, gap="xsmall"):
        withhold = partial(decide, evidence.review, Verdict.WITHHOLD)
        # while a panel is open one types there, and no key decides
        _key(evidence, "withhold", _("暂不公开"), "" if desk().panel else "H", withhold)
        if last:
            shortcut = "" if desk().panel else "Z"
            _key(evidence, "undo", _("撤回上一个决定"), shortcut, partial(undo, last))


def _keys(evidence: Evidence) -> None:
    rules_out = _sensitive_tick(evidence)
    with st.container(horizontal=True, gap="xsmall"):
        for verdict, word, shortcut in (
            (Verdict.ACCEPT, _("属实，公开"), "A"),
            (Verdict.PLAUSIBLE, _("可能，公开"), "K"),
        ):
            act = partial(decide, evidence.review, verdict, rules_out_sensitive=rules_out)
            is_first = verdict is Verdict.ACCEPT
            _key(evidence, verdict, word, shortcut, act, is_primary=is_first)
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        for name, word, shortcut in SECOND_ROW:
            if name != "rename" or evidence.review.kind is Kind.OCCURRENCE:
                _key(evidence, name, _(word), shortcut, partial(open_panel, name))
        _key(evidence, "skip", _("跳过"), "J", partial(skip, evidence.subject_id))


def _sensitive_tick(evidence: Evidence) -> bool:
    """Whether a record without a species' name may show its exact place."""
    name = desk().name
    if not evidence.is_unnamed or (name and name.taxon_id):
        return False
    words = _("已排除敏感物种，可以公开准确位置")
    return st.checkbox(words, key=f"rules_out_{evidence.subject_id}")


def _reasons(evidence: Evidence) -> None:
    cards.show(cards.heading(_("为什么不采用？"), _("记录的人会看到")))
    with st.container(horizontal=True, gap="xsmall", key="reasons"):
        for number, reason in enumerate(Reason, 1):
            act = partial(decide, evidence.review, Verdict.REJECT, reason)
            _key(evidence, reason, _(REASON_NAMES[reason]), str(number), act)
    _back(evidence)


def _questions(evidence: Evidence) -> None:
    cards.show(cards.heading(_("问一句"), _("答了就回到这里")))
    for number, question in enumerate(QUESTIONS, 1):
        act = partial(decide, evidence.review, Verdict.QUERY, message=question)
        _key(evidence, f"ask{number}", _(question), "", act)
    with st.form(f"ask_{evidence.subject_id}", border=False):
        words = st.text_input(_("或者自己写"), max_chars=500, key=f"own_{evidence.subject_id}")
        if st.form_submit_button(_("问出去"), type="primary", width="stretch"):
            decide(evidence.review, Verdict.QUERY, message=words)
            st.rerun(scope="fragment")
    _back(evidence)


def _names(evidence: Evidence) -> None:
    cards.show(cards.heading(_("它是谁？"), _("选好以后，再按属实或可能")))
    search = taxon_search(f"name_{evidence.subject_id}")
    for taxon in search.taxa:
        _key(
            evidence,
            f"taxon_{taxon.taxon_id}",
            label_of(taxon),
            "",
            partial(choose_name, _as_name(taxon)),
        )
    sighting = evidence.sighting
    if search.query and sighting:
        own = NewName(None, search.query, sighting.group_code)
        words = _("名录里没有，就叫“{name}”").format(name=search.query)
        _key(evidence, "own_name", words, "", partial(choose_name, own))
    _back(evidence)


def _as_name(taxon: Taxon) -> NewName:
    return NewName(taxon.taxon_id, taxon.vernacular_name)


def _back(evidence: Evidence) -> None:
    _key(evidence, "back", _("返回"), "Esc", partial(open_panel, ""), is_quiet=True)


def _key(
    evidence: Evidence,
    name: str,
    word: str,
    shortcut: str,
    act: Callable[[], None],
    is_primary: bool = False,
    is_quiet: bool = False,
) -> None:
    review = evidence.review
    st.button(
        word,
        key=f"{name}_{review.subject_id}_{review.decision_id}",
        type="primary" if is_primary else "tertiary" if is_quiet else "secondary",
        width="stretch",
        shortcut=shortcut if shortcut and keys_are_on() else None,
        on_click=act,
    )
