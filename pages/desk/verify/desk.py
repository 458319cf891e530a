"""The state of the desk between key presses, and the effect of each key. Nothing is drawn here."""

from dataclasses import dataclass, field, replace
from uuid import UUID

import streamlit as st

from observations.actions import deciding as actions
from observations.base.errors import Refused
from observations.base.ids import parse_id
from observations.occurrences import deciding as occurrences
from observations.occurrences.deciding import NewName
from observations.verification.decisions import (
    Decision,
    DecisionRequest,
    Kind,
    Queue,
    Reason,
    Review,
    Verdict,
)
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import sentence

AHEAD = 6  # how many of the queue the strip shows
MEMORY = "desk"
EVERYTHING = "everything"
KEYS_KEY = "desk_keys"


@dataclass
class Desk:
    """One verifier's desk: which kind, what was skipped, what lies open, what was said last."""

    shows: str = EVERYTHING
    festival_id: UUID | None = None
    skipped: list[UUID] = field(default_factory=list)
    open_id: UUID | None = None
    panel: str = ""
    name: NewName | None = None
    done: Decision | None = None
    refusal: str = ""

    @property
    def kind(self) -> Kind | None:
        """The kind it shows; None for both."""
        return None if self.shows == EVERYTHING else Kind(self.shows)

    def clear(self) -> None:
        """Reset the state of the subject that was open."""
        self.open_id, self.panel, self.name, self.refusal = None, "", None, ""

    def finish(self, decision: Decision) -> None:
        """Go on to the next subject."""
        self.clear()
        self.done = decision
        self.skipped = [other for other in self.skipped if other != decision.subject_id]

    def refuse(self, subject_id: UUID, sentence: str) -> None:
        """Stay with this subject, and show the reason."""
        self.open_id, self.panel, self.refusal, self.done = subject_id, "", sentence, None


def desk() -> Desk:
    """This session's desk; a link may ask for one subject (`/verify?id=`)."""
    if MEMORY not in st.session_state:
        st.session_state[MEMORY] = Desk(open_id=_asked_for())
    memory: Desk = st.session_state[MEMORY]
    return memory


def _asked_for() -> UUID | None:
    try:
        return parse_id(st.query_params["id"], "id") if "id" in st.query_params else None
    except Refused:
        return None


def queue() -> Queue:
    """What was asked for, and what waits, as this desk looks at it."""
    mine = desk()
    limit = AHEAD + len(mine.skipped)
    return store().verification.queue(mine.kind, limit, mine.festival_id, mine.open_id)


def ahead_of(queue: Queue) -> list[Review]:
    """The open subject, then the queue, the longest waiting first; skipped ones come at the end."""
    mine = desk()
    ahead = [review for review in queue.waiting if review.subject_id not in mine.skipped]
    if queue.waiting and not ahead:
        mine.skipped.clear()
        ahead = queue.waiting
    first = queue.asked_for
    if first:
        ahead = [first, *(review for review in ahead if review.subject_id != first.subject_id)]
    return ahead[:AHEAD]


def choose_festival(festival_id: UUID | None) -> None:
    """Look at one festival's sightings only, or (None) at everything."""
    desk().clear()
    desk().festival_id = festival_id


def keys_are_on() -> bool:
    """Whether single keys decide. People who use speech input can switch them off."""
    return bool(st.session_state.get(KEYS_KEY, True))


def choose_kind(kind: str) -> None:
    """Look at sightings, at actions, or at both (`EVERYTHING`)."""
    desk().clear()
    desk().shows = kind


def open_panel(name: str) -> None:
    """Open the reasons, the question or the names below the evidence; "" closes them."""
    desk().panel = name


def choose_name(name: NewName | None) -> None:
    """Set a new name for the record, which is stored with the next decision."""
    desk().name, desk().panel = name, ""


def skip(subject_id: UUID) -> None:
    """Move this subject behind the others."""
    mine = desk()
    mine.clear()
    mine.done = None
    mine.skipped = [*(other for other in mine.skipped if other != subject_id), subject_id]


def decide(
    review: Review,
    verdict: Verdict,
    reason: Reason | None = None,
    message: str = "",
    rules_out_sensitive: bool = False,
) -> None:
    """One decision on what is on the screen; the next subject is there at once.

    A refusal stays beside the evidence; after a stale one the new state lies open. A second press,
    before the next subject is drawn, changes nothing.
    """
    done = desk().done
    if done and done.replaces(review):
        return
    request = DecisionRequest(
        subject_id=review.subject_id,
        verdict=verdict,
        person=visitor().person,
        expected_decision_id=review.decision_id,
        reason=reason,
        message=message,
        rules_out_sensitive=rules_out_sensitive,
    )
    try:
        desk().finish(_record(review.kind, request, desk().name))
    except Refused as refused:
        desk().refuse(review.subject_id, sentence(refused))


def undo(last: Decision) -> None:
    """A new decision that takes back one's latest, as it was seen; its subject lies open again."""
    review = store().verification.review(last.subject_id)
    if review:
        decide(replace(review, decision_id=last.decision_id), Verdict.UNDO)
        desk().open_id = review.subject_id


def undoable() -> Decision | None:
    """The verifier's own latest decision, unless somebody has decided on its subject since."""
    staff_id = visitor().person.staff_id
    return store().verification.last_decided_by(staff_id) if staff_id else None


def _record(kind: Kind, request: DecisionRequest, name: NewName | None) -> Decision:
    if kind is Kind.ACTION:
        return actions.decide(store(), request, known_now())
    if request.verdict not in (Verdict.ACCEPT, Verdict.PLAUSIBLE):
        name = None  # a name goes with a good word only
    return occurrences.decide(store(), request, known_now(), name)
