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
from scheduler.cli.console import say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.cli.numbers import moves, share
from scheduler.cli.solving import say_solution, solve_filled
from scheduler.model.errors import DataError, InputError
from scheduler.model.freezing import FREEZABLE, freeze
from scheduler.model.problem import Problem
from scheduler.model.targets import read_targets
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.solving import solution_facts, write_solution


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
    level_option(command)
    add_freeze(command)
    add_json(command)


def run(options: Namespace) -> int:
    """Solve a problem; 1 where a hard violation or an unplaced lesson remains."""
    problem = load_problem(options.problem)
    start = load_timetable(problem, options.start) if options.start else None
    problem, start = _frozen(problem, start, options.freeze or [])
    make_folder(options.out)
    solution = solve_filled(problem, options, start)
    write_solution(solution, options.out)
    if options.json:
        say_json(solution_facts(solution))
    else:
        say_solution(solution, options.lang)
        say(f"→ {options.out / 'timetable.csv'}, {options.out / 'solution.json'}")
    return 1 if solution.report.hard or solution.unplaced else 0


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
