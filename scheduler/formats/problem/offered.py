"""Tables that files offer to a problem there is: all of them, or a few."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path, PurePosixPath

from scheduler.formats.problem.reading import judge
from scheduler.formats.problem.typed import (
    RULES,
    SHEET,
    Cells,
    Rows,
    cells_of_record,
    rule_rows,
    sheet_of_rows,
)
from scheduler.formats.tables.cells import read_id
from scheduler.formats.tables.declared.problem_tables import (
    REQUIREMENTS,
    TABLES,
    TERM,
)
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.workbook import (
    SHEET_TITLES,
    open_sheets,
    read_workbook,
)
from scheduler.formats.tables.headers import recognise, recognise_table
from scheduler.formats.tables.matrices.declared import MATRICES
from scheduler.formats.tables.matrices.writing import GIVEN, TAUGHT
from scheduler.formats.tables.schema import Column, Table
from scheduler.formats.tables.settings import RULES_FILE
from scheduler.formats.tables.sheet import Faults, Line, Sheet
from scheduler.formats.tables.source import Source, read_folder
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.model.errors import DataError, InputError
from scheduler.model.intake import PACKED_PARTS, UNPACKED_BYTES
from scheduler.model.text import Text

_BOOKS = (".xlsx", ".xlsm")
_FILES = {m.name: m.file_name for m in (*TABLES, *MATRICES)}
_UTF8 = 0x800
"""The mark of a name in a zip archive that is written in UTF-8."""
_READABLE = frozenset(
    (".csv", ".toml", ".xlsx", ".xlsm", ".xls", ".ods", ".et", ".html", ".htm", ".fet")
)


@dataclass(frozen=True, slots=True)
class Offered:
    """Rows of the tables that are in files, in the words of the data contract.

    ``columns`` are those that a table has there: nothing is said of others. ``unread``
    is why tables of the files are not among them. Of ``added`` tables rows are new or
    the same, and none is gone.
    """

    rows: Mapping[str, tuple[Cells, ...]]
    columns: Mapping[str, frozenset[str]]
    unread: tuple[DataError, ...] = ()
    added: frozenset[str] = frozenset()


def unpack(path: Path) -> list[Path]:
    """The readable files of a zip archive beside it; the file itself where it is none.

    Names are taken without their folders: nothing is written elsewhere.

    Raises:
        InputError: it is too large, damaged, or has two files of one name.
    """
    if path.suffix.lower() != ".zip":
        return [path]
    found: dict[str, Path] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for part in _parts(path.name, archive):
                name = PurePosixPath(_name(part)).name
                if name in found:
                    problem = Text(f"有两个“{name}”", f'has two files "{name}"')
                    raise InputError([DataError(path.name, problem)])
                found[name] = path.parent / name
                found[name].write_bytes(archive.read(part))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        problem = Text("压缩包打不开", "is no zip archive that can be opened")
        raise InputError([DataError(path.name, problem)]) from None
    path.unlink()
    return list(found.values())


def tables_in(paths: Sequence[Path], faults: Faults) -> Source | None:
    """The tables of a workbook or of CSV and TOML files; None where they are none.

    Parameters:
        paths: All files of one folder, which the CSV files are renamed in.
    """
    if len(paths) == 1 and paths[0].suffix.lower() in _BOOKS:
        aside = Faults()
        known = set(open_sheets(paths[0], aside) or ()) - {TIMETABLE.name}
        return read_workbook(paths[0], faults) if known else None
    named = 0
    for path in paths:
        name = recognise_table(path.stem, SHEET_TITLES)
        if path.suffix.lower() == ".csv" and name in _FILES:
            path.rename(path.with_name(_FILES[name]))
            named += 1
        named += path.name in (RULES_FILE, TERM.file_name)
    return read_folder(paths[0].parent, faults) if named else None


def offered(source: Source, rows: Rows, faults: Faults) -> Offered:
    """What a source offers to rows there are.

    Tables that are not in it stay as they are; names and matrices are understood by
    them. A matrix stands for all requirements of one class.
    """
    given = {name for name, sheet in source.sheets.items() if sheet.titles}
    if source.matrices:
        given.add(REQUIREMENTS.name)
    sheets = {
        t.name: _completed(t, source.sheets[t.name], rows.get(t.name, {}))
        if t.name in source.sheets
        else sheet_of_rows(t, {} if t.name in given else rows.get(t.name, {}))
        for t in TABLES
    }
    judged = judge(replace(source, sheets=sheets), faults)
    labels = {x.file for x in (*source.sheets.values(), *source.matrices.values())}
    unread = [x for x in judged.errors if x.row is None and x.file in labels]
    unread = [x for x in unread if x.file != TERM.file_name and x.table != TERM.name]
    broken = {x.table for x in unread}
    found = {
        t.name: tuple(cells_of_record(t.name, r) for r in judged.records[t.name])
        for t in TABLES
        if t.name in given and t.name not in broken
    }
    columns = {name: _columns(source, name) for name in found}
    if source.settings:
        found[RULES.name] = tuple(rule_rows(source.settings))
        columns[RULES.name] = frozenset(RULES.column)
    return Offered(found, columns, tuple(unread))


def normal(table: Table, row: Cells) -> Cells:
    """A row with what goes without saying, so that equal ones are told to be equal."""
    if not (isinstance(table.item, type) and is_dataclass(table.item)):
        return row
    own = {f.name: f.default for f in fields(table.item)}
    found = dict(row)
    for column in table.columns:
        if not found.get(column.name):
            found[column.name] = _default(column, own.get(column.attribute))
    return {name: text for name, text in found.items() if text}


def _completed(table: Table, sheet: Sheet, rows: Mapping[int, Cells]) -> Sheet:
    """The sheet with the columns it lacks, as the rows there are have them.

    Its rows are found by their id, else by a name that is that of one row alone.
    """
    at = {recognise(table, title): k for k, title in enumerate(sheet.titles)}
    key = table.columns[0].name
    if not rows or len(table.key) != 1 or not {key, "name"} & at.keys():
        return sheet
    ids = {row.get(key, ""): row for row in rows.values()}
    called = Counter(row.get("name", "") for row in rows.values())
    names = {x["name"]: x for x in rows.values() if called[x.get("name", "")] == 1}
    lacking = [column for column in table.columns if column.name not in at]

    def known(line: Line) -> Cells:
        if key in at:
            return ids.get(read_id(_cell(line, at[key])), {})
        name = _cell(line, at["name"])
        return names.get(name.strip(), {key: name})

    lines = (
        replace(x, cells=(*(known(x).get(c.name, "") for c in lacking), *x.cells))
        for x in sheet.lines
    )
    titles = (*(column.name for column in lacking), *sheet.titles)
    return replace(sheet, titles=titles, lines=tuple(lines))


def _cell(line: Line, position: int) -> str:
    return line.cells[position] if position < len(line.cells) else ""


def _columns(source: Source, name: str) -> frozenset[str]:
    """The columns of a table that a source has, those it is found by included."""
    table, found = SHEET[name], set(SHEET[name].key)
    if name in source.sheets:
        titles = source.sheets[name].titles
        found |= {x for title in titles if (x := recognise(table, title))}
    if source.matrices and name == REQUIREMENTS.name:
        found |= {"class_ids", "subject_id", *TAUGHT, *GIVEN[:2]}
    return frozenset(found)


def _default(column: Column, value: object) -> str:
    try:
        return write_cell(column, value) if value != () else ""
    except (TypeError, ValueError, KeyError, AttributeError):
        return ""


def _parts(file: str, archive: zipfile.ZipFile) -> Iterable[zipfile.ZipInfo]:
    """The parts that can be read, within the limits of what is taken from outside."""
    parts = archive.infolist()
    if len(parts) > PACKED_PARTS.most:
        raise InputError([PACKED_PARTS.refusal(file)])
    if sum(part.file_size for part in parts) > UNPACKED_BYTES.most:
        raise InputError([UNPACKED_BYTES.refusal(file)])
    for part in parts:
        path = PurePosixPath(_name(part))
        hidden = any(x.startswith((".", "__MACOSX")) for x in path.parts)
        if not part.is_dir() and not hidden and path.suffix.lower() in _READABLE:
            yield part


def _name(part: zipfile.ZipInfo) -> str:
    """The name of a part; those of Chinese Windows are GBK without a word of it."""
    if part.flag_bits & _UTF8:
        return part.filename.replace("\\", "/")
    raw = part.filename.encode("cp437", "replace")
    return raw.decode("gb18030", "replace").replace("\\", "/")
