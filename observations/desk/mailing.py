"""Letters to staff about the desk: each day what waits, at once what is protected or invasive.

They say numbers and names of species, and lead to the desk: never a person, a place or a photo.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Protocol

from observations.base.clock import HANGZHOU, day_of
from observations.base.retrying import retried
from observations.base.wording import LANGUAGES, N_, translate
from observations.desk.store import Store
from observations.people.staff import MailWish
from observations.taxa.taxon import INVASIVE_WORD, PROTECTION_WORDS
from observations.verification.alerts import Alert
from observations.verification.filters import Filter, Turn

DIGEST_HOUR = 8  # Asia/Shanghai; the first round after it writes
MOST_ALERTS = 10
WAITING = N_("{count} 条在等核实，最早的等了 {days} 天。")
OF_TURN = (
    (Turn.MINE, N_("归你看的：{count} 条。")),
    (Turn.ASKED, N_("同事请你看的：{count} 条。")),
    (Turn.SECOND, N_("要第二位看的：{count} 条。")),
)
SPECIAL = N_("受保护或入侵的物种：{count} 条。")
MORE_SPECIAL = N_("还有别的，都在核实台。")
DESK_LINK = N_("去核实台：{link}")
STOP = N_("不想再收：{link}")
DIGEST_SUBJECT = N_("绿迹杭州：{count} 条在等核实")
ALERT_SUBJECT = N_("绿迹杭州：受保护或入侵的物种，请先看")
NAMED = N_("{name}（{why}）")


Line = tuple[str, Callable[[str], dict[str, object]]]
"""A sentence, and what its places hold in a language."""
Letter = tuple[str, str]
"""The subject and the text."""


class Post(Protocol):
    """What takes letters; `smtp.py` speaks to a server."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one letter over.

        Raises `OSError`; of those `SMTPRecipientsRefused` for this address alone.
        """
        ...


def write_letters(store: Store, post: Post, public_url: str, now: datetime) -> int:
    """Send what is due to those who want it; gives the number of letters.

    Each is marked as sent before it is handed over, so that of several processes one sends it; what
    the server does not take is unmarked and goes with a later round. A process that is killed in
    between has sent it or not: it is not sent again. `now` is aware. Raises `StorageError`, and
    `OSError` where the mail server cannot be reached.
    """
    sent, wishes = 0, store.people.mail_wishes()
    wants_alerts = any(wish.wants_alerts for wish in wishes)
    special = store.verification.alerts(MOST_ALERTS + 1) if wants_alerts else []
    for wish in wishes:
        sent += _digest(store, post, public_url, wish, now)
        sent += _alerts(store, post, public_url, wish, special)
    return sent


def _digest(store: Store, post: Post, public_url: str, wish: MailWish, now: datetime) -> int:
    today = day_of(now)
    is_early = now.astimezone(HANGZHOU).hour < DIGEST_HOUR
    if is_early or not wish.wants_digest or (wish.digest_on and wish.digest_on >= today):
        return 0
    if not _mark_digest(store, wish, today):
        return 0
    count, lines = _what_waits(store, wish, now)
    if not count:
        return 0
    letter = _letter(_line(DIGEST_SUBJECT, count=count), lines, public_url)
    return _send(post, wish, letter, lambda: _mark_digest(store, wish, wish.digest_on))


def _what_waits(store: Store, wish: MailWish, now: datetime) -> tuple[int, list[Line]]:
    desk = store.verification
    count, first = desk.count_waiting(), desk.first_waiting_since()
    days = max(now - first, timedelta()).days if first else 0
    lines = [_line(WAITING, count=count, days=days)]
    for turn, words in OF_TURN:
        only = Filter(turn=turn)
        theirs = desk.filtered_queue(only, 1, now, staff_id=wish.staff_id).count
        if theirs:
            lines.append(_line(words, count=theirs))
    if special := len(desk.alerts(1000)):
        lines.append(_line(SPECIAL, count=special))
    return count, lines


def _alerts(
    store: Store, post: Post, public_url: str, wish: MailWish, special: Sequence[Alert]
) -> int:
    if not wish.wants_alerts:
        return 0
    fresh = [one for one in special if one.waiting_since > wish.alerted_until]
    if not fresh or not _mark_alerts(store, wish, fresh[0].waiting_since):
        return 0
    lines = [_special(one) for one in fresh[:MOST_ALERTS]]
    lines += [_line(MORE_SPECIAL)] if len(fresh) > MOST_ALERTS else []
    letter = _letter(_line(ALERT_SUBJECT), lines, public_url)
    return _send(post, wish, letter, lambda: _unmark_alerts(store, wish))


def _send(post: Post, wish: MailWish, letter: Letter, unmark: Callable[[], object]) -> int:
    try:
        post.send(wish.address, *letter)
    except SMTPRecipientsRefused:
        return 0  # the address is wrong: it would be refused again
    except OSError:
        unmark()
        raise
    return 1


@retried
def _mark_digest(store: Store, wish: MailWish, day: date | None) -> bool:
    """Note the day of the latest digest; False where another process did."""
    with store.transaction() as tx:
        return tx.people.mark_digest(wish.staff_id, day)


@retried
def _mark_alerts(store: Store, wish: MailWish, until: datetime) -> bool:
    """Note of what they were told; False where another process did."""
    with store.transaction() as tx:
        return tx.people.mark_alerts(wish.staff_id, until)


@retried
def _unmark_alerts(store: Store, wish: MailWish) -> None:
    with store.transaction() as tx:
        tx.people.unmark_alerts(wish.staff_id, wish.alerted_until)


def _line(words: str, **values: object) -> Line:
    return words, lambda _language: values


def _special(one: Alert) -> Line:
    why = PROTECTION_WORDS.get(one.national_protection or 0, INVASIVE_WORD)

    def values(language: str) -> dict[str, object]:
        return {"name": one.name(language), "why": translate(why, language)}

    return NAMED, values


def _letter(subject: Line, lines: Sequence[Line], public_url: str) -> Letter:
    """One in both languages, Chinese first, with the way to the desk and the way out."""
    lines = [
        *lines,
        _line(DESK_LINK, link=f"{public_url}/verify"),
        _line(STOP, link=f"{public_url}/account"),
    ]
    text = "\n\n".join("\n".join(_said(line, language) for line in lines) for language in LANGUAGES)
    return " · ".join(_said(subject, language) for language in LANGUAGES), text + "\n"


def _said(line: Line, language: str) -> str:
    words, values = line
    return translate(words, language).format(**values(language))
