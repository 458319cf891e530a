"""The staff's page of waves: the current wave, past waves, and residence codes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar, TypeVarTuple

import streamlit as st
from markupsafe import Markup

from observations.base.clock import HANGZHOU, day_of
from observations.places.districts import DISTRICTS
from observations.satisfaction.dimensions import LATEST_QUESTIONNAIRE, QUESTIONNAIRES
from observations.satisfaction.publication.publications import times_of
from observations.satisfaction.residence import SHEET_OF, make_sheet, make_slip
from observations.satisfaction.residence_code import Handout
from observations.satisfaction.tiers import PROVEN, TIER_NAMES
from observations.satisfaction.wave_steps import close_wave, latest_steps, open_wave
from observations.satisfaction.waves import Step, StepKind, Wave, wave_of
from pages.parts import cards, last_tap
from pages.parts.dates import day_words, written
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.parts.wave_words import place_name, wave_name
from pages.parts.wording import _

MADE, SHEET = "waves_made", "waves_sheet"
Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")
BIG = Markup('<p class="g-code" role="status"><b>{}</b></p>')


def current(now: datetime, steps: Sequence[Step]) -> None:
    """Draw the running quarter: open it, or close it after a second look."""
    wave = wave_of(now)
    step = latest_steps(steps).get(wave.wave_id)
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
            cards.show(_next(wave, now))
        if is_open:
            _close(wave)
        else:
            _open(wave, step)


def _next(wave: Wave, now: datetime) -> Markup:
    """When the figures are published next: what staff see of a running wave is ahead of it."""
    _past_times, following = times_of(store(), wave, now)
    if following is None:
        return Markup("")
    text = _("居民看到的数，下一次公布是{day}零点；关上的时候也公布一次。")
    return cards.sub(text.format(day=day_words(day_of(following.at), day_of(now))))


def past(now: datetime, steps: Sequence[Step]) -> None:
    """List the waves before, with when each was opened and closed."""
    steps = [s for s in steps if s.wave_id != wave_of(now).wave_id]
    lines = [_past(Wave.named(wave_id), step) for wave_id, step in latest_steps(steps).items()]
    if lines:
        body = Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines))
        cards.show(cards.card(cards.heading(_("以前的")), body, kind="g-after"))
    for wave_id, step in latest_steps(steps).items():
        if step.kind is StepKind.OPENED:
            label = _("关上{wave}").format(wave=wave_name(Wave.named(wave_id)))
            st.button(label, key=f"close_{wave_id}", on_click=_closing, args=(Wave.named(wave_id),))


def codes() -> None:
    """Make a sheet of codes to hand out, or a slip for one person; list how many are used."""
    with st.container(key="card_codes", gap="small"):
        text = _(
            "名次只算证明了住在那里的人。社区办公室、学校、节日帐篷：打一张单子，剪开，"
            "当面给住在那里的人，一人一张，用一次就作废。不要贴出去，也不要拍照发群里。"
        )
        cards.show(cards.heading(_("居住码")), cards.sub(text))
        district = st.selectbox(
            _("哪个区"), list(DISTRICTS), format_func=place_name, key="code_district"
        )
        st.button(
            _("做一张单子（{count} 个码）").format(count=SHEET_OF),
            key="make_sheet",
            type="primary",
            width="stretch",
            on_click=_sheet,
            args=(district,),
        )
        if batch_id := st.session_state.get(SHEET):
            st.link_button(_("打印这张单子"), f"/staff/residence/{batch_id}", width="stretch")
        _slip_for_one(district)
        cards.show(cards.sub(_("要贴出去的，用海报：它只打开评分页，证明不了住在哪里。")))
        st.link_button(_("打印海报"), "/staff/rating", width="stretch")
        lines = [_handout(one) for one in store().satisfaction.handouts()]
        cards.show(Markup('<ul class="g-list">{}</ul>').format(Markup("").join(lines)))


def _slip_for_one(district: str) -> None:
    """A code for one person whose papers staff have seen; shown this once."""
    papers = _("看过房产证、居住证或租约，就给这一种：效力一年。")
    cards.show(cards.sub(papers))
    st.button(
        _("做一张给一个人的"),
        key="make_slip",
        width="stretch",
        on_click=_slip,
        args=(district,),
    )
    if new_code := st.session_state.get(MADE):
        cards.show(BIG.format(new_code), cards.sub(_("抄下来：这里只显示这一次。")))


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


def _sheet(district: str) -> None:
    arguments = (store(), settings().secret, visitor().person, district, known_now())
    st.session_state[SHEET] = attempt(_("做好了一张单子，现在打印。"), make_sheet, *arguments)


def _past(wave: Wave, step: Step) -> Markup:
    state = _("还开着") if step.kind is StepKind.OPENED else _("已关上")
    when = written(step.stepped_at.astimezone(HANGZHOU).date(), _("M 月 d 日"))
    facts = _("第 {version} 版问卷 · {when}{state}").format(
        version=step.version, when=when, state=state
    )
    whole = '<li><span class="g-grow"><b>{}</b><br><span class="g-sub">{}</span></span></li>'
    return Markup(whole).format(wave_name(wave), facts)


def _handout(one: Handout) -> Markup:
    facts = _("{place} · 到 {last} · 用了 {used} / {most}").format(
        place=place_name(one.district), last=one.last_day, used=one.used, most=one.codes
    )
    again = Markup(' · <a href="/staff/residence/{}">{}</a>').format(one.batch_id, _("打印"))
    whole = '<li><span class="g-grow"><b>{}</b><br><span class="g-sub">{}{}</span></span></li>'
    return Markup(whole).format(_kind(one), facts, again if one.batch_id else "")


def _kind(one: Handout) -> str:
    return _(TIER_NAMES[one.tier]) if one.tier in PROVEN else _("旧的海报码，只打开评分页")
