"""Releases: the changes of a date are told once somebody says so, and only what is new.

Drafted all morning, told once: a notice holds what differs from the last release of the
date. What was told and holds no more is told as taken back.
"""

import datetime as dt
import json
from dataclasses import dataclass, replace

from scheduler.formats.archive import plain, typed
from scheduler.model.errors import Told
from scheduler.model.text import Text, weekday
from scheduler.services.access.deeds import Act, note_deed
from scheduler.services.access.permissions import Action
from scheduler.services.office import Office
from scheduler.services.outbound.posting import NOT_ALLOWED, Robot
from scheduler.services.store.notice_rows import Notice, add_notice, load_notices
from scheduler.services.store.office_rows import read_settings, write_settings
from scheduler.term.notices.day import DayLine, day_lines

_ROBOT = "robot"
TAKEN_BACK = "撤销："


class CannotRelease(Told, ValueError):
    """Nothing is released; ``text`` says why."""


NOTHING_NEW = Text(
    "这一天没有还未发布的变动。", "The day has no change that is not released yet."
)
NOTHING_PUBLISHED = Text("还没有发布过课表。", "No timetable has been published yet.")


@dataclass(frozen=True, slots=True)
class Day:
    """The change sheet of a date, and what of it was released.

    ``fresh`` are sentences that no release has told yet, ``gone`` those told that hold
    no more.
    """

    date: dt.date
    lines: tuple[DayLine, ...]
    notices: tuple[Notice, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """What the last release said of the date."""
        return tuple(self.notices[-1].told.splitlines()) if self.notices else ()

    @property
    def fresh(self) -> tuple[str, ...]:
        """Sentences that are new."""
        told = set(self.told)
        return tuple(x.sentence.zh for x in self.lines if x.sentence.zh not in told)

    @property
    def gone(self) -> tuple[str, ...]:
        """Sentences that hold no more."""
        now = {line.sentence.zh for line in self.lines}
        return tuple(text for text in self.told if text not in now)


def day_of(office: Office, date: dt.date) -> Day:
    """The change sheet of a date as it is now."""
    versions = office.versions(date)
    lines: tuple[DayLine, ...] = ()
    if versions is not None:
        lines = day_lines(versions, office.changes.in_force(date), date)
    with office.database.read() as connection:
        return Day(date, lines, load_notices(connection, date))


def release(office: Office, date: dt.date, by: str = "") -> Notice:
    """Tell what is new of a date; a robot that is on gets it from the sender.

    Raises:
        CannotRelease: nothing is new.
    """
    day = day_of(office, date)
    lines = [*day.fresh, *(TAKEN_BACK + text for text in day.gone)]
    if not lines:
        raise CannotRelease(NOTHING_NEW)
    robot = robot_of(office)
    with office.database.write(Action.CHANGE_DATES) as connection:
        if load_notices(connection, date) != day.notices:
            raise CannotRelease(NOTHING_NEW)
        at = office.database.now().replace(microsecond=0)
        due = at if robot is not None and robot.on else None
        told = [line.sentence.zh for line in day.lines]
        made = add_notice(connection, date, lines, told, by, at, due)
        note_deed(connection, at, by, Act.RELEASE, f"{date}")
    return made


def message(notice: Notice, school: str) -> str:
    """The text of a notice for a chat group."""
    date = notice.date
    day = f"{date.month}月{date.day}日（{weekday(date.isoweekday()).zh}）"
    return f"{school} {day}课程变动\n{notice.lines}"


def robot_of(office: Office) -> Robot | None:
    """The office's chat robot; None where none is set."""
    with office.database.read() as connection:
        said = read_settings(connection).get(_ROBOT)
    found: Robot | None = typed(Robot, json.loads(said)) if said else None
    return found


def set_robot(office: Office, robot: Robot | None, by: str = "") -> None:
    """Keep the chat robot, or forget it; it is off until it is switched on.

    Raises:
        CannotRelease: its address is not allowed.
    """
    if robot is not None and not robot.allowed:
        raise CannotRelease(NOT_ALLOWED)
    with office.database.write(Action.MANAGE_ACCOUNTS) as connection:
        kept = read_settings(connection)
        kept.pop(_ROBOT, None)
        if robot is not None:
            kept[_ROBOT] = json.dumps(plain(robot), ensure_ascii=False)
        write_settings(connection, kept)
        about = robot.form.value if robot else ""
        note_deed(connection, office.database.now(), by, Act.ROBOT, about)


def switch_robot(office: Office, on: bool, by: str = "") -> None:
    """Switch the robot on or off.

    Raises:
        CannotRelease: none is set.
    """
    robot = robot_of(office)
    if robot is None:
        raise CannotRelease(Text("还没有设置机器人。", "No robot is set."))
    set_robot(office, replace(robot, on=on), by)
