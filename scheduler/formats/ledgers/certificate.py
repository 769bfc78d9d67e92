"""A certificate of teaching for a title (职称): what a teacher gave, by the ledger."""

from openpyxl import Workbook

from scheduler.formats.ledgers.sheets import Names, add_sheet
from scheduler.formats.tables.files.workbook_writing import saved
from scheduler.model.problem import Problem
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.tables import Ledger, Per, total

_HEADS = [
    "课程",
    "月份",
    "应开",
    "发布",
    "缺",
    "补（含代课）",
    "实上",
    "登记",
    "实上分钟",
]


def certificate(
    ledger: Ledger, problem: Problem, teacher_id: str, classes: str, digest: str
) -> bytes:
    """The workbook for one teacher, one page to be stamped.

    Parameters:
        classes: The classes taught, as they are named.
    """
    names = Names(problem)
    rows = [
        row
        for row in ledger.rows(Counted.TEACHER, Per.MONTH)
        if row.resource_id == teacher_id
    ]
    lines: list[list[str | float]] = [
        [
            *(names.subject(row.subject_id), row.period),
            *(row.planned.lessons, row.published.lessons, row.lost.lessons),
            *(row.made_up.lessons, row.delivered.lessons, row.confirmed.lessons),
            row.delivered.minutes,
        ]
        for row in rows
    ]
    sums = total(rows)
    columns = ("planned", "published", "lost", "made_up", "delivered", "confirmed")
    lines.append(
        [
            "合计",
            "",
            *(sums[name].lessons for name in columns),
            sums["delivered"].minutes,
        ]
    )
    school = "、".join(school.name for school in problem.schools)
    name = names.of(Counted.TEACHER, teacher_id)
    note = (
        f"{school} {problem.term.name} 教学工作量证明　教师：{name}（{teacher_id}）　"
        f"任教班级：{classes}　学校（盖章）：__________　台账指纹：{digest}"
    )
    book = Workbook(write_only=True)
    add_sheet(book, "工作量证明", note, _HEADS, lines)
    return saved(book)
