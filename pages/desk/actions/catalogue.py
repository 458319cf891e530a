"""The catalogue for staff: an action's versions, and a form that writes the next one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

import streamlit as st
from markupsafe import Markup

from observations.actions.catalogue import (
    CONFIDENCE_NAMES,
    EVIDENCE_NAMES,
    Action,
    Confidence,
    Evidence,
    Factor,
    Words,
    parse_steps,
)
from observations.actions.editing import REASON_LENGTH, change
from observations.actions.versions import Version
from observations.base.clock import day_of
from observations.base.errors import Refused
from observations.base.wording import N_, translate
from pages.parts import cards
from pages.parts.actions.form import caps_line
from pages.parts.actions.tiles import factor_words, plain
from pages.parts.dates import day_words
from pages.parts.last_tap import do, notice
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.url_choice import url_select
from pages.parts.wording import _, language

USUAL = N_("平常的做法")
NO_BASELINE = Words(USUAL, translate(USUAL, "en"))
ITEM = Markup('<li><div class="g-grow">{}</div></li>')


def draw() -> None:
    """Draw the choice of an action, its versions, and the form of the next version."""
    notice()
    actions = _versions_by_code()
    if not actions:
        return
    names = {
        code: f"{versions[0].action.name.of(language())} · {code}"
        for code, versions in actions.items()
    }
    code = url_select(_("哪一件"), names, "of", next(iter(names)))
    _history(actions[code])
    _form(actions[code][0].action)


def _versions_by_code() -> dict[str, list[Version]]:
    """The versions of every action, the newest first, in the order of the catalogue."""
    actions: dict[str, list[Version]] = {}
    for version in store().actions.versions():
        actions.setdefault(version.action.code, []).append(version)
    return actions


def _history(versions: list[Version]) -> None:
    today = day_of(known_now())
    lines = []
    for version in versions:
        action = version.action
        head = _("第 {number} 版，{day}起，{points} 绿点").format(
            number=action.version, day=day_words(action.valid_from, today), points=action.points
        )
        unit = action.unit_name.of(language())
        state = "" if action.is_offered else _("不再提供")
        facts = [factor_words(action.factor, unit), caps_line(action), version.reason, state]
        lines.append(ITEM.format(cards.named(head, " · ".join(fact for fact in facts if fact))))
    whole = Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines))
    cards.show(cards.card(cards.heading(_("各版")), whole))


def _form(action: Action) -> None:
    key = f"cat_{action.code}_{action.version}"
    with st.container(key="card_version", gap="small"):
        note = _("改动是新的一版，从选定的那天起算；以前的记录仍按当时的一版。")
        cards.show(cards.heading(_("写下一版")), cards.sub(note))
        with st.form(key, border=False):
            _fields(action, key)
            st.form_submit_button(
                _("存成新的一版"),
                type="primary",
                width="stretch",
                on_click=lambda: do(lambda: _save(action, key)),
            )


def _fields(action: Action, key: str) -> None:
    _limits(action, key)
    st.selectbox(
        _("要什么凭据"),
        list(Evidence),
        list(Evidence).index(action.evidence),
        format_func=lambda one: _(EVIDENCE_NAMES[one]),
        key=f"{key}_evidence",
    )
    _source(action.factor, key)
    st.toggle(_("提供给市民"), action.is_offered, key=f"{key}_offered")
    _text(_("为什么改"), "", f"{key}_why", REASON_LENGTH)


def _limits(action: Action, key: str) -> None:
    st.date_input(_("从哪天起"), day_of(known_now()), key=f"{key}_from", format="YYYY-MM-DD")
    st.number_input(_("一份给多少绿点"), 1, 50, action.points, key=f"{key}_points")
    _text(_("一份是多少"), plain(action.portion), f"{key}_portion")
    _text(_("一天最多算多少"), plain(action.daily_cap), f"{key}_daily")
    month = "" if action.monthly_cap is None else plain(action.monthly_cap)
    _text(_("一个月最多算多少，空着就不限"), month, f"{key}_monthly")
    steps = " ".join(f"{portions}:{percent}" for portions, percent in action.steps)
    _text(_("递减：份数:百分比，如 40:50 80:25"), steps, f"{key}_steps")


def _source(factor: Factor | None, key: str) -> None:
    _text(
        _("减排因子，千克二氧化碳当量，空着就不计碳"),
        plain(factor.saving) if factor else "",
        f"{key}_factor",
    )
    _text(_("来源（中文）"), factor.source.zh if factor else "", f"{key}_zh")
    _text(_("来源（英文）"), factor.source.en if factor else "", f"{key}_en")
    _text(_("来源年份"), str(factor.year or "") if factor else "", f"{key}_year")
    confidences = list(Confidence)
    st.selectbox(
        _("把握"),
        confidences,
        confidences.index(factor.confidence) if factor else 0,
        format_func=lambda one: _(CONFIDENCE_NAMES[one]),
        key=f"{key}_confidence",
    )


def _text(label: str, value: str, key: str, most: int = 120) -> None:
    st.text_input(label, value, key=key, max_chars=most)


def _save(action: Action, key: str) -> str:
    person = visitor().person
    version = change(store(), person, _written(action, key), _given(key, "why"), known_now())
    return _("第 {number} 版存好了。").format(number=version.action.version)


def _given(key: str, name: str) -> str:
    return str(st.session_state[f"{key}_{name}"]).strip()


def _written(action: Action, key: str) -> Action:
    """The action as it is typed in the form. Raises `Refused("action.version_unreadable")`."""
    starts: date = st.session_state[f"{key}_from"]
    try:
        monthly = _given(key, "monthly")
        return replace(
            action,
            valid_from=starts,
            points=int(st.session_state[f"{key}_points"]),
            portion=Decimal(_given(key, "portion")),
            daily_cap=Decimal(_given(key, "daily")),
            monthly_cap=Decimal(monthly) if monthly else None,
            steps=parse_steps(_given(key, "steps")),
            evidence=Evidence(st.session_state[f"{key}_evidence"]),
            factor=_factor(action, key),
            is_offered=bool(st.session_state[f"{key}_offered"]),
        )
    except (ValueError, InvalidOperation):
        raise Refused("action.version_unreadable") from None


def _factor(action: Action, key: str) -> Factor | None:
    saving = _given(key, "factor")
    if not saving:
        return None
    source = Words(_given(key, "zh"), _given(key, "en"))
    if not (source.zh and source.en):
        raise Refused("action.version_source", "source")
    old, year = action.factor, _given(key, "year")
    return Factor(
        saving=Decimal(saving),
        baseline=old.baseline if old else NO_BASELINE,
        source=source,
        year=int(year) if year else None,
        confidence=Confidence(st.session_state[f"{key}_confidence"]),
        most_kg_a_day=old.most_kg_a_day if old else None,
    )
