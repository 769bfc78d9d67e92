"""The tables of a draft as a workbook, what is not in force included."""

from scheduler.formats.problem.typed import RULES
from scheduler.formats.tables.cells import CellError, read_cell
from scheduler.formats.tables.declared.problem_tables import TABLES
from scheduler.formats.tables.encode import write_cell
from scheduler.formats.tables.files.workbook_writing import add_table, book_of, saved
from scheduler.formats.tables.schema import Column
from scheduler.formats.tables.timetable_table import TIMETABLE
from scheduler.formats.tables.timetable_writing import timetable_rows
from scheduler.services.school.drafts.desk import Desk


def workbook_of(desk: Desk, language: str) -> bytes:
    """All tables, and the timetable where anything is placed.

    Ids stay ids; words are those of the language, as far as a cell can be read.
    """
    rows = desk.tables.shown()
    texts = {
        table.name: [
            [
                _cell(column, row.get(column.name, ""), language)
                for column in table.columns
            ]
            for row in rows[table.name].values()
        ]
        for table in TABLES
    }
    rules = [
        [row.get(c.name, "") for c in RULES.columns]
        for row in rows[RULES.name].values()
    ]
    book = book_of(texts, rules, language)
    timetable = desk.timetable
    if timetable.placements:
        add_table(book, TIMETABLE, timetable_rows(timetable, language), language)
    return saved(book)


def _cell(column: Column, text: str, language: str) -> str:
    if not text or column.refers:
        return text
    try:
        return write_cell(column, read_cell(column, text, loose=False), language)
    except CellError:
        return text
