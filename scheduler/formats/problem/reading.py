"""Read a problem: every fault at once, or the problem and its warnings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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

Records = dict[str, tuple[Located, ...]]
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

    @property
    def reading(self) -> Reading:
        """The problem with its warnings.

        Raises:
            InputError: there are faults.
        """
        if self.problem is None:
            raise InputError(self.errors)
        return Reading(self.problem, self.warnings)


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
    source = source_of(path, faults)
    if source is None:
        raise InputError(faults.errors)
    faults.errors += check_settings(source.settings)
    return problem_of(source, faults, even_impossible=even_impossible)


def problem_of(
    source: Source, faults: Faults, *, even_impossible: bool = False
) -> Reading:
    """Check raw tables and put the problem together; as :func:`read_problem`."""
    return judge(source, faults, even_impossible=even_impossible).reading


def judge(source: Source, faults: Faults, *, even_impossible: bool = False) -> Judged:
    """Hold raw tables against all checks; ``faults`` are those of reading them."""
    given = understood(source, faults)
    labels = {table.name: source.label(table) for table in TABLES}
    whole = Whole(given.records, given.unreadable, source.settings, labels, source.home)
    return assembled(whole, [source], faults, even_impossible=even_impossible)


@dataclass(frozen=True, slots=True)
class Understood:
    """Rows of every table with ids in place of names, and the tables not readable."""

    records: Records
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """All rows of a problem before they are checked against each other.

    ``labels`` name the tables' files in messages; ``home`` is their folder.
    """

    records: Records
    unreadable: frozenset[str]
    settings: tuple[RuleSetting, ...]
    labels: Mapping[str, str]
    home: Path | None = None


def understood(
    source: Source,
    faults: Faults,
    beside: Records | None = None,
    *,
    whole: bool = True,
) -> Understood:
    """The rows of a source, each cell read, names resolved, matrices made into rows.

    Parameters:
        beside: Rows of other folders that this one's cells may name.
        whole: Tables that are required must be here or beside.
    """
    context = beside or {}
    records, unreadable = _records(source, faults, context, whole)
    labels = {table.name: source.label(table) for table in TABLES}
    both = joined_records(context, records)
    known = KnownIds(both, unreadable, labels)
    both = with_names_resolved(both, known, faults)
    if not unreadable & _NAMED_BY_MATRICES:
        both = with_matrices(both, source.matrices, faults)
    elif source.matrices:
        unreadable |= {"requirements"}
    own = {name: rows[len(context.get(name, ())) :] for name, rows in both.items()}
    return Understood(own, unreadable)


def joined_records(one: Records, other: Records) -> Records:
    """Rows of both, table by table."""
    names = {**one, **other}
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in names}


def assembled(
    whole: Whole,
    sources: Sequence[Source],
    faults: Faults,
    *,
    even_impossible: bool = False,
) -> Judged:
    """Check the rows against each other and put the problem together."""
    known = KnownIds(whole.records, whole.unreadable, whole.labels)
    records = check_references(check_keys(whole.records, faults), known, faults)
    draft = draft_of(
        records, whole.unreadable, whole.settings, whole.labels, whole.home
    )
    if draft is not None:
        faults.errors += errors_of(draft)
        faults.errors += () if even_impossible else impossible_of(draft)
        faults.warnings += warnings_of(draft)
    told = (
        tuple(_in_order(sources, faults.errors)),
        tuple(_in_order(sources, faults.warnings)),
    )
    sound = draft is not None and not faults.errors
    problem = with_weekly_closures(draft.problem) if draft and sound else None
    return Judged(problem, records, *told)


def source_of(path: Path, faults: Faults) -> Source | None:
    """Raw tables of a folder or workbook; None after noting that it is neither."""
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
    source: Source, faults: Faults, beside: Records, whole: bool
) -> tuple[Records, frozenset[str]]:
    """Rows of every table, and the tables that could not be read."""
    records: Records = {}
    unreadable = set(source.broken)
    loose = not any(map(_holds_marks, source.sheets.values()))
    for table in TABLES:
        sheet = source.sheets.get(table.name)
        rows: tuple[Located, ...] | None = ()
        if sheet is not None and sheet.titles:
            seen = beside | {name: own for name, own in records.items() if own}
            filled = with_defaults(table, sheet, seen)
            rows = read_records(table, filled, faults, loose)
        needed = whole and table.required and not beside.get(table.name)
        if rows is None:
            unreadable.add(table.name)
        elif needed and not rows and not _given(table, source):
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


def _files(source: Source) -> Iterator[str]:
    """Files of its tables, those of the term left aside, which are told by file."""
    yield from (source.label(table) for table in TABLES if table not in TERM_TABLES)


def in_folder(fault: DataError, folder: str) -> DataError:
    """The fault with its table's folder before the table, where there are several."""
    if not (folder and fault.table):
        return fault
    return replace(fault, sheet=folder + fault.sheet, table=folder + fault.table)


def _in_order(sources: Sequence[Source], faults: list[DataError]) -> list[DataError]:
    """Faults by table, then by row, with the titles that people see."""
    tables: dict[str, Table] = {}
    order: dict[str, tuple[int, int]] = {}
    for number, source in enumerate(sources):
        for k, table in reversed(list(enumerate(TABLES))):
            # The keys of a TOML file have no titles.
            if source.workbook or table not in TERM_TABLES:
                tables[source.label(table)] = table
            order[source.label(table)] = (number, k)
    folders = {file: source.folder for source in sources for file in _files(source)}
    found = [
        in_folder(titled(f, tables.get(f.file)), folders.get(f.file, ""))
        for f in faults
    ]
    for source in sources:
        for matrix in MATRICES:
            if matrix.name in source.matrices:
                file = source.matrices[matrix.name].file
                order[file] = order[source.label(REQUIREMENTS)]
                found = [
                    in_folder(
                        replace(f, sheet=matrix.title, table=matrix.name), source.folder
                    )
                    if f.file == file
                    else f
                    for f in found
                ]
    last = (len(sources), 0)
    return sorted(found, key=lambda f: (order.get(f.file, last), f.row or 0))
