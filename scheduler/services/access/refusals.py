"""What is refused of accounts, one sentence each."""

from scheduler.model.errors import Told
from scheduler.model.text import Text


class AccountRefused(Told, ValueError):
    """Something that cannot be done with an account; nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(Text(zh, en))


def no_name() -> AccountRefused:
    """An account must be called something."""
    return AccountRefused("请填写账号名。", "An account needs a name.")


def unseen() -> AccountRefused:
    """Marks that turn what follows round, and let a name pass for another."""
    return AccountRefused(
        "账号名里有看不见的字符（例如改变文字方向的）。请重新输入，不要粘贴。",
        "The name has characters that cannot be seen, as marks of direction. Type "
        "it instead of pasting it.",
    )


def too_short(least: int) -> AccountRefused:
    """A password that is guessed too easily."""
    return AccountRefused(
        f"密码至少要有{least}个字符。",
        f"A password has at least {least} characters.",
    )


def is_guessed() -> AccountRefused:
    """A password that whoever guesses tries first."""
    return AccountRefused(
        "这个密码太常见或太好猜。换一个，例如几个不相干的词连在一起。",
        "This password is a common one, or easily guessed. Take another, as "
        "several words that have nothing to do with each other.",
    )


def is_taken(name: str) -> AccountRefused:
    """Somebody has this name."""
    return AccountRefused(
        f"已经有账号“{name}”。是否要改角色或密码？",
        f'There is an account "{name}" already. Maybe change its role or password?',
    )


def not_first() -> AccountRefused:
    """Somebody was faster."""
    return AccountRefused(
        "这里已经有账号了，请登录。", "There is an account already: log in."
    )


def unknown(name: str) -> AccountRefused:
    """Nobody has this name."""
    return AccountRefused(
        f"没有账号“{name}”。用 cuofeng account list 查看。",
        f'There is no account "{name}". Maybe look at account list?',
    )


def not_here(name: str) -> AccountRefused:
    """An identity provider knows somebody who has no account here."""
    return AccountRefused(
        f"这里没有账号“{name}”。请教务处或教育局先建立同名账号。",
        f'There is no account "{name}" here. Ask the office or bureau to make one.',
    )


def without_role(name: str) -> AccountRefused:
    """Whoever is nothing may do nothing."""
    return AccountRefused(
        f"账号“{name}”还没有角色，不能登录。请管理员用 cuofeng account role 授予。",
        f'The account "{name}" has no role and cannot log in. Ask for one to be '
        "given by cuofeng account role.",
    )


def last_one(name: str) -> AccountRefused:
    """Nobody would be left who can work for an office."""
    return AccountRefused(
        f"“{name}”是最后一个能管理课表的账号。请先另设一个教务处账号。",
        f'"{name}" is the last account that can manage a timetable. Make another '
        "one first.",
    )


def needs_office(role: str) -> AccountRefused:
    """A role that is always one of an office."""
    return AccountRefused(
        f"角色“{role}”要写明是哪一所的（--office）。",
        f'Of which office is the role "{role}"? Add --office.',
    )


def office_gone(key: str) -> AccountRefused:
    """A role of an office that is not there."""
    return AccountRefused(
        f"数据库里没有代号“{key}”，不能授予它的角色。是否改了代号？",
        f'"{key}" is no office of this database: there is no role in it. '
        "Maybe another key?",
    )


def no_resource(role: str, resource_id: str) -> AccountRefused:
    """A teacher or place that is not given, or that the timetable in force lacks."""
    what = {"teacher": Text("教师", "teacher")}.get(
        role, Text("协议或场地", "agreement or place")
    )
    if not resource_id:
        zh, en = f"请写明对应的{what.zh}。", f"Say which {what.en} it is of."
    else:
        zh = f"当前课表里没有{what.zh}“{resource_id}”。"
        en = f'The timetable in force has no {what.en} "{resource_id}".'
    return AccountRefused(zh, en)
