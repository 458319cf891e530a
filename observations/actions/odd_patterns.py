"""Odd patterns in reports: such a report is stored, but its points wait for the desk."""

from datetime import datetime, timedelta
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.counting import Count
from observations.actions.entries import Photo
from observations.actions.store import Reads
from observations.base.wording import N_

BURST, BURST_WITHIN = 12, timedelta(minutes=10)
"""So many entries in so short a time are more than an evening's catching up."""
ALWAYS = 10
"""So many entries in a row, each with all that a day can count."""

SAME_PHOTO, MANY_AT_ONCE, ALWAYS_ALL = "same_photo", "many_at_once", "always_all"
FLAG_WORDS = {
    SAME_PHOTO: N_("这张照片别处已经用过"),
    MANY_AT_ONCE: N_("十分钟里记了很多件"),
    ALWAYS_ALL: N_("连着很多次都记满一天的上限"),
}


def flags_of(
    rooms: Reads,
    action: Action,
    counted: Count,
    observer_id: UUID,
    photo: Photo | None,
    now: datetime,
) -> tuple[str, ...]:
    """The codes of the odd patterns in a report; empty for most."""
    if photo:
        return (SAME_PHOTO,) if rooms.actions.photo_is_known(photo.sha256) else ()
    flags = []
    if rooms.actions.logged_since(observer_id, now - BURST_WITHIN) >= BURST:
        flags.append(MANY_AT_ONCE)
    if _always_all(rooms, action, counted, observer_id):
        flags.append(ALWAYS_ALL)
    return tuple(flags)


def _always_all(rooms: Reads, action: Action, counted: Count, observer_id: UUID) -> bool:
    """Whether a person always reports the whole of a day's limit.

    Not odd where the limit is one portion: then everybody reports that.
    """
    if action.daily_cap == action.portion or counted.quantity < action.daily_cap:
        return False
    latest = rooms.actions.latest_quantities(observer_id, action.code, ALWAYS)
    return len(latest) == ALWAYS and min(latest) >= action.daily_cap
