"""Small sheets by hand: rows of values as the general reader would give them."""

from dataclasses import replace
from datetime import date, time

from scheduler.formats.sheets.grid import EMPTY, Cell, Grid, Merge
from scheduler.formats.spreadsheets.books import read_book
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.formats.spreadsheets.reading import assembled
from scheduler.formats.spreadsheets.recipe import NO_RECIPE

DAYS = ["星期一", "星期二", "星期三", "星期四", "星期五"]


def grid(rows, sheet="Sheet1", file="f.xlsx", merges=(), hidden=False):
    cells = tuple(tuple(map(_cell, row)) for row in rows)
    return Grid(file, sheet, cells, tuple(Merge(*m) for m in merges), hidden)


def _cell(value):
    match value:
        case None | "":
            return EMPTY
        case date() | time():
            text = value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"
            return Cell(value, text)
        case float():
            return Cell(value, f"{value:.15g}")
        case _:
            return Cell(value, str(value).strip())


def read_all(grids, recipe=NO_RECIPE):
    """As of files, of which the grids may be several."""
    names = recipe.applied_to(read_vocabulary())
    files = tuple(dict.fromkeys(x.file for x in grids))
    books = [read_book(f, [x for x in grids if x.file == f], names) for f in files]
    return replace(assembled(books, {}, recipe.school), files=files)


def read(rows, sheet="Sheet1", merges=()):
    return read_all([grid(rows, sheet, merges=merges)])


def lessons(timetable):
    """Class, day, period, week and subject of every lesson cell, with its status."""
    return [
        (
            (cell.class_name.grade, cell.class_name.number),
            cell.day,
            cell.period,
            cell.week.value,
            cell.subject,
            cell.status.value,
        )
        for cell in timetable.cells
        if cell.kind == "lesson"
    ]
