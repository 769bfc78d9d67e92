"""The log of deeds: who did what to which office, kept for good, without secrets.

A deed is written in the transaction that does it: what is kept was done, and what was
done is kept.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from scheduler.model.text import Text
from scheduler.services.store.database import OfficeDatabase
from scheduler.services.store.office_check import here, office_of
from scheduler.services.store.schema import DEEDS, OFFICES


class Act(StrEnum):
    """What was done."""

    PUBLISH = "publish"
    PUBLISH_DRAFT = "publish-draft"
    BEGIN_DRAFT = "begin-draft"
    EDIT_DRAFT = "edit-draft"
    DISCARD_DRAFT = "discard-draft"
    CHANGE = "change"
    UNDO = "undo"
    LINK = "link"
    REVOKE_LINK = "revoke-link"
    JOB = "job"
    STOP_JOB = "stop-job"
    ACCOUNT = "account"
    PASSWORD = "password"
    REMOVE_ACCOUNT = "remove-account"
    LOGIN = "login"
    WRONG_PASSWORD = "wrong-password"
    LOGOUT = "logout"
    VISITORS = "visitors"
    COVER_RULES = "cover-rules"
    LEAVE = "leave"
    SIGN = "sign"
    RELEASE = "release"
    ROBOT = "robot"
    DISTRICT = "district"


ACT_NAMES = {
    Act.PUBLISH: Text("发布课表", "published"),
    Act.PUBLISH_DRAFT: Text("发布草稿", "published a draft"),
    Act.BEGIN_DRAFT: Text("新建草稿", "began a draft"),
    Act.EDIT_DRAFT: Text("修改草稿", "edited a draft"),
    Act.DISCARD_DRAFT: Text("放弃草稿", "discarded a draft"),
    Act.CHANGE: Text("登记变动", "made changes"),
    Act.UNDO: Text("撤销变动", "undid changes"),
    Act.LINK: Text("发放日历链接", "gave links"),
    Act.REVOKE_LINK: Text("停用日历链接", "revoked a link"),
    Act.JOB: Text("提交任务", "asked for a job"),
    Act.STOP_JOB: Text("停止任务", "stopped a job"),
    Act.ACCOUNT: Text("设置账号角色", "gave a role"),
    Act.PASSWORD: Text("更换密码", "changed a password"),
    Act.REMOVE_ACCOUNT: Text("删除账号", "removed an account"),
    Act.LOGIN: Text("登录", "logged in"),
    Act.WRONG_PASSWORD: Text("密码输错", "typed a wrong password"),
    Act.LOGOUT: Text("退出", "logged out"),
    Act.VISITORS: Text("设置公开范围", "set what visitors see"),
    Act.COVER_RULES: Text("设置代课规则", "set the rules of covers"),
    Act.RELEASE: Text("发布变动通知", "released notices of changes"),
    Act.ROBOT: Text("设置通知机器人", "set the chat robot"),
    Act.DISTRICT: Text("设置全区分配", "set the division of the district"),
    Act.SIGN: Text("签定工作量表", "signed a sheet of pay"),
    Act.LEAVE: Text("登记或审批请假", "entered or decided a leave"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the log; ``who`` is empty where the program was not told."""

    at: dt.datetime
    who: str
    act: Act
    about: str


def note_deed(
    connection: Connection,
    at: dt.datetime,
    who: str,
    act: Act,
    about: str,
    office: str | None = None,
) -> None:
    """Write a deed down, of the connection's office or of one that is named."""
    office = office or office_of(connection)
    ours = DEEDS.c.office == office
    # Numbers follow each other where several processes write.
    lock = select(OFFICES.c.office).where(OFFICES.c.office == office)
    connection.execute(lock.with_for_update())
    last = connection.scalar(select(func.max(DEEDS.c.number)).where(ours)) or 0
    row = {"office": office, "number": last + 1, "at": at, "who": who}
    connection.execute(insert(DEEDS).values(row | {"action": act, "about": about}))


def deeds(database: OfficeDatabase) -> tuple[Deed, ...]:
    """The log of an office, from the first deed to the last."""
    with database.read() as connection:
        wanted = select(DEEDS).where(here(connection, DEEDS)).order_by(DEEDS.c.number)
        rows = connection.execute(wanted).all()
    return tuple(Deed(x.at, x.who, Act(x.action), x.about) for x in rows)
