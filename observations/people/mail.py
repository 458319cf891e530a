"""Whether, where and of what a member of staff wants to be written to."""

import re
from datetime import datetime

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.log.entries import LogEntry
from observations.people.staff import MailWish
from observations.people.store import Store

ACTION = "verify"  # what is written about is the desk
ADDRESS_LENGTH = 254
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}", re.ASCII)


@retried
def choose_mail(
    store: Store,
    person: Person,
    address: str,
    wants_digest: bool,
    wants_alerts: bool,
    now: datetime,
) -> MailWish | None:
    """Write to one's own address from now on; without an address or a wish, no more: None.

    The log says that it was changed, and no address. `now` is aware. Raises `Refused`:
    `role.may_not`, `mail.address`.
    """
    require(person, ACTION)
    if person.staff_id is None:
        raise Refused("role.may_not")
    to = address.strip()
    if to and (len(to) > ADDRESS_LENGTH or not _ADDRESS.fullmatch(to) or ".." in to):
        raise Refused("mail.address", "address")
    wish = None
    if to and (wants_digest or wants_alerts):
        wish = MailWish(person.staff_id, to, wants_digest, wants_alerts, None, now)
    with store.transaction() as tx:
        tx.people.drop_mail_wish(person.staff_id)
        if wish:
            tx.people.add_mail_wish(wish)
        done = "staff.mail_chosen" if wish else "staff.mail_ended"
        tx.log.add(LogEntry(done, person.staff_id, person, now))
    return wish
