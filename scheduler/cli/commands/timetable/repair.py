"""repair: options near a running timetable, and proof of how near any can be."""

import argparse
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from scheduler.cli.arguments import (
    add_freeze,
    add_json,
    add_limits,
    add_problem,
    add_timetable,
)
from scheduler.cli.console import SHOWN_VIOLATIONS, say, say_json
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem
from scheduler.cli.numbers import few, whole
from scheduler.cli.progress import progress
from scheduler.formats.tables.timetable_reading import read_running
from scheduler.model.errors import DataError, InputError
from scheduler.model.events import absent, close
from scheduler.model.freezing import FREEZABLE
from scheduler.model.problem import Problem
from scheduler.model.targets import Target, TargetKind, read_targets
from scheduler.model.text import Text
from scheduler.services.jobs.repairing import DATA, repair_facts, write_repair
from scheduler.solver.progress import Progress
from scheduler.solver.repair.changes import ChangeKind
from scheduler.solver.repair.repairing import RepairLimits
from scheduler.solver.repair.repairing import repair as find_repair
from scheduler.solver.repair.result import Budget, Repair, RepairOption, Verdict
from scheduler.solver.repair.running import Running
from scheduler.solver.repair.words import change_text, forced_by

_SHOWN_REASONS = 8
_EASIER = Text(
    "可试 --overtime、--cover，或少冻结；原因见 cuofeng explain {}。",
    "Maybe --overtime or --cover helps, or freezing less; cuofeng explain {} says why.",
)
_WHY = Text(
    "可试少冻结；数据本身排不出来时，原因见 cuofeng explain {}。",
    "Maybe freezing less helps; where the data have no timetable, cuofeng explain {} "
    "says why.",
)
PHASES = {
    "compile": Text("整理数据", "compiling"),
    "repair": Text("找最少改动", "finding the fewest changes"),
    "options": Text("比较方案", "comparing options"),
}


def add_options(command: argparse.ArgumentParser) -> None:
    """Data, running timetable, budget, what has happened, how many options."""
    add_problem(command)
    add_timetable(command)
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="结果文件夹 / folder for the options and repair.json",
    )
    command.add_argument(
        "--max-changes",
        type=whole,
        metavar="N",
        help="最多改动几节课 / lessons that may change at most",
    )
    command.add_argument(
        "--max-teachers",
        type=whole,
        metavar="M",
        help="最多牵涉几位教师 / teachers that may be touched at most",
    )
    add_freeze(command)
    event_options(command)
    command.add_argument(
        "--options",
        type=few,
        default=3,
        metavar="K",
        help="最多几个方案 / how many options at most (1 to 3, default: 3)",
    )
    add_limits(command, 60)
    add_json(command)


def event_options(command: argparse.ArgumentParser) -> None:
    """What has befallen the school, so that no table need be edited for it."""
    command.add_argument(
        "--absent",
        action="append",
        metavar="WHO",
        help="缺勤教师 / who is away: teacher:T07, or teacher:T07@3 on Wednesdays",
    )
    command.add_argument(
        "--cover",
        action="append",
        nargs="?",
        const="",
        metavar="teacher:T08",
        help="代课教师，不写则为同组同学科教师 / who may take over; by default "
        "colleagues of the same group and subject",
    )
    command.add_argument(
        "--overtime",
        type=whole,
        default=0,
        metavar="N",
        help="代课教师每天、每周可超课时 / periods by which those who cover may exceed "
        "their limits (default: 0)",
    )
    command.add_argument(
        "--close",
        action="append",
        metavar="WHERE",
        help="关闭的场地 / what is closed: venue:FIELD, zone:Z1, or venue:FIELD@3",
    )


def run(options: Namespace) -> int:
    """Repair a timetable; 1 where there is no repair within the budget."""
    given = load_problem(options.problem)
    orders, placements, differences = _read(given, options)
    running = Running(given, placements)
    problem = _after(given, running, options, orders)
    make_folder(options.out)
    limits = RepairLimits(options.time, options.options, options.seed, options.workers)
    budget = Budget(options.max_changes, options.max_teachers)
    with progress(options.lang, describe) as on_progress:
        found = find_repair(
            running.beside(problem), budget, orders["freeze"], limits, on_progress
        )
    changed = None if problem is given else problem
    write_repair(found, options.out, differences, changed)
    if options.json:
        say_json(repair_facts(found, differences))
    else:
        say_repair(found, differences, options.lang, options.out)
        if found.verdict is Verdict.IMPOSSIBLE:
            hint, data = (_WHY, options.problem)
            if changed is not None:
                hint, data = (_EASIER, options.out / DATA)
            say(hint.in_language(options.lang).format(data))
    return 0 if found.verdict is Verdict.REPAIRED else 1


