"""notices: the change sheet of a day, releases, and the robot of a chat group."""

import argparse
import datetime as dt
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from scheduler.cli.arguments import add_database, add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.failing import NOTHING_PUBLISHED
from scheduler.cli.numbers import date
from scheduler.formats.notices.sheet import day_picture, day_workbook
from scheduler.formats.tables.files.atomic import write_file
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.notices.releasing import (
    CannotRelease,
    Day,
    day_of,
    release,
    set_robot,
    switch_robot,
)
from scheduler.services.office import Office
from scheduler.services.offices import Store
from scheduler.services.outbound.posting import Form, Robot
from scheduler.services.school.publishing import local_date
from scheduler.term.checking import outside_term


def add_options(command: argparse.ArgumentParser) -> None:
    """The date, where to write its sheet, whether to release; the robot."""
    add_database(command)
    add_office(command)
    command.add_argument(
        "--date", type=date, metavar="DATE", help="哪一天，默认今天 / default: today"
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="写成 Excel 和图片（SVG）/ write the sheet",
    )
    command.add_argument(
        "--release",
        action="store_true",
        help="发布还没通知过的变动 / tell what no release has told",
    )
    command.add_argument(
        "--robot",
        choices=[*Form, "on", "off", "none"],
        metavar="WHAT",
        help="群机器人：wecom、dingtalk、feishu 加 --address 设置，on、off 开关，"
        "none 删除 / set a chat robot with --address, switch it, forget it",
    )
    command.add_argument(
        "--address", default="", metavar="URL", help="机器人网址 / its secret address"
    )
    command.add_argument(
        "--allow-host",
        default="",
        metavar="HOST",
        help="另外允许的主机，如校内转发 / a host of one's own that may be sent to",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """The lines of the day; what is new is released where asked."""
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        current = office.current()
        if current is None:
            raise InputError([NOTHING_PUBLISHED])
        try:
            _robot(office, options)
            zone = current.problem.term.timezone
            day = options.date or local_date(store.database.now(), zone)
            if options.release:
                release(office, day)
        except CannotRelease as error:
            name = "--release" if options.robot is None else "--robot"
            raise InputError([DataError(name, error.text)]) from error
        found = day_of(office, day)
    if options.out is not None:
        _write(found, current.problem.schools[0].name, options.out)
    if options.json:
        say_json(_facts(found))
        return 0
    for line in found.lines:
        say(line.sentence.in_language(options.lang))
    say(_count(found, day).in_language(options.lang))
    term = current.problem.term
    if not term.first_day <= day <= term.last_day:
        outside = outside_term(term)
        said = Text(f"{day}{outside.zh}。", f"{day} {outside.en}.")
        say(said.in_language(options.lang))
    return 0


def _robot(office: Office, options: Namespace) -> None:
    match options.robot:
        case None:
            return
        case "on" | "off":
            switch_robot(office, options.robot == "on")
        case "none":
            set_robot(office, None)
        case _:
            form = Form(options.robot)
            robot = Robot(form, options.address, False, options.allow_host)
            set_robot(office, robot)


def _write(found: Day, school: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"changes-{found.date}"
    workbook = day_workbook(school, found.date, found.lines)
    picture = day_picture(school, found.date, found.lines)
    write_file(folder / f"{name}.xlsx", workbook, replace=True)
    write_file(folder / f"{name}.svg", picture, replace=True)


def _count(found: Day, day: dt.date) -> Text:
    new = len(found.fresh) + len(found.gone)
    return Text(
        f"{day}共{len(found.lines)}处变动，{new}处还没有通知。",
        f"{day}: {len(found.lines)} change(s), {new} not released yet.",
    )


def _facts(found: Day) -> dict[str, object]:
    return {
        "date": found.date.isoformat(),
        "lines": [
            {
                "mark": line.mark.value,
                "classes": list(line.class_ids),
                "lesson_id": line.lesson_id,
                "was": line.was.both(),
                "now": line.now.both(),
            }
            for line in found.lines
        ],
        "fresh": list(found.fresh),
        "gone": list(found.gone),
        "released": [n.released_at.isoformat() for n in found.notices],
    }
