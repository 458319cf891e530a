"""`staff`: accounts by the same rules as on `/admin-people`."""

import argparse

from observations.base.clock import HANGZHOU, now_utc
from observations.base.roles import ROLE_NAMES
from observations.base.wording import N_, translate
from observations.commands.context import CommandContext
from observations.people import accounts
from observations.people.accounts import account_named

WITH_PASSWORD = ("add", "passwd")
PAGE = 200


def keep_staff(arguments: argparse.Namespace, password: str, context: CommandContext) -> None:
    """Do what `staff ACTION` says. Raises `Refused` as the accounts' functions do."""
    if arguments.action == "list":
        _list(context)
    elif arguments.action == "add":
        _add(arguments, password, context)
    else:
        _change(arguments, password, context)


def _add(arguments: argparse.Namespace, password: str, context: CommandContext) -> None:
    added = accounts.add_account(
        context.store, context.person, arguments.username, password, arguments.role, now_utc()
    )
    context.tell(N_("已添加 {name}。"), name=added.username)


def _change(arguments: argparse.Namespace, password: str, context: CommandContext) -> None:
    store, now, name = context.store, now_utc(), arguments.username
    staff_id = account_named(store, name).staff_id
    whose = (store, context.person, staff_id)
    match arguments.action:
        case "role":
            accounts.change_role(*whose, arguments.role, now)
            role = translate(ROLE_NAMES[arguments.role], context.language)
            context.tell(N_("{name} 现在是{role}。"), name=name, role=role)
        case "rename":
            new = accounts.rename_account(*whose, arguments.new_name, now)
            context.tell(N_("{name} 现在叫 {new}。"), name=name, new=new)
        case "passwd":
            accounts.reset_password(*whose, password, now)
            context.tell(N_("{name} 的密码已更换，原来的登录都已结束。"), name=name)
        case "disable":
            accounts.disable_account(*whose, now)
            context.tell(N_("{name} 已停用。"), name=name)
        case "enable":
            accounts.enable_account(*whose, now)
            context.tell(N_("{name} 又能登录了。"), name=name)
        case "drop-second-step":
            accounts.drop_second_step(*whose, now)
            context.tell(N_("{name} 的两步登录取消了，原来的登录都已结束。"), name=name)
        case "sign-out":
            accounts.end_sessions(*whose, now)
            context.tell(N_("{name} 的登录都已结束。"), name=name)


def _list(context: CommandContext) -> None:
    """One line an account: name, role, state, last sign-in by the city's clock, open sessions."""
    after = ""
    while page := accounts.look_for(context.store, context.person, "", after, PAGE):
        for account in page:
            state = N_("停用") if account.is_disabled else N_("在用")
            last = account.signed_in_at
            when = last.astimezone(HANGZHOU).strftime("%Y-%m-%d %H:%M") if last else "-"
            words = (account.username, account.role, translate(state, context.language), when)
            context.say("\t".join(words))
        after = page[-1].username
