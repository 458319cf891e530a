"""Letters to staff, on both engines and through a mail server on loopback."""

import smtplib
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

from observations.base.errors import Refused
from observations.base.ids import new_id
from observations.base.roles import Person, Role
from observations.base.settings import MailServer
from observations.desk.assigning import assign
from observations.desk.mailing import write_letters
from observations.desk.smtp import Smtp
from observations.log.entries import Question
from observations.people.accounts import change_role, disable_account
from observations.people.mail import choose_mail
from observations.people.staff import Staff
from observations.privacy.erasing import record_erasure
from observations.taxa.taxon import taxon_id_of
from tests.support.sightings import MANDARIN, observer_of, phone, record

MORNING = datetime(2026, 5, 9, 1, 0, tzinfo=UTC)  # nine o'clock in Hangzhou
DAY = timedelta(days=1)
SITE = "https://luji.example"
ADMIN = Person(staff_id=new_id(), role=Role.ADMIN)


class Postbox:
    """What a mail server on loopback got; `refusal` is what it answers instead of taking it."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refusal = ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address.startswith("gone@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope: Envelope) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters += [(to, letter) for to in envelope.rcpt_tos]
        return "250 OK"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for to, letter in self.letters if to == address]


@pytest.fixture
def box() -> Iterator[tuple[Postbox, Smtp]]:
    """A mail server that asks for a password."""
    postbox = Postbox()
    controller = Controller(
        postbox,
        hostname="127.0.0.1",
        port=free_port(),
        auth_require_tls=False,
        auth_required=True,
        authenticator=lambda *args: AuthResult(
            success=args[-1].password == b"secret", handled=False
        ),
    )
    controller.start()
    yield postbox, Smtp(server_at(controller.port))
    controller.stop()


def server_at(port: int, security: str = "none", password: str = "secret") -> MailServer:
    return MailServer("127.0.0.1", port, security, "luji", password, "luji@example.cn")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def verifier(store, name, address="", digest=True, alerts=True):
    staff = Staff(new_id(), name, "", Role.VERIFIER, False, False, MORNING)
    with store.transaction() as tx:
        tx.people.add_staff(staff)
    person = Person(staff_id=staff.staff_id, role=Role.VERIFIER)
    if address:
        choose_mail(store, person, address, digest, alerts, MORNING - DAY)
    return person


def test_a_digest_comes_once_a_day_to_who_wants_it(store, box):
    postbox, post = box
    zhou = verifier(store, "周衡", "zhou@example.cn")
    verifier(store, "林雨")
    device = phone(store)
    record(store, device, MORNING - 3 * DAY, note="家住文三路 12 号")
    nickname = store.people.observer(observer_of(store, device).observer_id).nickname
    assign(store, ADMIN, zhou.staff_id, "bird", None, MORNING)

    assert write_letters(store, post, SITE, MORNING - timedelta(hours=2)) == 0  # seven o'clock
    assert write_letters(store, post, SITE, MORNING) == 1
    assert write_letters(store, post, SITE, MORNING + timedelta(hours=9)) == 0
    assert write_letters(store, post, SITE, MORNING + DAY) == 1

    first, _second = postbox.to("zhou@example.cn")
    text = first.get_content()
    assert first["Subject"] == (
        "绿迹杭州：1 条在等核实 · Green Traces Hangzhou: 1 records wait at the desk"
    )
    for words in ("最早的等了 3 天", "归你看的：1 条", "Assigned to you: 1", f"{SITE}/verify"):
        assert words in text, words
    assert first["From"] == "luji@example.cn" and first["Auto-Submitted"] == "auto-generated"
    for secret in (nickname, "文三路", "30.2", "120.0", "西湖", "西溪"):
        assert secret not in text and secret not in str(first), secret


def test_nothing_waiting_is_no_letter(store, box):
    verifier(store, "周衡", "zhou@example.cn")
    assert write_letters(store, box[1], SITE, MORNING) == 0
    assert box[0].letters == []


def test_a_protected_species_is_written_of_at_once_and_once(store, box):
    postbox, post = box
    verifier(store, "周衡", "zhou@example.cn", digest=False)
    verifier(store, "林雨", "lin@example.cn", digest=False, alerts=False)
    verifier(store, "何清", "he@example.cn", alerts=False)
    device = phone(store)
    record(store, device, MORNING - timedelta(hours=9), taxon_id=str(MANDARIN))
    night = MORNING - timedelta(hours=8)

    assert write_letters(store, post, SITE, night) == 1
    assert write_letters(store, post, SITE, night) == 0
    record(store, device, night)  # a night heron is nothing special
    assert write_letters(store, post, SITE, night) == 0
    record(store, device, night, taxon_id=str(taxon_id_of("Lithobates catesbeianus")))
    assert write_letters(store, post, SITE, night) == 1

    one, two = postbox.to("zhou@example.cn")
    assert "鸳鸯（国家二级保护）" in one.get_content()
    assert "美洲牛蛙" in two.get_content() and "鸳鸯" not in two.get_content()


def test_of_eight_processes_one_writes(store, box):
    postbox, post = box
    for name in ("zhou", "lin", "he"):
        verifier(store, name, f"{name}@example.cn")
    record(store, phone(store), MORNING - timedelta(hours=1), taxon_id=str(MANDARIN))
    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda _: write_letters(store, post, SITE, MORNING), range(8)))

    assert sum(sent) == len(postbox.letters) == 6  # a digest and an alert each
    for name in ("zhou", "lin", "he"):
        assert len(postbox.to(f"{name}@example.cn")) == 2


def test_what_a_server_does_not_take_goes_with_a_later_round(store, box):
    postbox, post = box
    verifier(store, "周衡", "zhou@example.cn")
    record(store, phone(store), MORNING - timedelta(hours=1), taxon_id=str(MANDARIN))
    nobody = Smtp(server_at(free_port()))
    wrong = Smtp(server_at(post._server.port, password="falsch"))
    plain = Smtp(server_at(post._server.port, "starttls"))  # it has no encryption

    for away, error in (
        (nobody, ConnectionRefusedError),
        (wrong, smtplib.SMTPAuthenticationError),
        (plain, smtplib.SMTPNotSupportedError),
    ):
        with pytest.raises(error):
            write_letters(store, away, SITE, MORNING)
    postbox.refusal = "451 later"
    with pytest.raises(smtplib.SMTPDataError):
        write_letters(store, post, SITE, MORNING)
    assert postbox.letters == []

    postbox.refusal = ""
    assert write_letters(store, post, SITE, MORNING) == 2


def test_an_address_that_is_gone_does_not_hold_up_the_others(store, box):
    postbox, post = box
    verifier(store, "林雨", "gone@example.cn")
    verifier(store, "周衡", "zhou@example.cn")
    record(store, phone(store), MORNING - timedelta(hours=1))
    assert write_letters(store, post, SITE, MORNING) == 1
    assert write_letters(store, post, SITE, MORNING) == 0
    assert len(postbox.to("zhou@example.cn")) == 1


@pytest.mark.parametrize(
    "address",
    [
        *("周衡", "a@b", "a@@example.cn", "a b@example.cn", "a@example.cn, c@example.cn"),
        *("a@example.cn\nBcc: all@example.cn", "<a@example.cn>", "a@-", "a@example..cn", "@b.cn"),
        *("a" * 65 + "@example.cn", "a@" + "b." * 130 + "cn", "ａ@example.cn", "a@example.c"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(store, address):
    zhou = verifier(store, "周衡", "zhou@example.cn")
    with pytest.raises(Refused, match=r"mail\.address"):
        choose_mail(store, zhou, address, True, True, MORNING)
    assert store.people.mail_wish(zhou.staff_id).address == "zhou@example.cn"


def test_the_address_is_gone_with_the_wish_the_account_and_the_person(store, box):
    people = [verifier(store, name, f"{name}@example.cn") for name in ("zhou", "lin", "he", "xu")]
    zhou, lin, he, xu = people
    record(store, phone(store), MORNING - timedelta(hours=1))
    with store.transaction() as tx:
        tx.people.add_staff(Staff(ADMIN.staff_id, "admin", "", Role.ADMIN, False, False, MORNING))
    choose_mail(store, zhou, "zhou@example.cn", False, False, MORNING)
    disable_account(store, ADMIN, lin.staff_id, MORNING)
    device = phone(store)
    record(store, device, MORNING)
    observer_id = observer_of(store, device).observer_id
    with store.transaction() as tx:
        tx.people.tie_staff_to_observer(he.staff_id, observer_id, MORNING)
        record_erasure(tx, b"secret" * 8, observer_id, MORNING)

    assert [store.people.mail_wish(one.staff_id) for one in (zhou, lin, he)] == [None] * 3
    told = store.log.told(Question(), None, 99)
    assert {"staff.mail_chosen", "staff.mail_ended"} <= {one.line.action for one in told}
    assert "example.cn" not in repr(told)

    # who may not decide any more is not written to
    change_role(store, ADMIN, xu.staff_id, "organiser", MORNING)
    assert write_letters(store, box[1], SITE, MORNING) == 0


def test_only_those_who_decide_are_written_to(store):
    for person in (Person(staff_id=new_id(), role=Role.ORGANISER), Person(role=Role.ADMIN)):
        with pytest.raises(Refused, match=r"role\.may_not"):
            choose_mail(store, person, "a@example.cn", True, True, MORNING)
