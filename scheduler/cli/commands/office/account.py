"""account: who may log in and as what, what visitors see, and who did what."""

import argparse
import getpass
import sys
from argparse import Namespace
from contextlib import closing

from scheduler.cli.arguments import add_act, add_database, add_json, add_office, add_who
from scheduler.cli.console import say, say_json, tell
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.access.accounts import Grant
from scheduler.services.access.deeds import ACT_NAMES, Deed
from scheduler.services.access.passwords import new_password
from scheduler.services.access.permissions import (
    ROLE_NAMES,
    VISITOR_NAMES,
    Account,
    Role,
    Visitors,
)
from scheduler.services.access.refusals import AccountRefused
from scheduler.services.offices import Store
from scheduler.services.views.people.log import LOG_COLUMNS, log_csv, log_rows

_ACTS = (
    *("add", "list", "role", "password", "reset", "remove"),
    *("visitors", "log"),
)
_NOTHING = "none"


def add_options(command: argparse.ArgumentParser) -> None:
    """What is to be done with which account, and in which database."""
    add_act(command, _ACTS)
    command.add_argument(
        "what",
        nargs="*",
        metavar="ARG",
        help="add/role 账号 角色（bureau、office、teacher、partner；role 还可 none）；"
        "password/reset/remove 账号；visitors 公开范围（nothing、classes、teachers、"
        "everything）/ add|role NAME ROLE (role also: none); password|reset|remove "
        "NAME; visitors LEVEL",
    )
    add_database(command)
    add_office(command)
    command.add_argument(
        "--as",
        dest="resource",
        default="",
        metavar="ID",
        help="教师编号，或合作单位的协议或场地编号 / which teacher, or a partner's "
        "agreement or venue",
    )
    add_who(command)
    command.add_argument(
        "--csv", action="store_true", help="log 输出 CSV / the log as CSV"
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Do one thing with accounts."""
    with closing(Store.connect(options.database, create=False)) as store:
        try:
            _act(store, options)
        except AccountRefused as error:
            zh, en = error.text.zh.rstrip("。"), error.text.en.rstrip(".")
            raise InputError([DataError("cuofeng account", Text(zh, en))]) from error
    return 0


def _act(store: Store, options: Namespace) -> None:
    match options.act:
        case "list":
            _say_accounts(store.accounts.all(), options)
        case "log":
            _say_log(store.office_named(options.office).deeds(), options)
        case "visitors":
            _visitors(store, options)
        case "add":
            name, role = _arguments(options, 2)
            password = new_password()
            grant = _grant(store, role, options)
            store.accounts.add(name, password, grant, options.who, handed_out=True)
            _tell_password(name, password)
        case "role":
            _change_role(store, options)
        case "remove":
            (name,) = _arguments(options, 1)
            store.accounts.remove(name, options.who)
            tell("账号已删除。", "The account is removed.")
        case "password" | "reset":
            (name,) = _arguments(options, 1)
            _new_password(store, name, options)


def _change_role(store: Store, options: Namespace) -> None:
    name, role = _arguments(options, 2)
    if role == _NOTHING:
        # Without an office it is the role of a bureau that is taken.
        key = store.office_named(options.office).key if options.office else ""
        store.accounts.take_role(name, key, options.who)
    else:
        store.accounts.grant(name, _grant(store, role, options), options.who)
    account = store.accounts.get(name)
    _say_accounts((account,) if account else (), options)


def _grant(store: Store, text: str, options: Namespace) -> Grant:
    """The role that is asked for, of a teacher or place that there is."""
    if text not in list(Role):
        raise InputError([_no_choice(text, [x.value for x in Role])])
    role = Role(text)
    key = "" if role is Role.BUREAU else store.office_named(options.office).key
    grant = Grant(role, key, options.resource)
    store.check_grant(grant)
    return grant


def _new_password(store: Store, name: str, options: Namespace) -> None:
    """A password that is typed; or, the way back in, one that is shown once."""
    if options.act == "reset":
        password = store.accounts.reset(name, options.who)
        store.accounts.forget_tries()
        _tell_password(name, password)
        return
    if sys.stdin.isatty():
        password = getpass.getpass("密码 / password: ")
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    store.accounts.set_password(name, password, options.who)
    tell("密码已更换，已登录的都要重新登录。", "Changed; everybody must log in again.")


def _visitors(store: Store, options: Namespace) -> None:
    office = store.office_named(options.office)
    if options.what:
        (level,) = _arguments(options, 1)
        if level not in list(Visitors):
            raise InputError([_no_choice(level, [x.value for x in Visitors])])
        office.set_visitors(Visitors(level), options.who)
    said = office.visitors()
    if said is None:
        tell(
            "没有设置：只在本机打开时全部公开，否则不公开。",
            "Not set: everything on the own machine, else nothing.",
        )
    else:
        say(f"{said} {VISITOR_NAMES[said].in_language(options.lang)}")


def _say_accounts(accounts: tuple[Account, ...], options: Namespace) -> None:
    if options.json:
        say_json([_facts(x) for x in accounts])
        return
    for account in accounts:
        roles = ([("*", Role.BUREAU, "")] if account.bureau else []) + [
            (key, x.role, x.resource_id) for key, x in account.memberships.items()
        ]
        words = (
            " ".join(filter(None, (key, ROLE_NAMES[r].in_language(options.lang), of)))
            for key, r, of in roles
        )
        nothing = Text("没有角色", "no role").in_language(options.lang)
        say(f"{account.name}  {'；'.join(words) or nothing}")
    if not accounts:
        tell("没有账号。", "No accounts.")


def _facts(account: Account) -> dict[str, object]:
    roles = [
        {"office": key, "role": x.role.value, "resource_id": x.resource_id}
        for key, x in account.memberships.items()
    ]
    return {"name": account.name, "bureau": account.bureau, "roles": roles}


def _say_log(log: tuple[Deed, ...], options: Namespace) -> None:
    if options.json:
        say_json([dict(zip(LOG_COLUMNS, x, strict=True)) for x in log_rows(log)])
    elif options.csv:
        sys.stdout.write(log_csv(log))
    else:
        for deed in log:
            act = ACT_NAMES[deed.act].in_language(options.lang)
            say(f"{deed.at:%Y-%m-%d %H:%M} UTC  {deed.who or '–'}  {act}  {deed.about}")


def _tell_password(name: str, password: str) -> None:
    tell(
        f"账号：{name}  密码：{password}  （只显示这一次）",
        f"Account: {name}  password: {password}  (shown this once)",
    )


def _arguments(options: Namespace, count: int) -> list[str]:
    given: list[str] = options.what
    if len(given) != count:
        raise InputError([_INCOMPLETE])
    return given


def _no_choice(value: str, known: list[str]) -> DataError:
    return DataError(
        "cuofeng account",
        Text("没有这个选项", "is no choice"),
        Text(f"可用：{'、'.join(known)}。", f"Maybe one of {', '.join(known)}?"),
        value=value,
    )


_INCOMPLETE = DataError(
    "cuofeng account",
    Text("没有写全账号和角色", "account and role are not all given"),
    Text(
        "例如：cuofeng account add 王芳 teacher --as T1。",
        "Maybe: cuofeng account add wang teacher --as T1?",
    ),
)
