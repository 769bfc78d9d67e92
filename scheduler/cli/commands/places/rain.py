"""rain: the plan for bad weather, prepared for the whole term and applied to dates."""

import argparse
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from scheduler.cli.arguments import add_json, add_office
from scheduler.cli.console import say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import date
from scheduler.formats.tables.dated.rain_writing import write_rain_plan
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.text import Text, said_of
from scheduler.model.timetable import Timetable
from scheduler.model.weather import BadWeather, HalfDay, RainPlan, RainSlot, Weather
from scheduler.services.offices import Store
from scheduler.services.school.bad_days import BadDay
from scheduler.services.views.places.bad_days import day_sheets
from scheduler.services.views.places.rain import slot_title, summary, totals
from scheduler.solver.rain.planning import rain_plan
from scheduler.term.rain import CannotApply

PLAN = "rain_plan.csv"


def add_options(command: argparse.ArgumentParser) -> None:
    """The timetable and the folder; or a database, and what to do to a date."""
    command.add_argument(
        "problem",
        metavar="DATA",
        type=Path,
        nargs="?",
        help="数据文件夹或 .xlsx 工作簿 / a folder of tables or a workbook",
    )
    command.add_argument(
        "timetable",
        metavar="TIMETABLE",
        type=Path,
        nargs="?",
        help="课表 timetable.csv",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="写入 rain_plan.csv 的文件夹 / folder for rain_plan.csv",
    )
    command.add_argument(
        "--database",
        metavar="URL",
        help="用数据库中已发布的课表 / the timetable published in this database",
    )
    add_office(command)
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--apply",
        type=date,
        metavar="DATE",
        help="对这一天启用，日历随即更新 / apply the plan to a date; calendars follow",
    )
    what.add_argument(
        "--undo",
        type=date,
        metavar="DATE",
        help="撤销这一天的预案 / lift what was applied to a date",
    )
    command.add_argument(
        "--half",
        choices=[x.value for x in HalfDay],
        default=HalfDay.DAY.value,
        help="全天、上午或下午 / the whole day or half of it (default: day)",
    )
    command.add_argument(
        "--weather",
        choices=[x.value for x in Weather],
        default=Weather.RAIN.value,
        help="原因 / the reason (default: rain)",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Prepare the plan, of files or of what is published; apply it or undo that.

    Exits 1 where some turn of the plan is not proven optimal.
    """
    _refuse_half_given(options)
    if options.apply or options.undo:
        return _change(options)
    timetable, plan = _planned(options)
    problem = timetable.problem
    if options.out:
        make_folder(options.out)
        write_rain_plan(timetable, plan, options.out / PLAN)
    if options.json:
        say_json(plan_facts(problem, plan))
        return 0 if plan.proven else 1
    for slot in plan.slots:
        say(_slot_line(slot).in_language(options.lang))
    for sentence in summary(problem, plan):
        say(sentence.in_language(options.lang))
    if options.out:
        say(f"→ {options.out / PLAN}")
    return 0 if plan.proven else 1


def _planned(options: Namespace) -> tuple[Timetable, RainPlan]:
    """The timetable in force of a database, or one of files."""
    if options.database is None:
        problem = load_problem(options.problem)
        timetable = load_timetable(problem, options.timetable)
        return timetable, rain_plan(timetable)
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        with _refused(options.database, "--database"):
            plan = office.bad_days.plan()
        current = office.current()
        assert current is not None
        return current.timetable, plan


def _change(options: Namespace) -> int:
    """Apply the plan to a date of the timetable in force, or undo that."""
    lang = options.lang
    date, half = options.apply or options.undo, HalfDay(options.half)
    with closing(Store.connect(options.database, create=False)) as store:
        office = store.office_named(options.office)
        if options.apply:
            with _refused(str(date), "--apply"):
                day = office.bad_days.apply(date, half, Weather(options.weather), "cli")
            done = Text("已启用", "Applied")
        else:
            with _refused(str(date), "--undo"):
                day = office.bad_days.undo_date(date, half, "cli")
            done = Text("已撤销", "Undone")
        changes = (*office.changes.in_force(date), *day.diversions)
        versions = office.versions(date)
        assert versions is not None
        (sheet,) = day_sheets(versions, changes, [day])
    if options.json:
        say_json(day_facts(day))
        return 0
    say(said_of(done, sheet.title).in_language(lang))
    for change in sheet.changes:
        say(f"  {change.text.in_language(lang)}")
    return 0


def day_facts(day: BadDay) -> dict[str, Any]:
    """A bad day and where its lessons go."""
    return {
        "date": day.date.isoformat(),
        "half": day.half.value,
        "weather": day.weather.value,
        "lessons": [
            {
                "lesson_id": d.lesson_id,
                "from_layout_id": d.was.layout_id,
                "layout_id": d.layout_id,
                "slot_id": d.slot_id,
                "turn": d.turn,
            }
            for d in day.diversions
        ],
    }


@contextmanager
def _refused(value: str, option: str) -> Iterator[None]:
    """A refusal as a fault of the command line."""
    try:
        yield
    except CannotApply as error:
        zh, en = error.text.zh.rstrip("。"), error.text.en.rstrip(".")
        raise InputError([DataError(option, Text(zh, en), value=value)]) from error


def _refuse_half_given(options: Namespace) -> None:
    files = options.problem is not None and options.timetable is not None
    if options.database is None and (options.apply or options.undo):
        raise InputError([_NO_DATABASE])
    if (options.problem is None) != (options.timetable is None) or files is (
        options.database is not None
    ):
        raise InputError([_ONE_OF_BOTH])
    if files and options.out is None:
        raise InputError([_NO_FOLDER])


_NO_DATABASE = DataError(
    "cuofeng rain",
    Text("启用或撤销要给出 --database", "--apply and --undo need --database"),
    Text(
        "例如 --database sqlite:///school.db。",
        "Maybe --database sqlite:///school.db is meant?",
    ),
)
_ONE_OF_BOTH = DataError(
    "cuofeng rain",
    Text(
        "请给出数据和课表，或者只给出 --database",
        "either DATA and TIMETABLE are given, or --database",
    ),
    Text(
        "例如：cuofeng rain data out/timetable.csv --out rain。",
        "Maybe: cuofeng rain data out/timetable.csv --out rain?",
    ),
)
_NO_FOLDER = DataError(
    "cuofeng rain",
    Text("没有给出结果文件夹", "no folder for rain_plan.csv is given"),
    Text("请加 --out DIR。", "Maybe add --out DIR?"),
)


def _slot_line(slot: RainSlot) -> Text:
    """How many go where, and how many bad days until it begins anew."""
    title, count = slot_title(slot), len(slot.lesson_ids)
    most, turns = slot.most_indoors, len(slot.turns)
    mark = Text("", "")
    if not all(turn.proven for turn in slot.turns):
        mark = Text("（未证明最优）", " (not proven optimal)")
    return Text(
        f"{title.zh}：室外{count}节 → 室内活动{most}，理论课{count - most}；"
        f"{turns}轮一循环{mark.zh}",
        f"{title.en}: {count} outdoors -> {most} active indoors, "
        f"{count - most} theory; "
        f"begins anew after {turns}{mark.en}",
    )


def plan_facts(problem: Problem, plan: RainPlan) -> dict[str, Any]:
    """The plan's numbers, slot by slot."""
    t, settings = totals(plan), BadWeather.of(problem)
    return {
        "slots": t.slots,
        "lessons": t.lessons,
        "turns": t.turns,
        "proven": t.proven,
        "active": t.active,
        "theory": t.theory,
        "seconds": round(t.seconds, 3),
        "triggers": {
            "rain": settings.rain,
            "heat": settings.heat,
            "aqi": settings.aqi,
        },
        "plan": [
            {
                "slot_id": slot.slot_id,
                "lesson_ids": list(slot.lesson_ids),
                "turns": [
                    {"layout_ids": list(turn.layout_ids), "proven": turn.proven}
                    for turn in slot.turns
                ],
            }
            for slot in plan.slots
        ],
    }
