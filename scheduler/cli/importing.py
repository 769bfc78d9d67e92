"""import: files of other programs as problem folders."""

import sys
from argparse import Namespace

from scheduler.cli.judging import say, say_json
from scheduler.formats.fet.folder import REPORT_FILE, import_fet
from scheduler.formats.fet.report import ImportReport
from scheduler.model.errors import DataError, InputError
from scheduler.model.text import Text


def import_file(options: Namespace) -> int:
    """Turn a .fet file into a folder; what was not read is said and counted."""
    if options.file.suffix.lower() != ".fet":
        problem = Text("不是 .fet 文件", "is no .fet file")
        advice = Text("目前只能读取 FET 文件。", "Only files of FET can be read yet.")
        raise InputError([DataError(options.file.name, problem, advice)])
    imported = import_fet(options.file, options.out)
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


def _warn(report: ImportReport, lang: str) -> None:
    sentences = [x.in_language(lang) for x in report.sentences()]
    for sentence in sentences:
        sys.stderr.write(f"warning: {sentence}\n")
    if sentences:
        more = Text(f"详见 {REPORT_FILE}", f"{REPORT_FILE} has them all")
        sys.stderr.write(f"{more.in_language(lang)}\n")
