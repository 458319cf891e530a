"""Finding ready words for a decision, and keeping them in order."""

from datetime import datetime
from uuid import UUID

from observations.base.errors import Refused
from observations.base.retrying import retried
from observations.base.roles import Person, require
from observations.base.text import clean_text
from observations.desk.reply import ANSWERABLE, Audience, Reply
from observations.desk.store import Store
from observations.log.entries import LogEntry
from observations.taxa.taxon import group_of
from observations.verification.decisions import Verdict
from observations.verification.settling import MESSAGE_LENGTH

ACTION = "keep_replies"
MOST = 200


def replies_for(store: Store, verdict: Verdict, group_code: str | None, sent: int) -> list[Reply]:
    """The words that fit, those for this very group first, then those for new or regular people."""
    fitting = [one for one in store.desk.replies() if one.fits(verdict, group_code, sent)]
    return sorted(fitting, key=lambda one: (not one.group_code, one.audience is Audience.EVERYONE))


@retried
def keep_reply(store: Store, person: Person, reply: Reply, now: datetime) -> Reply:
    """Add a reply, or put it in the place of the one with its id; gives it as it is stored.

    Raises `Refused`: `role.may_not`, `reply.empty`, `reply.verdict`, `reply.too_many`, `text.…`.
    """
    require(person, ACTION)
    words = clean_text(reply.words, "words", MESSAGE_LENGTH)
    if not words:
        raise Refused("reply.empty", "words")
    if reply.verdict not in ANSWERABLE or (reply.group_code and not group_of(reply.group_code)):
        raise Refused("reply.verdict")
    stored = Reply(reply.reply_id, reply.verdict, reply.group_code, reply.audience, words)
    with store.transaction() as tx:
        others = [one for one in tx.desk.replies() if one.reply_id != reply.reply_id]
        if len(others) >= MOST:
            raise Refused("reply.too_many", limit=MOST)
        tx.desk.put_reply(stored, person.staff_id, now)
        tx.log.add(LogEntry("reply.kept", reply.reply_id, person, now))
    return stored


@retried
def drop_reply(store: Store, person: Person, reply_id: UUID, now: datetime) -> None:
    """Remove a reply; decisions keep the words they were made with.

    Raises `Refused("role.may_not")`.
    """
    require(person, ACTION)
    with store.transaction() as tx:
        tx.desk.drop_reply(reply_id)
        tx.log.add(LogEntry("reply.dropped", reply_id, person, now))
