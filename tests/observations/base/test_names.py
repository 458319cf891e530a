"""Names that a person chooses: what is cleaned, what looks alike, what claims an office."""

import pytest

from observations.base.errors import Refused
from observations.base.names import clean_name, skeleton
from observations.people.observer import nicknames

BLANK = (
    "",
    "   ",
    "\u3164",
    "\u3164\u3164",
    "\u2800",
    "\u115f\u1160",
    "\uffa0",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u00ad",
    "\u3000\u2003",
    "\u202e",
    "\u0301\u0302",
    "。。。",
    "—",
    "\u180e",
    "\U000e0041",
    "\ue000",
    "\x07\x1b",
)
CLEANED = {
    "林\u200b夏": "林夏",
    "\u202e林夏\u202c": "林夏",
    "林\u2066夏\u2069": "林夏",
    "林夏\ufeff": "林夏",
    "林\x1b夏": "林夏",
    "林\n夏": "林夏",
    "林\u3000\u2003 夏": "林 夏",
    "  林   夏  ": "林 夏",
    "林\u3164夏": "林夏",
    "a" + "\u0301" * 12: "á" + "\u0301" * 2,
    "🦆 野鸭": "🦆 野鸭",
    "é": "é",
    "林夏\U000e0001": "林夏",
    "湖畔·观鸟": "湖畔·观鸟",
}
ALIKE = (
    ("林夏", "林夏\u200b"),
    ("林夏", "林 夏"),
    ("Linxia", "LINXIA"),
    ("Linxia", "Lіnхіа"),  # Cyrillic
    ("Linxia", "Ｌｉｎｘｉａ"),
    ("Linxia", "𝐋𝐢𝐧𝐱𝐢𝐚"),
    ("Linxia", "L1nxia"),
    ("Linxia", "Línxïä"),
    ("Ilia", "lIia"),
    ("Oto", "0t0"),
    ("morning", "rnorning"),
    ("口琴", "ロ琴"),
    ("工人", "エ人"),
    ("方舟", "⽅舟"),
    ("ⅠⅤ", "lv"),
    ("白鹭", "白\u3164鹭"),
)
DIFFERENT = (
    ("林夏", "林冬"),
    ("白鹭", "苍鹭"),
    ("Anna", "Hanna"),
    ("一号", "二号"),
    ("team 2", "team 3"),
)
OFFICES = (
    *("管理员", "管理員", "管 理 员", "管.理.员", "超级管理员01", "官方", "官\u200b方", "官⽅"),
    *("工作人员小李", "核实员", "绿迹杭州", "绿迹", "西湖区环保局", "杭州市公安", "系统", "客服"),
    *("admin", "Admin", "ＡＤＭＩＮ", "аdmіn", "adm1n", "a-d-m-i-n", "admin007", "superadmin"),
    *("𝐚𝐝𝐦𝐢𝐧", "ádmin", "Moderator", "official luji", "staff", "system", "root", "已离开的观察者"),
)
INNOCENT = (
    *("badminton", "Stafford", "supporter", "生态系统爱好者", "林夏", "路迹", "rooted", "modest"),
    *("Luna", "policeman's lake", "官渡鸟友", "管乐队", "systematic", "湖边一家", "拱墅三小"),
)


@pytest.mark.parametrize("name", BLANK, ids=ascii)
def test_what_cannot_be_seen_is_no_name(name: str) -> None:
    assert clean_name(name, "name", 20) == ""


@pytest.mark.parametrize("name", CLEANED, ids=ascii)
def test_what_cannot_be_seen_is_taken_out_of_a_name(name: str) -> None:
    assert clean_name(name, "name", 20) == CLEANED[name]


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=ascii)
def test_names_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=ascii)
def test_names_that_look_different_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize("name", OFFICES, ids=ascii)
def test_nobody_claims_an_office(name: str) -> None:
    with pytest.raises(Refused, match="name.office"):
        clean_name(name, "name", 20)


@pytest.mark.parametrize("name", INNOCENT, ids=ascii)
def test_an_innocent_name_is_taken_as_it_is(name: str) -> None:
    assert clean_name(name, "name", 20) == name


@pytest.mark.parametrize("name", ["林" * 21, "林夏" + "\u200b" * 1_000_000, "\x00", "\ud800", 7])
def test_what_is_too_long_or_no_text_is_refused(name: object) -> None:
    with pytest.raises(Refused, match="text."):
        clean_name(name, "name", 20)


def test_every_generated_nickname_may_be_taken_and_is_like_no_other() -> None:
    assert all(clean_name(one, "name", 20) == one for one in nicknames())
    assert len({skeleton(one) for one in nicknames()}) == len(nicknames())