def _read(
    problem: Problem, options: Namespace
) -> tuple[dict[str, list[Target]], dict, tuple[DataError, ...]]:
    """The orders and the running timetable; all their faults at once."""
    kinds = {
        "freeze": (FREEZABLE, False),
        "absent": ((TargetKind.TEACHER,), True),
        "close": ((TargetKind.VENUE, TargetKind.ZONE), True),
        "cover": ((TargetKind.TEACHER,), False),
    }
    orders: dict[str, list[Target]] = {}
    errors: list[DataError] = []
    for name, (allowed, daily) in kinds.items():
        texts = [text for text in getattr(options, name) or () if text]
        orders[name], wrong = read_targets(problem, f"--{name}", texts, allowed, daily)
        errors += wrong
    reading = None
    try:
        reading = read_running(problem, options.timetable)
    except InputError as error:
        errors += error.errors
    if errors or reading is None:
        raise InputError(errors)
    return orders, reading.placements, reading.differences


def _after(
    problem: Problem,
    running: Running,
    options: Namespace,
    orders: dict[str, list[Target]],
) -> Problem:
    """The problem once those are away and these places are closed."""
    if orders["absent"]:
        cover = None
        if options.cover is not None:
            cover = [target.name for target in orders["cover"]]
        problem = absent(
            problem, running.timetable, orders["absent"], cover, options.overtime
        )
    return close(problem, orders["close"]) if orders["close"] else problem


def describe(at: Progress, lang: str) -> str:
    """Phase, time, fewest changes found and proven, in one line."""
    parts = [f"{at.seconds:6.1f} s", PHASES[at.phase].in_language(lang)]
    if at.soft is not None:
        found = Text(f"改动 {at.soft} 节", f"{at.soft} changed")
        parts.append(found.in_language(lang))
    if at.bound:
        least = Text(f"至少 {at.bound} 节", f"at least {at.bound}")
        parts.append(least.in_language(lang))
    return "  ".join(parts)


def say_repair(
    found: Repair, differences: Iterable[DataError], lang: str, out: Path
) -> None:
    """What forced the repair, what was proven, and every option."""
    for difference in differences:
        say(f"  ≠ {difference}")
    sentences = forced_by(found.before)
    for sentence in sentences[:_SHOWN_REASONS]:
        say(f"  ! {sentence.in_language(lang)}")
    if len(sentences) > _SHOWN_REASONS:
        say(f"  … +{len(sentences) - _SHOWN_REASONS}")
    say(found.summary.in_language(lang))
    for lesson_id in found.stuck[:SHOWN_VIOLATIONS]:
        text = Text("没有任何可排的位置", "has no place at all")
        say(f"  ✗ {lesson_id} {text.in_language(lang)}")
    for reason in found.reasons:
        say(f"  ✗ {reason.in_language(lang)}")
    for k, option in enumerate(found.options, start=1):
        _say_option(option, found, lang, out / f"option-{k}")
    say(f"{found.seconds:.1f} s")


def _say_option(option: RepairOption, found: Repair, lang: str, folder: Path) -> None:
    soft = found.before.soft
    label = option.kind.label
    head = Text(
        f"[{label.zh}] 改动{option.changed}节课（换时间{option.moved}节），"
        f"牵涉{len(option.class_ids)}个班、{len(option.teacher_ids)}位教师，"
        f"待改进分{soft} → {option.report.soft}",
        f"[{label.en}] {option.changed} lessons changed ({option.moved} at another "
        f"time), {len(option.class_ids)} classes, {len(option.teacher_ids)} teachers, "
        f"soft cost {soft} → {option.report.soft}",
    )
    say(f"{head.in_language(lang)}  → {folder}")
    marks = {ChangeKind.CHANGED: "~", ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-"}
    problem = option.timetable.problem
    for change in option.changes:
        say(f"  {marks[change.kind]} {change_text(problem, change).in_language(lang)}")
