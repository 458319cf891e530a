"""The state of the desk between key presses, and the effect of each key. Nothing is drawn here."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

import streamlit as st

from observations.actions import deciding as actions
from observations.base.errors import Refused, StorageError
from observations.base.ids import parse_id
from observations.occurrences import deciding as occurrences
from observations.occurrences.deciding import NewName
from observations.occurrences.occurrence import ending_of
from observations.verification.decisions import (
    Decision,
    DecisionRequest,
    Kind,
    Queue,
    Reason,
    Review,
    Verdict,
)
from observations.verification.filters import ALL, Filter
from observations.verification.leases import Lease, take_one
from pages.desk.verify.filters import filter_of_address
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor
from pages.parts.wording import sentence

AHEAD = 6  # how many of the queue the strip shows
DRAWN_AHEAD = 3  # how many of the next the browser can draw by itself
MEMORY = "desk"
KEYS_KEY = "desk_keys"


@dataclass
class Desk:
    """One verifier's desk: what it shows, what was skipped, what lies open, what was said last.

    `missing` is what was asked for and is not there; `intended_id` the subject that the verifier
    wants to decide on although it does not wait, or another looks at it; `said` the words that were
    chosen for the observer, None while there is no field for them; `told` what else was done last.
    """

    only: Filter = ALL
    skipped: list[UUID] = field(default_factory=list)
    open_id: UUID | None = None
    panel: str = ""
    name: NewName | None = None
    done: Decision | None = None
    refusal: str = ""
    missing: str = ""
    said: str | None = None
    told: str = ""
    lease: Lease | None = None
    intended_id: UUID | None = None

    def clear(self) -> None:
        """Reset the state of the subject that was open."""
        self.open_id, self.panel, self.name, self.refusal = None, "", None, ""
        self.missing, self.intended_id, self.said, self.told = "", None, None, ""

    def finish(self, decision: Decision) -> None:
        """Go on to the next subject."""
        self.clear()
        self.done = decision
        self.skipped = [other for other in self.skipped if other != decision.subject_id]

    def refuse(self, subject_id: UUID, sentence: str) -> None:
        """Stay with this subject, and show the reason."""
        self.open_id, self.panel, self.refusal, self.done = subject_id, "", sentence, None


def desk() -> Desk:
    """This session's desk, looking at what the address says; a link may ask for one subject.

    `/verify?id=`, and the filters of `filters.py`.
    """
    only = filter_of_address()
    if MEMORY not in st.session_state:
        st.session_state[MEMORY] = Desk(only)
        if "id" in st.query_params:
            find(st.query_params["id"])
    memory: Desk = st.session_state[MEMORY]
    if memory.only != only:
        memory.clear()
        memory.only = only
    return memory


def find(text: str) -> None:
    """Open the record of an id, or of the number on a receipt."""
    mine = desk()
    mine.clear()
    mine.done = None
    with suppress(Refused):
        mine.open_id = parse_id(text.strip(), "id")
        return
    ending = ending_of(text)
    subjects = store().verification.subjects_ending(ending) if ending else []
    if subjects:
        mine.open_id = subjects[0]
    else:
        mine.missing = text


def back_to_the_queue() -> None:
    """Look at what waits, after something was asked for that is not there."""
    desk().clear()


def queue() -> Queue:
    """What was asked for, and what waits, as this desk looks at it."""
    mine = desk()
    limit = AHEAD + len(mine.skipped)
    staff_id, now = visitor().person.staff_id, known_now()
    desks, only = store().verification, mine.only
    if only.is_plain:
        seen_by = (staff_id, now) if staff_id else None
        waiting = desks.queue(only.kind, limit, only.festival_id, mine.open_id, seen_by)
    else:
        waiting = desks.filtered_queue(only, limit, now, mine.open_id, staff_id)
    if mine.open_id and not waiting.asked_for:
        mine.missing, mine.open_id = str(mine.open_id), None
    return waiting


def lease_first(ahead: Sequence[Review]) -> Sequence[Review]:
    """Those ahead from the first that no other verifier looks at, which is this one's for a while.

    So are the next few, which the browser draws before they are asked for. What was asked for by
    name stays first whoever looks at it; so does everything while the store takes no writes.
    """
    mine, now, staff_id = desk(), known_now(), visitor().person.staff_id
    if not ahead or not ahead[0].is_waiting or staff_id is None:
        return ahead
    waiting = [review.subject_id for review in ahead]
    if mine.lease and mine.lease.serves(waiting[:2], now):
        return ahead
    is_asked_for = waiting[0] == mine.open_id
    wanted = waiting[:1] if is_asked_for else waiting
    try:
        mine.lease = take_one(store(), staff_id, wanted, now, DRAWN_AHEAD)
    except StorageError:
        return ahead
    if is_asked_for:
        return ahead
    leased = mine.lease.subject_ids if mine.lease else ()
    by_id = {review.subject_id: review for review in ahead}
    later = ahead[waiting.index(leased[-1]) + 1 :] if leased else ()
    return [*(by_id[one] for one in leased), *later]


def asks_twice(review: Review) -> bool:
    """Whether a decision here has to be meant: it was decided before, or another looks at it."""
    mine = desk()
    if mine.intended_id == review.subject_id:
        return False
    return not review.is_waiting or is_anothers(review)


def is_anothers(review: Review) -> bool:
    """Whether another verifier looks at this subject now."""
    lease = desk().lease
    return lease is None or review.subject_id not in lease.subject_ids


def intend(subject_id: UUID) -> None:
    """Decide on this subject all the same."""
    desk().intended_id = subject_id


def ahead_of(queue: Queue) -> list[Review]:
    """The open subject, then the queue, the longest waiting first; skipped ones come at the end."""
    mine = desk()
    if mine.missing:
        return []
    ahead = [review for review in queue.waiting if review.subject_id not in mine.skipped]
    if queue.waiting and not ahead:
        mine.skipped.clear()
        ahead = queue.waiting
    first = queue.asked_for
    if first:
        ahead = [first, *(review for review in ahead if review.subject_id != first.subject_id)]
    return ahead[:AHEAD]


def keys_are_on() -> bool:
    """Whether single keys decide. People who use speech input can switch them off."""
    return bool(st.session_state.get(KEYS_KEY, True))


def open_panel(name: str) -> None:
    """Open the reasons, the question or the names below the evidence; "" closes them."""
    desk().panel, desk().said = name, None


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


def referred(review: Review, sentence_of: str) -> None:
    """Go on to the next subject, now that somebody else is asked about this one."""
    skip(review.subject_id)
    desk().told = sentence_of


def refuse(review: Review, refused: Refused) -> None:
    """Stay with this subject, and show why what was wanted of it was refused."""
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
