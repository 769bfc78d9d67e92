"""The three ledgers as CSV files and a workbook."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from openpyxl import Workbook

from scheduler.formats.ledgers.sheets import Names, add_sheet
from scheduler.formats.tables.files.atomic import write_file
from scheduler.formats.tables.files.workbook_writing import saved
from scheduler.formats.tables.files.writing import csv_bytes
from scheduler.model.problem import Problem
from scheduler.model.text import Text
from scheduler.term.ledgers.counting import Counted
from scheduler.term.ledgers.tables import COLUMNS, Ledger, LedgerRow, Per

WORKBOOK = "ledger.xlsx"
TITLES = {
    "planned": Text("应开", "planned"),
    "published": Text("发布", "published"),
    "lost": Text("缺", "lost"),
    "made_up": Text("补", "made up"),
    "delivered": Text("实上", "delivered"),
    "confirmed": Text("登记", "confirmed"),
}
OF = {
    Counted.CLASS: Text("班级", "class"),
    Counted.TEACHER: Text("教师", "teacher"),
    Counted.VENUE: Text("场地", "venue"),
}
_NOTE = "单位：课时（节）与分钟。应开＝教学计划×教学周；实上＋缺＝发布＋补。"
_PERIOD = {
    Per.TERM: Text("学期", "term"),
    Per.MONTH: Text("月份", "month"),
    Per.WEEK: Text("周次", "week"),
}


def write_books(ledger: Ledger, problem: Problem, digest: str, folder: Path) -> int:
    """Write a CSV file for each view and one workbook; how many files.

    Raises:
        OSError: the folder cannot be written.
    """
    names = Names(problem)
    files = {
        f"{of}_{per}.csv": csv_bytes(_csv(ledger.rows(of, per), of, names))
        for of in Counted
        for per in Per
    }
    files["subject_term.csv"] = csv_bytes(_subjects(ledger, names))
    files[WORKBOOK] = _workbook(ledger, names, digest)
    files["fingerprint.txt"] = f"{digest}\n".encode()
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_file(folder / name, content, replace=True)
    return len(files)


def _csv(rows: Iterable[LedgerRow], of: Counted, names: Names) -> Iterator[list[str]]:
    amounts = [f"{name}_{unit}" for name in COLUMNS for unit in ("lessons", "minutes")]
    yield [f"{of}_id", f"{of}_name", "subject_id", "subject", "period", *amounts]
    for row in rows:
        yield [
            *(row.resource_id, names.of(of, row.resource_id)),
            *(row.subject_id, names.subject(row.subject_id), row.period),
            *(f"{x:g}" for name in COLUMNS for x in _pair(row, name)),
        ]


def _pair(row: LedgerRow, column: str) -> tuple[float, float]:
    found = getattr(row, column)
    return found.lessons, found.minutes


def _subjects(ledger: Ledger, names: Names) -> list[list[str]]:
    """Lessons of all classes by subject."""
    sums: dict[str, list[float]] = {}
    for row in ledger.rows(Counted.CLASS):
        found = sums.setdefault(row.subject_id, [0.0] * (2 * len(COLUMNS)))
        for k, name in enumerate(COLUMNS):
            lessons, minutes = _pair(row, name)
            found[2 * k] += lessons
            found[2 * k + 1] += minutes
    amounts = [f"{name}_{unit}" for name in COLUMNS for unit in ("lessons", "minutes")]
    return [
        ["subject_id", "subject", *amounts],
        *([x, names.subject(x), *(f"{v:g}" for v in y)] for x, y in sums.items()),
    ]


def _workbook(ledger: Ledger, names: Names, digest: str) -> bytes:
    book = Workbook(write_only=True)
    note = f"{_NOTE}台账指纹：{digest}"
    for of, title in OF.items():
        for per in (Per.TERM, Per.MONTH):
            sheet = title.zh if per is Per.TERM else f"{title.zh}按月"
            rows = ledger.rows(of, per)
            add_sheet(
                book, sheet, note, _heads(title, per), _rows(rows, of, per, names)
            )
    weeks = ledger.rows(Counted.CLASS, Per.WEEK)
    add_sheet(book, "班级按周", "每格：实上课时。" + note, *_matrix(weeks, names))
    return saved(book)


def _heads(title: Text, per: Per) -> list[str]:
    period = [] if per is Per.TERM else [_PERIOD[per].zh]
    lessons = [TITLES[name].zh for name in COLUMNS]
    return [title.zh, "课程", *period, *lessons, "实上－应开", "发布分钟", "实上分钟"]


def _rows(
    rows: Iterable[LedgerRow], of: Counted, per: Per, names: Names
) -> Iterator[list[str | float]]:
    for row in rows:
        period = [] if per is Per.TERM else [row.period]
        lessons = [getattr(row, name).lessons for name in COLUMNS]
        yield [
            *(names.of(of, row.resource_id), names.subject(row.subject_id), *period),
            *(*lessons, row.delivered.lessons - row.planned.lessons),
            *(row.published.minutes, row.delivered.minutes),
        ]


def _matrix(
    rows: tuple[LedgerRow, ...], names: Names
) -> tuple[list[str], Iterator[list[str | float]]]:
    """Classes and subjects down, weeks across."""
    weeks = sorted({row.period for row in rows})
    lines: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows:
        cells = lines.setdefault((row.resource_id, row.subject_id), {})
        cells[row.period] = row.delivered.lessons
    body = (
        [
            names.of(Counted.CLASS, group),
            names.subject(subject),
            *(cells.get(week, 0) for week in weeks),
        ]
        for (group, subject), cells in lines.items()
    )
    return ["班级", "课程", *(f"第{int(week)}周" for week in weeks)], body
