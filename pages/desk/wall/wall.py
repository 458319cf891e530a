"""The state of one verifier's wall, and what a press on it does. Nothing is drawn here."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import streamlit as st

from observations.base.errors import Refused, StorageError
from observations.base.ids import new_id, parse_id
from observations.desk.seen import Place, Seen, Together
from observations.desk.together import accept_together, undo_together
from observations.desk.wall import take_wall
from pages.parts.runtime import known_now, store
from pages.parts.session import visitor

MEMORY = "wall"


@dataclass
class Wall:
    """One verifier's wall: what it shows, those left for the desk, and what was done last."""

    place: Place
    key: UUID = field(default_factory=new_id)
    seen: Sequence[Seen] | None = None
    left: list[UUID] = field(default_factory=list)
    made: Together | None = None

    def draw_anew(self) -> None:
        """Take other sightings when it is drawn next."""
        self.key, self.seen = new_id(), None


def wall() -> Wall | None:
    """This session's wall of what the address names; None where it names nothing."""
    place = _place()
    if place is None:
        return None
    if MEMORY not in st.session_state or st.session_state[MEMORY].place != place:
        st.session_state[MEMORY] = Wall(place)
    memory: Wall = st.session_state[MEMORY]
    return memory


def _place() -> Place | None:
    for name in ("taxon", "festival"):
        with suppress(Refused):
            if name in st.query_params:
                return Place(**{f"{name}_id": parse_id(st.query_params[name], name)})
    return None


def seen(mine: Wall) -> Sequence[Seen]:
    """The sightings on the wall; taken when it is drawn first."""
    if mine.seen is None:
        mine.seen = take_wall(store(), visitor().person, mine.place, known_now(), mine.left)
    return mine.seen


def accept(mine: Wall, key: str, out: Sequence[str]) -> None:
    """Accept what is on the wall but those taken out, which stay for the desk.

    A second press, before the next wall is drawn, changes nothing.
    """
    if key != str(mine.key) or mine.seen is None:
        return
    taken = [one for one in mine.seen if str(one.subject_id) not in out]
    left = [one.subject_id for one in mine.seen if str(one.subject_id) in out]
    made = accept_together(store(), visitor().person, taken, known_now())
    mine.made = made
    mine.left += [*left, *made.left]
    mine.draw_anew()


def undo(batch_id: UUID, mine: Wall | None) -> Together:
    """Take back all that a wall accepted; each waits at the desk, as all that was once decided."""
    back = undo_together(store(), visitor().person, batch_id, known_now())
    if mine:
        mine.made = None
        mine.left = [one for one in mine.left if one not in back.done]
        mine.draw_anew()
    return back


def last_batch() -> tuple[UUID, int] | None:
    """The verifier's latest wall, and how many of its decisions still stand."""
    staff_id = visitor().person.staff_id
    with suppress(StorageError):
        return store().desk.last_batch(staff_id) if staff_id else None
    return None
