"""Books: all blocks of a file's sheets, and what to say of the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from scheduler.formats.sheets.grid import Grid
from scheduler.formats.spreadsheets.bell_tables import find_bells
from scheduler.formats.spreadsheets.footers import lines_around, teachers_said
from scheduler.formats.spreadsheets.labels.days import days_in
from scheduler.formats.spreadsheets.labels.vocabulary import Vocabulary
from scheduler.formats.spreadsheets.lists import find_list, read_list
from scheduler.formats.spreadsheets.matrices import find_matrix
from scheduler.formats.spreadsheets.mornings import with_like_mornings
from scheduler.formats.spreadsheets.stages import stage_of
from scheduler.formats.spreadsheets.structure.blocks import find_blocks
from scheduler.formats.spreadsheets.structure.sheet import Sheet
from scheduler.formats.spreadsheets.titles import (
    Titles,
    titles_above,
    titles_of,
)
from scheduler.formats.spreadsheets.weekly import Context, Reading, read_block
from scheduler.model.read_timetable import (
    Assignment,
    Place,
    PlannedHours,
    ReadBell,
    ReadNote,
)
from scheduler.model.text import Text

_MATRIX = {
    "read": Text("读作任课表或课时表", "read as assignments or hours"),
    "form": Text("是督导检查登记表，不是课表", "an inspection form, no timetable"),
}
LEAST_KNOWN = 0.34
MOST_CELLS = 600_000
_ASSUMED = {
    "restart": Text(
        "下午的节次从1起编，已接在上午之后",
        "afternoon periods counted on from the morning",
    ),
    "counted": Text(
        "没有节次号，按先后顺序编号", "no period numbers: counted in order"
    ),
    "again": Text(
        "同一天里又从第1节数起，相关各格存疑", "a day counts twice: doubtful"
    ),
    "order": Text("节次不按顺序，相关各格存疑", "periods out of order: doubtful"),
}
_STAGES = {
    "小": Text("按其他班级和课程读作小学的班级", "read as primary school classes"),
    "初": Text("按其他班级和课程读作初中的班级", "read as junior high school classes"),
}
_CLASS_FROM = {
    "sheet_name": Text("班级取自工作表名", "class taken from the name of the sheet"),
    "grade_elsewhere": Text("年级取自标题或工作表名", "grade taken from a title"),
    "file_name": Text("班级取自文件名", "class taken from the name of the file"),
}


@dataclass(slots=True)
class Book:
    """Readings and notes of one file."""

    file: str
    readings: list[Reading] = field(default_factory=list)
    notes: list[ReadNote] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    hours: list[PlannedHours] = field(default_factory=list)
    bells: list[ReadBell] = field(default_factory=list)


def read_book(file: str, grids: Sequence[Grid], vocabulary: Vocabulary) -> Book:
    """Every timetable of a file's visible sheets.

    Classes named by their year alone (2024级5班) may be of two stages: then the others
    of the file tell, or their courses.
    """
    book = _read_sheets(file, grids, vocabulary, "")
    stage = stage_of(book.readings)
    if not stage:
        return book
    book = _read_sheets(file, grids, vocabulary, stage)
    book.notes.append(ReadNote(Place(file), _STAGES[stage], "assumed"))
    return book


def _read_sheets(
    file: str, grids: Sequence[Grid], vocabulary: Vocabulary, stage: str
) -> Book:
    book = Book(file)
    for grid in grids:
        place = Place(file, grid.sheet)
        if grid.hidden:
            text = Text("隐藏的工作表，未读", "a hidden sheet, not read")
            book.notes.append(ReadNote(place, text, "hidden"))
            continue
        if grid.hidden_rows or grid.hidden_columns:
            text = Text("隐藏的行或列未读", "hidden rows or columns are not read")
            book.notes.append(ReadNote(place, text, "hidden"))
        if grid.unsolved:
            count = len(grid.unsolved)
            text = Text(
                f"{count}处公式没有计算结果，请在 Excel 中打开并保存一次",
                f"{count} formulas without a result: open it in Excel and save it",
            )
            book.notes.append(ReadNote(place, text, "unsolved"))
        _read_sheet(book, Sheet(grid), vocabulary, stage)
    book.readings = with_like_mornings(book.readings)
    return book


def _read_sheet(book: Book, sheet: Sheet, vocabulary: Vocabulary, stage: str) -> None:
    place = Place(book.file, sheet.name)
    if not sheet.height:
        book.notes.append(ReadNote(place, Text("空工作表", "an empty sheet"), "empty"))
        return
    if sheet.height * sheet.width > MOST_CELLS:
        text = Text("表太大，不像课表，未读", "too large for a timetable, not read")
        book.notes.append(ReadNote(place, text, "left_out"))
        return
    listed = find_list(sheet)
    if listed:
        titles = titles_above(sheet, listed.top)
        context = Context(vocabulary, titles.year, titles.stage or stage)
        book.readings.append(read_list(sheet, listed, titles, context))
        return
    named = days_in(sheet.name)
    blocks = find_blocks(sheet, named[0] if len(named) == 1 else None)
    kept = 0
    for block in blocks:
        titles = titles_of(sheet, block)
        context = Context(vocabulary, titles.year, titles.stage or stage)
        reading = read_block(sheet, block, titles, context)
        where = sheet.place(block.top, min(block.columns))
        if reading.known < LEAST_KNOWN * max(reading.filled, 1) and not titles.group:
            text = Text(
                "有星期和节次，但不像课表，未读", "days and periods, but no timetable"
            )
            book.notes.append(ReadNote(where, text, "left_out"))
            continue
        kept += 1
        book.readings.append(reading)
        around = lines_around(sheet, block)
        book.assignments += _footer(where, reading, around, vocabulary)
        book.notes += _notes(where, reading)
    if not kept and not _read_other(book, sheet, vocabulary, stage) and not blocks:
        text = Text("没有找到课表", "no timetable found")
        book.notes.append(ReadNote(place, text, "left_out"))


def _read_other(book: Book, sheet: Sheet, vocabulary: Vocabulary, stage: str) -> bool:
    """Read a sheet without a timetable: assignments, hours, bells; tell of forms."""
    titles = titles_above(sheet, min(sheet.height, 3))
    context = Context(vocabulary, titles.year, titles.stage or stage)
    matrix = find_matrix(sheet, titles, context)
    if matrix:
        book.assignments += matrix.assignments
        book.hours += matrix.hours
        text = _MATRIX["form" if matrix.inspected else "read"]
        where = sheet.place(matrix.top, 0)
        book.notes.append(ReadNote(where, text, "told"))
        return True
    bells = find_bells(sheet)
    book.bells += bells
    book.notes += [
        ReadNote(bell.place, Text("读作作息时间表", "read as bell times"), "told")
        for bell in bells
    ]
    return bool(bells)


def _footer(
    where: Place, reading: Reading, lines: Iterable[str], vocabulary: Vocabulary
) -> list[Assignment]:
    """Teachers whom lines around a class's timetable name."""
    classes = dict.fromkeys(cell.class_name for cell in reading.cells)
    if reading.layout != "L1" or len(classes) != 1:
        return []
    (group,) = classes
    said = teachers_said(lines, vocabulary, group.grade)
    return [
        Assignment(where, "", group, name.code, name.printed, (teacher,))
        for name, teacher in said
        if name.code
    ]


def _notes(where: Place, reading: Reading) -> list[ReadNote]:
    """A line for everything that was taken for granted in a block."""
    texts = [_ASSUMED[word] for word in reading.assumed]
    if reading.titles.assumed and reading.layout == "L1":
        texts.append(_CLASS_FROM[reading.titles.assumed])
    return [ReadNote(where, text, "assumed") for text in texts]


def file_titles(book: Book) -> Titles:
    """What the sheets of a file say together of their school."""
    found = Titles()
    for reading in book.readings:
        titles = reading.titles
        found = replace(
            found,
            school=found.school or titles.school,
            stage=found.stage or titles.stage,
            year=found.year or titles.year,
            term=found.term or titles.term,
        )
    return found
