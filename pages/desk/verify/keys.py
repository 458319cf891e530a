"""The desk's keys: one decision a press.

The keys carry the subject and the state they were drawn for, so that a second, hasty press can
never fall on the next record.
"""

from collections.abc import Callable
from functools import partial
from typing import Literal

import streamlit as st

from observations.base.wording import N_
from observations.occurrences.deciding import NewName
from observations.taxa.taxon import Taxon
from observations.verification.decisions import REASON_NAMES, Decision, Kind, Reason, Verdict
from pages.desk.verify import asking, replies
from pages.desk.verify.desk import (
    asks_twice,
    choose_name,
    decide,
    desk,
    intend,
    is_anothers,
    keys_are_on,
    open_panel,
    skip,
    undo,
)
from pages.parts import cards
from pages.parts.assets import asset_url
from pages.parts.sighting.evidence import Evidence
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _

SCRIPT = """
const { watchHands } = await import(new URL("ADDRESS", location.origin).href);
export default ({ data }) => watchHands(data);
""".replace("ADDRESS", asset_url("desk/hands.js"))
SECOND_ROW = (
    ("rename", N_("改名"), "N"),
    ("query", N_("问一句"), "Q"),
    ("reject", N_("不采用"), "X"),
)


_hands = st.components.v2.component("desk_hands", html="<i hidden></i>", js=SCRIPT)


def decide_bar(evidence: Evidence, last: Decision | None) -> None:
    """The keys for the subject on the screen; on a phone they stay at the bottom edge.

    `last` is the verifier's own latest decision, which can be taken back here.
    """
    panels: dict[str, Callable[[Evidence], None]] = {
        "reject": _reasons,
        "query": _questions,
        "rename": _names,
        "refer": _colleagues,
    }
    # while a panel is open one types there, and no key decides
    panel = panels.get(desk().panel)
    with st.container(key="decide", gap="small"):
        if asks_twice(evidence.review):
            _ask_twice(evidence, last)
        elif panel:
            panel(evidence)
        else:
            _keys(evidence, last)
    if not panel and not asks_twice(evidence.review):
        with st.container(horizontal=True, gap="xsmall", wrap=False, key="quiet_keys"):
            withhold = partial(decide, evidence.review, Verdict.WITHHOLD)
            _key(evidence, "withhold", _("暂不公开"), "H", withhold, is_quiet=True)
            _key(evidence, "refer", _("请同事看"), "E", partial(open_panel, "refer"), is_quiet=True)
    _hands(key="desk_hands", data={"keys": keys_are_on(), "words": _words_ahead()})


def _words_ahead() -> dict[str, str]:
    """What the browser says by itself about decisions that are being stored."""
    return {
        "saving": _("“{name}”：{word}，正在存"),
        "late": _("还没有存上，网络慢。先别关这一页。"),
        "lost": _("刚才的没有存上，后面按的也没有算。看一看再按。"),
    }


def _undo(evidence: Evidence, last: Decision | None) -> None:
    """Take back the verifier's latest decision, where there is one."""
    if last:
        _key(evidence, "undo", _("撤回"), "Z", partial(undo, last), width="content")


def _ask_twice(evidence: Evidence, last: Decision | None) -> None:
    """No key decides on what another verifier has decided, or looks at, unless it is meant."""
    review = evidence.review
    if review.is_waiting and is_anothers(review):
        words = _("另一位核实员正在看这一条，两分钟里归那一位。")
        cards.show(cards.note(words, role="status", mark="clock"))
    with st.container(horizontal=True, gap="xsmall"):
        meant = partial(intend, review.subject_id)
        _key(evidence, "intend", _("我也要做一个决定"), "", meant)
        _key(evidence, "skip", _("下一条"), "J", partial(skip, review.subject_id))
        _undo(evidence, last)


def _keys(evidence: Evidence, last: Decision | None) -> None:
    rules_out = _sensitive_tick(evidence)
    with st.container(horizontal=True, gap="xsmall", wrap=False):
        for verdict, word, shortcut in (
            (Verdict.ACCEPT, _("属实，公开"), "A"),
            (Verdict.PLAUSIBLE, _("可能，公开"), "K"),
        ):
            act = partial(decide, evidence.review, verdict, rules_out_sensitive=rules_out)
            is_first = verdict is Verdict.ACCEPT
            _key(evidence, verdict, word, shortcut, act, is_primary=is_first)
        _undo(evidence, last)
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
    words = replies.field(evidence)
    with st.container(horizontal=True, gap="xsmall", key="reasons"):
        for number, reason in enumerate(Reason, 1):
            act = partial(replies.refuse, evidence, reason)
            _key(evidence, reason, _(REASON_NAMES[reason]), "" if words else str(number), act)
    replies.choices(evidence, Verdict.REJECT)
    _back(evidence)


def _questions(evidence: Evidence) -> None:
    cards.show(cards.heading(_("问一句"), replies.until()))
    replies.choices(evidence, Verdict.QUERY)
    replies.question(evidence)
    _back(evidence)


def _names(evidence: Evidence) -> None:
    cards.show(cards.heading(_("它是谁？"), _("选好以后，再按属实或可能")))
    search = taxon_search(f"name_{evidence.subject_id}")
    with st.container(key="names", gap="small"):
        for number, taxon in enumerate(search.taxa, 1):
            choose = partial(choose_name, _as_name(taxon))
            _key(evidence, f"taxon_{taxon.taxon_id}", label_of(taxon), str(number), choose)
    sighting = evidence.sighting
    if search.query and sighting:
        own = NewName(None, search.query, sighting.group_code)
        words = _("名录里没有，就叫“{name}”").format(name=search.query)
        _key(evidence, "own_name", words, "", partial(choose_name, own))
    _back(evidence)


def _colleagues(evidence: Evidence) -> None:
    cards.show(cards.heading(_("请谁看？"), asking.until()))
    asking.field(evidence)
    with st.container(key="colleagues", gap="small"):
        for colleague, label in asking.choices(evidence):
            act = partial(asking.ask, evidence, colleague)
            _key(evidence, f"ask_{colleague.staff_id.hex}", label, "", act)
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
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    review = evidence.review
    st.button(
        word,
        key=f"{name}_{review.subject_id}_{review.decision_id}",
        type="primary" if is_primary else "tertiary" if is_quiet else "secondary",
        width=width,
        shortcut=shortcut if shortcut and keys_are_on() else None,
        on_click=act,
    )
