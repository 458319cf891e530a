"""The form of an action below the tiles: its fields, its summary, and what it will count for."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from observations.actions.allowance import Allowance
from observations.actions.catalogue import CONFIDENCE_NAMES, EVIDENCE_NAMES, Action, Factor
from observations.actions.checks import DAYS_BACK
from observations.actions.counting import SELF_REPORT_KG_A_DAY, Count
from observations.actions.entries import ActionEntry, ActionReport
from pages.parts import cards
from pages.parts.actions.tiles import QUANTITY_KEY, plain
from pages.parts.dates import day_words
from pages.parts.wording import _, language

OTHER = Decimal(-1)
EARLIER = -1
DAYS_OFFERED = (0, 1)


def opening(allowance: Allowance) -> None:
    """The question, and what the person's word may still earn today."""
    text = _("自己填报的行动一天最多 {a_day} 绿点，今天还能得 {left}。附上照片的，核实后另算。")
    words = text.format(a_day=allowance.a_day, left=allowance.left)
    cards.show(cards.title(_("今天做了哪件小事？"), words))


def report(report_id: UUID, action: Action, today: date) -> ActionReport:
    """All fields of an action except its photo."""
    return ActionReport(report_id, action.code, _quantity(action), _done_on(today))


def facts(entry: ActionEntry, today: date) -> list[tuple[str, str]]:
    """The answers beside the quantity as chips: words, each with its icon."""
    return [(day_words(entry.done_on, today), "clock")]


def _quantity(action: Action) -> Decimal:
    """The number of units: usual numbers are buttons, others are typed."""
    label = _("多少{unit}？").format(unit=action.unit_name.of(language()))
    offered = [*action.choices, OTHER]
    choice = st.segmented_control(
        label,
        offered,
        default=action.choices[0],
        format_func=_quantity_words,
        key=f"{QUANTITY_KEY}{action.code}",
        width="stretch",
        required=True,
    )
    if choice != OTHER:
        return choice or action.choices[0]
    typed = st.number_input(
        label,
        min_value=0.0,
        max_value=float(action.quantity_max),
        value=float(action.choices[-1]),
        step=1.0,
        format="%.10g",
        key=f"action_typed_{action.code}",
        label_visibility="collapsed",
    )
    return Decimal(str(typed))


def _done_on(today: date) -> date:
    """The day it was done, `today` (Asia/Shanghai) first."""
    choice = st.segmented_control(
        _("哪一天？"),
        [*DAYS_OFFERED, EARLIER],
        default=0,
        format_func=lambda back: _day_words(back, today),
        key="action_day",
        width="stretch",
        required=True,
    )
    if choice != EARLIER:
        return today - timedelta(days=choice or 0)
    first, last = today - timedelta(days=DAYS_BACK), today - timedelta(days=len(DAYS_OFFERED))
    return st.date_input(
        _("哪一天？"),
        value=last,
        min_value=first,
        max_value=last,
        format="YYYY-MM-DD",
        key="action_date",
        label_visibility="collapsed",
    )


def made_of(action: Action, counted: Count) -> None:
    """The points and the carbon of the entry, each figure with its source, before it is sent."""
    head = '<div class="g-row"><div class="g-grow"><b>{}</b>{}</div>{}</div>{}'
    lines = [points_line(counted), caps_line(action), *source_lines(action)]
    small = Markup("").join(Markup('<p class="g-src">{}</p>').format(line) for line in lines)
    whole = Markup(head).format(
        entry_name(action, counted.quantity),
        Markup('<p class="g-sub g-num">{}</p>').format(carbon_line(action, counted)),
        cards.points(counted.points, worded=False),
        small,
    )
    cards.show(cards.card(whole))


def entry_name(action: Action, amount: Decimal) -> str:
    """The name of an entry, such as 坐了一趟地铁 · 2 趟."""
    words = _("{name} · {amount} {unit}")
    unit = action.unit_name.of(language())
    return words.format(name=action.name.of(language()), amount=plain(amount), unit=unit)


