"""export: files that people print, mail and import."""

import argparse
import datetime as dt
from argparse import Namespace
from pathlib import Path

from scheduler.audit.planned.table import hours_table
from scheduler.cli.arguments import add_problem, add_timetable
from scheduler.cli.console import note, say
from scheduler.cli.folders import make_folder
from scheduler.cli.inputs import load_problem, load_timetable
from scheduler.constraints.evaluate import evaluate
from scheduler.formats.standards import read_standard
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text
from scheduler.model.timetable import Timetable

WORKBOOK, DATA_WORKBOOK = "timetable.xlsx", "school.xlsx"


def add_options(command: argparse.ArgumentParser) -> None:
    """Data, timetable, format, folder."""
    add_problem(command)
    add_timetable(command, needed=False)
    command.add_argument(
        "--format",
        choices=("xlsx", "ics", "html", "fet", "data"),
        required=True,
        help="格式；data 为数据工作簿，可不给课表 / what to write; data is the "
        "workbook of the tables, with or without a timetable",
    )
    command.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="DIR",
        help="目标文件夹 / folder to write into",
    )


def run(options: Namespace) -> int:
    """Write a timetable in another format."""
    problem = load_problem(options.problem)
    if options.timetable is None and options.format != "data":
        missing = Text("没有给出课表", "no timetable is given")
        advice = Text(
            "请在数据后面写上 timetable.csv。",
            "Maybe name timetable.csv after the data?",
        )
        raise InputError([DataError("export", missing, advice)])
    make_folder(options.out)
    if options.timetable is None:
        written = _data(Timetable(problem, {}), options)
    else:
        timetable = load_timetable(problem, options.timetable)
        written = _WRITERS[options.format](timetable, options)
    text = Text(f"已写入{written}个文件：", f"{written} file(s) written: ")
    say(f"{text.in_language(options.lang)}{options.out}")
    return 0


def _xlsx(timetable: Timetable, options: Namespace) -> int:
    from scheduler.formats.xlsx import export_workbook

    hours = hours_table(timetable, read_standard())
    export_workbook(timetable, options.out / WORKBOOK, evaluate(timetable), hours)
    return 1


def _ics(timetable: Timetable, options: Namespace) -> int:
    from scheduler.formats.ical import export_ics

    return len(export_ics(timetable, options.out, _made(options.timetable)))


def _html(timetable: Timetable, options: Namespace) -> int:
    from scheduler.services.views.site import SiteState
    from web.static_export import export_html

    claim = options.timetable.with_name("solution.json")
    record = claim.read_text(encoding="utf-8") if claim.is_file() else "{}"
    state = SiteState.of_timetable(timetable, record)
    return len(export_html(state, options.out))


def _fet(timetable: Timetable, options: Namespace) -> int:
    from scheduler.formats.fet.export.exporting import export_fet

    for text in export_fet(timetable, options.problem, options.out):
        note(text, options.lang)
    return 1


def _data(timetable: Timetable, options: Namespace) -> int:
    """The tables of the school as people fill them in, and the timetable's rows."""
    from scheduler.formats.tables.files.workbook_writing import write_workbook

    given = None if options.timetable is None else timetable
    path = options.out / DATA_WORKBOOK
    write_workbook(timetable.problem, path, language=options.lang, timetable=given)
    return 1


def _made(path: Path) -> dt.datetime:
    """When the timetable was last written: the same file gives the same bytes."""
    seconds = int(path.stat().st_mtime)
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


_WRITERS = {"xlsx": _xlsx, "ics": _ics, "html": _html, "fet": _fet, "data": _data}
