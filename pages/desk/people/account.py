"""One account: what it may do, who is signed in with it, and the buttons that change it."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from observations.base.roles import ROLE_NAMES, Person, may
from observations.desk.assigning import assign, end_assignment
from observations.desk.assignment import Assignment
from observations.people import accounts
from observations.people.staff import NAME_LENGTH, Account
from observations.places.districts import DISTRICTS
from observations.taxa.taxon import Group
from pages.desk.people.adding import role_field
from pages.parts import cards
from pages.parts.dates import moment_words
from pages.parts.desk_work import work_of
from pages.parts.guard import staff_only
from pages.parts.last_tap import do
from pages.parts.paging import after, page_of
from pages.parts.runtime import known_now, store
from pages.parts.wording import _, as_typed, language

PAGE, OPEN = 20, "open_account"


def listed(person: Person, words: str) -> tuple[Sequence[Account], bool]:
    """A page of accounts, and whether more follow."""
    return page_of(lambda most: accounts.look_for(store(), person, words, after(), most), PAGE)


def line(account: Account, person: Person) -> None:
    """An account; opened, it can be changed."""
    parts = [as_typed(account.username), _(ROLE_NAMES[account.role])]
    parts += [_("停用")] if account.is_disabled else []
    parts += [_("是你")] if account.staff_id == person.staff_id else []
    key = account.staff_id.hex
    is_open = st.session_state.get(OPEN) == key  # with another name it is another element
    label = " · ".join(parts)
    with st.expander(label, is_open, key=f"account_{key}", on_change="rerun") as opened:
        if opened.open:
            _facts(account)
            _role_and_name(account, key)
            _work(account, key)
            _sessions(account, person, key)
            _closing(account, key)


def _facts(account: Account) -> None:
    last = account.signed_in_at
    signed_in = moment_words(last) if last else _("还没有登录过")
    pairs: list[tuple[cards.Text, cards.Text]] = [
        (_("最近一次登录"), signed_in),
        (_("加上的日子"), moment_words(account.added_at)),
        (_("两步登录"), _("开着") if account.has_second_step else _("没有开")),
    ]
    cards.show(cards.facts(pairs), cards.demo_mark() if account.is_demo else "")


def _role_and_name(account: Account, key: str) -> None:
    role_field(f"role_{key}", account.role)
    _button(_("换角色"), f"set_role_{key}", lambda: _change_role(account, key))
    st.text_input(_("用户名"), account.username, key=f"name_{key}", max_chars=NAME_LENGTH)
    _button(_("换名字"), f"rename_{key}", lambda: _rename(account, key))


def _work(account: Account, key: str) -> None:
    """What is this account's to look at, of all that waits at the desk."""
    if not may(Person(role=account.role), "verify"):
        return
    cards.show(cards.heading(_("归这位看的")))
    for one in store().desk.assignments():
        if one.staff_id == account.staff_id:
            with st.container(horizontal=True, vertical_alignment="center"):
                cards.show(cards.row(work_of(one), ""))
                drop = partial(_end_work, account, one)
                _button(_("去掉"), f"drop_{one.assignment_id.hex}_{key}", drop)
    groups = {"": _("哪一类都行"), **{str(group): _(group.word) for group in Group}}
    districts = {"": _("哪一区都行")}
    districts |= {code: one.name(language()) for code, one in DISTRICTS.items()}
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"work_{key}"):
        fields = (("group", _("类群"), groups), ("district", _("区县"), districts))
        for field, label, names in fields:
            say = names.__getitem__
            st.selectbox(label, list(names), format_func=say, key=f"{field}_{key}")
        _button(_("交给这位"), f"assign_{key}", lambda: _assign(account, key))


def _assign(account: Account, key: str) -> str:
    person = staff_only("manage_staff").person
    group, district = st.session_state[f"group_{key}"], st.session_state[f"district_{key}"]
    made = assign(store(), person, account.staff_id, group, district, known_now())
    return _("{work} 归 {name} 看了。").format(work=work_of(made), name=account.username)


def _end_work(account: Account, one: Assignment) -> str:
    person = staff_only("manage_staff").person
    end_assignment(store(), person, one.assignment_id, known_now())
    return _("{work} 不再归 {name} 看。").format(work=work_of(one), name=account.username)


def _sessions(account: Account, person: Person, key: str) -> None:
    sessions = accounts.sessions_of(store(), person, account.staff_id, known_now())
    words = _("现在的登录：{count} 处").format(count=len(sessions))
    cards.show(cards.heading(words))
    for session in sessions:
        with st.container(horizontal=True, vertical_alignment="center"):
            since = _("{moment} 登录").format(moment=moment_words(session.started_at))
            until = _("最迟 {moment} 结束").format(moment=moment_words(session.expires_at))
            cards.show(cards.row(since, until))
            end = partial(_end, account, session.session_id)
            _button(_("结束"), f"end_{session.session_id.hex}_{key}", end)


def _closing(account: Account, key: str) -> None:
    with st.container(horizontal=True, gap="small", key=f"closing_{key}"):
        _button(_("给一个新密码"), f"reset_{key}", lambda: _reset(account))
        if account.has_second_step:
            _button(_("取消两步登录"), f"drop_{key}", lambda: _drop_second_step(account))
        if account.is_disabled:
            _button(_("重新启用"), f"enable_{key}", lambda: _enable(account))
        else:
            _button(_("停用"), f"disable_{key}", lambda: _disable(account))


def _button(words: str, key: str, act: Callable[[], str]) -> None:
    st.button(words, key=key, on_click=_act, args=(key, act))


def _act(key: str, act: Callable[[], str]) -> None:
    st.session_state[OPEN] = key.rpartition("_")[2]
    do(act)


def _change_role(account: Account, key: str) -> str:
    person, role = staff_only("manage_staff").person, st.session_state[f"role_{key}"]
    accounts.change_role(store(), person, account.staff_id, role, known_now())
    return _("{name} 现在是{role}。").format(name=account.username, role=_(ROLE_NAMES[role]))


def _rename(account: Account, key: str) -> str:
    person, name = staff_only("manage_staff").person, st.session_state[f"name_{key}"]
    new = accounts.rename_account(store(), person, account.staff_id, name, known_now())
    return _("{name} 现在叫 {new}。").format(name=account.username, new=new)


def _end(account: Account, session_id: UUID) -> str:
    person = staff_only("manage_staff").person
    accounts.end_sessions(store(), person, account.staff_id, known_now(), session_id)
    return _("{name} 的这次登录已结束。").format(name=account.username)


def _reset(account: Account) -> str:
    person, password = staff_only("manage_staff").person, accounts.make_password()
    accounts.reset_password(store(), person, account.staff_id, password, known_now())
    return _("{name} 的新密码是 {password} 。只显示这一次；原来的登录都已结束。").format(
        name=account.username, password=password
    )


def _drop_second_step(account: Account) -> str:
    accounts.drop_second_step(
        store(), staff_only("manage_staff").person, account.staff_id, known_now()
    )
    return _("{name} 的两步登录取消了，原来的登录都已结束。").format(name=account.username)


def _disable(account: Account) -> str:
    accounts.disable_account(
        store(), staff_only("manage_staff").person, account.staff_id, known_now()
    )
    return _("{name} 已停用，登录都已结束。").format(name=account.username)


def _enable(account: Account) -> str:
    accounts.enable_account(
        store(), staff_only("manage_staff").person, account.staff_id, known_now()
    )
    return _("{name} 又能登录了。").format(name=account.username)
