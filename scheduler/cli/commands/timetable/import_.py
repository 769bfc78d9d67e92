"""import: files of other programs and of schools as problem folders."""

import argparse
import sys
from argparse import Namespace
from pathlib import Path

from scheduler.cli.arguments import add_profile, add_recipe
from scheduler.cli.console import say, say_json, warn_of
from scheduler.cli.inputs import load_problem, load_recipe
from scheduler.formats.fet.folder import REPORT_FILE, import_fet
from scheduler.formats.fet.report import ImportReport
from scheduler.formats.profiles import read_profile
from scheduler.formats.spreadsheets.importing.building import TIMEZONE
from scheduler.formats.spreadsheets.importing.folder import import_school, report_of
from scheduler.formats.spreadsheets.importing.workbooks import is_problem_workbook
from scheduler.formats.tables.files.writing import write_folder
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.services.clock import local_today

SHOWN = 20


def add_options(command: argparse.ArgumentParser) -> None:
    """The files, the new folder, JSON."""
    command.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        type=Path,
        help="FET 文件（Official 模式）、本程序的工作簿，或一所学校的课表"
        "（.xlsx .xls .ods .csv .html，可几个）/ a file of FET's official mode, a "
        "workbook of the template, or a school's timetables",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="新数据文件夹 / new folder for the tables",
    )
    add_recipe(command)
    add_profile(command)
    command.add_argument(
        "--json", action="store_true", help="输出 JSON / print the report as JSON"
    )


def run(options: Namespace) -> int:
    """Turn a .fet file or a school's spreadsheets into a folder; say what is unsure."""
    fet = [path for path in options.files if path.suffix.lower() == ".fet"]
    if not fet and len(options.files) == 1 and is_problem_workbook(options.files[0]):
        return _import_workbook(options, options.files[0])
    if not fet:
        return _import_school(options)
    if len(options.files) > 1:
        problem = Text("FET 文件要单独导入", "is to be imported by itself")
        advice = Text("请每次只给一个。", "Maybe one file at a time?")
        raise InputError([DataError(fet[0].name, problem, advice)])
    return _import_fet(options, fet[0])


def _import_fet(options: Namespace, file: Path) -> int:
    """What was not read of a .fet file is said and counted."""
    imported = import_fet(file, options.out)
    _warn(imported.report, options.lang)
    if options.json:
        say_json(imported.report.as_json())
        return 0
    problem = imported.problem
    text = Text(
        "已读取：{classes}个班，{teachers}位教师，{lessons}节课，{rows}条限制与关系；"
        "写入 {out}",
        "Read: {classes} classes, {teachers} teachers, {lessons} lessons, "
        "{rows} limits and relations; written to {out}",
    )
    say(
        text.in_language(options.lang).format(
            classes=len(problem.classes),
            teachers=len(problem.teachers),
            lessons=len(problem.lessons),
            rows=len(problem.limits) + len(problem.relations),
            out=options.out,
        )
    )
    return 0


def _import_workbook(options: Namespace, file: Path) -> int:
    """A workbook of the template as a folder of the same tables."""
    problem = load_problem(file)
    write_folder(problem, options.out)
    classes, lessons = len(problem.classes), len(problem.lessons)
    text = Text(
        f"已读取：{classes}个班，{lessons}节课；写入 {options.out}",
        f"Read: {classes} classes, {lessons} lessons; written to {options.out}",
    )
    if options.json:
        say_json({"classes": classes, "lessons": lessons})
    else:
        say(text.in_language(options.lang))
    return 0


def _import_school(options: Namespace) -> int:
    """What was inferred is listed; cells.csv has every cell with how sure it is."""
    recipe = load_recipe(options.recipe)
    today = local_today(TIMEZONE)
    names = read_profile(options.profile).names
    built, read = import_school(options.files, options.out, today, recipe, names)
    if options.json:
        say_json(report_of(built, read))
        return 0
    for note in [x for x in read.notes if x.kind == "failed"][:SHOWN]:
        text = note.text.in_language(options.lang)
        warn_of(f"{note.place}: {text}")
    problem = built.problem
    text = Text(
        "已读取：{classes}个班，{teachers}位教师，{lessons}节课；写入 {out}",
        "Read: {classes} classes, {teachers} teachers, {lessons} lessons; "
        "written to {out}",
    )
    say(
        text.in_language(options.lang).format(
            classes=len(problem.classes),
            teachers=len(problem.teachers),
            lessons=len(problem.lessons),
            out=options.out,
        )
    )
    inferred = [x.in_language(options.lang) for x in built.inferred.sentences()]
    differences = [x.text.in_language(options.lang) for x in read.disagreements]
    heading = Text("推定的内容，请核对：", "Inferred, please check:")
    _list(heading.in_language(options.lang), inferred)
    heading = Text("各表不一致：", "Sheets that disagree:")
    _list(heading.in_language(options.lang), differences)
    more = Text(f"详见 {REPORT_FILE}", f"{REPORT_FILE} has them all")
    say(more.in_language(options.lang))
    return 0


def _list(heading: str, lines: list[str]) -> None:
    if lines:
        say(heading)
    for line in lines[:SHOWN]:
        say(f"    {line}")
    if len(lines) > SHOWN:
        say(f"    … {len(lines)}")


def _warn(report: ImportReport, lang: str) -> None:
    sentences = [x.in_language(lang) for x in report.sentences()]
    for sentence in sentences:
        warn_of(sentence)
    if sentences:
        more = Text(f"详见 {REPORT_FILE}", f"{REPORT_FILE} has them all")
        sys.stderr.write(f"{more.in_language(lang)}\n")
