"""The staff's page of waves: the current wave, past waves, and residence codes."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar, TypeVarTuple

import streamlit as st
from markupsafe import Markup

from observations.base.clock import HANGZHOU
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import LATEST_QUESTIONNAIRE, QUESTIONNAIRES
from observations.satisfaction.residence import MOST_DAYS, MOST_USES, make_site_code, make_slip
from observations.satisfaction.residence_code import Code
from observations.satisfaction.tiers import TIER_NAMES, Tier
from observations.satisfaction.wave_steps import close_wave, latest_steps, open_wave
from observations.satisfaction.waves import Step, StepKind, Wave, wave_of
from pages.parts import cards, last_tap
from pages.parts.dates import written
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.parts.wave_words import place_name, wave_name
from pages.parts.wording import _

MADE = "waves_made"
SHOWN_CODES = 12
Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
BIG = Markup('<p class="g-code" role="status"><b>{}</b></p>')


def current(now: datetime) -> None:
    """Draw the running quarter: open it, or close it after a second look."""
    wave = wave_of(now)
    step = latest_steps(store().satisfaction.steps()).get(wave.wave_id)
    is_open = step is not None and step.kind is StepKind.OPENED
    with st.container(key="card_wave", gap="small"):
        state = cards.badge(
            _("开放中") if is_open else _("没有开放"), "ok" if is_open else "", "clock"
        )
        answered = _("{count} 份回答，改动也算").format(
            count=store().satisfaction.edition(wave.wave_id)[0]
        )
        days = _("{first} 至 {last}").format(
            first=written(wave.first_day, _("M 月 d 日")),
            last=written(wave.last_day, _("M 月 d 日")),
        )
        cards.show(cards.heading(wave_name(wave), days), state, cards.sub(answered))
        if is_open:
            _close(wave)
        else:
            _open(wave, step)


def past(now: datetime) -> None:
    """List the waves before, with when each was opened and closed."""
    steps = [s for s in store().satisfaction.steps() if s.wave_id != wave_of(now).wave_id]
    lines = [_past(Wave.named(wave_id), step) for wave_id, step in latest_steps(steps).items()]
    if lines:
        body = Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines))
        cards.show(cards.card(cards.heading(_("以前的")), body, kind="g-after"))
    for wave_id, step in latest_steps(steps).items():
        if step.kind is StepKind.OPENED:
            label = _("关上{wave}").format(wave=wave_name(Wave.named(wave_id)))
            st.button(label, key=f"close_{wave_id}", on_click=_closing, args=(Wave.named(wave_id),))


def codes(now: datetime) -> None:
    """Make a slip for one person, or a code for display; the list shows how often each was used."""
    with st.container(key="card_codes", gap="small"):
        text = _("一张给一个人：看过房产证、居住证或租约再给。一个挂在现场：社区活动上人人能用。")
        cards.show(cards.heading(_("居住证明码")), cards.sub(text))
        if new_code := st.session_state.get(MADE):
            cards.show(BIG.format(new_code), cards.sub(_("抄下来：这里只显示这一次。")))
        district = st.selectbox(
            _("哪个区"), list(DISTRICTS), format_func=place_name, key="code_district"
        )
        left, right = st.columns(2)
        days = left.number_input(_("现场码用几天"), 1, MOST_DAYS, 1, key="code_days")
        uses = right.number_input(_("最多多少人用"), 1, MOST_USES, 100, key="code_uses")
        st.button(
            _("做一张给一个人的"),
            key="make_slip",
            width="stretch",
            on_click=_slip,
            args=(district,),
        )
        st.button(
            _("做一个现场码"),
            key="make_site",
            width="stretch",
            on_click=_site,
            args=(district, int(days), int(uses)),
        )
        lines = [_code(code) for code in store().satisfaction.codes()[:SHOWN_CODES]]
        cards.show(Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines)))


def attempt(
    done: str, act: Callable[[*Arguments], Result], *arguments: *Arguments
) -> Result | None:
    """Call the function and show its result, or the reason of its refusal."""
    result = None

    def tried() -> str:
        nonlocal result
        result = act(*arguments)
        return done

    last_tap.do(tried)
    return result


def _open(wave: Wave, step: Step | None) -> None:
    version = st.selectbox(
        _("问卷"),
        sorted(QUESTIONNAIRES, reverse=True),
        index=0,
        format_func=lambda v: _("第 {version} 版，{count} 题").format(
            version=v, count=len(QUESTIONNAIRES[v])
        ),
        key="wave_version",
    )
    label = _("重新开放") if step else _("开放这一季")
    st.button(
        label,
        key="wave_open",
        type="primary",
        width="stretch",
        on_click=_opening,
        args=(wave, version or LATEST_QUESTIONNAIRE),
    )


def _close(wave: Wave) -> None:
    sure = st.checkbox(_("关上之后，居民不能再评、不能再改"), key="wave_sure")
    st.button(
        _("关上这一季"),
        key="wave_close",
        width="stretch",
        disabled=not sure,
        on_click=_closing,
        args=(wave,),
    )


def _opening(wave: Wave, version: int) -> None:
    person = visitor().person
    done = _("{wave}开放了。").format(wave=wave_name(wave))
    attempt(done, open_wave, store(), person, wave, known_now(), version)


def _closing(wave: Wave) -> None:
    done = _("{wave}关上了。").format(wave=wave_name(wave))
    attempt(done, close_wave, store(), visitor().person, wave, known_now())
    st.session_state.pop("wave_sure", None)


def _slip(district: str) -> None:
    arguments = (store(), settings().secret, visitor().person, district, known_now())
    st.session_state[MADE] = attempt(_("做好了一张。"), make_slip, *arguments)


def _site(district: str, days: int, uses: int) -> None:
    who = visitor().person
    arguments = (store(), settings().secret, who, district, days, uses, known_now())
    st.session_state[MADE] = attempt(_("做好了一个现场码。"), make_site_code, *arguments)


def _past(wave: Wave, step: Step) -> Markup:
    state = _("还开着") if step.kind is StepKind.OPENED else _("已关上")
    when = written(step.stepped_at.astimezone(HANGZHOU).date(), _("M 月 d 日"))
    facts = _("第 {version} 版问卷 · {when}{state}").format(
        version=step.version, when=when, state=state
    )
    whole = '<li><span class="g-grow"><b>{}</b><br><span class="g-sub">{}</span></span></li>'
    return Markup(whole).format(wave_name(wave), facts)


def _code(code: Code) -> Markup:
    kind = _(TIER_NAMES[Tier(code.tier)])
    facts = _("{place} · 到 {last} · 用了 {used} / {most}").format(
        place=place_name(code.district), last=code.last_day, used=code.used, most=code.most_uses
    )
    whole = '<li><span class="g-grow"><b>{}</b><br><span class="g-sub">{}</span></span></li>'
    return Markup(whole).format(kind, facts)
