"""Sheets of pay and workload as a workbook: the month, its lines, and room to sign."""

from openpyxl import Workbook

from scheduler.formats.ledgers.sheets import add_sheet
from scheduler.formats.tables.files.workbook_writing import saved
from scheduler.model.problem import Problem
from scheduler.model.times import format_clock
from scheduler.term.ledgers.pay import Kind, PayLine, PaySheet

_SUMS = (Kind.LESSON, Kind.SELF_STUDY, Kind.ACTIVITY, Kind.LONG)


def pay_workbook(sheet: PaySheet, problem: Problem, signed: str = "") -> bytes:
    """The workbook of a month.

    Parameters:
        signed: By whom and when it was signed; empty leaves room for a pen.
    """
    names = {t.teacher_id: t.name for t in problem.teachers}
    book = Workbook(write_only=True)
    school = "、".join(school.name for school in problem.schools)
    foot = signed or "制表：__________　审核：__________　校长：__________"
    note = f"{school} {sheet.month} 代课、走教工作量　{foot}　台账指纹：{sheet.digest}"
    heads = [
        "教师",
        "编号",
        *(kind.text.zh for kind in _SUMS),
        "被代",
        "走教",
        "金额（元）",
        "签名",
    ]
    rows = [
        [names.get(name, name), name, *_sums(lines), ""]
        for name, lines in sheet.by_teacher().items()
    ]
    add_sheet(book, "汇总", note, heads, rows)
    heads = [
        "教师",
        "日期",
        "时间",
        "班级",
        "课程",
        "类别",
        "课时",
        "原教师／代课教师",
        "事由",
        "金额（元）",
    ]
    add_sheet(book, "明细", note, heads, (_line(x, names) for x in sheet.lines))
    return saved(book)


def _sums(lines: tuple[PayLine, ...]) -> list[float]:
    def count(kind: Kind) -> int:
        return sum(x.lessons for x in lines if x.kind is kind)

    given = [float(count(kind)) for kind in _SUMS]
    received = float(sum(abs(x.lessons) or 1 for x in lines if x.kind is Kind.RECEIVED))
    fen = sum(line.fen for line in lines)
    return [*given, received, float(count(Kind.TRAVEL)), fen / 100]


def _line(line: PayLine, names: dict[str, str]) -> list[str | float]:
    clock = format_clock(line.start) if line.start else ""
    return [
        *(names.get(line.teacher_id, line.teacher_id), f"{line.date}", clock),
        *(line.classes, line.subject, line.kind.text.zh, float(line.lessons)),
        *(line.other, line.reason, line.fen / 100),
    ]