def carbon_line(action: Action, counted: Count) -> Markup:
    """Activity times factor, written out; without a factor, that no carbon is counted."""
    if action.factor is None or counted.avoided_kg_co2e is None:
        return Markup("{}").format(_("不计碳量：还没有查到可靠的减碳系数，只记绿点。"))
    kilograms = _("{number} 千克二氧化碳").format(number=kilograms_words(counted.avoided_kg_co2e))
    return Markup("{} <b>{}</b>").format(_product(action.factor, counted), kilograms)


def _product(factor: Factor, counted: Count) -> str:
    """The counted units times the factor, or the limit that kept the kilograms below that."""
    if counted.avoided_kg_co2e != counted.full_kg_co2e:
        most = _("自己填报的，一天合起来最多记 {most} 千克，这次记：")
        return most.format(most=plain(SELF_REPORT_KG_A_DAY))
    if factor.most_kg_a_day is not None and counted.full_kg_co2e != counted.counted * factor.saving:
        return _("一天最多按 {most} 千克计：").format(most=plain(factor.most_kg_a_day))
    return _("{amount} × {factor} =").format(
        amount=plain(counted.counted), factor=plain(factor.saving)
    )


def kilograms_words(number: Decimal) -> str:
    """Kilograms with two decimals, with three under ten grams."""
    return f"{number:.3f}" if number < Decimal("0.01") else f"{number:.2f}"


def points_line(counted: Count) -> str:
    """How the points are computed, the limits of the day included."""
    full, rate, points = counted.full_points, counted.rate_points, counted.points
    if not counted.by_word:
        text = _("附了照片：核实后得全额 {points} 绿点，约两天。").format(points=points)
    elif points < rate:
        text = _(
            "自己填报得一半（{rate}），这一天的额度只够 {points}；附上照片，核实后得全额 {full}。"
        )
        text = text.format(rate=rate, points=points, full=full)
    else:
        text = _("自己填报得一半，{points} 绿点；附上照片，核实后得全额 {full}。")
        text = text.format(points=points, full=full)
    if counted.counted < counted.quantity:
        over = _("超出上限的部分不再计绿点和减碳量，这次算 {counted}。")
        text += over.format(counted=plain(counted.counted))
    return text


def caps_line(action: Action) -> str:
    """The limits of a day and of a month, how points diminish, and which evidence is required."""
    unit = action.unit_name.of(language())
    parts = [_("一天最多算 {most} {unit}").format(most=plain(action.daily_cap), unit=unit)]
    if action.monthly_cap is not None:
        most = _("一个月最多算 {most} {unit}")
        parts.append(most.format(most=plain(action.monthly_cap), unit=unit))
    for portions, percent in action.steps:
        step = _("一个月里超过 {amount} {unit} 后按 {percent}% 计")
        amount = plain(portions * action.portion)
        parts.append(step.format(amount=amount, unit=unit, percent=percent))
    return _("{limits}。{evidence}。").format(
        limits=_("，").join(parts), evidence=_(EVIDENCE_NAMES[action.evidence])
    )


def source_lines(action: Action) -> list[str]:
    """The source of the factor, what it is compared with, and a note where there is one."""
    lines = [_source(action.factor)] if action.factor else []
    hint = action.hint.of(language())
    return [*lines, hint] if hint else lines


def _source(factor: Factor) -> str:
    text = _("系数来源：{source}，{year}。与{baseline}相比，数值为估算，{confidence}。")
    return text.format(
        source=factor.source.of(language()),
        year=_("{year} 年").format(year=factor.year) if factor.year else _("年份未注明"),
        baseline=factor.baseline.of(language()),
        confidence=_(CONFIDENCE_NAMES[factor.confidence]),
    )


def _quantity_words(amount: Decimal) -> str:
    return _("其他") if amount == OTHER else plain(amount)


def _day_words(back: int, today: date) -> str:
    if back == EARLIER:
        return _("更早")
    return day_words(today - timedelta(days=back), today)
