"""Odd patterns in reports: such a report is stored, but its points wait for the desk."""

from datetime import date, datetime, timedelta
from uuid import UUID

from observations.actions.catalogue import Action
from observations.actions.codes import ProgrammeCode
from observations.actions.counting import Count, excluding_code, so_far
from observations.actions.entries import Photo
from observations.actions.store import Reads
from observations.base.wording import N_

BURST, BURST_WITHIN = 12, timedelta(minutes=10)
"""So many entries in so short a time are more than an evening's catching up."""
ALWAYS = 10
"""So many entries in a row, each with all that a day can count."""
CODE_POINTS_A_DAY = 100
"""Codes pay so much a day at once: two whole days of volunteering at the most a code may pay."""

SAME_PHOTO, MANY_AT_ONCE, ALWAYS_ALL = "same_photo", "many_at_once", "always_all"
MORE_THAN_A_DAY, SAME_ACT = "more_than_a_day", "same_act"
FLAG_WORDS = {
    SAME_PHOTO: N_("这张照片别处已经用过"),
    MANY_AT_ONCE: N_("十分钟里记了很多件"),
    ALWAYS_ALL: N_("连着很多次都记满一天的上限"),
    MORE_THAN_A_DAY: N_("一天里用码记下的，比平常一天做得到的多"),
    SAME_ACT: N_("同一天里已经记过会重复计算的事"),
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


def flags_of_code(
    rooms: Reads, action: Action, code: ProgrammeCode, observer_id: UUID, done_on: date
) -> tuple[str, ...]:
    """The codes of the odd patterns in the use of a programme's code; empty for most.

    Many slips can come into one hand: over what a day can plausibly hold, they wait.
    """
    day = rooms.actions.day_of(observer_id, done_on)
    flags = []
    too_many = so_far(action, day).quantity + code.quantity > action.quantity_max
    paid = rooms.actions.by_code(observer_id, done_on)
    if too_many or paid + code.points > CODE_POINTS_A_DAY:
        flags.append(MORE_THAN_A_DAY)
    if excluding_code(action, day):
        flags.append(SAME_ACT)
    return tuple(flags)


def _always_all(rooms: Reads, action: Action, counted: Count, observer_id: UUID) -> bool:
    """Whether a person always reports the whole of a day's limit.

    Not odd where the limit is one portion: then everybody reports that.
    """
    if action.daily_cap == action.portion or counted.quantity < action.daily_cap:
        return False
    latest = rooms.actions.latest_quantities(observer_id, action.code, ALWAYS)
    return len(latest) == ALWAYS and min(latest) >= action.daily_cap
