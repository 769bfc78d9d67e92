"""solve: a timetable, its proof, and how the search goes on the way."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.cli.arguments import (
    add_freeze,
    add_json,
    add_limits,
    add_problem,
    level_option,
)
from scheduler.cli.console import note, say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import moves, share
from scheduler.cli.solving import say_solution, solve_filled
from scheduler.formats.tables.timetable_reading import read_timetable
from scheduler.model.errors import DataError, InputError
from scheduler.model.freezing import FREEZABLE, freeze
from scheduler.model.problem import Problem
from scheduler.model.targets import read_targets
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.jobs.solving import (
    TIMETABLE,
    solution_facts,
    write_solution,
)
from scheduler.solver.collector import collector_paused
from scheduler.solver.solution import Solution, at_least_as_good


def add_options(command: argparse.ArgumentParser) -> None:
    """Data, where results go, when to stop, what to begin with."""
    add_problem(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="写入 timetable.csv 和 solution.json 的文件夹 / folder for the results",
    )
    add_limits(command, 60)
    command.add_argument(
        "--gap",
        type=share,
        default=0.0,
        metavar="G",
        help="差距小于此值即停，0.05 为 5 %% / stop at this certified gap (default: 0)",
    )
    command.add_argument(
        "--start",
        type=Path,
        metavar="TIMETABLE",
        help="从已有课表开始 / begin with this timetable.csv",
    )
    command.add_argument(
        "--iterations",
        type=moves,
        metavar="N",
        help="搜索步数上限（含换位链）；配合 --workers 1 结果可重现 / "
        "moves of the search at most, steps of chains included; "
        "with --workers 1 the result can be repeated",
    )
    command.add_argument(
        "--method",
        choices=("both", "search", "exact"),
        default="both",
        help="搜索、精确求解或两者 / search, exact model or both (default: both)",
    )
    command.add_argument(
        "--replace",
        action="store_true",
        help="即使结果文件夹里已有更好的课表也替换 / replace a better timetable that "
        "is in the folder already",
    )
    level_option(command)
    add_freeze(command)
    add_json(command)


def run(options: Namespace) -> int:
    """Solve a problem; 1 where a hard violation or an unplaced lesson remains."""
    with collector_paused():
        problem = load_problem(options.problem)
    start = load_timetable(problem, options.start) if options.start else None
    problem, start = _frozen(problem, start, options.freeze or [])
    make_folder(options.out)
    solution = at_least_as_good(solve_filled(problem, options, start), start)
    table = options.out / TIMETABLE
    known = None if options.replace else _there(problem, table)
    best = at_least_as_good(solution, known)
    if best is solution:
        write_solution(solution, options.out)
    else:
        note(_kept(table, best, solution), options.lang)
        solution = best
    if options.json:
        say_json(solution_facts(solution))
    else:
        say_solution(solution, options.lang)
        say(f"→ {options.out / 'timetable.csv'}, {options.out / 'solution.json'}")
    return 1 if solution.report.hard or solution.unplaced else 0


def _there(problem: Problem, path: Path) -> Timetable | None:
    """What stands where the result is to go, if it is a timetable of these data."""
    if not path.is_file():
        return None
    try:
        return read_timetable(problem, path).timetable
    except InputError:
        return None


def _kept(path: Path, best: Solution, found: Solution) -> Text:
    """A better timetable is not replaced unasked."""
    was, now = best.report, found.report
    return Text(
        f"{path} 里的课表更好（硬性{was.hard}、软性{was.soft}，这次硬性{now.hard}、"
        f"软性{now.soft}），没有替换。仍要替换请加 --replace。",
        f"{path} holds a better timetable (hard {was.hard}, soft {was.soft}; now hard "
        f"{now.hard}, soft {now.soft}) and was kept. To replace it: --replace.",
    )


def _frozen(
    problem: Problem, start: Timetable | None, texts: list[str]
) -> tuple[Problem, Timetable | None]:
    """Problem and start with what is to stay as it is in the start."""
    targets, errors = read_targets(problem, "--freeze", texts, FREEZABLE)
    if texts and start is None:
        errors.append(_NOTHING_TO_FREEZE)
    if errors:
        raise InputError(errors)
    if start is None or not targets:
        return problem, start
    held = freeze(problem, start, targets)
    return held, Timetable(held, start.placements)


_NOTHING_TO_FREEZE = DataError(
    "--freeze",
    Text("没有课表可冻结", "has no timetable to freeze"),
    Text("请用 --start 给出课表。", "Maybe give it with --start?"),
)
