"""advise: where one lesson may go, and at what price."""

import argparse
import sys
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterable
from unicodedata import east_asian_width

from scheduler.cli.arguments import add_json, add_problem, add_timetable
from scheduler.cli.console import say, say_json
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import count
from scheduler.constraints import describe
from scheduler.model.errors import DataError, InputError, meant
from scheduler.model.problem import Problem
from scheduler.model.text import Text, weekday
from scheduler.model.times import Week
from scheduler.services.jobs.advising import advice_facts
from scheduler.solver.advice.advice import Advice, Mark, MarkKind
from scheduler.solver.advice.adviser import Adviser
from scheduler.solver.advice.words import (
    LEGEND,
    alternative_text,
    mark_text,
    proposal_text,
    symbol,
)

_HEADS = {
    "slots": Text("各时段的后果", "What follows, slot by slot"),
    "alternatives": Text("同一时间的其他场地或教师", "Other places or teachers"),
    "swaps": Text("两节对调", "Swaps of two lessons"),
    "cycles": Text("三节轮换", "Cycles of three lessons"),
}
_FIRST_RUN = Text(
    "首次运行：编译程序（十几秒，仅此一次）……",
    "First run: compiling (some 15 s, this once) ...",
)
_NONE = Text("（没有）", "(none)")
_WEEKS = {
    Week.EVERY: Text("每周", "every week"),
    Week.ODD: Text("单周", "odd weeks"),
    Week.EVEN: Text("双周", "even weeks"),
}


SHOWN = 5


def add_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, lesson; how many swaps and cycles are shown."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "lesson",
        metavar="LESSON_ID",
        help="课次编号，即 timetable.csv 的 lesson_id / a lesson_id of timetable.csv",
    )
    command.add_argument(
        "--swaps",
        type=count,
        default=SHOWN,
        metavar="N",
        help="最多列出的对调和三角调数 / swaps and three-cycles shown at most, "
        "up to 10 of each (default: %(default)d)",
    )
    add_json(command)


def run(options: Namespace) -> int:
    """Advise on a lesson; 1 where no move is free of a hard violation."""
    problem = load_problem(options.problem)
    timetable = load_timetable(problem, options.timetable)
    if options.lesson not in problem.lesson:
        raise InputError([_unknown(problem, options.lesson)])
    if not Adviser.is_compiled():
        sys.stderr.write(f"{_FIRST_RUN.in_language(options.lang)}\n")
    found = Adviser(problem, timetable).advise(options.lesson)
    if options.json:
        say_json(advice_facts(found, options.swaps))
    else:
        _say(found, options.swaps, options.lang)
    return 0 if found.feasible else 1


def _unknown(problem: Problem, lesson_id: str) -> DataError:
    maybe = meant(lesson_id, problem.lesson)
    what = Text("没有这节课", "is no lesson of the data")
    return DataError("LESSON_ID", what, maybe, value=lesson_id)


def _say(found: Advice, most: int, lang: str) -> None:
    name = describe.lesson(found.problem, found.lesson_id)
    say(f"{name.in_language(lang)} {found.lesson_id}")
    _say_grids(found.marks, lang)
    say(LEGEND.in_language(lang))
    others = [x for x in found.marks if x.kind is not MarkKind.HERE]
    _say_lines("slots", map(mark_text, others), lang)
    _say_lines(
        "alternatives",
        [alternative_text(found.problem, x) for x in found.alternatives],
        lang,
    )
    for head, proposals in (("swaps", found.swaps), ("cycles", found.cycles)):
        shown = [proposal_text(found.problem, x) for x in proposals[:most]]
        _say_lines(head, shown, lang)


def _say_lines(head: str, lines: Iterable[Text], lang: str) -> None:
    say(f"\n{_HEADS[head].in_language(lang)}")
    for line in list(lines) or [_NONE]:
        say(f"  {line.in_language(lang)}")


def _say_grids(marks: Iterable[Mark], lang: str) -> None:
    """One week for each choice of weeks: rows are periods, columns are days."""
    grids: dict[Week, dict[tuple[int, int], str]] = defaultdict(dict)
    for mark in marks:
        grids[mark.week][mark.period, mark.day] = symbol(mark).in_language(lang)
    for week, cells in grids.items():
        days = sorted({day for _, day in cells})
        table = [[_WEEKS[week], *map(weekday, days)]]
        rows = [[text.in_language(lang) for text in row] for row in table]
        for period in sorted({period for period, _ in cells}):
            label = Text(f"第{period}节", f"period {period}").in_language(lang)
            rows.append([label, *(cells.get((period, day), "") for day in days)])
        _say_table(rows)


def _say_table(rows: list[list[str]]) -> None:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        line = "  ".join(text + " " * (wide - _width(text)) for text, wide in cells)
        say(line.rstrip())


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
