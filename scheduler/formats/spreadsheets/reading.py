"""Reading: the spreadsheets of schools as one ReadTimetable."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from scheduler.formats.sheets.reading import read_spreadsheet
from scheduler.formats.spreadsheets.bell_times import with_bell_times
from scheduler.formats.spreadsheets.books import Book, read_book
from scheduler.formats.spreadsheets.labels.vocabulary import read_vocabulary
from scheduler.formats.spreadsheets.recipe import NO_RECIPE, Recipe
from scheduler.formats.spreadsheets.schools import schools_of
from scheduler.formats.spreadsheets.seniors import is_senior, senior_files
from scheduler.formats.spreadsheets.together import put_together
from scheduler.formats.spreadsheets.weekly import Reading
from scheduler.model.course_names import CourseNames
from scheduler.model.errors import InputError
from scheduler.model.read_timetable import (
    Assignment,
    ClassName,
    Place,
    PlannedHours,
    ReadBell,
    ReadCell,
    ReadClass,
    ReadNote,
    ReadTimetable,
)


def read_school(
    files: Sequence[Path],
    recipe: Recipe = NO_RECIPE,
    courses: CourseNames | None = None,
) -> ReadTimetable:
    """Everything that spreadsheets of one or more schools say of timetables.

    A ``recipe`` holds what a person settled about them before, ``courses`` are the
    names of a profile, those that come with the program by default. A file that
    cannot be read is named in ``unread`` with a note; others are read.

    Raises:
        InputError: none of the files could be read.
    """
    names = recipe.applied_to(read_vocabulary(courses))
    books: list[Book] = []
    faults: list[InputError] = []
    notes: list[ReadNote] = []
    for path in files:
        try:
            found = read_spreadsheet(path)
        except InputError as error:
            faults.append(error)
            notes += [
                ReadNote(Place(path.name), x.problem, "failed") for x in error.errors
            ]
            continue
        notes += [ReadNote(Place(path.name), x.problem, "told") for x in found.notices]
        kept = [grid for grid in found.grids if grid.sheet not in recipe.skip]
        books.append(read_book(path.name, kept, names))
    if faults and not books:
        raise InputError([x for error in faults for x in error.errors])
    paths = {path.name: path for path in files}
    read = assembled(books, paths, recipe.school)
    unread = tuple(path.name for path in files if not _was_read(path.name, read.cells))
    return replace(
        read,
        notes=(*notes, *read.notes),
        files=tuple(path.name for path in files),
        unread=unread,
    )


def assembled(
    books: Sequence[Book], paths: dict[str, Path], school: str
) -> ReadTimetable:
    """The books of some files with every cell given its school, put together.

    ``school`` is the name for those that tell none.
    """
    schools, notes = schools_of(books, paths, school)
    cells: list[ReadCell] = []
    classes: list[ReadClass] = []
    assignments: list[Assignment] = []
    hours: list[PlannedHours] = []
    bells: list[ReadBell] = []
    for book in books:
        notes += book.notes
        for reading in book.readings:
            school = _own_school(reading, book, schools[book.file])
            cells += [replace(cell, school=school) for cell in reading.cells]
            classes += _classes(reading, school)
        school = schools[book.file]
        assignments += [replace(x, school=school) for x in book.assignments]
        hours += [replace(x, school=school) for x in book.hours]
        bells += [replace(x, school=school) for x in book.bells]
    classes, told = with_bell_times(classes, bells)
    classes = [replace(x, senior=is_senior(x)) for x in classes]
    notes += senior_files(classes)
    return replace(
        put_together(cells, classes, [*notes, *told]),
        assignments=tuple(assignments),
        hours=tuple(hours),
        bells=tuple(bells),
    )


def _own_school(reading: Reading, book: Book, school: str) -> str:
    """A sheet's own school where the sheets of a file name several."""
    return reading.titles.school or school


def _classes(reading: Reading, school: str) -> Iterable[ReadClass]:
    """The classes of a block, with the rows of their day."""
    own = reading.layout in ("L1", "L2", "L3")
    places: dict[ClassName, Place] = {}
    for cell in reading.cells:
        if cell.class_name.printed:
            places.setdefault(cell.class_name, Place(cell.place.file, cell.place.sheet))
    titles = reading.titles
    for name, place in places.items():
        teacher = reading.class_teachers.get(name, "")
        if reading.layout == "L1":
            teacher = teacher or titles.class_teacher
        yield ReadClass(
            school,
            name,
            reading.periods if own else (),
            teacher,
            "",
            titles.title if own else "",
            titles.term if own else "",
            titles.effective if own else "",
            (place,),
        )


def _was_read(file: str, cells: Sequence[ReadCell]) -> bool:
    return any(cell.place.file == file for cell in cells)
