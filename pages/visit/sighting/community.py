"""我也认得: agree with the name of somebody else's sighting, name it otherwise, or doubt it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from observations.occurrences.audience import Audience, View
from observations.occurrences.community.saying import say
from observations.occurrences.community.voices import (
    Certainty,
    Opinion,
    Said,
    public_voices,
    rank_of,
)
from observations.occurrences.occurrence import PublicOccurrence
from observations.taxa.taxon import Taxon
from pages.parts import cards, last_tap
from pages.parts.limits import allow, network_here
from pages.parts.recorder.consent import ask_consent
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.sighting import community
from pages.parts.sighting import words as record_words
from pages.parts.taxa.taxon_search import label_of, taxon_search
from pages.parts.wording import _

PLACE = "community"
PANEL = "community_panel"


@st.fragment
def block(view: View) -> None:
    """What the community says of a public sighting; everybody but its observer may add to it."""
    public = view.public
    if public is None:
        return
    voices = store().community.voices(public.occurrence_id, known_now())
    if view.audience is not Audience.STAFF:
        voices = public_voices(voices, public.taxon_id)
    others = [one for one in voices if not one.is_observers]
    may_speak = view.audience is Audience.PUBLIC
    if not (others or may_speak):
        return
    with st.container(key="card_community", gap="small"):
        cards.show(cards.heading(_("大家怎么看")))
        if others:
            cards.show(community.summary(voices))
        if may_speak:
            _speak(public, others)


def _speak(public: PublicOccurrence, others: Sequence[Said]) -> None:
    last_tap.notice(PLACE)
    me = visitor().person.observer_id
    mine = next((one for one in others if me and one.observer_id == me), None)
    if mine:
        _mine(public, mine)
    else:
        cards.show(cards.sub(_("你也认得它吗？说一声，帮核实员一把。")))
    with st.container(horizontal=True, gap="small"):
        if public.taxon_id and not _agrees(mine, public.taxon_id):
            agree = Opinion(public.taxon_id)
            words = _("同意，是{name}").format(name=record_words.name_of(public))
            st.button(words, key="community_agree", on_click=_opens(public, "", agree))
        st.button(_("换一个更细的"), key="community_name", on_click=_opens(public, "name"))
        if public.taxon_id:
            st.button(_("不同意"), key="community_doubt", on_click=_opens(public, "doubt"))
    _panel(public)


def _agrees(mine: Said | None, taxon_id: UUID) -> bool:
    return bool(mine and mine.taxon.taxon_id == taxon_id and mine.certainty is Certainty.TAXON)


def _mine(public: PublicOccurrence, mine: Said) -> None:
    words = community.spoken_words(mine.taxon, mine.certainty)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        cards.show(cards.sub(_("你说的：{name}").format(name=words)))
        act = partial(_say, public, Opinion(None))
        st.button(_("收回"), key="community_back", type="tertiary", on_click=act)


def _opens(public: PublicOccurrence, panel: str, opinion: Opinion | None = None) -> partial[None]:
    """What a button does: say it at once, or open a panel; consent comes first."""
    return partial(_press, public, panel, opinion)


def _press(public: PublicOccurrence, panel: str, opinion: Opinion | None) -> None:
    if not visitor().consented:
        st.session_state[PANEL] = "consent"
    elif opinion:
        _say(public, opinion)
    else:
        st.session_state[PANEL] = "" if st.session_state.get(PANEL) == panel else panel


def _panel(public: PublicOccurrence) -> None:
    panel = st.session_state.get(PANEL, "")
    if panel == "consent":
        if ask_consent():
            st.session_state[PANEL] = ""
            cards.show(cards.sub(_("同意记下了。现在点上面的一个。")))
    elif panel == "name":
        _names(public)
    elif panel == "doubt" and public.taxon_id:
        taxon = store().taxa.taxon(public.taxon_id)
        if taxon:
            _doubts(public, taxon)


def _names(public: PublicOccurrence) -> None:
    search = taxon_search("community_search", _("它是谁？"))
    for taxon in search.taxa:
        act = partial(_say, public, Opinion(taxon.taxon_id))
        st.button(label_of(taxon), key=f"as_{taxon.taxon_id}", width="stretch", on_click=act)
    if search.query and not search.taxa:
        cards.show(cards.sub(_("名录里没有找到这个名字，换个写法再试。")))


def _doubts(public: PublicOccurrence, taxon: Taxon) -> None:
    words = _("不是{name}的话，你能认到哪一级？认得出是谁，就用“换一个更细的”。")
    cards.show(cards.sub(words.format(name=community.name_of(taxon))))
    for rank in (Certainty.GENUS, Certainty.FAMILY, Certainty.ORDER, Certainty.CLASS):
        if rank_of(taxon, rank):
            label = _("只认到：{rank}").format(rank=community.rank_words(taxon, rank))
            act = partial(_say, public, Opinion(taxon.taxon_id, rank))
            st.button(label, key=f"doubt_{rank}", width="stretch", on_click=act)


def _say(public: PublicOccurrence, opinion: Opinion) -> None:
    device_id = visitor().device_id

    def said() -> str:
        allow("identifications", device_id, network_here())
        if device_id:
            say(store(), public.public_id, device_id, opinion, known_now())
        st.session_state[PANEL] = ""
        return _("收回了。") if opinion.taxon_id is None else _("记下了，谢谢你。")

    last_tap.do(said, PLACE)
