"""comply: the nearest timetable that an audit passes, and what it takes."""

import argparse
from argparse import Namespace
from pathlib import Path

from scheduler.audit.inputs.school import Facts
from scheduler.audit.profile import Profile
from scheduler.cli.arguments import add_json, add_limits, add_profile, add_recipe
from scheduler.cli.commands.timetable.repair import describe
from scheduler.cli.console import note, say, say_json
from scheduler.cli.inputs import load_problem, load_recipe, load_timetable
from scheduler.cli.numbers import whole
from scheduler.cli.progress import progress
from scheduler.formats.auditing.delivered import FACTS_FILE, read_facts
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.importing.building import TIMEZONE, build
from scheduler.formats.spreadsheets.reading import read_school
from scheduler.formats.tables.files.atomic import write_directory
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable
from scheduler.services.clock import local_today
from scheduler.services.complying.complying import Complied, comply
from scheduler.services.complying.report import summary
from scheduler.services.complying.writing import comply_facts, write_complied
from scheduler.solver.repair.repairing import RepairLimits
from scheduler.solver.repair.result import Budget

_SHOWN = 20


def add_options(command: argparse.ArgumentParser) -> None:
    """Files of one school, profile, budget, where results go."""
    command.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="一所学校的课表（表格文件，可几个），或一份 timetable.csv；也可加 "
        "audit.toml / a school's timetables, or a timetable.csv",
    )
    command.add_argument(
        "--data", type=Path, metavar="DATA", help="timetable.csv 的数据 / its problem"
    )
    add_profile(command)
    add_recipe(command)
    command.add_argument(
        "--max-changes",
        type=whole,
        metavar="N",
        help="最多改动几节原有的课 / lessons that may change place at most",
    )
    command.add_argument(
        "--out", type=Path, metavar="DIR", required=True, help="结果文件夹 / results"
    )
    add_limits(command, 60)
    add_json(command)


def run(options: Namespace) -> int:
    """Make a school's timetable comply; 1 where curriculum rules stay broken."""
    profile = read_profile(options.profile)
    side = [p for p in options.files if p.name == FACTS_FILE]
    facts = read_facts(side[0]) if side else Facts()
    files = [p for p in options.files if p not in side]
    timetable = _timetable(files, options, profile)
    limits = RepairLimits(options.time, 1, options.seed, options.workers)
    budget = Budget(options.max_changes)
    with progress(options.lang, describe) as on_progress:
        found = comply(timetable, profile, facts, budget, limits, on_progress)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_directory(
        options.out, lambda folder: write_complied(found, folder, options.lang)
    )
    if options.json:
        say_json(comply_facts(found))
    else:
        _say(found, options.lang, options.out)
    return 0 if found.passes else 1


def _timetable(files: list[Path], options: Namespace, profile: Profile) -> Timetable:
    """What was read of spreadsheets, or a timetable of a problem."""
    if options.data is not None:
        if len(files) != 1:
            problem = Text("只能有一份 timetable.csv", "takes one timetable.csv")
            raise InputError([DataError("--data", problem)])
        return load_timetable(load_problem(options.data), files[0])
    read = read_school(files, load_recipe(options.recipe), profile.names)
    built = build(read, local_today(TIMEZONE), profile.names)
    for text in built.inferred.sentences():
        note(text, options.lang)
    return built.timetable


def _say(found: Complied, lang: str, out: Path) -> None:
    for text in (*summary(found), *found.adjusted.notes, *found.repair.reasons):
        say(text.in_language(lang))
    names = found.adjusted.problem.class_name
    for change in found.adjusted.changes[:_SHOWN]:
        name = change.subject or found.before.profile.names.print_name(change.code)
        hours = f"{float(change.before):g} → {float(change.after):g}"
        reason = change.why.in_language(lang)
        say(f"  {names[change.class_key]} {name} {hours}  {reason}")
    more = len(found.adjusted.changes) - _SHOWN
    if more > 0:
        say(f"  … +{more}")
    grave = [x for x in found.left if x[0].severity(x[1]).fails]
    for result, item, why in grave[:_SHOWN]:
        said = item.text.in_language(lang)
        say(f"  ! {result.rule.id} {said} {why.in_language(lang)}")
    done = Text(f"结果在 {out}", f"results in {out}")
    say(done.in_language(lang))
