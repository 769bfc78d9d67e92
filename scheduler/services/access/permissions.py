"""Permissions: who may do what in which office. One function, asked before every page.

Whoever has a role in an office may do what the role allows, and always what the office
shows to visitors. In other offices an account is a visitor as everybody else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from scheduler.model.text import Text


class Action(StrEnum):
    """What can be done in an office, as far as rights tell it apart.

    ``OPEN`` is what has a key of its own, as a calendar's address, or gives nothing
    away, as the login. ``SEE_WEEKS`` shows who is where when, without names of
    teachers.
    """

    OPEN = "open"
    SEE_WEEKS = "see-weeks"
    SEE_PLACE = "see-place"
    SEE_TEACHERS = "see-teachers"
    SEE_CHECKS = "see-checks"
    SEE_CHANGES = "see-changes"
    SEE_AUDIT = "see-audit"
    SEE_DRAFTS = "see-drafts"
    EDIT_DRAFTS = "edit-drafts"
    CONFIRM_USE = "confirm-use"
    CHANGE_DATES = "change-dates"
    ASK_LEAVE = "ask-leave"
    GIVE_LINKS = "give-links"
    RUN_JOBS = "run-jobs"
    PUBLISH = "publish"
    MANAGE_ACCOUNTS = "manage-accounts"
    READ_LOG = "read-log"
    ADD_OFFICE = "add-office"
    ANSWER_FOR_ALL = "answer-for-all"


class Role(StrEnum):
    """What an account is: ``BUREAU`` in all offices, the others each in one."""

    BUREAU = "bureau"
    OFFICE = "office"
    TEACHER = "teacher"
    PARTNER = "partner"


class Visitors(StrEnum):
    """What an office shows without a login; each shows what the one before does."""

    NOTHING = "nothing"
    CLASSES = "classes"
    TEACHERS = "teachers"
    EVERYTHING = "everything"


# What is not decided yet is for those who decide it alone.
_SEEN = frozenset(x for x in Action if x.startswith("see-")) - {Action.SEE_DRAFTS}
_NO_NAMES = frozenset((Action.SEE_WEEKS, Action.SEE_PLACE))
OF_ROLE: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.BUREAU: frozenset(Action),
        Role.OFFICE: frozenset(Action)
        - {Action.ADD_OFFICE, Action.ANSWER_FOR_ALL, Action.ASK_LEAVE},
        Role.TEACHER: _SEEN - {Action.SEE_AUDIT}
        | {Action.CONFIRM_USE, Action.ASK_LEAVE},
        Role.PARTNER: frozenset((Action.SEE_PLACE, Action.CONFIRM_USE)),
    }
)
OF_VISITORS: Mapping[Visitors, frozenset[Action]] = MappingProxyType(
    {
        Visitors.NOTHING: frozenset(),
        Visitors.CLASSES: _NO_NAMES,
        Visitors.TEACHERS: _NO_NAMES | {Action.SEE_TEACHERS},
        Visitors.EVERYTHING: _SEEN,
    }
)
ACTION_NAMES = {
    Action.OPEN: Text("打开", "open"),
    Action.SEE_WEEKS: Text("查看课表", "see weeks"),
    Action.SEE_PLACE: Text("查看场地", "see a place"),
    Action.SEE_TEACHERS: Text("查看教师课表", "see weeks of teachers"),
    Action.SEE_CHECKS: Text("查看检查结果", "see checks"),
    Action.SEE_CHANGES: Text("查看变动", "see changes"),
    Action.SEE_AUDIT: Text("查看审计", "see the audit"),
    Action.SEE_DRAFTS: Text("查看草稿", "see drafts"),
    Action.EDIT_DRAFTS: Text("修改草稿", "edit drafts"),
    Action.CONFIRM_USE: Text("登记场地使用", "confirm the use of places"),
    Action.CHANGE_DATES: Text("登记变动", "change single dates"),
    Action.ASK_LEAVE: Text("申请请假、调课", "ask for leaves and swaps"),
    Action.GIVE_LINKS: Text("发放日历链接", "give links to calendars"),
    Action.RUN_JOBS: Text("提交后台任务", "run jobs"),
    Action.PUBLISH: Text("发布课表", "publish timetables"),
    Action.MANAGE_ACCOUNTS: Text("管理账号", "manage accounts"),
    Action.READ_LOG: Text("查看操作记录", "read the log"),
    Action.ADD_OFFICE: Text("新建学校", "add a school"),
    Action.ANSWER_FOR_ALL: Text("全区页面", "pages of the district"),
}
ROLE_NAMES = {
    Role.BUREAU: Text("区教育局", "bureau"),
    Role.OFFICE: Text("教务处", "office"),
    Role.TEACHER: Text("教师", "teacher"),
    Role.PARTNER: Text("合作单位", "partner"),
}
_FIRST = Text("教务处（主账号）", "office (first account)")
VISITOR_NAMES = {
    Visitors.NOTHING: Text("不公开", "nothing"),
    Visitors.CLASSES: Text("班级和场地课表，不含教师姓名", "weeks, without teachers"),
    Visitors.TEACHERS: Text("班级、场地和教师课表", "weeks, with teachers"),
    Visitors.EVERYTHING: Text(
        "全部页面（只读，草稿除外）", "all pages but drafts, to read"
    ),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in one office; ``resource_id`` is the teacher, agreement or venue."""

    role: Role
    resource_id: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A person with what they are, by the key of the office."""

    name: str
    bureau: bool = False
    memberships: Mapping[str, Membership] = field(default_factory=dict)

    def role_in(self, office: str | None) -> Role | None:
        """What the person is in an office; None for whoever is nothing there."""
        if self.bureau:
            return Role.BUREAU
        found = self.memberships.get(office or "")
        return found.role if found else None


@dataclass(frozen=True, slots=True)
class Door:
    """An office as far as rights go by it; ``key`` is None for what is of no office."""

    key: str | None
    visitors: Visitors


def may(
    account: Account | None, action: Action, door: Door, about: Collection[str] = ()
) -> bool:
    """Whether somebody may do something in an office.

    Parameters:
        account: Who is logged in; None for visitors.
        about: Ids of the place it is done with, and of its agreements: a partner may
            do it with their own alone.
    """
    if action is Action.OPEN or action in OF_VISITORS[door.visitors]:
        return True
    role = account.role_in(door.key) if account else None
    if account is None or role is None or action not in OF_ROLE[role]:
        return False
    return (
        role is not Role.PARTNER
        or account.memberships[door.key or ""].resource_id in about
    )


def role_name(role: Role, offices: int) -> Text:
    """What a role is called; of a single school, who has all of it is its office."""
    return _FIRST if role is Role.BUREAU and offices < 2 else ROLE_NAMES[role]


def default_visitors(private: bool) -> Visitors:
    """What visitors see where an office has not said: all on the own machine alone."""
    return Visitors.EVERYTHING if private else Visitors.NOTHING
