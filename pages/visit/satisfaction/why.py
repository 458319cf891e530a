"""Beside a low answer: why, about what, where, with a photo; and who is answering, if asked."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from observations.satisfaction.concern import LONGEST_PLACE, STATUS_NAMES, Concern, ThemeAnswer
from observations.satisfaction.dimensions import NAMES, Dimension
from observations.satisfaction.margins import SEXES, categories
from observations.satisfaction.own_answers import own_concern
from observations.satisfaction.responses import LONGEST_REASON, Response
from observations.satisfaction.submission import Extras
from observations.satisfaction.waves import Wave
from pages.parts import cards, last_tap
from pages.parts.actions import photo
from pages.parts.runtime import known_now, settings, store
from pages.parts.session import visitor
from pages.parts.wording import _
from pages.visit.satisfaction import spot_field
from pages.visit.satisfaction.form import ASKED, about_key, filled, reason_key
from pages.visit.satisfaction.words import REFUSED

UNTOLD = ""
LONGEST_CODE = 20
SAID_LATER = "satisfaction_said_later"


def key(wave: Wave, name: str) -> str:
    """The key of one more field of a wave's form."""
    return f"satisfaction_{wave.wave_id}_{name}"


def why(wave: Wave, district: str | None) -> None:
    """Ask why the low ones are low; nothing is drawn where none is."""
    low = filled(wave).low
    if not low:
        return
    concern, answers = _before()
    question = _("哪里让你不满意？愿意的话，说一句。")
    with st.container(key="card_reason", gap="small"):
        cards.show(
            cards.heading(question), cards.sub(_("只有工作人员看得到，不和你的名字放在一起。"))
        )
        _about(wave, low, concern)
        _words(wave, question)
        _where(wave, district, concern)
        _photo(wave, concern)
        cards.show(*(answered(answer) for answer in answers))


def afterwards(wave: Wave, keep: Callable[[Wave], None], response: Response) -> None:
    """On the receipt: ask why once more where a low answer has no reason yet, else say it is kept.

    `keep` stores the whole form again, whose fields the session still holds.
    """
    last_tap.notice(SAID_LATER)
    last_tap.notice(REFUSED)
    answers = response.questionnaire
    if not answers.low or answers.reason:
        return
    names = _("、").join(_(NAMES[dimension]) for dimension in answers.low)
    with st.container(key="card_reason", gap="small"):
        cards.show(
            cards.heading(_("{what}打了低分：哪里让你不满意？").format(what=names)),
            cards.sub(_("只有工作人员看得到，不和你的名字放在一起。")),
        )
        _words(wave, names)
        label = _("补上这一句")
        st.button(label, key="why_later", width="stretch", on_click=_later, args=(wave, keep))


def _later(wave: Wave, keep: Callable[[Wave], None]) -> None:
    if filled(wave).reason.strip():
        keep(wave)
        if last_tap.KEY + REFUSED not in st.session_state:
            last_tap.keep(_("补上了，工作人员会看到。"), SAID_LATER)


def _words(wave: Wave, question: str) -> None:
    st.text_area(
        question,
        key=reason_key(wave),
        max_chars=LONGEST_REASON,
        label_visibility="collapsed",
        placeholder=_("比如：晚上有工地的声音"),
        persist_state="session",
    )


def who(wave: Wave) -> None:
    """Ask age group and sex where staff keep margins for them; and for a residence code."""
    rows = store().satisfaction.margins(known_now())
    ages, sexes = categories(rows, "age"), categories(rows, "sex")
    if ages or sexes:
        with st.container(key="card_who", gap="small"):
            note = _("只用来让各年龄、男女的人按人口算数，可以不说。")
            cards.show(cards.heading(_("你是？")), cards.sub(note))
            _pills(_("年龄"), key(wave, "age"), {age: age for age in ages})
            _pills(_("性别"), key(wave, "sex"), {sex: _(SEXES[sex]) for sex in sexes})
    _residence_code(wave)


