"""Whose turn a record on the desk is: one's own work, a colleague's, a second look."""

from observations.base.clock import now_utc
from observations.base.ids import new_id
from observations.base.roles import OPERATOR, Person, Role
from observations.desk.assigning import assign
from observations.people.accounts import account_named, add_account
from observations.people.signing_in import sign_in
from observations.verification.statuses import VerificationStatus
from pages.parts import runtime
from pages.parts.session import STAFF_COOKIE
from tests.pages.desk.verify.test_page import PAGE, key, read, review, sighting
from tests.support.site import PASSWORD, Site


def colleague(name: str, role: Role = Role.VERIFIER):
    return add_account(runtime.store(), OPERATOR, name, PASSWORD, role, now_utc()).staff_id


def test_a_colleague_is_asked_and_sees_the_question(staff: Site, device) -> None:
    lin = colleague("林*雨*")
    colleague("何清", Role.ORGANISER)
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    assign(runtime.store(), admin, lin, "bird", "330106", now_utc())
    heron = sighting(device)
    sighting(device, taxon_id=None, name="第二条")

    page = staff.open(PAGE)
    key(page, "refer").click().run()
    assert "到" in read(page) and "为止只排给这一位" in read(page)
    assert not [button for button in page.button if button.key.startswith("accept_")]
    choices = [one.label for one in page.button if one.key.startswith("ask_")]
    assert choices == [r"林\*雨\* · 西湖区 鸟类"]
    page.text_input(key=f"asked_{heron}").set_value("<b>亚成鸟？")
    key(page, "ask").click().run()
    assert "请了 林*雨* 看，这里接着下一条。" in read(page)
    assert "第二条" in read(page)

    mine = staff.cookies[STAFF_COOKIE]
    staff.cookies[STAFF_COOKIE] = sign_in(runtime.store(), "林*雨*", PASSWORD, None, now_utc())
    theirs = staff.open(PAGE, turn="asked")
    assert "夜鹭" in read(theirs) and "筛出 1 条" in read(theirs)
    for cookie in (mine, staff.cookies[STAFF_COOKIE]):
        staff.cookies[STAFF_COOKIE] = cookie
        asked = read(staff.open(PAGE, id=str(heron)))
        assert "周衡 请 林*雨* 看这一条。" in asked and "&lt;b&gt;亚成鸟？" in asked
    key(theirs, "accept").click().run()
    assert review(heron).verification_status is VerificationStatus.ACCEPTED_CONSIDERED_CORRECT


def test_where_nobody_else_decides_nobody_can_be_asked(staff: Site, device) -> None:
    sighting(device)
    page = staff.open(PAGE)
    key(page, "refer").click().run()
    assert "还没有别的同事能核实" in read(page)
    key(page, "back").click().run()
    assert key(page, "accept")


def test_ones_own_work_is_a_filter_in_the_address(staff: Site, device) -> None:
    mine = account_named(runtime.store(), "周衡").staff_id
    admin = Person(staff_id=new_id(), role=Role.ADMIN)
    sighting(device)
    sighting(device, taxon_id=None, name="一种草", group="plant")
    assert "这样筛，没有在等的" in read(staff.open(PAGE, turn="mine"))
    assign(runtime.store(), admin, mine, "plant", None, now_utc())
    page = staff.open(PAGE, turn="mine")
    assert "筛出 1 条" in read(page) and "一种草" in read(page)
    assert "还有 2 条" in read(staff.open(PAGE, turn="dragon"))


def test_what_is_new_to_a_district_is_looked_at_by_a_second_verifier(staff: Site, device) -> None:
    colleague("林雨")
    heron = sighting(device)
    page = staff.open(PAGE)
    key(page, "accept").click().run()
    assert review(heron).is_waiting and "第二位" not in read(page)
    assert "剩下的都有人在看" in read(page)

    staff.cookies[STAFF_COOKIE] = sign_in(runtime.store(), "林雨", PASSWORD, None, now_utc())
    second = staff.open(PAGE)
    assert "周衡 已经说属实。这一区头一次记到它" in read(second)
    key(second, "accept").click().run()
    assert review(heron).verification_status is VerificationStatus.ACCEPTED_CORRECT
    assert "都看完了" in read(second)
