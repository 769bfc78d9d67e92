"""Read a problem: every fault at once, or the problem and its warnings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scheduler.formats.checks import errors_of, impossible_of, warnings_of
from scheduler.formats.tables.cells import SEPARATORS, read_id
from scheduler.formats.tables.declared.problem_tables import (
    REQUIREMENTS,
    TABLES,
    TERM_TABLES,
)
from scheduler.formats.tables.defaults import with_defaults
from scheduler.formats.tables.draft import draft_of
from scheduler.formats.tables.headers import nearest
from scheduler.formats.tables.matrices.declared import MATRICES, TEACHING
from scheduler.formats.tables.matrices.expansion import with_matrices
from scheduler.formats.tables.name_resolving import with_names_resolved
from scheduler.formats.tables.records import Located, read_records, titled
from scheduler.formats.tables.references import (
    KnownIds,
    check_keys,
    check_references,
)
from scheduler.formats.tables.schema import Table
from scheduler.formats.tables.sheet import Faults, Sheet
from scheduler.formats.tables.source import Source, read_folder
from scheduler.model.errors import DataError, InputError
from scheduler.model.problem import Problem
from scheduler.model.settings import RuleSetting
from scheduler.model.text import Text
from scheduler.term.closing import with_weekly_closures

_NAMED_BY_MATRICES = frozenset(("subjects", "classes", "teachers"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A problem and what looks like a mistake but is allowed."""

    problem: Problem
    warnings: tuple[DataError, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """Raw tables held against all checks; ``problem`` is None where they have faults.

    ``records`` are the rows of every table, faulty ones included, with names resolved
    and with those that matrices stand for.
    """

    problem: Problem | None
    records: Mapping[str, tuple[Located, ...]]
    errors: tuple[DataError, ...]
    warnings: tuple[DataError, ...]


SettingsCheck = Callable[[tuple[RuleSetting, ...]], tuple[DataError, ...]]


def _no_check(settings: tuple[RuleSetting, ...]) -> tuple[DataError, ...]:
    return ()


def read_problem(
    path: Path,
    check_settings: SettingsCheck = _no_check,
    *,
    even_impossible: bool = False,
) -> Reading:
    """Read a folder of tables or a workbook.

    Parameters:
        check_settings: Finds the faults of rules.toml that only the rules know;
            they stand above this layer.
        even_impossible: Take what is well said but cannot have a timetable, such as
            a teacher with more lessons than periods, for it is to be explained.

    Raises:
        InputError: it has faults; all of them, in the order of the tables.
    """
    faults = Faults()
    source = _source(path, faults)
    if source is None:
        raise InputError(faults.errors)
    faults.errors += check_settings(source.settings)
    return problem_of(source, faults, even_impossible=even_impossible)


def problem_of(
    source: Source, faults: Faults, *, even_impossible: bool = False
) -> Reading:
    """Check raw tables and put the problem together; as :func:`read_problem`."""
    judged = judge(source, faults, even_impossible=even_impossible)
    if judged.problem is None:
        raise InputError(judged.errors)
    return Reading(judged.problem, judged.warnings)


def judge(source: Source, faults: Faults, *, even_impossible: bool = False) -> Judged:
    """Hold raw tables against all checks; ``faults`` are those of reading them."""
    records, unreadable = _records(source, faults)
    labels = {table.name: source.label(table) for table in TABLES}
    known = KnownIds(records, unreadable, labels)
    records = with_names_resolved(records, known, faults)
    if not unreadable & _NAMED_BY_MATRICES:
        records = with_matrices(records, source.matrices, faults)
    elif source.matrices:
        unreadable |= {"requirements"}
    known = KnownIds(records, unreadable, labels)
    records = check_references(check_keys(records, faults), known, faults)
    draft = draft_of(records, unreadable, source.settings, labels, source.home)
    if draft is not None:
        faults.errors += errors_of(draft)
        faults.errors += () if even_impossible else impossible_of(draft)
        faults.warnings += warnings_of(draft)
    told = (
        tuple(_in_order(source, faults.errors)),
        tuple(_in_order(source, faults.warnings)),
    )
    sound = draft is not None and not faults.errors
    problem = with_weekly_closures(draft.problem) if draft and sound else None
    return Judged(problem, records, *told)


def _source(path: Path, faults: Faults) -> Source | None:
    if path.is_dir():
        return read_folder(path, faults)
    if not path.exists():
        faults.error(
            str(path), "没有这个文件或文件夹", "there is no such file or folder"
        )
        return None
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        # openpyxl takes a third of a second to import, which folders need not pay.
        from scheduler.formats.tables.files.workbook import read_workbook

        return read_workbook(path, faults)
    advice = Text("请选择文件夹或 .xlsx 工作簿。", "Maybe choose a folder or an .xlsx?")
    if path.suffix.lower() == ".xls":
        advice = Text("请在 Excel 中另存为 .xlsx。", "Maybe save it as .xlsx in Excel?")
    zh, en = "不是文件夹或 .xlsx 工作簿", "is neither a folder nor an .xlsx workbook"
    faults.error(path.name, zh, en, advice=advice)
    return None


def _records(
    source: Source, faults: Faults
) -> tuple[dict[str, tuple[Located, ...]], frozenset[str]]:
    """Rows of every table, and the tables that could not be read."""
    records: dict[str, tuple[Located, ...]] = {}
    unreadable = set(source.broken)
    loose = not any(map(_holds_marks, source.sheets.values()))
    for table in TABLES:
        sheet = source.sheets.get(table.name)
        rows: tuple[Located, ...] | None = ()
        if sheet is not None and sheet.titles:
            whole = with_defaults(table, sheet, records)
            rows = read_records(table, whole, faults, loose)
        if rows is None:
            unreadable.add(table.name)
        elif table.required and not rows and not _given(table, source):
            unreadable.add(table.name)
            _missing_table(table, sheet is not None, source, faults)
        records[table.name] = rows or ()
    return records, frozenset(unreadable)


def _given(table: Table, source: Source) -> bool:
    """Whether a table without rows is unreadable, or matrices stand for it."""
    stood_for = table is REQUIREMENTS and TEACHING.name in source.matrices
    return table.name in source.broken or stood_for


def _holds_marks(sheet: Sheet) -> bool:
    """Whether an id, in the first column of its table, holds a comma or its like."""
    ids = (line.cells[0] for line in sheet.lines if line.cells)
    return any(SEPARATORS.search(read_id(name)) for name in ids)


def _missing_table(table: Table, there: bool, source: Source, faults: Faults) -> None:
    file = source.label(table)
    if there:
        zh, en = "没有一行内容", "has no rows"
        advice = Text("请填写。", "Maybe fill it in?")
        if table is REQUIREMENTS:
            advice = Text(
                "请填写【任课安排】和【课时】两张表。",
                "Maybe fill in teaching and hours, which stand for most of its rows?",
            )
        faults.error(file, zh, en, advice=advice)
        return
    advice = Text(f"请加上“{table.title}”表。", "Maybe it has another name?")
    stray = nearest(source.strays, (table.name, table.title))
    if stray is not None:
        name = table.titled("zh") if source.workbook else table.file_name
        own = table.name if source.workbook else table.file_name
        advice = Text(
            f"是不是“{stray}”？请改名为“{name}”。",
            f'Maybe "{stray}" is meant? Call it "{own}".',
        )
    faults.error(
        file, "缺少这张必需的表", "the table is required but missing", advice=advice
    )


def _in_order(source: Source, faults: list[DataError]) -> list[DataError]:
    """Faults by table, then by row, with the titles that people see."""
    tables = {source.label(table): table for table in reversed(TABLES)}
    order = {source.label(table): k for k, table in reversed(list(enumerate(TABLES)))}
    if not source.workbook:  # the keys of a TOML file have no titles
        tables = {f: table for f, table in tables.items() if table not in TERM_TABLES}
    found = [titled(fault, tables.get(fault.file)) for fault in faults]
    for matrix in MATRICES:
        if matrix.name in source.matrices:
            file = source.matrices[matrix.name].file
            order[file] = order[source.label(REQUIREMENTS)]
            found = [
                replace(f, sheet=matrix.title, table=matrix.name)
                if f.file == file
                else f
                for f in found
            ]
    return sorted(found, key=lambda f: (order.get(f.file, len(order)), f.row or 0))