def _residence_code(wave: Wave) -> None:
    """Ask for the code that proves where a person lives; a printed one brings it along."""
    brought = st.query_params.get("code", "")[:LONGEST_CODE]
    st.session_state.setdefault(key(wave, "code"), brought)
    with st.container(key="card_code", gap="small"):
        text = _(
            "名次只算证明了住在那里的人。到社区办公室、学校或节日的帐篷领一张居住码，一人一张；"
            "或者带上房产证、居住证、租约，请工作人员看过给一张。没有也能评：写在旁边，不进名次，"
            "领到了再来补上。"
        )
        cards.show(cards.heading(_("有居住码吗？")), cards.sub(text))
        st.text_input(
            _("居住码（没有就空着）"),
            key=key(wave, "code"),
            max_chars=LONGEST_CODE,
            persist_state="session",
        )


def extras(wave: Wave, network: str) -> Extras:
    """What stands beside the answers in the form, as it is at this moment."""
    value_of = st.session_state.get
    about = value_of(about_key(wave))
    concern = None
    if filled(wave).low:
        dimension = Dimension(about) if about else filled(wave).lowest or Dimension.OVERALL
        latitude, longitude = value_of(key(wave, "spot_chosen")) or (None, None)
        words = value_of(key(wave, "place")) or ""
        concern = Concern(dimension, words, latitude, longitude)
    return Extras(
        age_group=value_of(key(wave, "age")) or None,
        sex=value_of(key(wave, "sex")) or None,
        code=value_of(key(wave, "code")) or "",
        network=network,
        concern=concern,
        upload_id=value_of(key(wave, "upload")),
    )


def is_sending(wave: Wave) -> bool:
    """Whether a photo is still on its way."""
    return bool(filled(wave).low and st.session_state.get(key(wave, "sending")))


def answered(answer: ThemeAnswer) -> Markup:
    """What staff answered, as a note."""
    whole = Markup("<b>{} · {}</b><p>{}</p>")
    status = _(STATUS_NAMES[answer.status])
    return cards.note(whole.format(status, _(NAMES[answer.dimension]), answer.words))


def _about(wave: Wave, low: list[Dimension], before: Concern | None) -> None:
    """Which of several low answers it is about: at first the one that it stands under."""
    if len(low) < 2:
        st.session_state.pop(about_key(wave), None)
        return
    names = {str(d): _(NAMES[d]) for d in low}
    if st.session_state.get(about_key(wave)) not in names:
        earlier = str(before.dimension) if before and str(before.dimension) in names else None
        st.session_state[about_key(wave)] = earlier or str(st.session_state[ASKED])
    st.pills(
        _("说的是哪一项？"),
        list(names),
        format_func=names.__getitem__,
        key=about_key(wave),
        required=True,
    )


def _where(wave: Wave, district: str | None, before: Concern | None) -> None:
    if before:
        st.session_state.setdefault(key(wave, "place"), before.place_name)
    label = _("在哪里？路口、小区或河段的名字")
    st.text_input(label, key=key(wave, "place"), max_chars=LONGEST_PLACE, persist_state="session")
    consent = visitor().consent
    if consent and consent.allows_place:
        earlier = (before.latitude, before.longitude) if before else (None, None)
        spot = spot_field.ask(key(wave, "spot"), district, earlier)
        st.session_state[key(wave, "spot_chosen")] = spot


def _photo(wave: Wave, before: Concern | None) -> None:
    if before and before.photo:
        cards.show(cards.sub(_("上次附的照片已经收好。再附一张，就换成新的。")))
    consent = visitor().consent
    evidence = photo.ask(key(wave, "photo"), bool(consent and consent.allows_place))
    st.session_state[key(wave, "upload")] = evidence.upload_id
    st.session_state[key(wave, "sending")] = evidence.is_sending


def _before() -> tuple[Concern | None, list[ThemeAnswer]]:
    observer = visitor().observer
    if observer is None:
        return None, []
    return own_concern(store(), settings().secret, observer.observer_id, known_now())


def _pills(label: str, name: str, names: dict[str, str]) -> None:
    if names:
        shown = names | {UNTOLD: _("不说")}
        st.pills(
            label, list(shown), format_func=shown.__getitem__, key=name, persist_state="session"
        )
